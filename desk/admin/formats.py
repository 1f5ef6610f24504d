"""The files that the registers read and write: workbooks and CSV, read as safely as any other file from outside.

What is written does nothing when it is opened: a workbook's text cells are text, whatever they begin with.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

import tablib
from import_export.formats.base_formats import Format

from engine.text import Place, Problem, Problems, Text
from indicators.sheetwriter import Book
from indicators.tables import Cell, Table, Tables, read_csv_file, read_tables

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_ROWS = Text("文件里没有数据行", "there are no rows of data in the file")
_TOO_MANY = Text("最多一次导入 {most} 行，请分几个文件", "at most {most} rows at a time: make several files")
MOST_ROWS = 3000  # what one request can look at in good time
_ZIP = b"PK\x03\x04"


class Sheet(tablib.Dataset):  # type: ignore[misc]
    """The rows of a file, with their numbers as people see them and the hash of the file."""

    headers: Any
    numbers: list[int]
    sha256: str

    def arrange(self, numbers: list[int]) -> None:
        """Bring the rows into another order, by their numbers."""
        rows = dict(zip(self.numbers, list(self), strict=True))
        headers = self.headers
        self.wipe()
        self.headers, self.numbers = headers, numbers
        self.extend([rows[number] for number in numbers])


class Workbook(Format):  # type: ignore[misc]
    """An .xlsx workbook, or CSV in UTF-8: told apart by what it is."""

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding

    def get_title(self) -> str:
        return "xlsx, csv"

    def create_dataset(self, data: bytes) -> Sheet:
        """The first sheet of a file.

        Raises:
            Problems: everything that is wrong with it.
        """
        table = _table(data)
        sheet = Sheet(headers=[title.strip() for title in table.header])
        for row in table.rows:
            sheet.append([_text(cell) for cell in row])
        sheet.numbers, sheet.sha256 = list(table.numbers), hashlib.sha256(data).hexdigest()
        return sheet

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "out.xlsx"
            book = Book(str(file))
            rows = [[value if value != "" else None for value in row] for row in dataset]
            book.table(dataset.title or "1", list(dataset.headers), rows, frozen=1)
            book.close()
            return file.read_bytes()

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def get_extension(self) -> str:
        return "xlsx"

    def get_content_type(self) -> str:
        return WORKBOOK


def _table(data: bytes) -> Table:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / ("file.xlsx" if data.startswith(_ZIP) else "file.csv")
        file.write_bytes(data)
        found: Tables = read_tables(file) if file.suffix == ".xlsx" else read_csv_file(file)
    if found.problems:
        raise Problems(found.problems)
    if not found.tables or not found.tables[0].rows:
        raise Problems([Problem(Place(), _NO_ROWS)])
    if len(found.tables[0].rows) > MOST_ROWS:
        raise Problems([Problem(Place(), _TOO_MANY.format(most=MOST_ROWS))])
    return found.tables[0]


def _text(cell: Cell) -> str:
    """A cell as text: numbers with their digits, dates as 2026-01-31."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return cell.strip() if isinstance(cell, str) else f"{cell:f}" if not hasattr(cell, "isoformat") else str(cell)
