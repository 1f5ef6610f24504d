"""What a scheme file says, construct by construct, as it stands in the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from engine.grammar.fields import (
    Code,
    Gift,
    MarksByCategory,
    MarksField,
    Name,
    NameByCategory,
    NotNegative,
    Part,
    PlacesField,
    Positive,
    Share,
)
from engine.grammar.source import keyed
from engine.panels.panel import Panel
from engine.rules import RuleChoice
from engine.rules.base import FactSpec

WhenNotApplicable: TypeAlias = Literal["renormalise", "mean", "full", "refuse"]
WhenMissing: TypeAlias = Literal["block", "zero", "mean"]
WhenNotDrawn: TypeAlias = Literal["renormalise", "mean"]
RollUp: TypeAlias = Literal["sum", "mean", "minimum", "maximum", "geometric_mean"]


class Rounding(Part):
    """The rounding points and their places; `none` leaves the exact value."""

    leaf: PlacesField
    node: PlacesField
    panel: PlacesField
    total: PlacesField


Fact: TypeAlias = Annotated[
    FactSpec, BeforeValidator(lambda data: keyed({"name": data}, 0) if isinstance(data, str) else data)
]


class Own(Part):
    """Each unit brings its own list of indicators; a row of the list names one of these rules."""

    rules: Annotated[Mapping[Name, RuleChoice], Field(min_length=1)]
    fact: FactSpec | None = None


class NodeBody(Part):
    """What a node holds; `for` gives each indicator set its own."""

    name: Name | None = None
    full_marks: MarksByCategory | None = None
    weight: MarksByCategory | None = None
    indicators: Annotated[tuple[Node, ...], Field(min_length=1, strict=False)] | None = None
    rule: RuleChoice | None = None
    own: Own | None = None
    panel: Panel | None = None
    fact: FactSpec | None = None
    facts: Mapping[Code, Fact] | None = None
    collector: NameByCategory | None = None
    substitute: Name | None = None
    by: Literal["self"] | None = None
    lead: NameByCategory | None = None
    roll_up: RollUp | None = None
    rounding: PlacesField | None = None
    cap: MarksField | None = None
    floor: MarksField | None = None
    not_applicable: WhenNotApplicable | None = None
    missing: WhenMissing | None = None
    not_drawn: WhenNotDrawn | None = None
    says: str | None = None


class Node(NodeBody):
    """One indicator of the tree: a part, a group or a leaf."""

    code: Code
    name: Name = ""
    for_: Annotated[Mapping[Code, NodeBody], Field(min_length=1)] | None = Field(None, alias="for")


class IndicatorSet(Part):
    """Units that share one indicator tree, and the categories they are ranked in."""

    name: Name
    categories: Annotated[Mapping[Code, Name], Field(min_length=1)]


class Standard(Part):
    """A kind of bonus or deduction: level → points, and the most that the kind may bring or cost a unit."""

    code: Code
    name: Name
    levels: Annotated[Mapping[Name, NotNegative], Field(min_length=1)]
    at_most: Positive | None = None
    says: str | None = None


class Bonus(Part):
    """Points added beyond the indicators."""

    at_most: Positive | None = None
    highest_only: bool
    consents: Annotated[tuple[Name, ...], Field(strict=False)] = ()
    standards: Annotated[tuple[Standard, ...], Field(min_length=1, strict=False)]


class Deductions(Part):
    """Points taken away after the bonus."""

    at_most: Positive | None = None
    highest_only: bool
    standards: Annotated[tuple[Standard, ...], Field(min_length=1, strict=False)]


class Quota(Part):
    """How many units of a category may have a grade, and what happens to equal totals at the cut."""

    share: Share
    rounding: Literal["half_up", "down", "up"]
    ties: Literal["all_in", "all_out"]
    at_least: Annotated[int, Field(ge=0)] = 0


class Grade(Part):
    """One grade, best first: from this total on, below that one, within a quota; the last takes the rest."""

    name: Name
    from_: MarksField | None = Field(None, alias="from")
    below: MarksField | None = None
    quota: Quota | None = None


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


class Band(Part):
    """A stretch of the ranking: the first or the last so many, or that share, of a category, rounded as said."""

    first: MarksField | None = None
    last: MarksField | None = None
    rounding: Literal["half_up", "down", "up"] | None = None
    gives: Gift


class Use(Part):
    """What a result brings: by grade, by band of the ranking (a grade goes first), or by places gained."""

    code: Code
    name: Name
    only_for: Code | None = Field(None, alias="for")
    by_grade: Annotated[Mapping[Name, Gift], Field(min_length=1)] | None = None
    by_rank: Annotated[tuple[Band, ...], Field(min_length=1, strict=False)] | None = None
    by_rise: Band | None = None
    otherwise: Gift | None = None
    says: str | None = None


class Evaluation(Part):
    """One evaluation: its indicator sets, tree, bonus, grades and uses."""

    code: Code
    title: Name
    full_marks: Positive
    rounding: Rounding
    not_applicable: WhenNotApplicable | None = None
    missing: WhenMissing = "block"
    collectors: Annotated[tuple[Name, ...], Field(min_length=1, strict=False)]
    series: Mapping[Code, Name] = {}
    sets: Annotated[Mapping[Code, IndicatorSet], Field(min_length=1)]
    indicators: Annotated[tuple[Node, ...], Field(min_length=1, strict=False)]
    bonus: Bonus | None = None
    deductions: Deductions | None = None
    cap: MarksField | None = None
    floor: MarksField | None = None
    ranking: Ranking = Ranking()
    grades: Annotated[tuple[Grade, ...], Field(min_length=2, strict=False)]
    veto: GradeMove | None = None
    promotion: GradeMove | None = None
    use: Annotated[tuple[Use, ...], Field(strict=False)] = ()


class SchemeFile(Part):
    """A rule book: one or more evaluations."""

    language: Literal[1]
    scheme: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
    title: Name
    source: Name
    evaluations: Annotated[tuple[Evaluation, ...], Field(min_length=1, strict=False)]
