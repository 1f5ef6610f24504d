"""Bonuses and deductions as a scheme file says them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from engine.grammar.dates import DateField
from engine.grammar.fields import Code, Name, NotNegative, Part, Positive, Share
from engine.language.conditions import Conditions


class Lift(Part):
    """What a level brings in place of points: a better grade."""

    effect: Literal["up_one", "top"]


def _kind_of_level(value: object) -> str:
    return "in place of points" if isinstance(value, dict | Lift) else "*"


Level: TypeAlias = Annotated[
    Annotated[NotNegative, Tag("*")] | Annotated[Lift, Tag("in place of points")], Discriminator(_kind_of_level)
]


class Standard(Part):
    """A kind of bonus: level → points or a better grade, who may have it, and the most that it may bring a unit."""

    code: Code
    name: Name
    part: Code | None = None
    levels: Annotated[Mapping[Name, Level], Field(min_length=1)]
    only_if: Conditions | None = None
    at_most: Positive | None = None
    says: str | None = None


class Lateness(Part):
    """Points for every day late: calendar or working days, those begun or full ones only."""

    days: Literal["calendar", "working"]
    count: Literal["started", "full"]
    each: Positive
    at_most: Positive


class DeductionStandard(Standard):
    """A kind of deduction: level → points, or so many times what was lost above, or points per day late."""

    levels: Annotated[Mapping[Name, NotNegative], Field(min_length=1)] = {}
    passed_on: Positive | None = None
    lateness: Lateness | None = None


class PartOfExtras(Part):
    """Several kinds together, and the most that they may bring or cost a unit."""

    name: Name
    at_most: Positive


class _Extras(Part):
    """What bonuses and deductions have in common: which claims count, and what bounds them."""

    highest_only: bool
    by: Literal["decision"] | None = None
    cut_off: DateField | None = None
    only_if: Conditions | None = None
    item_at_most: Positive | None = None
    parts: Mapping[Code, PartOfExtras] = {}
    at_most: Positive | None = None


class OverBonus(Part):
    """The most that over-fulfilled indicators together may bring a unit."""

    at_most: Positive


class Bonus(_Extras):
    """Points added beyond the indicators."""

    over_fulfilment: OverBonus | None = None
    consents: Annotated[tuple[Name, ...], Field(strict=False)] = ()
    standards: Annotated[tuple[Standard, ...], Field(strict=False)] = ()


class Deductions(_Extras):
    """Points taken away after the bonus."""

    lead_share: Share | None = None
    standards: Annotated[tuple[DeductionStandard, ...], Field(min_length=1, strict=False)]


def points_of(level: Decimal | Lift) -> Decimal:
    """The points of a level; one that lifts the grade brings none."""
    return Decimal(0) if isinstance(level, Lift) else level
