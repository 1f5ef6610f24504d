"""One indicator set of an evaluation: the points of every node for every unit, the slow and obvious way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from tests.oracle import panels
from tests.oracle.ballots import count
from tests.oracle.figures import Refused, Unknown, at_point, marks, number
from tests.oracle.leaves import Leaf, absent, compared, why_absent
from tests.oracle.measuring import Sight
from tests.oracle.roll_up import Root, rolled_up
from tests.oracle.scoring_rules import needs, points
from tests.oracle.units import Node, OwnRow, Points, SetFacts, Unit, tree


class Scored:
    """The nodes of one set, scored for each unit when asked and remembered.

    `refused` collects (unit, node, row of an own list) where the run stops.
    """

    def __init__(
        self,
        evaluation: Mapping[str, Any],
        set_code: str,
        facts: SetFacts,
        series: Mapping[str, Fraction],
        factors: Mapping[tuple[str, str], Fraction],
        others: Mapping[tuple[str, str], Any],
    ) -> None:
        self.evaluation = evaluation
        self.parts = tree(evaluation, set_code)
        self.facts, self.series, self.factors, self.others = facts, series, factors, others
        self.refused: set[tuple[str, str, str]] = set()
        self.counted = {
            node.code: count(node.said["panel"], [unit.code for unit in facts.units], ballots, facts.lists[node.code])
            for node in self.nodes()
            if (ballots := facts.ballots.get(node.code)) is not None
        }
        self.votes = dict(facts.votes)
        for code, counted in self.counted.items():
            self.votes |= {(code, unit): votes for unit, votes in counted.votes.items()}
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

    def over_fulfilled(self, unit: Unit) -> Fraction:
        """What all leaves that go beyond their full marks bring together."""
        return sum(self._over_fulfilled(self.parts, unit, number(self.evaluation["full_marks"])), Fraction(0))

    def _over_fulfilled(self, nodes: list[Node], unit: Unit, worth: Fraction) -> Iterator[Fraction]:
        """What each leaf below brings, rounded as the leaf; all these nodes together are worth so much in all."""
        category = unit.category
        counting = [node for node in nodes if node.exists(category) and self._counts(node, unit)]
        stakes = sum((node.stake(category) for node in counting), Fraction(0))
        for node in counting:
            mine = worth * node.stake(category) / stakes
            if node.children:
                factor = self.factor(node, unit)
                yield from self._over_fulfilled(node.children, unit, mine * factor)
            elif "over_fulfilment" in node.said:
                made = Leaf(node, self).over(unit) * mine / node.full(category)
                yield at_point(made, node.said.get("rounding", self.evaluation["rounding"]["leaf"]))

    def _counts(self, node: Node, unit: Unit) -> bool:
        """Whether the node counts; one that stops the run does so elsewhere."""
        try:
            return self.points(node, unit) is not None
        except Unknown:
            return True

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
            return None if made is None else self.finished(node, unit, made, "node")
        if "panel" in node.said:
            return self._panel(node, unit)
        if "own" in node.said:
            return self._own(node, unit)
        return Leaf(node, self).points(unit)

    def finished(self, node: Node, unit: Unit, made: Fraction | Root, point: str) -> Fraction:
        """The factor, then cap and floor, then rounding."""
        low, high = self.limits(node, unit)
        places = node.said.get("rounding", self.evaluation["rounding"][point])
        factor = self.factor(node, unit)
        if isinstance(made, Root):
            made = Root(made.of * factor**made.n, made.n)
            return made.between(low, high).rounded(int(places))
        held = made * factor if high is None else min(high, made * factor)
        return at_point(held if low is None else max(low, held), places)

    def factor(self, node: Node, unit: Unit) -> Fraction:
        """Of the category, or the unit's own; one that nobody has told stops the run."""
        if "factor" not in node.said:
            return Fraction(1)
        code = node.said["factor"]
        said = self.evaluation["factors"][code]
        if "by_category" in said:
            return number(said["by_category"][unit.category])
        if (unit.code, code) not in self.factors:
            raise Refused
        return self.factors[unit.code, code]

    def limits(self, node: Node, unit: Unit) -> tuple[Fraction | None, Fraction | None]:
        """Floor and cap; what stands above others has only those that it names."""
        full = node.full(unit.category)
        floor = node.said.get("floor", None if node.children else "0")
        cap = node.said.get("cap", None if node.children else "100%")
        return None if floor is None else marks(floor, full), None if cap is None else marks(cap, full)

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
        return self.finished(node, unit, found, "panel")

    def _figure_of_votes(self, node: Node, unit: Unit) -> Fraction | str | None:
        told = node.code in self.counted or any(panel == node.code for panel, _ in self.votes)
        votes = self.votes.get((node.code, unit.code))
        if votes is None and told:
            return None
        return panels.figure(node.said["panel"], votes or {})

    def _with_votes(self, node: Node, unit: Unit, among: str) -> list[Unit]:
        """Those with enough ballots, those listed separately left out."""
        found = []
        for other in self.facts.units:
            together = among == "all" or other.category == unit.category
            if together and compared(other, self.evaluation) and self.has(node, other.category):
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
        return at_point(sum((one for one in found if one is not None), Fraction(0)) / len(found), places)

    def has(self, node: Node, category: str) -> bool:
        """Whether the category has this node and all those above it."""
        return any(node.code in part.here(category) for part in self.parts)

    # Own lists.

    def _own(self, node: Node, unit: Unit) -> Points:
        rows = self.facts.own.get((unit.code, node.code), [])
        if sum(row.full for row in rows) != node.full(unit.category):
            raise Refused
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
        return None if made is None else self.finished(node, unit, made, "node")

    def _row(self, node: Node, row: OwnRow) -> Points:
        rule = node.said["own"]["rules"][row.rule]
        figures = {need: row.facts.get(need[1], "missing") for need in needs(rule)}
        why = why_absent(list(figures.values()))
        if why is not None:
            return absent(node.said, why, row.full, _no_mean)
        low, high = marks("0", row.full), row.full
        sight = Sight("", row.full, high, low, high, figures, self.series, lambda among: [])
        return at_point(max(low, min(high, points(rule, sight))), self.evaluation["rounding"]["leaf"])


def _no_mean() -> Fraction:
    raise AssertionError("own lists have nothing in common")
