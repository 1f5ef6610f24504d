"""What a result brings: one unit at a time; and pools, shared out to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.figures import Refused, number, rounded_count
from tests.oracle.standing import ranked
from tests.oracle.units import Points, Unit

Person = tuple[str, Fraction]  # code, coefficient


@dataclass(frozen=True)
class LastYear:
    total: Fraction | None = None
    place: int | None = None
    grade: str = ""
    members: int | None = None


@dataclass(frozen=True)
class Result:
    """The units of one set with their totals, places, final grades, bonuses and points, and last year's results."""

    units: list[Unit]
    totals: Mapping[str, Fraction]
    places: Mapping[str, int]
    grades: Mapping[str, str]
    last: Mapping[str, LastYear]
    bonuses: Mapping[str, Fraction]
    points: Mapping[str, Mapping[str, Points]]  # of every node, by unit


@dataclass
class Shared:
    """A pool: unit → amount, and unit → person → amount, in cents."""

    units: dict[str, int] = field(default_factory=dict)
    persons: dict[str, dict[str, int]] = field(default_factory=dict)


def gives(use: Mapping[str, Any], unit: Unit, result: Result) -> str | Fraction | None:
    """What a use brings, or nothing. What goes by place or rise does not reach those listed separately."""
    if "by_score" in use:
        total = max(result.totals[unit.code], Fraction(0))
        return total * number(use["by_score"]["each"]) * _heads(use["by_score"], unit)
    if use.get("of") == "headcount":
        _heads({"times": "headcount"}, unit)
    by_place = any(way in use for way in ("by_rank", "by_rise")) or "last" in use.get("by_repeat", {})
    found = _found(use, unit, result)
    if found is None:
        found = None if unit.alone and by_place else use.get("otherwise")
    if found is None or use.get("of") != "headcount":
        return found
    assert unit.headcount is not None
    return Fraction(rounded_count(number(found) * unit.headcount, use["rounding"]))


def _found(use: Mapping[str, Any], unit: Unit, result: Result) -> str | None:
    if "by_rise" in use:
        return use["by_rise"]["gives"] if _rose(use["by_rise"], unit, result) else None
    if "by_repeat" in use:
        return use["by_repeat"]["gives"] if _repeats(use["by_repeat"], unit, result) else None
    if result.grades[unit.code] in use.get("by_grade", {}):
        return use["by_grade"][result.grades[unit.code]]  # type: ignore[no-any-return]
    if "by_rank" in use and not unit.alone:
        band = _band(use["by_rank"], unit, result)
        return None if band is None else band["gives"]
    return None


def _heads(said: Mapping[str, Any], unit: Unit) -> int:
    if said.get("times") != "headcount":
        return 1
    if unit.headcount is None:
        raise Refused
    return unit.headcount


def _size(band: Mapping[str, Any], members: int) -> int:
    said = band.get("first", band.get("last"))
    return rounded_count(number(said) * members, band["rounding"]) if said.endswith("%") else int(said)


def _band(bands: list[Any], unit: Unit, result: Result) -> Mapping[str, Any] | None:
    """Bands lie one behind the other, inwards from both ends; equal places lie in a band together."""
    members, places = ranked(result.units, unit.category), result.places
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
            return band  # type: ignore[no-any-return]
    return None


def _rise(band: Mapping[str, Any], unit: Unit, result: Result) -> Fraction:
    last = result.last.get(unit.code, LastYear())
    if band.get("on", "place") == "total":
        return Fraction(0) if last.total is None else result.totals[unit.code] - last.total
    return Fraction(0) if last.place is None else Fraction(last.place - result.places[unit.code])


def _rose(band: Mapping[str, Any], unit: Unit, result: Result) -> bool:
    members = ranked(result.units, unit.category)
    own = _rise(band, unit, result)
    if unit.alone or own <= 0:
        return False
    above = sum(1 for other in members if _rise(band, other, result) > own)
    return above < _size(band, len(members))


def _repeats(said: Mapping[str, Any], unit: Unit, result: Result) -> bool:
    """The same grade in both years, or among the last so many in both."""
    last = result.last.get(unit.code, LastYear())
    if "grade" in said:
        return result.grades[unit.code] == said["grade"] == last.grade
    if unit.alone or last.place is None or last.members is None:
        return False
    members, places = ranked(result.units, unit.category), result.places
    worse = sum(1 for other in members if places[other.code] > places[unit.code])
    return worse < int(said["last"]) and last.place > last.members - int(said["last"])


# Pools.


def shared(
    use: Mapping[str, Any], results: list[Result], pools: Mapping[str, Fraction], persons: Mapping[str, list[Person]]
) -> Shared:
    """Among the units of all sets that the use is for; raises Refused where that cannot be done."""
    said = use["distribute"]
    if said["pool"] not in pools:
        raise Refused
    weights = {
        unit.code: _weight(said, unit, result) * _heads(said, unit) for result in results for unit in result.units
    }
    if any(weight < 0 for weight in weights.values()) or not any(weights.values()):
        raise Refused
    found = Shared(to_the_cent(int(pools[said["pool"]] * 100), weights))
    for unit, amount in found.units.items():
        if said.get("persons") == "true" and (amount or persons.get(unit)):
            found.persons[unit] = _to_persons(amount, persons.get(unit, []))
    return found


def _to_persons(amount: int, persons: list[Person]) -> dict[str, int]:
    if not persons:
        raise Refused
    return to_the_cent(amount, dict(persons))


def _weight(said: Mapping[str, Any], unit: Unit, result: Result) -> Fraction:
    by = said["by"]
    if by == "total":
        return result.totals[unit.code]
    if by == "bonus":
        return result.bonuses[unit.code]
    if "node" in by:
        return result.points[unit.code].get(by["node"]) or Fraction(0)
    if "grade" in by:
        return number(by["grade"].get(result.grades[unit.code], "0"))
    if unit.alone:
        return Fraction(0)
    band = _band(by["rank"], unit, result)
    return number(by.get("otherwise", "0") if band is None else band["gives"])


def to_the_cent(cents: int, weights: Mapping[str, Fraction]) -> dict[str, int]:
    """Rounded down; what is left goes, a cent each, to the largest remainders, of equal ones to the first code."""
    whole = sum(weights.values(), Fraction(0))
    exact = {code: cents * weight / whole for code, weight in weights.items()}
    found = {code: share.numerator // share.denominator for code, share in exact.items()}
    for code in sorted(exact, key=lambda code: (found[code] - exact[code], code))[: cents - sum(found.values())]:
        found[code] += 1
    return found
