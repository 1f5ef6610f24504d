"""The raw table that a sheet or a CSV file becomes, before any cell is understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from engine.text import Place, Problem

Cell = str | Decimal | bool | date | None
"""What a cell may hold. A `datetime` is a `date` too, and arrives only when the cell has a time of day."""


def column_letters(index: int) -> str:
    """The letters above a column counted from 0: 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one CSV file, as it was found.

    `rows` are as wide as `header`; `numbers` holds, for each row, its number as people see it:
    the row of the sheet, or the line of the CSV file on which the row begins.
    A column without title and without data is kept with the title "".
    """

    file: str
    name: str
    header: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    numbers: list[int]

    def place(self, row_index: int, column_index: int) -> Place:
        """Where a cell of `rows` stands."""
        return Place(self.file, self.name, self.numbers[row_index], column_letters(column_index))


class Area(NamedTuple):
    """A rectangle of cells: row numbers as people see them, columns from 0, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of a source that can be read, with everything that is wrong with it.

    With any problem the tables are good for one thing only: finding what else is wrong. `unsure` are, by sheet, the
    cells about which a problem is told already; `aside` the texts of the sheets for people; `notes` what is not wrong
    but worth saying.
    """

    tables: list[Table] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsure: dict[str, list[Area]] = field(default_factory=dict)
    aside: list[str] = field(default_factory=list)
