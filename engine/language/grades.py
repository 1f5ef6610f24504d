"""Ranking, grades and what moves a unit between them, as a scheme file says them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.grammar.fields import Code, MarksField, Name, Part, Share
from engine.language.conditions import Conditions


class Quota(Part):
    """How many units of a category may have a grade, and what happens to equal totals at the cut."""

    share: Share
    rounding: Literal["half_up", "down", "up"]
    ties: Literal["all_in", "all_out"]
    at_least: Annotated[int, Field(ge=0)] = 0


class Grade(Part):
    """One grade, best first: from this total on, below that one, within a quota, if; the last takes the rest."""

    name: Name
    from_: MarksField | None = Field(None, alias="from")
    below: MarksField | None = None
    quota: Quota | None = None
    only_if: Conditions | None = None


class GradeMove(Part):
    """What moves a unit out of the grade that its total earned, and on which grounds."""

    effect: Literal["down_one", "bar_from_top", "lowest", "up_one", "top"]
    by: Literal["decision"]
    grounds: Annotated[tuple[Name, ...], Field(min_length=1, strict=False)]


class Ranking(Part):
    """Ranks inside a category: on which total, and what equal totals get."""

    on: Literal["rounded", "unrounded"] = "rounded"
    ties: Literal["competition", "dense", "error"] = "competition"
    break_ties_by: Annotated[tuple[Code, ...], Field(strict=False)] = ()
