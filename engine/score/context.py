"""What every step of scoring one indicator set shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.exact import Exact, Mask, Rows
from engine.facts import OtherResult, SetFacts
from engine.grammar.fields import FULL_MARKS, Marks
from engine.grammar.places import Places
from engine.language.model import NamedGroup
from engine.language.scheme import Indicator, IndicatorSetPlan, NodeFactor
from engine.rules.among import Group
from engine.text import Place, Problem, Subject, Text

_WHOLE = Fraction(1)


@dataclass
class Context:
    """One indicator set being scored: its facts, the category of each unit, and the problems met.

    `ranked` are the units that have places; `compared` those that others are measured against.
    """

    plan: IndicatorSetPlan
    facts: SetFacts
    series: Mapping[str, Fraction]
    trace: bool
    others: Mapping[tuple[str, str], OtherResult] = field(default_factory=dict)
    factors: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    compares_all: bool = False
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        numbers = {code: number for number, code in enumerate(self.plan.categories)}
        self.category: Rows = np.array([numbers[unit.category] for unit in self.facts.units], dtype=np.intp)
        self.rows_of_name: dict[str, list[int]] = defaultdict(list)
        for row, unit in enumerate(self.facts.units):
            self.rows_of_name[unit.name].append(row)
        self.ranked: Mask = np.array([not unit.listed_separately for unit in self.facts.units], dtype=bool)
        self.compared: Mask = self.ranked | self.compares_all
        self.groups = {code: self._group(code, group) for code, group in self.plan.groups.items()}
        self.left_out: dict[str, Mask] = {}
        self._items: dict[str, dict[tuple[int, str], str]] = {}
        self._leave_out(self.plan.parts, np.zeros(len(self), dtype=bool))

    def __len__(self) -> int:
        return len(self.facts.units)

    @property
    def categories(self) -> int:
        return len(self.plan.categories)

    def _group(self, code: str, group: NamedGroup) -> Group:
        members = [group.has(code, unit.category, unit.groups) for unit in self.facts.units]
        return Group(group.name, np.array(members, dtype=bool))

    def by_category(self, values: Mapping[str, Decimal]) -> Exact:
        """One value per unit from one per category."""
        distinct = set(values.values())
        if len(distinct) == 1:
            return Exact.same(distinct.pop(), len(self))
        return Exact.of([values[category] for category in self.plan.categories]).take(self.category)

    def stake(self, node: Indicator, full: Exact) -> Exact:
        """A node's share among its siblings: its weight, or else its full marks."""
        return full if node.weight is None else self.by_category(node.weight)

    def factor(self, node: Indicator, rows: Mask) -> Exact | None:
        """The factor of a node per unit, if it has one; these rows need it, and stop the run where there is none."""
        factor = node.factor
        if factor is None:
            return None
        if factor.by_category is not None:
            return self.by_category({code: factor.by_category[code] for code in self.plan.categories})
        found = [self.factors.get((unit.code, factor.code)) for unit in self.facts.units]
        self.refuse(rows & np.array([value is None for value in found], dtype=bool), node, no_factor(factor))
        return Exact.of([value if value is not None else Fraction(1) for value in found])

    def _leave_out(self, nodes: tuple[Indicator, ...], above: Mask) -> None:
        """Which units' categories do not have a node: full marks or weight of 0, its own or of a node above it."""
        for node in nodes:
            gone = [not (node.full[one] and (node.weight or node.full)[one]) for one in self.plan.categories]
            self.left_out[node.code] = above | np.array(gone)[self.category] if any(gone) else above
            self._leave_out(node.children, self.left_out[node.code])

    def refuse(self, rows: Mask | Rows, node: Indicator, why: Text, item: str = "") -> None:
        """Stop the run for these units at this node."""
        units = np.flatnonzero(rows) if rows.dtype == bool else rows
        text = Text("单位“{unit}”，指标“{node}”{item}：{why}", 'unit "{unit}", indicator "{node}"{item}: {why}')
        for row in units:
            unit = self.facts.units[int(row)]
            at = f"（{node.slot}）" if node.slot else item
            said = text.format(unit=f"{unit.code} {unit.name}", node=f"{node.code} {node.name}", item=at, why=why)
            subject = Subject(unit.code, node.code, self._item(node, int(row), item), why, node.slot)
            self.problems.append(Problem(Place(), said, subject))

    def stopped(self) -> Mask:
        """The units that something has stopped so far."""
        found = {problem.subject.unit for problem in self.problems if problem.subject}
        return np.array([unit.code in found for unit in self.facts.units], dtype=bool)

    def _item(self, node: Indicator, unit: int, item: str) -> str:
        """The code of the own indicator that is called so."""
        if not item:
            return ""
        if node.code not in self._items:
            own = self.facts.own[node.code]
            rows = zip(own.unit, own.code, own.name, strict=True)
            self._items[node.code] = {(int(row), f"（{code} {name}）"): code for row, code, name in rows}
        return self._items[node.code].get((unit, item), "")

    def mean_of_points(self, points: Exact, given: Mask) -> tuple[Exact, NDArray[np.bool_]]:
        """Per unit the mean of the points of its category, and whether anybody there has points."""
        members = given & self.compared
        groups = self.category[members]
        count = np.bincount(groups, minlength=self.categories)
        sums = points.take(members).sums(groups, self.categories)
        means = sums / Exact(np.maximum(count, 1).astype(np.int64))
        return means.take(self.category), count[self.category] > 0


def no_factor(factor: NodeFactor) -> Text:
    """What is said of a unit whose factor nobody has brought."""
    return Text("缺系数“{name}”", 'no value of the factor "{name}"').format(name=factor.name)


def multiplied(values: Exact, factor: Exact | None) -> Exact:
    """The values × the factor, if there is one."""
    return values if factor is None else values * factor


class Limits(NamedTuple):
    """Cap and floor, each given as points (of which a `part` counts) or as a share of full marks; None is no limit."""

    cap: Marks | None = FULL_MARKS
    floor: Marks | None = Marks(Decimal(0))
    part: Fraction = Fraction(1)

    def hold(self, values: Exact, full: Exact) -> Exact:
        """The values inside the limits."""
        if self.cap is not None:
            values = values.at_most(marks_of(self.cap, full, self.part))
        if self.floor is not None:
            least = Fraction(self.floor.amount) * self.part
            values = values.at_least(marks_of(self.floor, full) if self.floor.relative else least)
        return values


def marks_of(marks: Marks, full: Exact, part: Fraction = _WHOLE) -> Exact:
    """Points, of which a `part` counts, or a share of full marks, per row."""
    if marks.relative and marks.amount:
        return full * marks.amount
    return Exact.same(Fraction(marks.amount) * part, len(full))


def rounded(values: Exact, places: Places) -> Exact:
    """Round at a rounding point of the scheme, if it is one."""
    return values if places.digits is None else values.round(places.digits, places.way)
