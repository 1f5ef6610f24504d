"""Units, their facts, and the tree of indicators of one set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.ballots import Ballot
from tests.oracle.figures import number

INHERITED = ("not_applicable", "missing", "not_drawn")
Points = Fraction | None  # None: the node does not count for the unit


@dataclass(frozen=True)
class Unit:
    """A unit; `alone` is listed separately; `groups` are those that the roster puts it into."""

    code: str
    category: str
    alone: bool = False
    groups: tuple[str, ...] = ()
    headcount: int | None = None


@dataclass(frozen=True)
class OwnRow:
    """A row of a unit's own list; a fact is a figure or the name of why there is none."""

    code: str
    full: Fraction
    rule: str
    facts: Mapping[str, Any]


@dataclass
class SetFacts:
    """What is known of the units of one set.

    `figures`: (unit, leaf, fact, source, period or assessor or nothing) → a Fraction, or why there is none: `missing`,
    `not_applicable`, `not_drawn`.
    `own`: (unit, node) → rows. `votes`: (panel, unit) → answer → how many; who is not there is on nobody's list.
    `ballots`: panel → signed ballots, in place of counts; `lists`: panel → voter → the units on his list.
    """

    units: list[Unit]
    figures: Mapping[tuple[str, str, str, str, str], Any] = field(default_factory=dict)
    own: Mapping[tuple[str, str], list[OwnRow]] = field(default_factory=dict)
    votes: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)
    ballots: Mapping[str, list[Ballot]] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Node:
    """A node with everything that it says or inherits."""

    code: str
    said: Mapping[str, Any]
    children: list[Node]

    def full(self, category: str) -> Fraction:
        if "full_marks" in self.said:
            return by_category(self.said["full_marks"], category)
        return sum((child.full(category) for child in self.children), Fraction(0))

    def stake(self, category: str) -> Fraction:
        """Its share among its siblings: its weight, or else its full marks."""
        return by_category(self.said["weight"], category) if "weight" in self.said else self.full(category)

    def exists(self, category: str) -> bool:
        return self.full(category) != 0 and self.stake(category) != 0

    def here(self, category: str) -> Iterator[str]:
        """The codes of this node and those below it that a category has."""
        if self.exists(category):
            yield self.code
            for child in self.children:
                yield from child.here(category)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


def by_category(said: Any, category: str) -> Fraction:
    return number(said if isinstance(said, str) else said[category])


def tree(evaluation: Mapping[str, Any], set_code: str) -> list[Node]:
    """The nodes of one set, `for` carried out and what is inherited filled in."""
    top = {key: evaluation[key] for key in INHERITED if key in evaluation}
    return _nodes(evaluation["indicators"], set_code, top)


def _nodes(written: list[Mapping[str, Any]], set_code: str, above: Mapping[str, Any]) -> list[Node]:
    nodes = []
    for one in written:
        if "for" in one and set_code not in one["for"]:
            continue
        said = {**above, **one, **one.get("for", {}).get(set_code, {})}
        below = {key: said[key] for key in INHERITED if key in said}
        nodes.append(Node(one["code"], said, _nodes(said.get("indicators", []), set_code, below)))
    return nodes
