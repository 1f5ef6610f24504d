"""What a run has to score: everything, or the categories that depend on what has changed since the run before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from engine import VERSION
from engine.facts import Column, Facts, Key, OwnRows, SetFacts, Status, Tally
from engine.language.comparing import dependents, read_together
from engine.language.scheme import EvaluationPlan
from evaluation.models import Category, EvaluatedUnit
from indicators.selectors import plan_of, scheme_in_force
from scoring.freezing import Frozen, FrozenCategory, freeze, thaw_category
from scoring.freezing.snapshot import FORMAT
from scoring.models import Run, ScoredCategory
from scoring.selectors import adopted_run, facts_of


@dataclass(frozen=True, slots=True)
class Work:
    """What a run has read. `fresh` are the categories to be scored, by code; `kept` those of the run before that hold.

    `revisions` are those of the categories when they were read, by code; `units` the ids of the evaluated units of the
    fresh ones, by code.
    """

    facts: Facts
    frozen: Frozen
    fresh: frozenset[str]
    kept: Mapping[str, ScoredCategory]
    revisions: Mapping[str, int]
    units: Mapping[str, int]


def work_of(run: Run, plan: EvaluationPlan, whole: bool) -> Work:
    """Read what a run has to score, in the transaction of the caller.

    Args:
        run: whose facts are read now.
        plan: the evaluation of its scheme.
        whole: read and score everything, whatever has changed.
    """
    revisions = dict(Category.objects.filter(cycle=run.cycle).values_list("code", "revision"))
    before = None if whole else _Before.of(run)
    return _everything(run, plan, revisions) if before is None else before.work(run, plan, revisions)


def is_current(run: Run) -> bool:
    """Whether the adopted run of a cycle read what is known now, under the rule book in force, with this engine."""
    before, kept = _Before.of(run), scheme_in_force(run.cycle)
    if before is None or run.scheme_id != kept.pk:
        return False
    revisions = dict(Category.objects.filter(cycle=run.cycle).values_list("code", "revision"))
    if before.stale(run, revisions):
        return False
    common = freeze(facts_of(run.cycle, kept, plan_of(kept), ())).common
    return bool(json.loads(common) == before.common)


def _inhabited(run: Run, categories: Collection[str]) -> set[str]:
    """Those of these categories that have units."""
    if not categories:
        return set()
    units = EvaluatedUnit.objects.filter(cycle=run.cycle, category__code__in=categories)
    return set(units.values_list("category__code", flat=True))


def _everything(run: Run, plan: EvaluationPlan, revisions: Mapping[str, int]) -> Work:
    facts = facts_of(run.cycle, run.scheme, plan)
    frozen = freeze(facts)
    return Work(facts, frozen, frozenset(frozen.parts), {}, revisions, _ids(run, frozen.parts))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _ids(run: Run, categories: Collection[str]) -> dict[str, int]:
    units = EvaluatedUnit.objects.filter(cycle=run.cycle, category__code__in=categories)
    return dict(units.values_list("unit__code", "pk"))


@dataclass(frozen=True)
class _Before:
    """The run that counts now, if this one can build on it: the same rule book, engine and format of snapshots."""

    common: str
    scored: Mapping[str, ScoredCategory]

    @classmethod
    def of(cls, run: Run) -> _Before | None:
        base = adopted_run(run.cycle)
        if base is None or base.engine != VERSION or base.snapshot.scheme_sha256 != _sha256(run.scheme.text):
            return None
        head = json.loads(base.snapshot.head)
        if head["format"] != FORMAT:
            return None
        scored = base.categories.select_related("category").defer("head", "columns")
        return cls(head["common"], {one.category.code: one for one in scored})

    def stale(self, run: Run, revisions: Mapping[str, int]) -> set[str]:
        """The categories that have changed since, or have got their first units."""
        moved = {code for code, one in self.scored.items() if one.revision != revisions[code]}
        return moved | _inhabited(run, revisions.keys() - self.scored.keys())

    def work(self, run: Run, plan: EvaluationPlan, revisions: Mapping[str, int]) -> Work:
        stale = self.stale(run, revisions)
        facts = facts_of(run.cycle, run.scheme, plan, read_together(plan, stale))
        frozen = freeze(facts)
        if json.loads(frozen.common) != self.common:
            return _everything(run, plan, revisions)
        fresh = frozenset(
            code for one in stale for code in dependents(plan, one, self._changed(one, frozen.parts.get(one)))
        )
        kept = {code: one for code, one in self.scored.items() if code not in fresh | stale}
        fresh &= frozen.parts.keys()
        return Work(facts, frozen, fresh, kept, revisions, _ids(run, fresh))

    def _changed(self, code: str, now: FrozenCategory | None) -> Collection[str] | None:
        """The leaves whose figures have changed in a category; None where its units have."""
        if code not in self.scored or now is None:
            return None
        stored = self.scored[code]
        return _changed_leaves(thaw_category(FrozenCategory(stored.head, bytes(stored.columns))), thaw_category(now))


def _changed_leaves(before: Facts, now: Facts) -> set[str] | None:
    [(code, old)], [(same, new)] = before.sets.items(), now.sets.items()
    if code != same or old.units != new.units:
        return None
    columns = {key.indicator for key in old.columns.keys() | new.columns.keys() if not _same_column(key, old, new)}
    own = {node for node in old.own.keys() | new.own.keys() if not _same_rows(old.own.get(node), new.own.get(node))}
    panels = old.tallies.keys() | new.tallies.keys()
    return columns | own | {node for node in panels if not _same_votes(old.tallies.get(node), new.tallies.get(node))}


def _same_column(key: Key, old: SetFacts, new: SetFacts) -> bool:
    return _same_figures(old.columns.get(key), new.columns.get(key))


def _same_figures(old: Column | None, new: Column | None) -> bool:
    if old is None or new is None:
        return old is new
    given = (old.status == Status.GIVEN) & (new.status == Status.GIVEN)
    return np.array_equal(old.status, new.status) and bool(old.values.equals(new.values)[given].all())


def _same_rows(old: OwnRows | None, new: OwnRows | None) -> bool:
    if old is None or new is None:
        return old is new
    words = ("code", "name", "rule", "role", "measure")
    return (
        np.array_equal(old.unit, new.unit)
        and all(getattr(old, word) == getattr(new, word) for word in words)
        and bool(old.full.equals(new.full).all())
        and all(
            _same_figures(old.columns.get(source), new.columns.get(source))
            for source in old.columns.keys() | new.columns.keys()
        )
    )


def _same_votes(old: Tally | None, new: Tally | None) -> bool:
    if old is None or new is None:
        return old is new
    return (
        old.answers == new.answers
        and np.array_equal(old.counts, new.counts)
        and np.array_equal(old.listed, new.listed)
    )  # fmt: skip
