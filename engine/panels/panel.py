"""A panel as the scheme file says it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from engine.grammar.fields import MarksField, Name, Part
from engine.grammar.registry import Choice
from engine.integers import whole
from engine.panels import questionnaire, ranking  # noqa: F401  (registers the methods)
from engine.panels.aggregates import AGGREGATES, Aggregate
from engine.panels.methods import METHODS, VOID, Method


@METHODS.choice
class MethodChoice(Choice[Method]):
    """How a panel votes."""


@AGGREGATES.choice
class AggregateChoice(Choice[Aggregate]):
    """How the votes on a unit become one figure."""


_MEAN = AggregateChoice.model_validate("mean")


class Panel(Part):
    """People's judgement of each unit: who votes, on whom, how, and what happens with too few ballots."""

    voters: Name
    secrecy: Literal["signed", "anonymous"]
    subjects: Literal["all", "in_charge"] = "all"
    method: MethodChoice
    not_counted: Annotated[tuple[Name, ...], Field(strict=False)] = ()
    aggregate: AggregateChoice = _MEAN
    limits: Annotated[Mapping[Name, MarksField], Field(min_length=1)] | None = None
    limit_rounding: Literal["half_up", "down", "up"] | None = None
    over_limit: Literal["refuse", "void"] | None = None
    all_same: Literal["allow", "refuse", "void"] = "allow"
    scaled_to_best: Literal["category", "all"] | None = None
    minimum_ballots: Annotated[int, Field(ge=1)] = 1
    below_minimum: Literal["block", "drop", "mean"] = "block"
    no_ballots: Literal["block", "drop"] = "block"

    def ballot_answers(self, units: int) -> tuple[str, ...]:
        """What a ballot may say in a set of so many units."""
        method = self.method.chosen
        return (*method.ballot_answers(units), *method.uncounted(self.not_counted))

    def tallied(self) -> tuple[str, ...]:
        """What a tally counts: every answer, and void ballots."""
        method = self.method.chosen
        return (*method.answers(), *method.uncounted(self.not_counted), VOID)

    def limit_of(self, tier: str, subjects: int) -> int:
        """How many of so many subjects a ballot may put in a tier that has a limit."""
        assert self.limits is not None
        return whole(self.limits[tier].of(Fraction(subjects)), self.limit_rounding or "down")
