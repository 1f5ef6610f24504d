"""Bonuses and deductions as a scheme file says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from engine.grammar.fields import Code, Name, NotNegative, Part, Positive


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
