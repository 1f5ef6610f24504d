"""Writing workbooks: headers that stay in view, text that stays text, numbers that keep their digits."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from engine.show import decimals, fixed, show

_DIGITS = 15  # what a spreadsheet's number holds
_NARROWEST, _WIDEST = 6, 44
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

    def format(self, **properties: Any) -> Any:
        """A cell format; the same properties give the same format."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def sheet(self, title: str, header: Sequence[str], frozen: int = 0, top: int = 0) -> Worksheet:
        """A sheet with a header in row `top` (0 the first), that row and `frozen` columns kept in view."""
        sheet = self.workbook.add_worksheet(sheet_title(title))
        for column, text in enumerate(header):
            sheet.write_string(top, column, text, self.format(**_HEADER))
        sheet.freeze_panes(top + 1, frozen)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, top)
        return sheet

    def write(
        self, sheet: Worksheet, row: int, column: int, value: Any, places: int | None = None, **look: Any
    ) -> None:
        """One cell: exact numbers as numbers while a spreadsheet can hold their digits, else as text."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.format(**look))
        elif isinstance(value, Fraction):
            self._write_number(sheet, row, column, value, places, look)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.format(**look))
        else:
            sheet.write_string(row, column, str(value), self.format(**look))

    def _write_number(
        self, sheet: Worksheet, row: int, column: int, value: Fraction, places: int | None, look: dict[str, Any]
    ) -> None:
        needed = decimals(value)
        text = show(value)
        if needed is None or len(text.strip("-").replace(".", "")) > _DIGITS:
            sheet.write_string(row, column, text, self.format(align="right", **look))
            return
        shown = max(needed, places or 0)
        number_format = "0." + "0" * shown if shown else "0"
        sheet.write_number(row, column, float(fixed(value, needed)), self.format(num_format=number_format, **look))

    def table(
        self,
        title: str,
        header: Sequence[str],
        rows: Sequence[Sequence[Any]],
        places: int | None = None,
        frozen: int = 0,
    ) -> Worksheet:
        """A whole sheet: header, rows, widths, filter."""
        sheet = self.sheet(title, header, frozen)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self.write(sheet, number, column, value, places)
        fit(sheet, [[str(text) for text in header], *([shown(value) for value in row] for row in rows)])
        if rows:
            sheet.autofilter(0, 0, len(rows), len(header) - 1)
        return sheet


def shown(value: Any) -> str:
    """Roughly what a cell shows, for the width of its column."""
    if value is None:
        return ""
    return show(value) if isinstance(value, Fraction) else str(value)


def fit(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """Column widths that show the contents."""
    for column in range(max((len(row) for row in rows), default=0)):
        widest = max((display_width(row[column]) for row in rows if column < len(row)), default=0)
        sheet.set_column(column, column, min(max(widest + 2, _NARROWEST), _WIDEST))


def column_letter(index: int) -> str:
    """The letters above a column: 0 → A, 26 → AA."""
    return str(xl_col_to_name(index))


def sheet_title(title: str) -> str:
    """A sheet name that every spreadsheet accepts."""
    return "".join("·" if character in "[]:*?/\\" else character for character in title)[:31]


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` make the file beside its place and move it there: the file is whole, or not there at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    os.close(handle)
    try:
        write(Path(name))
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
