"""From floats to the numbers that people see."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal

import pytest

from indicators.tables.cells import UnusableCell, cell_of, cells_of, decimal_of


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        (1.1 * 3, "3.3"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (0.0, "0"),
        (5.0, "5"),
        (-12.50, "-12.5"),
        (1e-7, "1E-7"),
        (123456789.123456789, "123456789.123457"),
        (999999999999999.0, "999999999999999"),
        (1e15, "1000000000000000"),
        (1.5e20, "150000000000000000000"),
        (12345678901234567890.0, "12345678901234600000"),
    ],
)
def test_decimals(number: float, seen: str) -> None:
    assert str(decimal_of(number)) == seen


def test_decimals_are_what_was_typed() -> None:
    """Whatever has at most 15 digits comes back as typed."""
    chance = random.Random(3)
    for _ in range(20_000):
        typed = Decimal(chance.randrange(-(10**15) + 1, 10**15)).scaleb(-chance.randrange(12))
        assert decimal_of(float(typed)) == typed


def test_decimals_carry_no_positive_exponent_and_no_minus_zero() -> None:
    chance = random.Random(4)
    for _ in range(5_000):
        found = decimal_of(chance.choice([-1, 1]) * chance.random() * 10.0 ** chance.randrange(-20, 40))
        exponent = found.as_tuple().exponent
        assert isinstance(exponent, int)
        assert exponent <= 0
        assert str(found) != "-0"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_r5_no_numbers(number: float) -> None:
    with pytest.raises(UnusableCell):
        decimal_of(number)


def test_a_row_is_its_cells() -> None:
    row = [1.5, "", "a ", True, 3, datetime.date(2024, 5, 6), datetime.datetime.fromisoformat("2024-05-06T01:00")]
    assert cells_of(row) == tuple(map(cell_of, row))
    assert cells_of(row)[:5] == (Decimal("1.5"), None, "a ", True, Decimal(3))
    assert cells_of(row)[3] is True


@pytest.mark.parametrize("value", [datetime.time(1), datetime.timedelta(1), None])
def test_times_are_no_cells(value: object) -> None:
    with pytest.raises(UnusableCell):
        cell_of(value)
