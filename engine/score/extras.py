"""Bonuses and deductions: which claims count, then the caps of a matter, of a kind, of a part and of a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from engine.calendar import Calendar
from engine.exact import Exact, Mask
from engine.facts import Claim
from engine.language.conditions import Conditions
from engine.language.extras import Bonus, Deductions, Standard
from engine.score.claims import weigh
from engine.score.context import multiplied, rounded
from engine.score.counted import Beyond, Counted, Extras, Why, together
from engine.score.result import NodeResult
from engine.score.rollup import scales
from engine.text import Place, Problem, Text

NONE = Extras()
_UNKNOWN_YEAR = Text(
    "单位“{unit}”，扣分事项“{matter}”：工作日历里没有 {year} 年的放假安排（至少要有 {year}-01-01 放假），数不了工作日",
    'unit "{unit}", deduction "{matter}": the calendar lacks {year} '
    "(at least {year}-01-01 off), so working days cannot be counted",
)
LIFTS = ("", "up_one", "top")  # the stronger the later


def score_extras(
    rules: Bonus | Deductions | None,
    claims: Iterable[Claim],
    units: list[str],
    calendar: Calendar | None = None,
    met: Callable[[Conditions | None], Mask] | None = None,
    over: Mapping[str, Mapping[str, Beyond]] | None = None,
) -> list[Extras]:
    """What each unit's bonuses or deductions come to.

    Args:
        rules: the bonus or the deductions of the scheme.
        claims: of all units; each names a standard of the scheme, and has what that asks for.
        units: codes; the result has one `Extras` for each, in their order.
        calendar: the working days, where lateness is counted in them.
        met: which units meet conditions: what fails those of the rules, or of its kind, does not count.
        over: what each over-fulfilled leaf brings a unit, by unit and code of the leaf.
    """
    if rules is None:
        return [NONE] * len(units)
    per_unit: dict[str, list[Counted]] = defaultdict(list)
    for one in weigh(rules, sorted(claims, key=lambda claim: claim.order), calendar or Calendar()):
        per_unit[one.claim.unit].append(one)
    may = met or (lambda conditions: np.ones(len(units), dtype=bool))
    of_kind = {standard.code: may(standard.only_if) for standard in rules.standards if standard.only_if}
    found = []
    for row, (unit, counts) in enumerate(zip(units, may(rules.only_if), strict=True)):
        barred = {code for code, mask in of_kind.items() if not mask[row]}
        worth = [one if counts and one.claim.standard not in barred else _failed(one) for one in per_unit[unit]]
        beyond = (over or {}).get(unit, {})
        found.append(_extras(rules, worth, beyond, counts) if worth or beyond else NONE)
    return found


def over_fulfilled(parts: tuple[NodeResult, ...], full: Exact, units: list[str]) -> dict[str, dict[str, Beyond]]:
    """What each over-fulfilled leaf brings a unit, by unit and code of the leaf.

    One point beyond is worth what one point of the leaf is worth in the total of the unit; rounded as the leaf.
    """
    found: dict[str, dict[str, Beyond]] = defaultdict(dict)
    for leaf, worth in _worths(parts, full, Exact.same(1, len(units))):
        assert leaf.over is not None
        points = rounded(leaf.over * worth, leaf.node.rounding)
        for row in map(int, np.flatnonzero(~leaf.over.equals(0))):
            found[units[row]][leaf.node.code] = Beyond(leaf.over[row], worth[row], points[row])
    return found


def _worths(children: tuple[NodeResult, ...], full: Exact, worth: Exact) -> Iterator[tuple[NodeResult, Exact]]:
    """The over-fulfilled leaves among and below these children, and what a point of each is worth in the total.

    `worth` is that of the node above, before its factor is in it.
    """
    concerned = [any(below.over is not None for below in child.walk()) for child in children]
    if not any(concerned):
        return
    for child, scale, here in zip(children, scales(children, full), concerned, strict=True):
        if child.over is not None:
            yield child, worth * scale
        elif here:
            yield from _worths(child.children, child.full, multiplied(worth * scale, child.factor))


def _failed(one: Counted) -> Counted:
    """A claim of a unit that fails a condition; nobody needs its working days."""
    if one.why not in (Why.COUNTS, Why.UNKNOWN_YEAR):
        return one
    return replace(one, counted=Fraction(0), why=Why.CONDITION, lifts="")


def unknown_years(extras: Iterable[Extras], calendar: Calendar) -> Iterator[Problem]:
    """Delays whose working days nobody can count: they stop the run."""
    for one in (one for unit in extras for one in unit.claims):
        if one.why is Why.UNKNOWN_YEAR and one.claim.delay:
            year = calendar.unknown_year(one.claim.delay.due, one.claim.delay.done)
            what = _UNKNOWN_YEAR.format(unit=one.claim.unit, matter=one.claim.matter, year=year)
            yield Problem(Place(), what)


def _extras(rules: Bonus | Deductions, worth: list[Counted], over: Mapping[str, Beyond], counts: bool) -> Extras:
    standards = {standard.code: standard for standard in rules.standards}
    order = {code: number for number, code in enumerate(standards)}
    ranked = sorted(worth, key=lambda one: (-LIFTS.index(one.lifts), -one.points, order[one.claim.standard]))
    counted = _inside_matters(rules.item_at_most, _once(ranked) if rules.highest_only else ranked)
    raw: dict[str, Fraction] = defaultdict(Fraction)
    for one in counted:
        raw[one.claim.standard] += one.counted
    kinds = {code: at_most(raw[code], standards[code].at_most) for code in order if code in raw}
    parts = _parts(rules, standards, kinds)
    free = sum((points for code, points in kinds.items() if standards[code].part is None), Fraction(0))
    limit = rules.over_fulfilment if isinstance(rules, Bonus) else None
    over_total = at_most(together(over) if counts else Fraction(0), limit.at_most if limit else None)
    total = at_most(sum(parts.values(), free) + over_total, rules.at_most)
    lifts = max((one.lifts for one in counted), key=LIFTS.index, default="")
    return Extras(tuple(counted), kinds, parts, total, lifts, over, over_total)


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
