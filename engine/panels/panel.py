"""A panel as the scheme file says it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.grammar.fields import Name, Part
from engine.grammar.registry import Choice
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
    scaled_to_best: Literal["category", "all"] | None = None
    minimum_ballots: Annotated[int, Field(ge=1)] = 1
    below_minimum: Literal["block", "drop", "mean"] = "block"
    no_ballots: Literal["block", "drop"] = "block"

    def answers(self) -> tuple[str, ...]:
        """What a ballot may say."""
        return (*self.method.chosen.answers(), *self.not_counted)

    def tallied(self) -> tuple[str, ...]:
        """What a tally counts: every answer, and void ballots."""
        return (*self.answers(), VOID)
