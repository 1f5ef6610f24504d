"""Bonus and deductions of one unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from tests.oracle import lateness
from tests.oracle.figures import number
from tests.oracle.lateness import Calendar

EFFECTS = ["top", "up_one"]  # the better one first


@dataclass(frozen=True)
class Claim:
    """`day` as 2024-01-31; `role` is lead, assist or nothing; `above` are points lost at the upper level."""

    unit: str
    standard: str
    level: str
    matter: str
    document: str = ""
    day: str = ""
    body: str = ""
    decision: str = ""
    role: str = ""
    above: Fraction = Fraction(0)
    due: datetime | None = None
    done: datetime | None = None
    excused: bool = False


@dataclass(frozen=True)
class Worth:
    """A claim that counts: its points, or what it does to the grade."""

    claim: Claim
    points: Fraction
    effect: str = ""


def brought(
    part: Mapping[str, Any] | None,
    claims: list[Claim],
    unit: str,
    calendar: Calendar,
    over: Fraction = Fraction(0),
    barred: Collection[str] = (),
) -> tuple[Fraction, list[str]]:
    """What a unit's claims bring: points, and effects on the grade. Kinds whose conditions it fails are `barred`.

    Which claims count → each matter once → the cap of one matter → of each kind → of each part → of all.
    """
    if part is None:
        return Fraction(0), []
    standards = {standard["code"]: standard for standard in part.get("standards", [])}
    mine = [claim for claim in claims if claim.unit == unit and counts(part, claim)]
    mine = [claim for claim in mine if claim.standard not in barred]
    worths = [_worth(claim, standards[claim.standard], calendar) for claim in mine]
    if "lead_share" in part:
        worths = [replace(one, points=one.points * share(part, one.claim, claims)) for one in worths]
    order = list(standards)
    worths.sort(key=lambda one: (_effect(one), -one.points, order.index(one.claim.standard)))
    if part["highest_only"] == "true":
        worths = [one for place, one in enumerate(worths) if not _told(one, worths[:place])]
    points = _kept(part, standards, worths, over)
    return points, [one.effect for one in worths if one.effect]


def counts(part: Mapping[str, Any], claim: Claim) -> bool:
    if "cut_off" in part and claim.day > part["cut_off"]:
        return False
    return part.get("by") != "decision" or bool(claim.body and claim.decision)


def share(part: Mapping[str, Any], claim: Claim, claims: list[Claim]) -> Fraction:
    """What a unit bears of a matter: the lead its share, those who assist equal parts of the rest."""
    if claim.role == "lead":
        return number(part["lead_share"])
    if not claim.role:
        return Fraction(1)
    assisting = [one for one in claims if one.role == "assist" and counts(part, one)]
    same = [one for one in assisting if (one.standard, one.matter) == (claim.standard, claim.matter)]
    return (1 - number(part["lead_share"])) / len({one.unit for one in same})


def _worth(claim: Claim, standard: Mapping[str, Any], calendar: Calendar) -> Worth:
    if "passed_on" in standard:
        return Worth(claim, claim.above * number(standard["passed_on"]))
    if "lateness" in standard:
        assert claim.due is not None
        assert claim.done is not None
        if claim.excused:
            return Worth(claim, Fraction(0))
        return Worth(claim, lateness.points(standard["lateness"], claim.due, claim.done, calendar))
    level = standard["levels"][claim.level]
    if isinstance(level, str):
        return Worth(claim, number(level))
    return Worth(claim, Fraction(0), level["effect"])


def _effect(one: Worth) -> int:
    """An effect goes before points."""
    return EFFECTS.index(one.effect) if one.effect else len(EFFECTS)


def _told(one: Worth, before: list[Worth]) -> bool:
    return any(other.claim.matter == one.claim.matter for other in before)


def _kept(part: Mapping[str, Any], standards: Mapping[str, Any], worths: list[Worth], over: Fraction) -> Fraction:
    """The sum after all four caps; what a matter has too much is lost by its lesser claims.

    What is over-fulfilled is a kind of its own.
    """
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
    together = _at_most(over, part["over_fulfilment"]) if "over_fulfilment" in part else Fraction(0)
    for name, points in of_part.items():
        together += _at_most(points, part["parts"][name]) if name else points
    return _at_most(together, part)


def _at_most(points: Fraction, said: Mapping[str, Any]) -> Fraction:
    return min(points, number(said["at_most"])) if "at_most" in said else points
