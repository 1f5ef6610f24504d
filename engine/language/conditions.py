"""Conditions that a unit must meet, as a scheme file says them; and the other evaluations that they may look at."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from engine.grammar.fields import Code, MarksField, Name, Part


class Special(Part):
    """Another evaluation whose results count here: its name, and its grades, best first."""

    name: Name
    grades: Annotated[tuple[Name, ...], Field(strict=False)] = ()


class NodeReached(Part):
    """A node has at least so many points."""

    node: Code
    at_least: MarksField


class OtherGrade(Part):
    """Another evaluation gave this grade or a better one."""

    evaluation: Code
    grade: Name


def _kind(data: object) -> str:
    if isinstance(data, NodeReached | OtherGrade):
        return "[reached]" if isinstance(data, NodeReached) else "[graded]"
    if not isinstance(data, dict):
        return "[word]"
    return "[reached]" if {"node", "at_least"} & data.keys() else "[graded]"


Condition: TypeAlias = Annotated[
    Annotated[Literal["no_veto"], Tag("[word]")]
    | Annotated[NodeReached, Tag("[reached]")]
    | Annotated[OtherGrade, Tag("[graded]")],
    Discriminator(_kind),
]
Conditions: TypeAlias = Annotated[tuple[Condition, ...], Field(min_length=1, strict=False)]
