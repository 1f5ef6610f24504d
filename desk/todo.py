"""My to-do: everything that waits for a person in his units and roles, from every app, by deadline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from engine.text import Text
from evaluation.models import Cycle, DayKind, EvaluatedUnit, Phase, User, Window
from evaluation.rules import OFFICE, roles_of, units_of
from evaluation.rules.naming import waiting_for_naming
from evaluation.rules.windows import Standing, standings, unknown_year
from evaluation.selectors import calendar_now
from evaluation.states import CycleState, NamingState
from scoring.models import Run
from scoring.states import RunState

_NAME = Text(
    "报备责任人（主要负责人、分管负责人、联络员）", "Name the responsible people: head, deputy in charge, liaison"
)
_NAME_AGAIN = Text(
    "责任人报备被退回，请修改后重新提交", "The naming of responsible people is returned: mend it and submit again"
)
_REVIEW = Text("审核 {count} 个单位的责任人报备", "Review the responsible people: {count} submitted")
_NO_TIME = Text("周期还没有安排时间表", "The cycle has no timetable yet")
_NO_NOTICE = Text(
    "录入 {year} 年放假安排：有窗口期在等它才能确定截止日",
    "Enter the holidays of {year}: windows wait for them to have a last day",
)
_FAILED = Text("第 {number} 批计分没有完成，请查看原因", "Run {number} has failed: see why")
_UNADOPTED = Text("第 {number} 批计分已完成，等待采用", "Run {number} is complete and waits to be adopted")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, about what, where; `standing` says until when, where there is a window."""

    what: Text
    about: str
    path: str
    standing: Standing | None = None

    @property
    def due(self) -> datetime | None:
        """When it is over; None where there is no time set or nobody knows."""
        return self.standing.ends if self.standing else None


def tasks_for(user: User) -> list[Task]:
    """What waits for a person, the nearest deadline first; what has none comes last."""
    found = [*_to_name(user)]
    if roles_of(user) & OFFICE:
        found += [*_to_review(), *_to_plan(), *_to_look_at()]
    return sorted(found, key=lambda task: (task.due is None, task.due and task.due.timestamp(), task.about))


def _to_name(user: User) -> Iterator[Task]:
    """For each unit of the person whose window is open: until its people are named and submitted."""
    rows = EvaluatedUnit.objects.filter(waiting_for_naming(), unit__in=units_of(user)).exclude(
        cycle__state=CycleState.ARCHIVED
    )
    rows = rows.select_related("cycle", "unit", "naming")
    standing = standings(rows, Phase.NAMING)
    for row in rows:
        if row.pk in standing and standing[row.pk].verdict:
            again = hasattr(row, "naming") and row.naming.state == NamingState.RETURNED
            path = reverse("naming", args=[row.cycle.code, row.pk])
            yield Task(_NAME_AGAIN if again else _NAME, f"{row.cycle} · {row.name}", path, standing[row.pk])


def _to_review() -> Iterator[Task]:
    submitted = Count("evaluated_units__naming", filter=Q(evaluated_units__naming__state=NamingState.SUBMITTED))
    for cycle in Cycle.objects.exclude(state=CycleState.ARCHIVED).annotate(count=submitted).filter(count__gt=0):
        path = reverse("namings", args=[cycle.code]) + f"?state={NamingState.SUBMITTED}"
        yield Task(_REVIEW.format(count=cycle.count), str(cycle), path)


def _to_plan() -> Iterator[Task]:
    """Cycles that nobody has given any time, and the notice that windows wait for."""
    begun = Cycle.objects.filter(state__in=(CycleState.DRAFTING, CycleState.RUNNING), parent=None)
    for cycle in begun.exclude(Exists(Window.objects.filter(cycle=OuterRef("pk")))):
        yield Task(_NO_TIME, str(cycle), reverse("timetable", args=[cycle.code]))
    waiting = list(Window.objects.filter(closes=None, kind=DayKind.WORKING))
    calendar = calendar_now() if waiting else None
    for year in sorted({year for one in waiting if calendar and (year := unknown_year(one, calendar))}):
        yield Task(_NO_NOTICE.format(year=year), str(year), reverse("calendar_enter"))


def _to_look_at() -> Iterator[Task]:
    """The last run of a cycle that is being scored, if it failed or nobody has adopted it."""
    runs = Run.objects.filter(cycle__state=CycleState.SCORING).select_related("cycle").order_by("cycle_id", "-number")
    last: dict[int, Run] = {}
    for run in runs:
        last.setdefault(run.cycle_id, run)
    said = {RunState.FAILED: _FAILED, RunState.COMPLETE: _UNADOPTED}
    for run in last.values():
        if (what := said.get(RunState(run.state))) is not None:
            yield Task(
                what.format(number=run.number), str(run.cycle), reverse("admin:scoring_run_change", args=[run.pk])
            )
