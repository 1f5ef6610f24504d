"""The windows that a rule book plans become those of its cycle."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from engine.language.timetable import PlannedWindow
from evaluation.actor import Actor
from evaluation.models import Cycle, DayKind, Window
from evaluation.rules import may_step
from evaluation.services.windows import set_window
from evaluation.window_rules import midnight
from indicators.selectors import plan_of, scheme_in_force

_PUBLICITY = (5, DayKind.WORKING)


def planned_windows(cycle: Cycle) -> Sequence[PlannedWindow]:
    """What the rule book in force plans and nobody has set yet, as far as it says on which day it opens."""
    there = set(Window.objects.filter(cycle=cycle).values_list("phase", flat=True))
    plan = plan_of(scheme_in_force(cycle))
    return [one for one in plan.timetable if one.phase not in there and one.opens is not None]


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
    return planned.days, DayKind.WORKING if planned.working else DayKind.CALENDAR


def _set(cycle: Cycle, planned: PlannedWindow, actor: Actor) -> Window:
    opens = planned.opens_on(cycle.year)
    assert opens is not None
    kind = DayKind.WORKING if planned.working else DayKind.CALENDAR
    last = planned.closes_on(cycle.year)
    return set_window(
        cycle=cycle, phase=planned.phase, opens=midnight(opens), days=planned.days, kind=kind, last=last, actor=actor
    )
