"""Writing workbooks: headers that stay in view, text that stays text, numbers that keep their digits."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from errno import EISDIR
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from engine.show import decimals, fixed, show

_DIGITS = 15  # what a spreadsheet's number holds
_NARROWEST, _WIDEST = 6, 44
_PAGE = 270  # the width of columns that can still be read on one printed page
_LARGE = 210  # the width from which on it takes a larger sheet of paper
_A4, _A3 = 9, 8
_LINE, _ONE_OF_SEVERAL = 15, 17  # the height of a line in points; below each other they need more room for Chinese
_PIECE = re.compile(r"(?:[!-~\u00a1-\u10ff]+|.)[，。；：、！？）》”]*\s*")  # what is not broken across lines
_NUMBER = {"align": "right", "indent": 1}  # room between a number and the text to its right
_HEADER = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}

Look = Mapping[str, Any]
"""Properties of a cell's format."""


class Formed(NamedTuple):
    """A number with a format of its own, whatever its column's; the cell holds the number."""

    number: Fraction
    form: str
    shown: str

    def __str__(self) -> str:
        return self.shown


def percent(share: Fraction, places: int = 2) -> Formed:
    """A share as a percentage with so many places."""
    return Formed(share, _form(places) + "%", f"{fixed(share * 100, places)}%")


def money(amount: Fraction) -> Formed:
    """An amount with two places, its thousands apart."""
    whole, _, cents = fixed(amount, 2).partition(".")
    return Formed(amount, "#,##0.00", f"{int(whole):,}.{cents}")


def plain(number: Fraction) -> Formed:
    """A number with just the places that it has."""
    return Formed(number, _form(decimals(number) or 0), show(number))


def _form(places: int) -> str:
    return "0." + "0" * places if places else "0"


