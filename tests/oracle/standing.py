"""Places, grades, vetoes and promotions, and what a result brings: one unit at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.figures import Refused
from tests.oracle.units import Unit

Order = tuple[Fraction, ...]  # the total, then what breaks ties; more is better


NO_PART = "took no part"


@dataclass(frozen=True)
class Move:
    unit: str
    ground: str
    body: str = ""
    decision: str = ""


def place(unit: Unit, units: list[Unit], orders: Mapping[str, Order], ties: str) -> int:
    """The place inside the category; 0 for a unit listed separately."""
    if unit.alone:
        return 0
    others = [orders[other.code] for other in ranked(units, unit.category) if other.code != unit.code]
    own = orders[unit.code]
    if ties == "error" and own in others:
        raise Refused
    better = [other for other in others if other > own]
    return 1 + (len(set(better)) if ties == "dense" else len(better))


def competition(own: Fraction, values: list[Fraction]) -> int:
    return 1 + sum(1 for value in values if value > own)


def ranked(units: list[Unit], category: str) -> list[Unit]:
    return [unit for unit in units if unit.category == category and not unit.alone]
