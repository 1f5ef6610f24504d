"""Reads: everything that a run needs, as the engine reads it; and results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import QuerySet

from engine.facts import (
    Claim,
    Delay,
    EvaluatedUnit,
    Facts,
    LastResult,
    Move,
    OtherResult,
    Person,
    SetFacts,
    Tally,
    in_one_order,
)
from engine.language.scheme import EvaluationPlan
from evaluation.models import Cycle, User
from evaluation.selectors import calendar_now, own_units_in
from indicators import models as known
from indicators.models import CycleScheme
from indicators.selectors import KnownFacts, of_units
from scoring.freezing import FrozenCategory, thaw, thaw_category
from scoring.models import (
    Bonus,
    BonusPool,
    Deduction,
    GradeMove,
    PanelTally,
    Recipient,
    Run,
    ScoredCategory,
    ScoreSheet,
)
from scoring.rules import Sight, may_see
from scoring.states import RunState

ZONE = ZoneInfo(settings.TIME_ZONE)


def adopted_run(cycle: Cycle) -> Run | None:
    """The run whose sheets are the result of a cycle."""
    return cycle.runs.filter(state=RunState.ADOPTED).select_related("scheme").defer("scheme__text").first()


def facts_of(cycle: Cycle, kept: CycleScheme, plan: EvaluationPlan, categories: Collection[str] | None = None) -> Facts:
    """Everything that is known of a cycle, or of its units in some categories, read in the transaction of the caller.

    Deductions that units share by their parts in a matter are read of all units, whatever the categories.
    """
    told = KnownFacts(cycle, kept, plan, categories)
    code = told.roster.code
    mine = of_units(cycle, categories)
    tallies = _tallies(cycle, categories)
    return Facts(
        sets={one: _set(one, told, units, tallies) for one, units in told.roster.sets.items()},
        series={one.code: Fraction(one.value) for one in known.Series.objects.filter(cycle=cycle)},
        bonuses=_ordered(map(_claim, _matters(Bonus, models.Q(**mine)))),
        deductions=_ordered(map(_claim, _matters(Deduction, models.Q(**mine) | shared_by_units(cycle)))),
        moves=tuple(sorted(_move(one, code) for one in GradeMove.objects.filter(**mine).select_related("decision"))),
        last_results={
            code[one.evaluated_unit_id]: LastResult(one.total, one.place, one.grade, one.members)
            for one in known.LastResult.objects.filter(**mine)
        },
        other_results={
            (code[one.evaluated_unit_id], one.evaluation): OtherResult(one.total, one.full, one.grade)
            for one in known.OtherResult.objects.filter(**mine)
        },
        factors={
            (code[one.evaluated_unit_id], one.code): Fraction(one.value)
            for one in known.UnitFactor.objects.filter(**mine)
        },
        calendar=calendar_now(),
        pools={one.code: one.amount for one in BonusPool.objects.filter(cycle=cycle)},
        persons=_persons(mine, code),
        sources=told.sources,
    )


def shared_by_units(cycle: Cycle) -> models.Q:
    """The deductions of a cycle that depend on those of other units: they have a part in a matter."""
    return models.Q(evaluated_unit__cycle=cycle) & ~models.Q(role="")


_Of = TypeVar("_Of", Bonus, Deduction)


def _matters(model: type[_Of], which: models.Q) -> QuerySet[_Of]:
    return model._default_manager.filter(which).select_related("decision", "evaluated_unit__unit")


def _ordered(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda claim: claim.order))


_Tallies = dict[tuple[str, str], list[PanelTally]]


def _tallies(cycle: Cycle, categories: Collection[str] | None) -> _Tallies:
    """The votes by set and panel, category by category."""
    some = {} if categories is None else {"category__code__in": categories}
    found: _Tallies = defaultdict(list)
    for row in PanelTally.objects.filter(category__cycle=cycle, **some).select_related("node"):
        found[row.node.set_code, row.node.code].append(row)
    return found


def _set(set_code: str, told: KnownFacts, units: list[EvaluatedUnit], tallies: _Tallies) -> SetFacts:
    columns, own = told.of_set(set_code)
    votes = {panel: _tally(rows, units) for (code, panel), rows in tallies.items() if code == set_code}
    return SetFacts(tuple(units), columns, own, votes)


def _tally(rows: list[PanelTally], units: list[EvaluatedUnit]) -> Tally:
    answers = in_one_order([row.answers for row in rows])
    counts = {
        unit: dict(zip(row.answers, numbers, strict=True)) for row in rows for unit, numbers in row.counts.items()
    }
    return Tally.of(answers, [counts.get(unit.code) for unit in units])


def _claim(row: Bonus | Deduction) -> Claim:
    decision = row.decision.number if row.decision else ""
    who = (row.evaluated_unit.unit.code, row.standard, row.level, row.matter, row.document, row.day, row.body, decision)
    if isinstance(row, Bonus):
        return Claim(*who)
    delay = Delay(_wall(row.due), _wall(row.done), row.excused) if row.due and row.done else None
    return Claim(*who, row.role, row.above, delay)  # type: ignore[arg-type]


def _wall(moment: datetime) -> datetime:
    """What the clock on the wall showed."""
    return moment.astimezone(ZONE).replace(tzinfo=None)


def _move(row: GradeMove, code: dict[int, str]) -> Move:
    return Move(code[row.evaluated_unit_id], row.ground, row.body, row.decision.number if row.decision else "")


def _persons(mine: dict[str, Any], code: dict[int, str]) -> dict[str, tuple[Person, ...]]:
    found: dict[str, list[Person]] = {}
    for one in Recipient.objects.filter(**mine):
        found.setdefault(code[one.evaluated_unit_id], []).append(Person(one.code, one.name, one.coefficient))
    return {unit: tuple(sorted(persons, key=lambda one: one.code)) for unit, persons in sorted(found.items())}


def frozen_facts(run: Run) -> Facts:
    """What a complete run has read, from its snapshot."""
    kept = run.snapshot
    return thaw(kept.head, _frozen_categories(run.categories.all()), bytes(kept.columns))


def _frozen_categories(scored: QuerySet[ScoredCategory]) -> dict[str, FrozenCategory]:
    rows = scored.values_list("category__code", "head", "columns")
    return {code: FrozenCategory(head, bytes(columns)) for code, head, columns in rows}


def told_of_last_year(run: Run, category: str) -> Mapping[str, LastResult]:
    """What a run was told of last year's results of the units of a category, by the code of the unit."""
    part = _frozen_categories(run.categories.filter(category__code=category)).get(category)
    facts = thaw_category(part) if part and part.head else frozen_facts(run)
    return facts.last_results


def results_of(run: Run) -> QuerySet[ScoreSheet]:
    """The sheets of a run without their packed columns."""
    return run.sheets.defer("points", "statuses", "said")


def sheets_for_user(run: Run, user: User) -> QuerySet[ScoreSheet]:
    """The sheets of a run that a person may open now: all, those of own units, or none."""
    if may_see(user, run.cycle, Sight.SHEETS):
        return run.sheets
    own = may_see(user, run.cycle, Sight.OWN_SHEET)
    return run.sheets.filter(evaluated_unit__in=own_units_in(run.cycle, user)) if own else run.sheets.none()
