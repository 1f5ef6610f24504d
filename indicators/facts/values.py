"""The value of a fact: a scaled integer, or why there is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from engine.facts import Status
from engine.rules.base import FactSpec
from indicators.facts.cells import NO, YES, Wrong, number, text
from indicators.tables import Cell

NOT_APPLICABLE = ("不涉及", "n/a")
NOT_DRAWN = ("未抽中", "not drawn")
NOTHING = ("无", "none")
_BIGGEST = 2**63 - 1


def read_value(cell: Cell, fact: FactSpec) -> tuple[int, Status]:
    """A cell of the value column → the value scaled by the fact's decimals, and its status.

    Raises:
        Wrong: if it is neither a value of the fact's kind nor one of the words for having none.
    """
    if isinstance(cell, str):
        word = cell.strip().lower()
        if word != cell.lower() and word in (*NOT_APPLICABLE, *NOT_DRAWN, *NOTHING, *YES, *NO):
            text(cell)
        if word in NOT_APPLICABLE:
            return 0, Status.NOT_APPLICABLE
        if word in NOT_DRAWN:
            return 0, Status.NOT_DRAWN
        if word in NOTHING:
            return _nothing(cell, fact), Status.GIVEN
    if fact.kind == "yes_no":
        return _yes_no(cell), Status.GIVEN
    return scaled(number(cell), fact), Status.GIVEN


def scaled(value: Decimal, fact: FactSpec) -> int:
    """The value × 10^decimals as an integer."""
    whole = Fraction(value) * 10**fact.decimals  # Decimal's own arithmetic would cut at 28 digits
    if whole.denominator != 1:
        raise Wrong(
            "{value} 的小数位多于规定的 {places} 位",
            "{value} has more than the {places} decimals of this fact",
            value=value,
            places=fact.decimals,
        )
    if fact.kind == "count" and value < 0:
        raise Wrong("{value} 是次数，不能是负数", "{value} is a count and must not be negative", value=value)
    if abs(whole) > _BIGGEST:
        raise Wrong("{value} 过大", "{value} is too large", value=value)
    return int(whole)


def _nothing(cell: str, fact: FactSpec) -> int:
    if fact.kind != "count":
        raise Wrong(
            "“{cell}”只用于次数；没有这项工作请填 不涉及",
            '"{cell}" is for counts; write n/a where the work does not exist',
            cell=cell,
        )
    return 0


def _yes_no(cell: Cell) -> int:
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, str) and cell.lower() in (*YES, *NO):
        return int(cell.lower() in YES)
    shown = cell.isoformat() if isinstance(cell, date) else cell
    raise Wrong("“{cell}”应填 是、否 或 不涉及", '"{cell}" must be yes, no or n/a', cell=shown)
