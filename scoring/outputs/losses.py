"""Lost points: which indicator, whose, and what they cost in the total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.exact import Exact
from engine.facts import EvaluatedUnit, Status
from engine.rules.inputs import ACTUAL
from engine.score.context import multiplied
from engine.score.result import NodeResult, Outcome, SetResult
from engine.score.rollup import scales


@dataclass(frozen=True, slots=True)
class Loss:
    """What a unit did not get of a leaf: in points of the leaf, and (sums only) in points of the total."""

    result: SetResult
    node: NodeResult
    row: int
    points: Fraction
    in_total: Fraction | None

    @property
    def unit(self) -> EvaluatedUnit:
        return self.result.units[self.row]

    def facts(self) -> Iterator[tuple[str, str]]:
        """Indicator and fact of everything behind it: of the leaf itself, or of the own indicators that lost points."""
        node, own = self.node.node, self.node.own
        if own is None:
            places = [f"{node.code}/{name}" for name in node.slots.names] if node.slots else [node.code]
            yield from ((place, fact) for place in places for fact in node.facts)
            return
        for item, (unit, code) in enumerate(zip(own.rows.unit, own.rows.code, strict=True)):
            if unit == self.row and own.status[item] == Status.GIVEN and own.points[item] < own.rows.full[item]:
                yield f"{node.code}/{code}", ACTUAL


def losses(outcome: Outcome) -> Iterator[Loss]:
    """One entry for every leaf and unit that it counts for, lost or not."""
    for result in outcome.sets:
        whole = Exact.same(outcome.plan.written.full_marks, len(result.units))
        for node, worth in _leaves(result.parts, whole, Exact.same(1, len(whole))):
            for row in range(len(result.units)):
                if node.status[row] == Status.GIVEN:
                    lost = node.full[row] - node.points[row]
                    yield Loss(result, node, row, lost, None if worth is None else lost * worth[row])


def total_cost(found: Iterable[Loss]) -> Fraction:
    """What losses cost in totals, those aside that nobody can put a number on."""
    return sum((loss.in_total for loss in found if loss.in_total is not None), Fraction(0))


def _leaves(
    children: tuple[NodeResult, ...], full: Exact, above: Exact | None
) -> Iterator[tuple[NodeResult, Exact | None]]:
    """Every leaf with what one of its points is worth in the total; None below a node that does not add up."""
    for child, scale in zip(children, scales(children, full), strict=True):
        worth = None if above is None else scale * above
        if child.children:
            inside = None if worth is None or child.node.roll_up != "sum" else multiplied(worth, child.factor)
            yield from _leaves(child.children, child.full, inside)
        else:
            yield child, worth
