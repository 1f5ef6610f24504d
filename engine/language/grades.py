"""Ranking, grades and what moves a unit between them, as a scheme file says them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, GetJsonSchemaHandler, Tag
from pydantic_core import CoreSchema

from engine.grammar.fields import EVERY, Code, MarksField, Name, Part, SharesByCategory, WholeByCategory
from engine.language.conditions import Conditions
from engine.text import Text

UNGRADED = Text("不定等次", "not graded")  # what a unit has that a veto leaves without a grade


class BreakTies(Part):
    """Equal places at a cut are told apart by the points of these nodes; who is equal in all of them is in or out."""

    break_by: Annotated[tuple[Code, ...], Field(min_length=1, strict=False)]
    then: Literal["all_in", "all_out"]


TiesAtTheCut: TypeAlias = Annotated[
    Annotated[Literal["all_in", "all_out"], Tag("[word]")] | Annotated[BreakTies, Tag("[block]")],
    Discriminator(lambda data: "[block]" if isinstance(data, dict | BreakTies) else "[word]"),
]


class Quota(Part):
    """How many units of a category may have a grade, and what happens to equal totals at the cut."""

    share: SharesByCategory | None = None
    number: WholeByCategory | None = None
    rounding: Literal["half_up", "down", "up"] | None = None
    ties: TiesAtTheCut
    at_least: Annotated[int, Field(ge=0)] = 0

    def share_of(self, category: str) -> Decimal | None:
        """The share of a category; None where a number is stated."""
        return None if self.share is None else self.share.get(category, self.share.get(EVERY))

    def number_of(self, category: str) -> int:
        """The number stated for a category."""
        return 0 if self.number is None else self.number.get(category, self.number.get(EVERY, 0))

    @property
    def all_in(self) -> bool:
        """Whether equals at the cut, once nothing tells them apart, are all in."""
        return (self.ties.then if isinstance(self.ties, BreakTies) else self.ties) == "all_in"

    @property
    def break_by(self) -> tuple[str, ...]:
        """The nodes that tell equal places apart."""
        return self.ties.break_by if isinstance(self.ties, BreakTies) else ()


class Grade(Part):
    """One grade, best first: from this total on, below that one, within a quota, if; the last takes the rest."""

    name: Name
    from_: MarksField | None = Field(None, alias="from")
    below: MarksField | None = None
    quota: Quota | None = None
    only_if: Conditions | None = None


class ToGrade(Part):
    """Straight to a grade."""

    to: Name


def _effect(data: object) -> str:
    return "[block]" if isinstance(data, dict | ToGrade) else "[word]"


class NodeBelow(Part):
    """A node has fewer points than this."""

    node: Code
    below: MarksField


class Veto(Part):
    """What lowers a unit or leaves it without a grade, on recorded grounds or because a node falls short."""

    effect: Annotated[
        Annotated[Literal["down_one", "bar_from_top", "lowest", "not_graded"], Tag("[word]")]
        | Annotated[ToGrade, Tag("[block]")],
        Discriminator(_effect),
    ]
    by: Literal["decision", "automatic"]
    grounds: Annotated[tuple[Name, ...], Field(min_length=1, strict=False)] = ()
    when: NodeBelow | None = None
    refill: bool = False


class Promotion(Part):
    """What lifts a unit, on recorded grounds."""

    effect: Annotated[
        Annotated[Literal["up_one", "top"], Tag("[word]")] | Annotated[ToGrade, Tag("[block]")], Discriminator(_effect)
    ]
    by: Literal["decision", "automatic"]
    grounds: Annotated[tuple[Name, ...], Field(min_length=1, strict=False)]
    inside_quota: bool = False
    despite_veto: bool = False


class _OneOrMore:
    """A block, or a list of them."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core)
        return {"anyOf": [schema["items"], schema]}


def _listed(data: object) -> object:
    return [data] if isinstance(data, dict) else data


_BLOCKS = (BeforeValidator(_listed), _OneOrMore(), Field(min_length=1, strict=False))


class Scale(Part):
    """Grades, best first, and what moves units between them."""

    grades: Annotated[tuple[Grade, ...], Field(min_length=2, strict=False)]
    veto: Annotated[tuple[Veto, ...], *_BLOCKS] = ()
    promotion: Annotated[tuple[Promotion, ...], *_BLOCKS] = ()

    @property
    def moves(self) -> tuple[Veto | Promotion, ...]:
        """Vetoes and promotions."""
        return (*self.veto, *self.promotion)

    def position(self, name: str) -> int:
        """Where a grade stands, the best at 0."""
        return next(number for number, grade in enumerate(self.grades) if grade.name == name)


class AlsoGraded(Scale):
    """A second grade that is kept beside the first, on the total or on a node."""

    code: Code
    name: Name
    on: Code


class Ranking(Part):
    """Ranks inside a category: on which total, and what equal totals get."""

    on: Literal["rounded", "unrounded"] = "rounded"
    ties: Literal["competition", "dense", "error"] = "competition"
    break_ties_by: Annotated[tuple[Code, ...], Field(strict=False)] = ()
