"""Bonus and deductions of one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.figures import number

EFFECTS = ["top", "up_one"]  # the better one first


@dataclass(frozen=True)
class Claim:
    """`day` as 2024-01-31."""

    unit: str
    standard: str
    level: str
    matter: str
    document: str = ""
    day: str = ""
    body: str = ""
    decision: str = ""


@dataclass(frozen=True)
class Worth:
    """A claim that counts: its points, or what it does to the grade."""

    claim: Claim
    points: Fraction
    effect: str = ""


def brought(part: Mapping[str, Any] | None, claims: list[Claim], unit: str) -> tuple[Fraction, list[str]]:
    """What a unit's claims bring: points, and effects on the grade.

    Which claims count → each matter once → the cap of one matter → of each kind → of each part → of all.
    """
    if part is None:
        return Fraction(0), []
    standards = {standard["code"]: standard for standard in part["standards"]}
    mine = [claim for claim in claims if claim.unit == unit and counts(part, claim)]
    worths = [_worth(claim, standards[claim.standard]["levels"][claim.level]) for claim in mine]
    order = list(standards)
    worths.sort(key=lambda one: (_effect(one), -one.points, order.index(one.claim.standard)))
    if part["highest_only"] == "true":
        worths = [one for place, one in enumerate(worths) if not _told(one, worths[:place])]
    points = _kept(part, standards, worths)
    return points, [one.effect for one in worths if one.effect]


def counts(part: Mapping[str, Any], claim: Claim) -> bool:
    if "cut_off" in part and claim.day > part["cut_off"]:
        return False
    return part.get("by") != "decision" or bool(claim.body and claim.decision)


def _worth(claim: Claim, level: Any) -> Worth:
    if isinstance(level, str):
        return Worth(claim, number(level))
    return Worth(claim, Fraction(0), level["effect"])


def _effect(one: Worth) -> int:
    """An effect goes before points."""
    return EFFECTS.index(one.effect) if one.effect else len(EFFECTS)


def _told(one: Worth, before: list[Worth]) -> bool:
    return any(other.claim.matter == one.claim.matter for other in before)


def _kept(part: Mapping[str, Any], standards: Mapping[str, Any], worths: list[Worth]) -> Fraction:
    """The sum after all four caps. What a matter has too much is lost by its lesser claims."""
    of_kind = dict.fromkeys(standards, Fraction(0))
    of_matter: dict[str, Fraction] = {}
    for one in worths:
        had = of_matter.get(one.claim.matter, Fraction(0))
        room = number(part["item_at_most"]) - had if "item_at_most" in part else one.points
        of_matter[one.claim.matter] = had + min(one.points, room)
        of_kind[one.claim.standard] += min(one.points, room)
    of_part: dict[str, Fraction] = {}
    for code, standard in standards.items():
        name = standard.get("part", "")
        of_part[name] = of_part.get(name, Fraction(0)) + _at_most(of_kind[code], standard)
    together = Fraction(0)
    for name, points in of_part.items():
        together += _at_most(points, part["parts"][name]) if name else points
    return _at_most(together, part)


def _at_most(points: Fraction, said: Mapping[str, Any]) -> Fraction:
    return min(points, number(said["at_most"])) if "at_most" in said else points
