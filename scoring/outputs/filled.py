"""Points that do not come from a reading: whose, why there is none, and what counts in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.facts import EvaluatedUnit, Status
from engine.language.scheme import Indicator
from engine.score.result import NodeResult, Outcome, SetResult
from engine.text import Text
from indicators.wording import MISSING, NOT_APPLICABLE, NOT_DRAWN

_WAYS = {Status.MISSING: MISSING, Status.NOT_DRAWN: NOT_DRAWN, Status.NOT_APPLICABLE: NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class Filled:
    """Points of a leaf that its way with a gap made: of the leaf, of one slot of it, or of one own indicator."""

    result: SetResult
    node: Indicator
    row: int
    why: Status
    full: Fraction
    points: Fraction
    slot: str = ""
    item: str = ""
    item_name: str = ""

    @property
    def unit(self) -> EvaluatedUnit:
        return self.result.units[self.row]

    @property
    def lacking(self) -> bool:
        """Whether there could have been a reading, unlike with work that the unit does not have."""
        return self.why != Status.NOT_APPLICABLE

    @property
    def way(self) -> str:
        """What the scheme says of such a gap, in its own word."""
        if self.node.panel is not None:
            return self.node.panel.below_minimum
        ways = {
            Status.MISSING: self.node.missing,
            Status.NOT_DRAWN: self.node.not_drawn,
            Status.NOT_APPLICABLE: self.node.not_applicable,
        }
        return ways[self.why] or ""

    def way_said(self) -> Text:
        return _WAYS[self.why][self.way]


def filled(outcome: Outcome) -> list[Filled]:
    """Everything filled in, set by set and leaf by leaf, units by code."""
    return [one for result in outcome.sets for node in result.nodes() for one in _of(node, result)]


def _of(node: NodeResult, result: SetResult) -> Iterator[Filled]:
    for slot in node.slots:
        yield from _of(slot, result)
    if not node.slots:
        for row in _gaps(node.asked, node.status):
            yield Filled(
                result, node.node, row, Status(node.asked[row]), node.full[row], node.points[row], slot=node.node.slot
            )
    if (own := node.own) is not None:
        for item in _gaps(own.asked, own.status):
            why, full, points = Status(own.asked[item]), own.rows.full[item], own.points[item]
            named = {"item": own.rows.code[item], "item_name": own.rows.name[item]}
            yield Filled(result, node.node, int(own.rows.unit[item]), why, full, points, **named)


def _gaps(asked: NDArray[np.int8], status: NDArray[np.int8]) -> list[int]:
    """The rows that have points without a reading."""
    return [int(row) for row in np.flatnonzero((status == Status.GIVEN) & (asked != Status.GIVEN))]
