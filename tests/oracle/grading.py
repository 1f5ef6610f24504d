"""Grades of one scale: lines, quotas and conditions; then vetoes and promotions. Grades are positions, best first.

Seats are counted until nobody leaves. Who moves by a veto that refills or a promotion inside the quota leaves the count
with what it earned; so does who stands level at the cut for a seat it could not keep. A promotion inside takes a seat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.figures import marks, number, rounded_count
from tests.oracle.standing import Move, competition, ranked
from tests.oracle.units import Unit

UNGRADED = -1


@dataclass(frozen=True)
class Basis:
    """What grades are made of. `points`: of a node by code, None where it does not count; `full` likewise.

    `values`: what is graded, without those for whom it does not count, out of `fulls`.
    """

    units: list[Unit]
    values: Mapping[str, Fraction]
    fulls: Mapping[str, Fraction]
    places: Mapping[str, int]
    points: Callable[[str, str], Fraction | None]
    full: Callable[[str, str], Fraction]
    others: Callable[[Mapping[str, Any], str], bool]
    moves: list[Move]
    lifts: Mapping[str, list[str]] = field(default_factory=dict)


Pair = tuple[dict[str, int], dict[str, int]]


def graded(scale: Mapping[str, Any], basis: Basis) -> Pair:
    """What each unit earned, and its final grade."""
    apart: dict[str, int] = {}
    while True:
        crowded: dict[str, list[int]] = {}
        finals = {unit: moved(scale, basis, unit, own) for unit, own in apart.items()}
        taken = {unit: finals[unit] for unit, own in apart.items() if _holds(scale, basis, unit, own, finals[unit])}
        earned = _earned(scale, basis, set(apart), taken, crowded) | apart
        final = {unit: moved(scale, basis, unit, position) for unit, position in earned.items()}
        leaving = {
            unit: own
            for unit, own in earned.items()
            if unit not in apart
            and _leaves_the_count(scale, basis, unit)
            and (final[unit] != own or any(moved(scale, basis, unit, at) != at for at in crowded.get(unit, [])))
        }
        if not leaving:
            return earned, final
        apart |= leaving


def _holds(scale: Mapping[str, Any], basis: Basis, unit: str, own: int, final: int) -> bool:
    """Whether a unit outside the count holds a seat of its final grade."""
    return own == final or _seated(scale, basis, unit)


# Lines and quotas.


def _earned(
    scale: Mapping[str, Any], basis: Basis, apart: set[str], seated: Mapping[str, int], crowded: dict[str, list[int]]
) -> dict[str, int]:
    """What those in the count earn; `crowded` collects the grades for which a unit stood level at the cut, left out."""
    grades = scale["grades"]
    found: dict[str, int] = {}
    for position, grade in enumerate(grades[:-1]):
        for category in sorted({unit.category for unit in basis.units}):
            members = [unit for unit in ranked(basis.units, category) if basis.places[unit.code] > 0]
            left = [unit for unit in members if unit.code not in found and unit.code not in apart]
            fit = [unit.code for unit in left if _fits(scale, grade, basis, unit)]
            taken = sum(1 for unit in members if seated.get(unit.code) == position)
            inside, level = _within(grade.get("quota"), fit, basis, category, len(members), taken)
            found |= dict.fromkeys(inside, position)
            for code in level:
                crowded.setdefault(code, []).append(position)
        for unit in basis.units:
            outside = basis.places[unit.code] == 0 and unit.code in basis.values and unit.code not in apart
            if outside and unit.code not in found and "from" in grade and _fits(scale, grade, basis, unit):
                found[unit.code] = position
    for unit in basis.units:
        found.setdefault(unit.code, len(grades) - 1 if unit.code in basis.values else UNGRADED)
    return found


def _fits(scale: Mapping[str, Any], grade: Mapping[str, Any], basis: Basis, unit: Unit) -> bool:
    if "from" in grade and basis.values[unit.code] < marks(grade["from"], basis.fulls[unit.code]):
        return False
    return all(meets(scale, one, basis, unit.code) for one in grade.get("only_if", []))


def meets(scale: Mapping[str, Any], condition: Any, basis: Basis, unit: str) -> bool:
    """What does not count for a unit, or where it took no part, asks nothing."""
    if condition == "no_veto":
        return not vetoes(scale, basis, unit)
    if "node" in condition:
        got = basis.points(condition["node"], unit)
        return got is None or got >= marks(condition["at_least"], basis.full(condition["node"], unit))
    return basis.others(condition, unit)


def _within(
    quota: Mapping[str, Any] | None, fit: list[str], basis: Basis, category: str, members: int, taken: int
) -> tuple[list[str], list[str]]:
    """Those who find room, by place, and the equals at the cut who stay out together though a seat was left."""
    if quota is None:
        return fit, []
    room = max(_seats(quota, category, members) - taken, 0)
    ties = quota["ties"]
    codes, then = ([], ties) if isinstance(ties, str) else (ties["break_by"], ties["then"])

    def order(unit: str) -> tuple[Fraction, ...]:
        return (Fraction(-basis.places[unit]), *(basis.points(code, unit) or Fraction(0) for code in codes))

    inside: list[str] = []
    for here in sorted({order(unit) for unit in fit}, reverse=True):
        level = [unit for unit in fit if order(unit) == here]
        if len(inside) + len(level) > room and (then == "all_out" or len(inside) >= room):
            return inside, level if len(inside) < room else []
        inside += level
    return inside, []


def _seats(quota: Mapping[str, Any], category: str, members: int) -> int:
    said = quota.get("number", quota.get("share"))
    said = said if isinstance(said, str) else said[category]
    if "number" in quota:
        return int(said)
    return max(rounded_count(number(said) * members, quota["rounding"]), int(quota.get("at_least", "0")))


# Vetoes and promotions.


def blocks(scale: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    said = scale.get(key, [])
    return said if isinstance(said, list) else [said]


def in_force(block: Mapping[str, Any], basis: Basis, unit: str) -> bool:
    """A decided or an automatic ground, or a node below a line."""
    for move in basis.moves:
        counts = block["by"] == "automatic" or (move.body and move.decision)
        if counts and move.unit == unit and move.ground in block.get("grounds", []):
            return True
    if "when" in block:
        got = basis.points(block["when"]["node"], unit)
        return got is not None and got < marks(block["when"]["below"], basis.full(block["when"]["node"], unit))
    return False


def vetoes(scale: Mapping[str, Any], basis: Basis, unit: str) -> list[Mapping[str, Any]]:
    return [block for block in blocks(scale, "veto") if in_force(block, basis, unit)]


def promotions(scale: Mapping[str, Any], basis: Basis, unit: str) -> list[Mapping[str, Any]]:
    """Those that count: in spite of a veto only where they say so."""
    found = [block for block in blocks(scale, "promotion") if in_force(block, basis, unit)]
    found += [{"effect": effect} for effect in basis.lifts.get(unit, [])]
    vetoed = bool(vetoes(scale, basis, unit))
    return [block for block in found if not vetoed or block.get("despite_veto") == "true"]


def moved(scale: Mapping[str, Any], basis: Basis, unit: str, position: int) -> int:
    """The lowest result of the vetoes, then the best of the promotions that count."""
    if position == UNGRADED:
        return UNGRADED
    names = [grade["name"] for grade in scale["grades"]]
    lowest = len(names) - 1
    here = position
    for block in vetoes(scale, basis, unit):
        effect = block["effect"]
        if effect == "not_graded":
            return UNGRADED
        lowered = names.index(effect["to"]) if isinstance(effect, dict) else 0
        lowered = {"down_one": position + 1, "bar_from_top": 1, "lowest": lowest}.get(str(effect), lowered)
        here = max(here, min(lowered, lowest))
    best = here
    for block in promotions(scale, basis, unit):
        effect = block["effect"]
        lifted = names.index(effect["to"]) if isinstance(effect, dict) else max(here - 1, 0)
        best = min(best, 0 if effect == "top" else lifted)
    return best


def _leaves_the_count(scale: Mapping[str, Any], basis: Basis, unit: str) -> bool:
    refilled = any(block.get("refill") == "true" for block in vetoes(scale, basis, unit))
    return refilled or _seated(scale, basis, unit)


def _seated(scale: Mapping[str, Any], basis: Basis, unit: str) -> bool:
    return any(block.get("inside_quota") == "true" for block in promotions(scale, basis, unit))


def places_by(units: list[Unit], values: Mapping[str, Fraction]) -> dict[str, int]:
    """Competition places by some points inside each category; 0 for those listed separately or without."""
    found = dict.fromkeys((unit.code for unit in units), 0)
    for unit in units:
        if not unit.alone and unit.code in values:
            peers = [values[one.code] for one in ranked(units, unit.category) if one.code in values]
            found[unit.code] = competition(values[unit.code], peers)
    return found
