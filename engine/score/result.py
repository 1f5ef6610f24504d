"""What scoring leaves behind: for every node its columns, for every set its totals, places, grades and uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.exact import Exact, Mask, Rows
from engine.facts import EvaluatedUnit, Facts, OtherResult, OwnRows, Status, Tally
from engine.language.conditions import Special
from engine.language.grades import UNGRADED, Scale
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.panels.counting import Poll
from engine.rules.base import Rule
from engine.rules.inputs import Inputs
from engine.score.awards import Distribution, Given
from engine.score.counted import Extras
from engine.score.cuts import Cuts
from engine.score.reasons import Reason
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Trace:
    """The columns a rule left behind: `position[i]` is where row i stands in them, -1 where the rule was not asked.

    `raw` are the rule's own points, before cap and floor.
    """

    rule: Rule
    inputs: Inputs
    raw: Exact
    position: Rows

    def at(self, rows: Rows, count: int) -> Trace:
        """The same columns, found from `count` rows of which only these were asked."""
        position = np.full(count, -1)
        position[rows] = np.arange(len(rows))
        return Trace(self.rule, self.inputs, self.raw, position)


@dataclass(frozen=True, slots=True)
class NodeResult:
    """One node, one row per unit. `status` says whether the node counts; `asked` what was known before any filling in.

    `exact` is the value before rounding, `points` the one that counts; `stake` the share among its siblings. `raw` is
    what the children or the votes make, before factor (but a root has it in it), cap and floor; `factor` has one value
    per unit; `slots` are the same leaf period by period or assessor by assessor; `over` are the
    points beyond full marks that go to the bonus, in points of the leaf.
    """

    node: Indicator
    full: Exact
    stake: Exact
    exact: Exact
    points: Exact
    status: NDArray[np.int8]
    asked: NDArray[np.int8]
    children: tuple[NodeResult, ...] = ()
    trace: Trace | None = None
    own: OwnResult | None = None
    judged: PanelResult | None = None
    raw: Exact | None = None
    factor: Exact | None = None
    slots: tuple[NodeResult, ...] = ()
    over: Exact | None = None

    def counts(self) -> Mask:
        return np.asarray(self.status == Status.GIVEN)

    def walk(self) -> Iterator[NodeResult]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class PanelResult:
    """What a panel was scored from: its tally, the votes that count, and the best points that they are held against."""

    tally: Tally
    poll: Poll
    best: Exact | None


@dataclass(frozen=True, slots=True)
class OwnResult:
    """The rows of an own list: points and status per row."""

    rows: OwnRows
    points: Exact
    exact: Exact
    status: NDArray[np.int8]
    asked: NDArray[np.int8]
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What conditions look at: nodes by code, which units have a veto in force, results of other evaluations."""

    units: tuple[EvaluatedUnit, ...]
    nodes: Mapping[str, NodeResult]
    vetoed: Mask
    special: Mapping[str, Special]
    others: Mapping[tuple[str, str], OtherResult]  # by unit and evaluation


NOT_GRADED = -1  # the position of a grade that a unit does not have


@dataclass(frozen=True, slots=True)
class Graded:
    """How the units of a set stand on one scale of grades; grades are positions in it, best first.

    `points`, `full`, `counts`: what is graded, and for whom it counts; `place` by it, 0 for units outside the ranking.
    `earned` is what points and place bring, `grade` the final one. Units `apart` hold no seat by their place: their
    veto gave it back, or they hold one of their final grade all the same (`seated`). `cuts` is how each quota, by the
    position of its grade, met each unit when it was last counted.
    """

    scale: Scale
    points: Exact
    full: Exact
    counts: Mask
    place: NDArray[np.int64]
    basis: Basis
    reasons: list[tuple[Reason, ...]]
    apart: Mask
    seated: Mask
    earned: NDArray[np.int64]
    grade: NDArray[np.int64]
    cuts: Mapping[int, Cuts]

    def called(self, grade: int) -> Text:
        """The name of a grade, or that there is none."""
        return UNGRADED if grade == NOT_GRADED else Text(*(self.scale.grades[grade].name,) * 2)

    def final(self, row: int) -> Text:
        """The final grade of a unit."""
        return self.called(int(self.grade[row]))


@dataclass(slots=True)
class SetResult:
    """One indicator set, one row per unit, units ordered by code.

    `place` is 0 for units listed separately. `main` is set once places are known, then `also`: second grades by code.
    """

    plan: IndicatorSetPlan
    units: tuple[EvaluatedUnit, ...]
    category: Rows
    parts: tuple[NodeResult, ...]
    basis: Basis
    base: Exact
    bonuses: list[Extras]
    deductions: list[Extras]
    exact_total: Exact
    total: Exact
    place: NDArray[np.int64]
    main: Graded = field(init=False)
    also: Mapping[str, Graded] = field(default_factory=dict)
    given: Mapping[str, list[Given | None]] = field(default_factory=dict)

    @property
    def uses(self) -> dict[str, list[str | None]]:
        """What each use brings, by unit."""
        return {code: [one.gift if one else None for one in given] for code, given in self.given.items()}

    @property
    def earned(self) -> NDArray[np.int64]:
        """The grades that totals and places bring."""
        return self.main.earned

    @property
    def grade(self) -> NDArray[np.int64]:
        """The final grades."""
        return self.main.grade

    def nodes(self) -> Iterator[NodeResult]:
        for part in self.parts:
            yield from part.walk()

    def members(self, category: int) -> list[int]:
        """The units of a category by place, those listed separately last, equals by code."""
        rows = [int(row) for row in np.flatnonzero(self.category == category)]
        return sorted(rows, key=lambda row: (self.place[row] == 0, self.place[row], row))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one evaluation."""

    plan: EvaluationPlan
    facts: Facts
    sets: tuple[SetResult, ...]
    distributions: tuple[Distribution, ...] = ()

    def find(self, unit: str) -> tuple[SetResult, int] | None:
        """The set and row of a unit, by code or name."""
        for result in self.sets:
            for row, known in enumerate(result.units):
                if unit in (known.code, known.name):
                    return result, row
        return None