def display_width(text: str) -> int:
    """How many half-width characters a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class Book:
    """A workbook being written. Text is never taken for a formula, a link or a number."""

    def __init__(self, path: str) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.workbook: Workbook = xlsxwriter.Workbook(path, options)
        self._formats: dict[tuple[Any, ...], Any] = {}
        self._footer = ""

    def footer(self, left: str, right: str) -> None:
        """What the sheets made from now on print below each page; `&P` and `&N` in `right` are page and pages."""
        self._footer = f"&L&9 {left.replace('&', '&&')[:200]}&R&9{right}"

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
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, top)
        if self._footer:
            sheet.set_footer(self._footer)
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
            form = _form(max(decimals(value) or 0, places or 0))
            self._write_number(sheet, row, column, Formed(value, form, show(value)), look)
        elif isinstance(value, Formed):
            self._write_number(sheet, row, column, value, look)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.format(**{**_NUMBER, **look}))
        else:
            sheet.write_string(row, column, str(value), self.format(**look))

    def _write_number(self, sheet: Worksheet, row: int, column: int, value: Formed, look: dict[str, Any]) -> None:
        needed = decimals(value.number)
        if needed is None or len(fixed(value.number, needed).strip("-").replace(".", "")) > _DIGITS:
            sheet.write_string(row, column, value.shown, self.format(**{**_NUMBER, **look}))
            return
        look = {"num_format": value.form, **_NUMBER, **look}
        sheet.write_number(row, column, float(fixed(value.number, needed)), self.format(**look))

    def table(
        self,
        title: str,
        header: Sequence[str],
        rows: Sequence[Sequence[Any]],
        places: int | None = None,
        frozen: int = 0,
        widest: int = _WIDEST,
        look: Callable[[int, int], Look] = lambda row, column: {},
        levels: Sequence[int] = (),
    ) -> Worksheet:
        """A whole sheet: header, rows, widths, heights, filter.

        Args:
            title: of the sheet.
            header: above the columns; numbers have theirs on the right.
            rows: what stands below it.
            places: the fewest decimal places of a fraction.
            frozen: the columns kept in view.
            widest: what is wider than so many half-width characters is wrapped.
            look: what a cell (its position in `rows`) looks like besides.
            levels: of the outline, one per row: those below 1 fold under the row above them.
        """
        sheet = self.sheet(title, header, frozen)
        texts = [list(header), *([shown(value, places) for value in row] for row in rows)]
        widths = fit(sheet, texts, widest)
        paginate(sheet, widths, frozen)
        looks = _columns(widths, rows, widest)
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, self.format(**_HEADER, **looks[column]))
        for number, row in enumerate(rows, start=1):
            wrapped = [lines(text, width) > 1 for text, width in zip(texts[number], widths, strict=True)]
            valign = "top" if any(wrapped) else "vcenter"
            for column, value in enumerate(row):
                own = {**({} if is_number(value) else looks[column]), **look(number - 1, column)}
                self.write(sheet, number, column, value, places, valign=valign, text_wrap=wrapped[column], **own)
        for number, row_texts in enumerate(texts):
            heighten(sheet, number, row_texts, widths, levels[number - 1] if levels and number else 0)
        sheet.outline_settings(symbols_below=False)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(header) - 1)
        return sheet


def _columns(widths: Sequence[int], rows: Sequence[Sequence[Any]], widest: int) -> list[Look]:
    """Where the words of each column stand: as its numbers if it has any, else a step away from what fills its column.

    That are numbers, which stand at its right edge, and texts on several lines.
    """
    numbers = [any(is_number(row[column]) for row in rows) for column in range(len(widths))]
    filling = [number or width == widest for number, width in zip(numbers, widths, strict=True)]
    after = {"align": "left", "indent": 1}
    return [
        _NUMBER if own else after if before else {} for before, own in zip([False, *filling[:-1]], numbers, strict=True)
    ]


def is_number(value: Any) -> bool:
    """Whether a cell holds a number."""
    return isinstance(value, Fraction | int | Formed)


def without_empty(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> tuple[list[str], list[list[Any]]]:
    """Header and rows without the columns in which no row has anything; all of them where there are no rows."""
    kept = [column for column in range(len(header)) if not rows or any(row[column] not in (None, "") for row in rows)]
    return [header[column] for column in kept], [[row[column] for column in kept] for row in rows]


def shown(value: Any, places: int | None = None) -> str:
    """Roughly what a cell shows, for the width of its column."""
    if value is None:
        return ""
    return show(value, places or 0) if isinstance(value, Fraction) else str(value)


def fit(sheet: Worksheet, rows: Sequence[Sequence[str]], widest: int = _WIDEST) -> list[int]:
    """Set column widths that show the contents, and return them; what is wider than `widest` has to be wrapped."""
    widths: list[int] = []
    for column in range(max((len(row) for row in rows), default=0)):
        needed = max((display_width(row[column]) for row in rows if column < len(row)), default=0)
        widths.append(min(max(width_for(needed), _NARROWEST), widest))
        sheet.set_column(column, column, widths[-1])
    return widths


def width_for(needed: int) -> int:
    """The width of a column in which a text of so many half-width characters stays on one line."""
    return needed + 3 + needed // 20


def paginate(sheet: Worksheet, widths: Sequence[int], frozen: int) -> None:
    """Print as few pages across as can be read, on A3 if it is wide; the frozen columns come first on each."""
    across = -(-sum(widths) // _PAGE)
    sheet.set_paper(_A3 if sum(widths) > _LARGE else _A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.fit_to_pages(across, 0)
    if across > 1 and frozen:
        sheet.repeat_columns(0, frozen - 1)


def lines(text: str, width: int) -> int:
    """How many lines a wrapped text takes in a column, rather one too many: fonts differ."""
    room = max(2, width * 19 // 20 - 1)
    return sum(_broken(part, room) if display_width(part) > room else 1 for part in text.split("\n"))


def _broken(text: str, room: int) -> int:
    """How many lines of so many half-width characters: words stay whole, punctuation does not begin a line."""
    count, used = 1, 0
    for piece in _PIECE.findall(text):
        needed = display_width(piece.rstrip())
        if used and used + needed > room:
            count, used = count + 1, 0
        count += max(0, needed - 1) // room  # a word longer than a line
        used += display_width(piece)
    return count


def row_height(count: int) -> int:
    """The height in points of a row with so many lines of text."""
    return _LINE if count == 1 else _ONE_OF_SEVERAL * count


def heighten(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int], level: int = 0) -> None:
    """Make a row as high as its wrapped texts need, as not every program does by itself; `level` of the outline."""
    most = max((lines(text, width) for text, width in zip(texts, widths, strict=False)), default=1)
    if most > 1 or level:
        sheet.set_row(row, row_height(most), None, {"level": level} if level else {})


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
