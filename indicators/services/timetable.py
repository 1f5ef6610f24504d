"""The windows that a rule book plans become those of its cycle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from engine.calendar import Calendar
from engine.language.timetable import PlannedWindow
from evaluation.actor import Actor
from evaluation.models import Cycle, DayKind, Window
from evaluation.moments import end, midnight
from evaluation.rules import may_step
from evaluation.rules.windows import closing
from evaluation.selectors import calendar_now
from evaluation.services.windows import set_window
from indicators.selectors import plan_of, scheme_in_force

_PUBLICITY = (5, DayKind.WORKING)


def planned_windows(cycle: Cycle) -> Sequence[PlannedWindow]:
    """What the rule book in force plans with a day to open, is not over, and nobody has set yet."""
    there, now = set(Window.objects.filter(cycle=cycle).values_list("phase", flat=True)), timezone.now()
    plan, calendar = plan_of(scheme_in_force(cycle)), calendar_now()
    ahead = (one for one in plan.timetable if one.phase not in there and one.opens is not None)
    return [one for one in ahead if (closes := _closes(one, cycle.year, calendar)) is None or closes > now]


def _closes(planned: PlannedWindow, year: int, calendar: Calendar) -> datetime | None:
    """When a planned window would close in a year; None where nobody knows."""
    opens, last = planned.opens_on(year), planned.closes_on(year)
    if last is not None:
        return end(last)
    assert opens is not None
    return closing(midnight(opens), planned.days or 0, _kind(planned), calendar)


def _kind(planned: PlannedWindow) -> DayKind:
    return DayKind.WORKING if planned.working else DayKind.CALENDAR


@transaction.atomic
def set_planned_windows(*, cycle: Cycle, actor: Actor) -> list[Window]:
    """Set every window that the rule book plans and that is not set yet; those that are set stay as they are.

    Raises:
        Refused: whoever asks may not, or the cycle is archived.
    """
    may_step(actor, "set_window").insist()
    Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    return [_set(cycle, one, actor) for one in planned_windows(cycle)]


def publicity_of(cycle: Cycle) -> tuple[int, DayKind]:
    """How many days results are in publicity, and which days count: as the rule book plans it, or five working days."""
    plan = plan_of(scheme_in_force(cycle))
    planned = next((one for one in plan.timetable if one.phase == "publicity" and one.days), None)
    if planned is None or planned.days is None:
        return _PUBLICITY
    return planned.days, _kind(planned)


def _set(cycle: Cycle, planned: PlannedWindow, actor: Actor) -> Window:
    opens = planned.opens_on(cycle.year)
    assert opens is not None
    last = planned.closes_on(cycle.year)
    return set_window(
        cycle=cycle, phase=planned.phase, opens=midnight(opens), actor=actor, days=planned.days, kind=_kind(planned),
        last=last,
    )  # fmt: skip
