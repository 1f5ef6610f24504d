"""Bonus and deductions of one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.figures import number


@dataclass(frozen=True)
class Claim:
    unit: str
    standard: str
    level: str
    matter: str
    document: str = ""


def total(part: Mapping[str, Any] | None, claims: list[Claim], unit: str) -> Fraction:
    """What a unit's claims bring: each matter once, then the cap of each kind, then the cap of all."""
    if part is None:
        return Fraction(0)
    standards = {standard["code"]: standard for standard in part["standards"]}
    counted = [(claim, number(standards[claim.standard]["levels"][claim.level])) for claim in claims]
    counted = [one for one in counted if one[0].unit == unit]
    if part["highest_only"] == "true":
        counted = _highest(counted, list(standards))
    together = Fraction(0)
    for code, standard in standards.items():
        of_kind = sum((points for claim, points in counted if claim.standard == code), Fraction(0))
        together += min(of_kind, number(standard["at_most"])) if "at_most" in standard else of_kind
    return min(together, number(part["at_most"])) if "at_most" in part else together


def _highest(counted: list[tuple[Claim, Fraction]], order: list[str]) -> list[tuple[Claim, Fraction]]:
    """Each matter once, at its highest points; of equal ones the kind that the scheme names first."""
    kept = []
    for matter in sorted({claim.matter for claim, _ in counted}):
        about_it = [one for one in counted if one[0].matter == matter]
        about_it.sort(key=lambda one: (-one[1], order.index(one[0].standard)))
        kept.append(about_it[0])
    return kept
