"""What a scheme file says, construct by construct, as it stands in the file."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from engine.grammar.fields import (
    Code,
    MarksByCategory,
    MarksField,
    Name,
    NameByCategory,
    Part,
    Positive,
    Share,
)
from engine.grammar.places import PlacesField
from engine.grammar.source import keyed
from engine.language.conditions import Special
from engine.language.extras import Bonus, Deductions
from engine.language.grades import AlsoGraded, Ranking, Scale
from engine.language.slots import Assessors, Periods
from engine.language.timetable import TimetableRow
from engine.language.uses import Use
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


class _OrItsName:
    """For the editor: a fact may be written as its name alone."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "minLength": 1, "maxLength": 200}, handler(core)]}


Fact: TypeAlias = Annotated[
    FactSpec, BeforeValidator(lambda data: keyed({"name": data}, 0) if isinstance(data, str) else data), _OrItsName()
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
    evaluation: Code | None = None
    fact: FactSpec | None = None
    facts: Mapping[Code, Fact] | None = None
    collector: NameByCategory | None = None
    substitute: Name | None = None
    by: Literal["self"] | None = None
    lead: NameByCategory | None = None
    roll_up: RollUp | None = None
    rounding: PlacesField | None = None
    periods: Periods | None = None
    assessors: Assessors | None = None
    factor: Code | None = None
    over_fulfilment: OverFulfilment | None = None
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


class Factor(Part):
    """A factor for difficulty or scale: one value per category, or one that the facts bring for each unit."""

    name: Name
    by_category: Annotated[Mapping[Code, Positive], Field(min_length=1)] | None = None


class OverFulfilment(Part):
    """What the points beyond full marks bring as a bonus: their rate, and the most of it."""

    rate: Share = Decimal(1)
    at_most: MarksField


class IndicatorSet(Part):
    """Units that share one indicator tree, and the categories they are ranked in."""

    name: Name
    categories: Annotated[Mapping[Code, Name], Field(min_length=1)]


class NamedGroup(Part):
    """Units that may be compared with each other: those of some categories, or those that the roster names."""

    name: Name
    categories: Annotated[tuple[Code, ...], Field(min_length=1, strict=False)] | None = None

    def has(self, code: str, category: str, on_roster: frozenset[str]) -> bool:
        """Whether a unit belongs to it, by its category or else by the groups that the roster gives it."""
        return code in on_roster if self.categories is None else category in self.categories


class Evaluation(Scale):
    """One evaluation: its timetable, indicator sets, tree, bonus, grades and uses."""

    code: Code
    title: Name
    full_marks: Positive
    rounding: Rounding
    not_applicable: WhenNotApplicable | None = None
    missing: WhenMissing = "block"
    timetable: Annotated[tuple[TimetableRow, ...], Field(strict=False)] = ()
    collectors: Annotated[tuple[Name, ...], Field(min_length=1, strict=False)]
    series: Mapping[Code, Name] = {}
    special: Mapping[Code, Special] = {}
    factors: Mapping[Code, Factor] = {}
    sets: Annotated[Mapping[Code, IndicatorSet], Field(min_length=1)]
    groups: Mapping[Code, NamedGroup] = {}
    compare_listed_separately: bool = False
    indicators: Annotated[tuple[Node, ...], Field(min_length=1, strict=False)]
    bonus: Bonus | None = None
    deductions: Deductions | None = None
    cap: MarksField | None = None
    floor: MarksField | None = None
    ranking: Ranking = Ranking()
    also_graded: Annotated[tuple[AlsoGraded, ...], Field(strict=False)] = ()
    use: Annotated[tuple[Use, ...], Field(strict=False)] = ()

    def grounds(self) -> list[str]:
        """The grounds of all vetoes and promotions, those of second grades too."""
        moves = [move for scale in (self, *self.also_graded) for move in scale.moves]
        return list(dict.fromkeys(ground for move in moves for ground in move.grounds))


class SchemeFile(Part):
    """A rule book: one or more evaluations."""

    language: Literal[1]
    scheme: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
    title: Name
    source: Name
    evaluations: Annotated[tuple[Evaluation, ...], Field(min_length=1, strict=False)]
