"""Bonuses and deductions: a matter counts once, then the cap of its kind, then the cap of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from engine.facts import Claim
from engine.language.extras import Bonus, Deductions
from engine.score.result import Counted, Extras

NONE = Extras((), {}, Fraction(0))


def score_extras(rules: Bonus | Deductions | None, claims: Iterable[Claim], units: list[str]) -> list[Extras]:
    """One `Extras` per unit, in the order of `units`; claims name a standard and a level of the scheme."""
    per_unit: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims):
        per_unit[claim.unit].append(claim)
    return [_extras(rules, per_unit[unit]) if rules and unit in per_unit else NONE for unit in units]


def _extras(rules: Bonus | Deductions, claims: list[Claim]) -> Extras:
    standards = {standard.code: standard for standard in rules.standards}
    order = {code: number for number, code in enumerate(standards)}
    worth = {claim: Fraction(standards[claim.standard].levels[claim.level]) for claim in claims}
    ranked = sorted(claims, key=lambda claim: (-worth[claim], order[claim.standard], claim))
    seen: set[str] = set()
    counted: list[Counted] = []
    kinds: dict[str, Fraction] = defaultdict(Fraction)
    for claim in ranked:
        duplicate = rules.highest_only and claim.matter in seen
        seen.add(claim.matter)
        points = Fraction(0) if duplicate else worth[claim]
        counted.append(Counted(claim, worth[claim], points, duplicate))
        kinds[claim.standard] += points
    capped = {code: _at_most(kinds[code], standards[code].at_most) for code in order if code in kinds}
    return Extras(tuple(counted), capped, _at_most(sum(capped.values(), Fraction(0)), rules.at_most))


def _at_most(points: Fraction, most: Decimal | None) -> Fraction:
    return points if most is None else min(points, Fraction(most))
