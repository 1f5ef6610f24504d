"""Places, grades, vetoes and promotions, and what a result brings: one unit at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.figures import Refused, marks, number, rounded_count
from tests.oracle.indicators import Unit

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


def ranked(units: list[Unit], category: str) -> list[Unit]:
    return [unit for unit in units if unit.category == category and not unit.alone]


# Grades, as positions in the scheme's list.


def earned(
    evaluation: Mapping[str, Any], units: list[Unit], totals: Mapping[str, Fraction], places: Mapping[str, int],
    may: Callable[[Unit, Mapping[str, Any]], bool],
) -> dict[str, int]:  # fmt: skip
    """The grade that each total earns: the first whose line it reaches and whose quota has room."""
    grades, full = evaluation["grades"], number(evaluation["full_marks"])
    found: dict[str, int] = {}
    for category in sorted({unit.category for unit in units}):
        members = ranked(units, category)
        for position, grade in enumerate(grades):
            left = [unit for unit in members if unit.code not in found]
            fit = [unit.code for unit in left if reaches(grade, totals[unit.code], full) and may(unit, grade)]
            for code in within(grade.get("quota"), fit, places, len(members)):
                found[code] = position
    for unit in units:
        if unit.alone:
            open_to = [grade for grade in grades if "from" in grade and reaches(grade, totals[unit.code], full)]
            found[unit.code] = next((grades.index(grade) for grade in open_to if may(unit, grade)), len(grades) - 1)
    return found


def reaches(grade: Mapping[str, Any], total: Fraction, full: Fraction) -> bool:
    return "from" not in grade or total >= marks(grade["from"], full)


def within(quota: Mapping[str, Any] | None, fit: list[str], places: Mapping[str, int], members: int) -> list[str]:
    """Those who find room, by place; whoever shares the place at the cut comes in or stays out with it."""
    if quota is None:
        return fit
    room = max(rounded_count(number(quota["share"]) * members, quota["rounding"]), int(quota.get("at_least", "0")))
    inside: list[str] = []
    for here in sorted({places[code] for code in fit}):
        level = [code for code in fit if places[code] == here]
        if len(inside) + len(level) > room and (quota["ties"] == "all_out" or len(inside) >= room):
            break
        inside += level
    return inside


def decided(moves: list[Move]) -> list[str]:
    """The grounds on which a body has decided; what is only proposed moves nothing."""
    return [move.ground for move in moves if move.body and move.decision]


def vetoed(evaluation: Mapping[str, Any], moves: list[Move]) -> bool:
    return any(ground in evaluation.get("veto", {}).get("grounds", []) for ground in decided(moves))


def moved(evaluation: Mapping[str, Any], position: int, moves: list[Move], lifts: list[str]) -> int:
    """The final grade: decided vetoes lower once and cancel what lifts; what lifts does so once, the best of it."""
    lowest = len(evaluation["grades"]) - 1
    promotion = evaluation.get("promotion")
    grounds = decided(moves)
    if vetoed(evaluation, moves):
        veto = evaluation["veto"]
        lowered = {"down_one": position + 1, "bar_from_top": max(position, 1), "lowest": lowest}[veto["effect"]]
        return min(lowered, lowest)
    if promotion is not None and any(ground in promotion["grounds"] for ground in grounds):
        lifts = [*lifts, promotion["effect"]]
    if "top" in lifts:
        return 0
    return max(position - 1, 0) if lifts else position


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
