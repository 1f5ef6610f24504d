"""One indicator set of an evaluation: the points of every node for every unit, the slow and obvious way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle import panels
from tests.oracle.figures import Refused, Unknown, half_up, marks, number
from tests.oracle.measuring import Sight
from tests.oracle.roll_up import Root, rolled_up
from tests.oracle.scoring_rules import needs, points

INHERITED = ("not_applicable", "missing", "not_drawn")
Points = Fraction | None  # None: the node does not count for the unit


@dataclass(frozen=True)
class Unit:
    """A unit; `alone` is listed separately."""

    code: str
    category: str
    alone: bool = False


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

    `figures`: (unit, leaf, fact, source) → a Fraction, or `missing`, `not_applicable`, `not_drawn`.
    `own`: (unit, node) → rows. `votes`: (panel, unit) → answer → how many; who is not there is on nobody's list.
    """

    units: list[Unit]
    figures: Mapping[tuple[str, str, str, str], Any] = field(default_factory=dict)
    own: Mapping[tuple[str, str], list[OwnRow]] = field(default_factory=dict)
    votes: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)


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


class Scored:
    """The nodes of one set, scored for each unit when asked and remembered.

    `refused` collects (unit, node, row of an own list) where the run stops.
    """

    def __init__(self, evaluation: Mapping[str, Any], set_code: str, facts: SetFacts, series: Mapping[str, Fraction]):
        self.evaluation = evaluation
        self.parts = tree(evaluation, set_code)
        self.facts, self.series = facts, series
        self.refused: set[tuple[str, str, str]] = set()
        self._known: dict[tuple[str, str], Points | type[Exception]] = {}

    def nodes(self) -> list[Node]:
        return [node for part in self.parts for node in part.walk()]

    def points(self, node: Node, unit: Unit) -> Points:
        """Raises Refused or Unknown, the same each time."""
        key = node.code, unit.code
        if key not in self._known:
            try:
                self._known[key] = self._find(node, unit)
            except Refused:
                self.refused.add((unit.code, node.code, ""))
                self._known[key] = Unknown
            except Unknown:
                self._known[key] = Unknown
        found = self._known[key]
        if isinstance(found, type):
            raise found
        return found

    def base(self, unit: Unit) -> Fraction:
        """The points of all indicators together, converted to the full marks of the evaluation."""
        whole = number(self.evaluation["full_marks"])
        made = rolled_up("sum", self.brought(self.parts, unit), whole)
        if made is None:
            raise Refused
        assert isinstance(made, Fraction)
        return made

    def brought(self, nodes: list[Node], unit: Unit) -> list[tuple[Fraction, Fraction, Fraction]]:
        """Points, full marks and stake of the nodes that count for the unit."""
        found = []
        stopped = False
        for node in nodes:
            if not node.exists(unit.category):
                continue
            try:
                got = self.points(node, unit)
            except Unknown:
                stopped = True
                continue
            if got is not None:
                found.append((got, node.full(unit.category), node.stake(unit.category)))
        if stopped:
            raise Unknown
        return found

    def _find(self, node: Node, unit: Unit) -> Points:
        if not node.exists(unit.category):
            return None
        if node.children:
            made = rolled_up(
                node.said.get("roll_up", "sum"), self.brought(node.children, unit), node.full(unit.category)
            )
            return None if made is None else self._finished(node, unit, made, "node")
        if "panel" in node.said:
            return self._panel(node, unit)
        if "own" in node.said:
            return self._own(node, unit)
        return self._leaf(node, unit)

    def _finished(self, node: Node, unit: Unit, made: Fraction | Root, point: str) -> Fraction:
        """Cap and floor, then rounding."""
        low, high = self.limits(node, unit)
        places = node.said.get("rounding", self.evaluation["rounding"][point])
        if isinstance(made, Root):
            return made.between(low, high).rounded(int(places))
        return half_up(max(low, min(high, made)), places)

    def limits(self, node: Node, unit: Unit) -> tuple[Fraction, Fraction]:
        full = node.full(unit.category)
        return marks(node.said.get("floor", "0"), full), marks(node.said.get("cap", "100%"), full)

    # Panels.

    def _panel(self, node: Node, unit: Unit) -> Points:
        """Votes → aggregate → scaled to the best → cap and floor → rounding."""
        panel, found = node.said["panel"], self._figure_of_votes(node, unit)
        if found is None:
            return None
        if found == panels.FEW:
            return self._mean_of_panel(node, unit)
        assert isinstance(found, Fraction)
        if "scaled_to_best" in panel:
            best = max(self._figures_of_votes(node, unit, panel["scaled_to_best"]), default=Fraction(0))
            if best <= 0:
                raise Refused
            found = found * node.full(unit.category) / best
        return self._finished(node, unit, found, "panel")

    def _figure_of_votes(self, node: Node, unit: Unit) -> Fraction | str | None:
        listed = not any(panel == node.code for panel, _ in self.facts.votes)
        votes = self.facts.votes.get((node.code, unit.code))
        if votes is None and not listed:
            return None
        return panels.figure(node.said["panel"], votes or {})

    def _with_votes(self, node: Node, unit: Unit, among: str) -> list[Unit]:
        """Those with enough ballots, those listed separately left out."""
        found = []
        for other in self.facts.units:
            together = among == "all" or other.category == unit.category
            if together and not other.alone and self.has(node, other.category):
                try:
                    enough = isinstance(self._figure_of_votes(node, other), Fraction)
                except Refused:
                    raise Unknown from None
                found += [other] if enough else []
        return found

    def _figures_of_votes(self, node: Node, unit: Unit, among: str) -> list[Fraction]:
        figures = [self._figure_of_votes(node, other) for other in self._with_votes(node, unit, among)]
        return [one for one in figures if isinstance(one, Fraction)]

    def _mean_of_panel(self, node: Node, unit: Unit) -> Fraction:
        found = [self.points(node, other) for other in self._with_votes(node, unit, "category")]
        if not found:
            raise Refused
        places = node.said.get("rounding", self.evaluation["rounding"]["panel"])
        return half_up(sum((one for one in found if one is not None), Fraction(0)) / len(found), places)

    # A leaf with a rule.

    def _leaf(self, node: Node, unit: Unit) -> Points:
        why = self._why_absent(node, unit)
        if why is None:
            return self._given(node, unit)
        full = node.full(unit.category)
        return absent(node.said, why, full, lambda: self._mean(node, unit))

    def _why_absent(self, node: Node, unit: Unit) -> str | None:
        figures = [self._figure(node, unit, *need) for need in needs(node.said["rule"])]
        return why_absent(figures)

    def _figure(self, node: Node, unit: Unit, fact: str, source: str) -> Any:
        return self.facts.figures.get((unit.code, node.code, fact, source), "missing")

    def _given(self, node: Node, unit: Unit) -> Fraction:
        return self._finished(node, unit, points(node.said["rule"], self._sight(node, unit)), "leaf")

    def _sight(self, node: Node, unit: Unit) -> Sight:
        low, high = self.limits(node, unit)
        return Sight(
            unit=unit.code,
            full=node.full(unit.category),
            cap=high,
            floor=low,
            facts={need: self._figure(node, unit, *need) for need in needs(node.said["rule"])},
            series=self.series,
            peers=lambda among: [self._sight(node, other) for other in self._peers(node, unit, among)],
        )

    def _peers(self, node: Node, unit: Unit, among: Any) -> list[Unit]:
        """The comparison set: who has the leaf with all that its rule needs, those listed separately left out."""
        return [
            other
            for other in self.facts.units
            if not other.alone
            and (among == "all" or other.category == unit.category)
            and self.has(node, other.category)
            and self._why_absent(node, other) is None
        ]

    def has(self, node: Node, category: str) -> bool:
        """Whether the category has this node and all those above it."""
        return all(
            above.exists(category) for above in self.nodes() if any(below.code == node.code for below in above.walk())
        )

    def _mean(self, node: Node, unit: Unit) -> Fraction:
        """The mean of the points of the units of its category that have them, rounded as the leaf."""
        found = [self.points(node, other) for other in self._peers(node, unit, "category")]
        if not found:
            raise Refused
        places = node.said.get("rounding", self.evaluation["rounding"]["leaf"])
        return half_up(sum((one for one in found if one is not None), Fraction(0)) / len(found), places)

    # Own lists.

    def _own(self, node: Node, unit: Unit) -> Points:
        rows = self.facts.own.get((unit.code, node.code), [])
        found, stopped = [], False
        for row in rows:
            try:
                got = self._row(node, row)
            except Refused:
                self.refused.add((unit.code, node.code, row.code))
                stopped = True
                continue
            if got is not None:
                found.append((got, row.full, row.full))
        if stopped:
            raise Unknown
        made = rolled_up("sum", found, node.full(unit.category))
        return None if made is None else self._finished(node, unit, made, "node")

    def _row(self, node: Node, row: OwnRow) -> Points:
        rule = node.said["own"]["rules"][row.rule]
        figures = {need: row.facts.get(need[1], "missing") for need in needs(rule)}
        why = why_absent(list(figures.values()))
        if why is not None:
            return absent(node.said, why, row.full, _no_mean)
        low, high = marks("0", row.full), row.full
        sight = Sight("", row.full, high, low, figures, self.series, lambda among: [])
        return half_up(max(low, min(high, points(rule, sight))), self.evaluation["rounding"]["leaf"])


def why_absent(figures: list[Any]) -> str | None:
    """Of the figures that a leaf needs: one that does not apply decides, then one not drawn, then one missing."""
    for why in ("not_applicable", "not_drawn", "missing"):
        if any(figure == why for figure in figures):
            return why
    return None


def absent(said: Mapping[str, Any], why: str, full: Fraction, mean: Callable[[], Fraction]) -> Points:
    """What a leaf brings without a figure."""
    way = said.get(why, "block" if why == "missing" else "refuse")
    if way in ("block", "refuse"):
        raise Refused
    if way == "renormalise":
        return None
    if way == "zero":
        return Fraction(0)
    return full if way == "full" else mean()


def _no_mean() -> Fraction:
    raise AssertionError("own lists have nothing in common")
