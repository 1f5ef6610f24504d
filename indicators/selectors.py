"""Reads: the rule book of a cycle, and what is known of its units as the columns of the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any

import numpy as np
from django.db import models
from numpy.typing import NDArray

from engine.exact import Exact, Rows
from engine.facts import Column, Key, OwnRows, Source, Status
from engine.facts import EvaluatedUnit as Known
from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan, Scheme
from engine.rules.inputs import ACTUAL
from evaluation.models import Category, Cycle, EvaluatedUnit
from evaluation.transfer import Group, packed
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
    """The units of a cycle by set, ordered by code; where each stands in the columns of its set.

    Of all categories, or of those whose codes are told.
    """

    def __init__(self, cycle: Cycle, plan: EvaluationPlan, categories: Collection[str] | None = None) -> None:
        self.sets: dict[str, list[Known]] = {}
        self.seat: dict[int, tuple[str, int]] = {}  # evaluated unit → set and row
        self.code: dict[int, str] = {}
        rows = EvaluatedUnit.objects.filter(cycle=cycle, **_in(categories)).values_list(*_OF_A_UNIT)
        for pk, set_code, code, name, category, leader, alone, groups, heads, parent in sorted(rows, key=itemgetter(2)):
            units = self.sets.setdefault(set_code, [])
            self.seat[pk] = set_code, len(units)
            self.code[pk] = code
            units.append(Known(code, name, category, leader, alone, frozenset(groups), heads, parent))
        self.sets = {one.code: self.sets[one.code] for one in plan.sets if one.code in self.sets}


def _in(categories: Collection[str] | None) -> dict[str, Any]:
    return {} if categories is None else {"category__code__in": categories}


def of_units(cycle: Cycle, categories: Collection[str] | None = None) -> dict[str, Any]:
    """What picks the rows of the units of a cycle, or of some of its categories."""
    return {f"evaluated_unit__{key}": value for key, value in {"cycle": cycle, **_in(categories)}.items()}


class _Buffer:
    """A column being filled."""

    def __init__(self, rows: int, decimals: int) -> None:
        self.values = np.zeros(rows, dtype=np.int64)
        self.status = np.full(rows, Status.MISSING, dtype=np.int8)
        self.decimals = decimals

    def put(self, rows: Rows, values: NDArray[np.int64], status: NDArray[np.int8]) -> None:
        self.values[rows], self.status[rows] = values, status

    def column(self) -> Column:
        return Column(Exact(self.values, 10**self.decimals), self.status)


class _Seats:
    """Ids, and the row of each in its columns: looked up many at once."""

    def __init__(self, rows: Mapping[int, int]) -> None:
        ids = np.array(list(rows), dtype=np.int64)
        order = np.argsort(ids)
        self.ids, self.rows = ids[order], np.array(list(rows.values()), dtype=np.intp)[order]

    def of(self, ids: NDArray[np.int64]) -> Rows:
        return np.asarray(self.rows[np.searchsorted(self.ids, ids)])


class KnownFacts:
    """What the tables of this app know of a cycle: columns, own lists, and what each reading rests on.

    Of all categories, or of those whose codes are told.
    """

    def __init__(
        self, cycle: Cycle, kept: CycleScheme, plan: EvaluationPlan, categories: Collection[str] | None = None
    ) -> None:
        self.roster = Roster(cycle, plan, categories)
        self.columns: dict[str, dict[Key, _Buffer]] = defaultdict(dict)
        self.own_columns: dict[tuple[str, str], dict[str, _Buffer]] = defaultdict(dict)
        of_rule_book = Fact.objects.filter(indicator__scheme=kept).select_related("indicator")
        self.facts = {
            fact.pk: (fact.indicator.set_code, fact.indicator.code, fact.code, fact.decimals) for fact in of_rule_book
        }
        self.own = self._own_lists(cycle, categories)
        self.item = {row.pk: row.code for rows in self.own.values() for row in rows}
        self._units = _Seats({unit: row for unit, (_, row) in self.roster.seat.items()})
        self._places = _Seats({row.pk: at for rows in self.own.values() for at, row in enumerate(rows)})
        for group in packed(*_figures(cycle, Target, categories)):
            self._take(group, source=group.keys[-1])
        rest_on_something = False
        for group in packed(*_figures(cycle, Reading, categories)):
            rest_on_something |= self._take(group, source=ACTUAL)
        self.sources = dict(self._read_sources(cycle, categories)) if rest_on_something else {}

    def _own_lists(self, cycle: Cycle, categories: Collection[str] | None) -> dict[tuple[str, str], list[OwnIndicator]]:
        """The own indicators by set and node, by unit and position."""
        found: dict[tuple[str, str], list[OwnIndicator]] = defaultdict(list)
        for row in OwnIndicator.objects.filter(**of_units(cycle, categories)).select_related("node"):
            found[row.node.set_code, row.node.code].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: (self.roster.seat[row.evaluated_unit_id][1], row.position))
        return found

    def _take(self, group: Group, source: str) -> bool:
        """One fact of one source, in one slot: a column of units, or of own indicators.

        Returns:
            Whether any of the figures says what it rests on.
        """
        fact, slot, own, *_ = group.keys
        ids, values, status = group.columns
        set_code, indicator, code, decimals = self.facts[int(fact)]
        if own == "0":
            rows, size = self._units.of(ids), len(self.roster.sets[set_code])
            columns: dict[Any, _Buffer] = self.columns[set_code]
            key: Any = Key(indicator, code, source, slot)
        else:
            rows, size = self._places.of(ids), len(self.own[set_code, indicator])
            columns, key = self.own_columns[set_code, indicator], source
        columns.setdefault(key, _Buffer(size, decimals)).put(rows, values, status % _SAID)
        return bool((status >= _SAID).any())

    def _read_sources(
        self, cycle: Cycle, categories: Collection[str] | None
    ) -> Iterator[tuple[tuple[str, str, str], Source]]:
        """What readings rest on, where anything was said."""
        said = Reading.objects.filter(**of_units(cycle, categories)).exclude(document="", reason="")
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


_SAID = 100  # added to the status of a reading that says what it rests on
_READ = f"f.status + CASE WHEN f.document = '' AND f.reason = '' THEN 0 ELSE {_SAID} END"


def _figures(
    cycle: Cycle, model: type[models.Model], categories: Collection[str] | None
) -> tuple[str, tuple[str, ...], list[tuple[str, str]], tuple[Any, ...]]:
    """The query of all figures: by fact, slot, whether own, and source; whose they are, their values and statuses."""
    table, units = model._meta.db_table, EvaluatedUnit._meta.db_table
    source, status = ((), _READ) if model is Reading else (("f.source",), str(int(Status.GIVEN)))
    keys = ("f.fact_id", "f.slot", "CASE WHEN f.own_indicator_id IS NULL THEN 0 ELSE 1 END", *source)
    numbers = [("COALESCE(f.own_indicator_id, f.evaluated_unit_id)", "int8"), ("f.value", "int8"), (status, "int2")]
    where = f"{table} f JOIN {units} u ON u.id = f.evaluated_unit_id WHERE u.cycle_id = %s"
    if categories is None:
        return where, keys, numbers, (cycle.pk,)
    ids = list(Category.objects.filter(cycle=cycle, code__in=categories).values_list("pk", flat=True))
    places = ", ".join(["%s"] * len(ids)) or "NULL"
    return f"{where} AND u.category_id IN ({places})", keys, numbers, (cycle.pk, *ids)
