"""From what the parser gives for a cell of a sheet to a `Cell`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from math import isfinite

from engine.text import Text
from indicators.tables import messages
from indicators.tables.table import Cell


class UnusableCell(Exception):
    """A value that is no `Cell`; says why."""

    def __init__(self, what: Text) -> None:
        super().__init__(what)
        self.what = what


def cell_of(value: object) -> Cell:
    """One cell: numbers as exact decimals, dates as they are, empty text as None, other text untouched.

    Raises:
        UnusableCell: not a finite number, or a time of day.
    """
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool | date):
        return value
    if isinstance(value, float):
        return decimal_of(value)
    if isinstance(value, int):
        return Decimal(value)
    raise UnusableCell(messages.TIME_OF_DAY.format(value=value))


def cells_of(row: Iterable[object]) -> tuple[Cell, ...]:
    """A whole row, quickly. Raises as `cell_of` does."""
    return tuple(
        [
            (value or None) if type(value) is str else decimal_of(value) if type(value) is float else cell_of(value)
            for value in row
        ]
    )


def decimal_of(number: float) -> Decimal:
    """The number that people see: 15 digits, as Excel shows it (1.1 × 3 is stored as 3.3000000000000003).

    Raises:
        UnusableCell: the number is infinite or no number.
    """
    if -1e15 < number < 1e15:
        return Decimal(int(number)) if number.is_integer() else Decimal(format(number, ".15g"))
    if not isfinite(number):
        raise UnusableCell(messages.NOT_A_NUMBER.format(value=number))
    return Decimal(int(Decimal(format(number, ".15g"))))  # digits, not an exponent
