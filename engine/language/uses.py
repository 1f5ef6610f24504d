"""What results bring, as a scheme file says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from engine.grammar.fields import Code, Gift, MarksField, Name, Part


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
