"""Reads: everything that a run needs, as the engine reads it; and results."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db.models import QuerySet

from engine.calendar import Calendar
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
)
from engine.language.scheme import EvaluationPlan
from evaluation.models import Cycle, User, WorkingDay
from evaluation.selectors import own_units_in
from indicators import models as known
from indicators.models import CycleScheme
from indicators.selectors import KnownFacts
from scoring.models import Bonus, BonusPool, Deduction, GradeMove, PanelTally, Recipient, Run, ScoreSheet
from scoring.rules import Sight, may_see
from scoring.states import RunState

ZONE = ZoneInfo(settings.TIME_ZONE)


def adopted_run(cycle: Cycle) -> Run | None:
    """The run whose sheets are the result of a cycle."""
    return cycle.runs.filter(state=RunState.ADOPTED).select_related("scheme").defer("scheme__text").first()


def facts_of(cycle: Cycle, kept: CycleScheme, plan: EvaluationPlan) -> Facts:
    """Everything that is known of a cycle, read in the transaction of the caller."""
    told = KnownFacts(cycle, kept, plan)
    code = told.roster.code
    mine = {"evaluated_unit__cycle": cycle}
    return Facts(
        sets={one: _set(cycle, one, told, units) for one, units in told.roster.sets.items()},
        series={one.code: Fraction(one.value) for one in known.Series.objects.filter(cycle=cycle)},
        bonuses=_ordered(_claim(one, code) for one in Bonus.objects.filter(**mine).select_related("decision")),
        deductions=_ordered(_claim(one, code) for one in Deduction.objects.filter(**mine).select_related("decision")),
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
        calendar=_calendar(),
        pools={one.code: one.amount for one in BonusPool.objects.filter(cycle=cycle)},
        persons=_persons(cycle, code),
        sources=told.sources,
    )


def _ordered(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda claim: claim.order))


def _set(cycle: Cycle, set_code: str, told: KnownFacts, units: list[EvaluatedUnit]) -> SetFacts:
    columns, own = told.of_set(set_code)
    tallies = PanelTally.objects.filter(cycle=cycle, node__set_code=set_code).select_related("node")
    return SetFacts(tuple(units), columns, own, {one.node.code: _tally(one, units) for one in tallies})


def _tally(row: PanelTally, units: list[EvaluatedUnit]) -> Tally:
    nothing = [0] * len(row.answers)
    table = np.array([row.counts.get(unit.code, nothing) for unit in units], dtype=np.int64)
    listed = np.array([unit.code in row.counts for unit in units], dtype=bool)
    return Tally(tuple(row.answers), table.reshape(len(units), len(row.answers)), listed)


def _claim(row: Bonus | Deduction, code: dict[int, str]) -> Claim:
    decision = row.decision.number if row.decision else ""
    who = (code[row.evaluated_unit_id], row.standard, row.level, row.matter, row.document, row.day, row.body, decision)
    if isinstance(row, Bonus):
        return Claim(*who)
    delay = Delay(_wall(row.due), _wall(row.done), row.excused) if row.due and row.done else None
    return Claim(*who, row.role, row.above, delay)  # type: ignore[arg-type]


def _wall(moment: datetime) -> datetime:
    """What the clock on the wall showed."""
    return moment.astimezone(ZONE).replace(tzinfo=None)


def _move(row: GradeMove, code: dict[int, str]) -> Move:
    return Move(code[row.evaluated_unit_id], row.ground, row.body, row.decision.number if row.decision else "")


def _calendar() -> Calendar:
    days = list(WorkingDay.objects.values_list("day", "works"))
    return Calendar(frozenset(day for day, works in days if not works), frozenset(day for day, works in days if works))


def _persons(cycle: Cycle, code: dict[int, str]) -> dict[str, tuple[Person, ...]]:
    found: dict[str, list[Person]] = {}
    for one in Recipient.objects.filter(evaluated_unit__cycle=cycle):
        found.setdefault(code[one.evaluated_unit_id], []).append(Person(one.code, one.name, one.coefficient))
    return {unit: tuple(sorted(persons, key=lambda one: one.code)) for unit, persons in sorted(found.items())}


def results_of(run: Run) -> QuerySet[ScoreSheet]:
    """The sheets of a run without their packed columns."""
    return run.sheets.defer("points", "statuses", "said")


def sheets_for_user(run: Run, user: User) -> QuerySet[ScoreSheet]:
    """The sheets of a run that a person may open now: all, those of own units, or none."""
    if may_see(user, run.cycle, Sight.SHEETS):
        return run.sheets.all()
    own = may_see(user, run.cycle, Sight.OWN_SHEET)
    return run.sheets.filter(evaluated_unit__in=own_units_in(run.cycle, user)) if own else run.sheets.none()
