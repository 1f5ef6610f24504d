"""Bonuses and deductions: which claims count, then the caps of a matter, of a kind, of a part and of a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from engine.facts import Claim
from engine.language.extras import Bonus, Deductions, Lift, Standard, points_of
from engine.score.result import Counted, Extras, Why

NONE = Extras()
LIFTS = ("", "up_one", "top")  # the stronger the later


def score_extras(rules: Bonus | Deductions | None, claims: Iterable[Claim], units: list[str]) -> list[Extras]:
    """One `Extras` per unit, in the order of `units`; claims name a standard and a level of the scheme."""
    if rules is None:
        return [NONE] * len(units)
    per_unit: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.order):
        per_unit[claim.unit].append(claim)
    return [_extras(rules, per_unit[unit]) if unit in per_unit else NONE for unit in units]


def _extras(rules: Bonus | Deductions, claims: list[Claim]) -> Extras:
    standards = {standard.code: standard for standard in rules.standards}
    order = {code: number for number, code in enumerate(standards)}
    worth = [_worth(rules, standards[claim.standard], claim) for claim in claims]
    ranked = sorted(worth, key=lambda one: (-LIFTS.index(one.lifts), -one.points, order[one.claim.standard]))
    counted = _inside_matters(rules.item_at_most, _once(ranked) if rules.highest_only else ranked)
    raw: dict[str, Fraction] = defaultdict(Fraction)
    for one in counted:
        raw[one.claim.standard] += one.counted
    kinds = {code: at_most(raw[code], standards[code].at_most) for code in order if code in raw}
    parts = _parts(rules, standards, kinds)
    free = sum((points for code, points in kinds.items() if standards[code].part is None), Fraction(0))
    total = at_most(sum(parts.values(), free), rules.at_most)
    lifts = max((one.lifts for one in counted), key=LIFTS.index, default="")
    return Extras(tuple(counted), kinds, parts, total, lifts)


def _worth(rules: Bonus | Deductions, standard: Standard, claim: Claim) -> Counted:
    """A claim by itself: in time, decided, and what its level brings."""
    level = standard.levels[claim.level]
    points = Fraction(points_of(level))
    if rules.cut_off is not None and (claim.day is None or claim.day > rules.cut_off):
        return Counted(claim, points, Fraction(0), Why.TOO_LATE)
    if rules.by == "decision" and not (claim.body and claim.decision):
        return Counted(claim, points, Fraction(0), Why.UNDECIDED)
    return Counted(claim, points, points, Why.COUNTS, level.effect if isinstance(level, Lift) else "")


def _once(ranked: list[Counted]) -> list[Counted]:
    """A matter counts with the first of its claims that counts."""
    seen: set[str] = set()
    found: list[Counted] = []
    for one in ranked:
        if one.why is Why.COUNTS and one.claim.matter in seen:
            one = replace(one, counted=Fraction(0), why=Why.DUPLICATE, lifts="")
        elif one.why is Why.COUNTS:
            seen.add(one.claim.matter)
        found.append(one)
    return found


def _inside_matters(most: Decimal | None, ranked: list[Counted]) -> list[Counted]:
    """The claims of a matter inside its cap, the highest first."""
    if most is None:
        return ranked
    room: dict[str, Fraction] = defaultdict(lambda: Fraction(most))
    found: list[Counted] = []
    for one in ranked:
        counted = min(one.counted, room[one.claim.matter])
        room[one.claim.matter] -= counted
        found.append(replace(one, counted=counted))
    return found


def _parts(
    rules: Bonus | Deductions, standards: Mapping[str, Standard], kinds: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """What each part of the scheme comes to after its cap, where the unit has something in it."""
    raw: dict[str, Fraction] = defaultdict(Fraction)
    for code, points in kinds.items():
        raw[standards[code].part or ""] += points
    return {code: at_most(raw[code], part.at_most) for code, part in rules.parts.items() if code in raw}


def at_most(points: Fraction, most: Decimal | None) -> Fraction:
    """The points inside a cap, if there is one."""
    return points if most is None else min(points, Fraction(most))
