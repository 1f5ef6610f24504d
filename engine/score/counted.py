"""What counting bonuses and deductions leaves behind: each claim, and each unit's sums after every cap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from engine.facts import Claim


class Why(Enum):
    """Why a claim counts, or does not."""

    COUNTS = "counts"
    DUPLICATE = "duplicate"
    TOO_LATE = "too_late"
    UNDECIDED = "undecided"
    CONDITION = "condition"
    EXCUSED = "excused"
    IN_TIME = "in_time"
    NOT_A_DAY = "not_a_day"
    UNKNOWN_YEAR = "unknown_year"  # stops the run


@dataclass(frozen=True, slots=True)
class Counted:
    """A claim, the points that it is worth, those that count of them inside the cap of its matter, and why.

    `points` are the unit's `share` of the whole; `days` those that count of a delay. `lifts` is what it does to the
    grade where it counts and its level lifts the grade: `up_one` or `top`.
    """

    claim: Claim
    points: Fraction
    counted: Fraction
    why: Why = Why.COUNTS
    lifts: str = ""
    share: Fraction = Fraction(1)
    days: int = 0


class Beyond(NamedTuple):
    """What an over-fulfilled leaf brings: `points` = its own points that are `kept` × their `worth` in the total."""

    kept: Fraction
    worth: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Extras:
    """A unit's bonuses or deductions: each claim, then what is left after each cap.

    `kinds` are by standard, `parts` by part of the scheme; `lifts` is the best that the claims do to the grade.
    `over` is what each over-fulfilled leaf brings, `over_total` what is left of it after its cap.
    """

    claims: tuple[Counted, ...] = ()
    kinds: Mapping[str, Fraction] = field(default_factory=dict)
    parts: Mapping[str, Fraction] = field(default_factory=dict)
    total: Fraction = Fraction(0)
    lifts: str = ""
    over: Mapping[str, Beyond] = field(default_factory=dict)
    over_total: Fraction = Fraction(0)


def together(over: Mapping[str, Beyond]) -> Fraction:
    """What all over-fulfilled leaves bring, before the cap on all of them."""
    return sum((one.points for one in over.values()), Fraction(0))
