"""Writing workbooks: headers that stay in view, text that stays text, numbers that keep their digits."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from errno import EISDIR
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from engine.show import decimals, fixed, show

_DIGITS = 15  # what a spreadsheet's number holds
_NARROWEST, _WIDEST = 6, 44
_PAGE = 250  # the width of columns that can still be read on one printed page
_LINE = 15  # the height of a line in points
_NUMBER = {"align": "right", "indent": 1}  # room between a number and the text to its right
_HEADER = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}


def display_width(text: str) -> int:
    """How many half-width characters a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class Book:
    """A workbook being written. Text is never taken for a formula, a link or a number."""

    def __init__(self, path: str) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.workbook: Workbook = xlsxwriter.Workbook(path, options)
        self._formats: dict[tuple[Any, ...], Any] = {}

    def close(self) -> None:
        """Write the file.

        Raises:
            OSError: there is no place for it.
        """
        try:
            self.workbook.close()
        except FileCreateError as error:  # the writer's own wrapping of an OSError
            raise next((cause for cause in error.args if isinstance(cause, OSError)), OSError(str(error))) from error

    def format(self, **properties: Any) -> Any:
        """A cell format; the same properties give the same format."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def sheet(self, title: str, header: Sequence[str], frozen: int = 0, top: int = 0) -> Worksheet:
        """A sheet with a header in row `top` (0 the first), that row and `frozen` columns kept in view."""
        sheet = self.workbook.add_worksheet(self._free(sheet_title(title)))
        for column, text in enumerate(header):
            sheet.write_string(top, column, text, self.format(**_HEADER))
        sheet.freeze_panes(top + 1, frozen)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, top)
        return sheet

    def _free(self, title: str) -> str:
        """The title, numbered if a sheet has it already."""
        taken = {name.casefold() for name in self.workbook.sheetnames}
        numbered = (f"{title[:27]}（{number}）" for number in count(2))
        return title if title.casefold() not in taken else next(n for n in numbered if n.casefold() not in taken)

    def write(
        self, sheet: Worksheet, row: int, column: int, value: Any, places: int | None = None, **look: Any
    ) -> None:
        """One cell: exact numbers as numbers while a spreadsheet can hold their digits, else as text."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.format(**look))
        elif isinstance(value, Fraction):
            self._write_number(sheet, row, column, value, places, look)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.format(**_NUMBER, **look))
        else:
            sheet.write_string(row, column, str(value), self.format(**look))

    def _write_number(
        self, sheet: Worksheet, row: int, column: int, value: Fraction, places: int | None, look: dict[str, Any]
    ) -> None:
        needed = decimals(value)
        text = show(value)
        if needed is None or len(text.strip("-").replace(".", "")) > _DIGITS:
            sheet.write_string(row, column, text, self.format(**_NUMBER, **look))
            return
        shown = max(needed, places or 0)
        look = {"num_format": "0." + "0" * shown if shown else "0", **_NUMBER, **look}
        sheet.write_number(row, column, float(fixed(value, needed)), self.format(**look))

    def table(
        self,
        title: str,
        header: Sequence[str],
        rows: Sequence[Sequence[Any]],
        places: int | None = None,
        frozen: int = 0,
        widest: int = _WIDEST,
    ) -> Worksheet:
        """A whole sheet: header, rows, widths, heights, filter."""
        sheet = self.sheet(title, header, frozen)
        texts = [list(header), *([shown(value) for value in row] for row in rows)]
        widths = fit(sheet, texts, widest)
        paginate(sheet, widths, frozen)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                look = {"text_wrap": True} if lines(texts[number][column], widths[column]) > 1 else {}
                self.write(sheet, number, column, value, places, valign="top", **look)
        for number, row_texts in enumerate(texts):
            heighten(sheet, number, row_texts, widths)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(header) - 1)
        return sheet


def shown(value: Any) -> str:
    """Roughly what a cell shows, for the width of its column."""
    if value is None:
        return ""
    return show(value) if isinstance(value, Fraction) else str(value)


def fit(sheet: Worksheet, rows: Sequence[Sequence[str]], widest: int = _WIDEST) -> list[int]:
    """Set column widths that show the contents, and return them; what is wider than `widest` has to be wrapped."""
    widths: list[int] = []
    for column in range(max((len(row) for row in rows), default=0)):
        needed = max((display_width(row[column]) for row in rows if column < len(row)), default=0)
        widths.append(min(max(needed + 3, _NARROWEST), widest))
        sheet.set_column(column, column, widths[-1])
    return widths


def paginate(sheet: Worksheet, widths: Sequence[int], frozen: int) -> None:
    """Print as few pages across as can be read; the frozen columns come first on each."""
    across = -(-sum(widths) // _PAGE)
    sheet.fit_to_pages(across, 0)
    if across > 1 and frozen:
        sheet.repeat_columns(0, frozen - 1)


def lines(text: str, width: int) -> int:
    """How many lines a wrapped text takes in a column."""
    return sum(max(1, -(-display_width(part) // (width - 1))) for part in text.split("\n"))


def heighten(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """Make a row as high as its wrapped texts need; not every program does so by itself."""
    most = max((lines(text, width) for text, width in zip(texts, widths, strict=False)), default=1)
    if most > 1:
        sheet.set_row(row, _LINE * most)


def column_letter(index: int) -> str:
    """The letters above a column: 0 → A, 26 → AA."""
    return str(xl_col_to_name(index))


def sheet_title(title: str) -> str:
    """A sheet name that every spreadsheet accepts."""
    return "".join("·" if character in "[]:*?/\\" else character for character in title)[:31]


Made = tuple[str, Callable[[Path], None]]
"""A file to be made: where, and what writes it to a path."""


def write_whole(files: Sequence[Made]) -> None:
    """Let each file be made beside its place, then move all of them there: all are whole, or none is there.

    Raises:
        OSError: a file cannot be made there; its `filename` is the place that was meant.
    """
    made: dict[str, Path] = {}
    try:
        for name, write in files:
            with _meaning(name):
                made[name] = _beside(Path(name))
                write(made[name])
                made[name].chmod(0o666 & ~_umask())
        for name, whole in made.items():
            with _meaning(name):
                os.replace(whole, name)
    finally:
        for left in made.values():
            left.unlink(missing_ok=True)


@contextmanager
def _meaning(name: str) -> Iterator[None]:
    """What goes wrong with the file beside it is said of the place that was meant."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, name) from error


def _beside(path: Path) -> Path:
    """An empty file of a name of its own in the folder of `path`."""
    if path.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    os.close(handle)
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
