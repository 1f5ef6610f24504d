"""Reads: the rule book of a cycle, and what is known of its units as the columns of the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any

import numpy as np
from django.db import models
from numpy.typing import NDArray

from engine.exact import Exact
from engine.facts import Column, Key, OwnRows, Source, Status
from engine.facts import EvaluatedUnit as Known
from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan, Scheme
from engine.rules.inputs import ACTUAL, SOURCES
from evaluation.models import Cycle, EvaluatedUnit
from evaluation.transfer import numbers
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


_OF_A_UNIT = (
    *("pk", "category__set_code", "unit__code", "name", "category__code", "leader", "listed_separately"),
    *("groups", "headcount", "supervisor"),
)


class Roster:
    """The units of a cycle by set, ordered by code; where each stands in the columns of its set."""

    def __init__(self, cycle: Cycle, plan: EvaluationPlan) -> None:
        self.sets: dict[str, list[Known]] = {}
        self.seat: dict[int, tuple[str, int]] = {}  # evaluated unit → set and row
        self.code: dict[int, str] = {}
        rows = EvaluatedUnit.objects.filter(cycle=cycle).values_list(*_OF_A_UNIT)
        for pk, set_code, code, name, category, leader, alone, groups, heads, parent in sorted(rows, key=itemgetter(2)):
            units = self.sets.setdefault(set_code, [])
            self.seat[pk] = set_code, len(units)
            self.code[pk] = code
            units.append(Known(code, name, category, leader, alone, frozenset(groups), heads, parent))
        self.sets = {one.code: self.sets[one.code] for one in plan.sets if one.code in self.sets}


class _Buffer:
    """A column being filled, or a row of a table of columns."""

    def __init__(self, values: NDArray[np.int64], status: NDArray[np.int8], decimals: int) -> None:
        self.values, self.status, self.decimals = values, status, decimals

    @classmethod
    def of(cls, rows: int, decimals: int) -> _Buffer:
        """A column of which nothing is known yet."""
        return cls(np.zeros(rows, dtype=np.int64), np.full(rows, Status.MISSING, dtype=np.int8), decimals)

    def column(self) -> Column:
        return Column(Exact(self.values, 10**self.decimals), self.status)


_NAMES = ("evaluated_unit_id", "own_indicator_id", "fact_id", "slot", "value")


class KnownFacts:
    """What the tables of this app know of a cycle: columns, own lists, and what each reading rests on."""

    def __init__(self, cycle: Cycle, kept: CycleScheme, plan: EvaluationPlan) -> None:
        self.roster = Roster(cycle, plan)
        self.columns: dict[str, dict[Key, _Buffer]] = defaultdict(dict)
        self.own_columns: dict[tuple[str, str], dict[str, _Buffer]] = defaultdict(dict)
        self.facts = {
            fact.pk: (fact.indicator.set_code, fact.indicator.code, fact.code, fact.decimals)
            for fact in Fact.objects.filter(indicator__scheme=kept).select_related("indicator").order_by("pk")
        }
        self.own = self._own_lists(cycle)
        self.place = {row.pk: at for rows in self.own.values() for at, row in enumerate(rows)}
        self.item = {row.pk: row.code for rows in self.own.values() for row in rows}
        self._read_plain(cycle)
        self._read_others(cycle)
        self.sources = dict(self._read_sources(cycle))

    def _own_lists(self, cycle: Cycle) -> dict[tuple[str, str], list[OwnIndicator]]:
        """The own indicators by set and node, by unit and position."""
        found: dict[tuple[str, str], list[OwnIndicator]] = defaultdict(list)
        for row in OwnIndicator.objects.filter(evaluated_unit__cycle=cycle).select_related("node"):
            found[row.node.set_code, row.node.code].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: (self.roster.seat[row.evaluated_unit_id][1], row.position))
        return found

    def _read_plain(self, cycle: Cycle) -> None:
        """The figures of common indicators that hold for the whole year: nearly all, so whole tables at once."""
        units, facts = np.array(sorted(self.roster.seat)), np.array(list(self.facts))
        rows = np.array([self.roster.seat[unit][1] for unit in units])
        if not len(units) or not len(facts):
            return
        for model in (Reading, Target):
            of_unit, of_fact, value, status, source = numbers(*_plain(cycle, model))
            line = np.searchsorted(facts, of_fact) + source * len(facts)
            lines, at = np.unique(line, return_inverse=True)
            values = np.zeros((len(lines), rows.max() + 1), dtype=np.int64)
            known = np.full(values.shape, Status.MISSING, dtype=np.int8)
            row = rows[np.searchsorted(units, of_unit)]
            values[at, row], known[at, row] = value, status
            for number, one in enumerate(lines.tolist()):
                self._take_column(int(facts[one % len(facts)]), one // len(facts), values[number], known[number])

    def _take_column(self, fact: int, source: int, values: NDArray[np.int64], status: NDArray[np.int8]) -> None:
        set_code, indicator, code, decimals = self.facts[fact]
        size = len(self.roster.sets[set_code])
        column = _Buffer(values[:size], status[:size], decimals)
        self.columns[set_code][Key(indicator, code, SOURCES[source])] = column

    def _read_others(self, cycle: Cycle) -> None:
        """The figures of own indicators, and of periods and assessors."""
        unlike = models.Q(own_indicator__isnull=False) | ~models.Q(slot="")
        targets = Target.objects.filter(unlike, evaluated_unit__cycle=cycle).values_list(*_NAMES, "source")
        for unit, own, fact, slot, value, source in targets.iterator():
            self._put(unit, own, fact, slot, source, value, Status.GIVEN)
        readings = Reading.objects.filter(unlike, evaluated_unit__cycle=cycle).values_list(*_NAMES, "status")
        for unit, own, fact, slot, value, status in readings.iterator():
            self._put(unit, own, fact, slot, ACTUAL, value, status)

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
        buffer = columns.get(key) or columns.setdefault(key, _Buffer.of(rows, decimals))
        buffer.values[row], buffer.status[row] = value, status

    def _read_sources(self, cycle: Cycle) -> Iterator[tuple[tuple[str, str, str], Source]]:
        """What readings rest on, where anything was said."""
        said = Reading.objects.filter(evaluated_unit__cycle=cycle).exclude(document="", reason="")
        names = ("evaluated_unit_id", "own_indicator_id", "fact_id", "slot", "document", "reason")
        for unit, own, fact, slot, document, reason in said.values_list(*names).iterator():
            _, indicator, code, _ = self.facts[fact]
            place = "/".join(filter(None, (indicator, self.item.get(own, ""), slot)))
            yield (self.roster.code[unit], place, code), Source(document, reason)

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


def _plain(cycle: Cycle, model: type[models.Model]) -> tuple[str, tuple[int], tuple[str, ...]]:
    """The query of plain figures as numbers: unit, fact, value, status, position among the sources; and their types."""
    table, units = model._meta.db_table, EvaluatedUnit._meta.db_table
    places = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(SOURCES))
    status, source = ("f.status", "0") if model is Reading else ("0", f"CASE f.source {places} END")
    select = (
        "SELECT CAST(f.evaluated_unit_id AS integer), CAST(f.fact_id AS integer), f.value,"
        f" CAST({status} AS smallint), CAST({source} AS smallint)"
        f" FROM {table} f JOIN {units} u ON u.id = f.evaluated_unit_id"
        " WHERE u.cycle_id = %s AND f.own_indicator_id IS NULL AND f.slot = ''"
    )
    return select, (cycle.pk,), ("int4", "int4", "int8", "int2", "int2")
