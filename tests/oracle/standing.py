"""Places, grades, vetoes and promotions, and what a result brings: one unit at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.figures import Refused, number, rounded_count
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


# What a result brings.


def gives(
    use: Mapping[str, Any], unit: Unit, units: list[Unit], grade: str, places: Mapping[str, int],
    last_places: Mapping[str, int | None],
) -> str | None:  # fmt: skip
    """What one use brings a unit, or nothing. What goes by place does not reach those listed separately."""
    by_place = "by_rank" in use or "by_rise" in use
    otherwise = None if unit.alone and by_place else use.get("otherwise")
    if "by_rise" in use:
        return use["by_rise"]["gives"] if _rose(use["by_rise"], unit, units, places, last_places) else otherwise
    if grade in use.get("by_grade", {}):
        return use["by_grade"][grade]
    if "by_rank" in use and not unit.alone:
        found = _band(use["by_rank"], unit, units, places)
        return otherwise if found is None else found["gives"]
    return otherwise


def _size(band: Mapping[str, Any], members: int) -> int:
    said = band.get("first", band.get("last"))
    return rounded_count(number(said) * members, band["rounding"]) if said.endswith("%") else int(said)


def _band(bands: list[Any], unit: Unit, units: list[Unit], places: Mapping[str, int]) -> Mapping[str, Any] | None:
    """Bands lie one behind the other, inwards from both ends; equal places lie in a band together."""
    members = ranked(units, unit.category)
    better = sum(1 for other in members if places[other.code] < places[unit.code])
    worse = sum(1 for other in members if places[other.code] > places[unit.code])
    from_top = from_bottom = 0
    for band in bands:
        if "first" in band:
            from_top += _size(band, len(members))
            inside = better < from_top
        else:
            from_bottom += _size(band, len(members))
            inside = worse < from_bottom
        if inside:
            return band
    return None


def _rose(
    band: Mapping[str, Any], unit: Unit, units: list[Unit], places: Mapping[str, int],
    last_places: Mapping[str, int | None],
) -> bool:  # fmt: skip
    members = ranked(units, unit.category)
    rises = {
        other.code: last - places[other.code]
        for other in members
        if (last := last_places.get(other.code)) is not None and last > places[other.code]
    }
    if unit.code not in rises:
        return False
    above = sum(1 for rise in rises.values() if rise > rises[unit.code])
    return above < _size(band, len(members))
