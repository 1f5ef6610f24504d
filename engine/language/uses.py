"""What results bring, as a scheme file says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from engine.grammar.fields import Code, Gift, MarksField, Name, NotNegative, Part, Positive

Rounding: TypeAlias = Literal["half_up", "down", "up"]


class Band(Part):
    """A stretch of the ranking: the first or the last so many, or that share, of a category, rounded as said."""

    first: MarksField | None = None
    last: MarksField | None = None
    rounding: Rounding | None = None
    gives: Gift


class Rise(Band):
    """Those who rose most against last year, in places or in points of the total."""

    on: Literal["place", "total"] = "place"


class Repeat(Part):
    """The same this year and last: a grade, or a place among the last so many of the category."""

    grade: Name | None = None
    last: Annotated[int, Field(ge=1)] | None = None
    gives: Gift


class ByScore(Part):
    """So much for each point of the total, for each person of the unit if said."""

    each: Positive
    times: Literal["headcount"] | None = None


class WeightByGrade(Part):
    """The weight of a unit by its grade; another grade has none."""

    grade: Annotated[Mapping[Name, NotNegative], Field(min_length=1)]


class WeightByRank(Part):
    """The weight of a unit by its place; `otherwise` that of the other ranked units."""

    rank: Annotated[tuple[Band, ...], Field(min_length=1, strict=False)]
    otherwise: NotNegative | None = None


class WeightByNode(Part):
    """The weight of a unit by its points at a node; none where the node does not count for it."""

    node: Code


def _weight(data: object) -> str:
    if isinstance(data, dict):
        return "[rank]" if {"rank", "otherwise"} & data.keys() else "[node]" if "node" in data else "[grade]"
    kinds = {WeightByGrade: "[grade]", WeightByRank: "[rank]", WeightByNode: "[node]"}
    return next((tag for kind, tag in kinds.items() if isinstance(data, kind)), "[word]")


Weight: TypeAlias = Annotated[
    Annotated[Literal["total", "bonus"], Tag("[word]")]
    | Annotated[WeightByGrade, Tag("[grade]")]
    | Annotated[WeightByRank, Tag("[rank]")]
    | Annotated[WeightByNode, Tag("[node]")],
    Discriminator(_weight),
]


class Distribute(Part):
    """A pool shared out among the units by their weights, and then among the persons of each, to the cent."""

    pool: Code
    by: Weight
    times: Literal["headcount"] | None = None
    persons: bool = False


class Use(Part):
    """What a result brings: by grade or by band of the ranking (a grade goes first), or in one of the other ways."""

    code: Code
    name: Name
    only_for: Code | None = Field(None, alias="for")
    by_grade: Annotated[Mapping[Name, Gift], Field(min_length=1)] | None = None
    by_rank: Annotated[tuple[Band, ...], Field(min_length=1, strict=False)] | None = None
    by_rise: Rise | None = None
    by_repeat: Repeat | None = None
    by_score: ByScore | None = None
    distribute: Distribute | None = None
    of: Literal["headcount"] | None = None
    rounding: Rounding | None = None
    otherwise: Gift | None = None
    says: str | None = None

    @property
    def counts_heads(self) -> bool:
        """Whether it looks at the number of persons of a unit."""
        return self.of is not None or any(way is not None and way.times for way in (self.by_score, self.distribute))

    def concerns(self, set_code: str) -> bool:
        """Whether it is for the units of this indicator set."""
        return self.only_for in (None, set_code)
