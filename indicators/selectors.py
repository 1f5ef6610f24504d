"""Reads: the rule book of a cycle, and what is known of its units as the columns of the engine."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Any

import numpy as np

from engine.exact import Exact
from engine.facts import Column, Key, OwnRows, Source, Status
from engine.facts import EvaluatedUnit as Known
from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan, Scheme
from evaluation.models import Cycle, EvaluatedUnit
from indicators.models import CycleScheme, Fact, OwnIndicator, Reading, Target
from indicators.states import SchemeState


@lru_cache(maxsize=32)
def scheme_of_text(text: str, name: str) -> Scheme:
    """The checked scheme of a text; equal texts are read once."""
    return read_scheme(text, name)


def plan_of(kept: CycleScheme) -> EvaluationPlan:
    """The evaluation that a cycle runs, as the engine reads it."""
    scheme = scheme_of_text(kept.text, kept.file_name)
    return next(plan for plan in scheme.evaluations if plan.code == kept.evaluation)


def scheme_in_force(cycle: Cycle) -> CycleScheme:
    """The rule book of a cycle.

    Raises:
        CycleScheme.DoesNotExist: if it has none.
    """
    return cycle.schemes.exclude(state=SchemeState.SUPERSEDED).get()


class Roster:
    """The units of a cycle by set, ordered by code; where each stands in the columns of its set."""

    def __init__(self, cycle: Cycle, plan: EvaluationPlan) -> None:
        self.sets: dict[str, list[Known]] = {}
        self.seat: dict[int, tuple[str, int]] = {}  # evaluated unit → set and row
        self.code: dict[int, str] = {}
        rows = EvaluatedUnit.objects.filter(cycle=cycle).select_related("unit", "category").order_by("unit__code")
        ordered = sorted(rows, key=lambda row: row.unit.code)  # by code point, whatever the database collates by
        for row in ordered:
            units = self.sets.setdefault(row.category.set_code, [])
            self.seat[row.pk] = row.category.set_code, len(units)
            self.code[row.pk] = row.unit.code
            units.append(
                Known(
                    row.unit.code, row.name, row.category.code, row.leader, row.listed_separately,
                    frozenset(row.groups), row.headcount, row.supervisor,
                )
            )  # fmt: skip
        self.sets = {one.code: self.sets[one.code] for one in plan.sets if one.code in self.sets}


class _Buffer:
    """A column being filled."""

    def __init__(self, rows: int, decimals: int) -> None:
        self.values = np.zeros(rows, dtype=np.int64)
        self.status = np.full(rows, Status.MISSING, dtype=np.int8)
        self.decimals = decimals

    def column(self) -> Column:
        return Column(Exact(self.values, 10**self.decimals), self.status)


class KnownFacts:
    """What the tables of this app know of a cycle: columns, own lists, and what each reading rests on."""

    def __init__(self, cycle: Cycle, kept: CycleScheme, plan: EvaluationPlan) -> None:
        self.roster = Roster(cycle, plan)
        self.columns: dict[str, dict[Key, _Buffer]] = defaultdict(dict)
        self.own_columns: dict[tuple[str, str], dict[str, _Buffer]] = defaultdict(dict)
        self.sources: dict[tuple[str, str, str], Source] = {}
        self.facts = {
            fact.pk: (fact.indicator.set_code, fact.indicator.code, fact.code, fact.decimals)
            for fact in Fact.objects.filter(indicator__scheme=kept).select_related("indicator")
        }
        self.own = self._own_lists(cycle)
        self.place = {row.pk: at for rows in self.own.values() for at, row in enumerate(rows)}
        self.item = {row.pk: row.code for rows in self.own.values() for row in rows}
        self._read(cycle)

    def _own_lists(self, cycle: Cycle) -> dict[tuple[str, str], list[OwnIndicator]]:
        """The own indicators by set and node, by unit and position."""
        found: dict[tuple[str, str], list[OwnIndicator]] = defaultdict(list)
        for row in OwnIndicator.objects.filter(evaluated_unit__cycle=cycle).select_related("node"):
            found[row.node.set_code, row.node.code].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: (self.roster.seat[row.evaluated_unit_id][1], row.position))
        return found

    def _read(self, cycle: Cycle) -> None:
        names = ("evaluated_unit_id", "own_indicator_id", "fact_id", "slot", "value")
        mine = {"evaluated_unit__cycle": cycle}
        targets = Target.objects.filter(**mine).values_list(*names, "source")
        for unit, own, fact, slot, value, source in targets.iterator():
            self._put(unit, own, fact, slot, source, value, Status.GIVEN)
        readings = Reading.objects.filter(**mine).values_list(*names, "status", "document", "reason")
        for unit, own, fact, slot, value, status, document, reason in readings.iterator():
            self._put(unit, own, fact, slot, "actual", value, status)
            if document or reason:
                place = "/".join(filter(None, (self.facts[fact][1], self.item.get(own, ""), slot)))
                self.sources[self.roster.code[unit], place, self.facts[fact][2]] = Source(document, reason)

    def _put(self, unit: int, own: int | None, fact: int, slot: str, source: str, value: int, status: int) -> None:
        set_code, row = self.roster.seat[unit]
        _, indicator, code, decimals = self.facts[fact]
        if own is None:
            columns: dict[Any, _Buffer] = self.columns[set_code]
            key: Any = Key(indicator, code, source, slot)
            rows = len(self.roster.sets[set_code])
        else:
            columns, key, row = self.own_columns[set_code, indicator], source, self.place[own]
            rows = len(self.own[set_code, indicator])
        buffer = columns.get(key) or columns.setdefault(key, _Buffer(rows, decimals))
        buffer.values[row], buffer.status[row] = value, status

    def of_set(self, set_code: str) -> tuple[dict[Key, Column], dict[str, OwnRows]]:
        """The columns and the own lists of one set."""
        columns = {key: buffer.column() for key, buffer in self.columns[set_code].items()}
        return columns, {node: self._rows(one, node) for one, node in self.own if one == set_code}

    def _rows(self, set_code: str, node: str) -> OwnRows:
        rows = self.own[set_code, node]
        return OwnRows(
            unit=np.array([self.roster.seat[row.evaluated_unit_id][1] for row in rows], dtype=np.intp),
            code=tuple(row.code for row in rows),
            name=tuple(row.name for row in rows),
            full=Exact.of(row.full_marks for row in rows),
            rule=tuple(row.rule for row in rows),
            role=tuple(row.role for row in rows),
            measure=tuple(row.measure for row in rows),
            columns={source: buffer.column() for source, buffer in self.own_columns[set_code, node].items()},
        )
