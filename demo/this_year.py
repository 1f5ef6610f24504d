"""The year under way in the demonstration: its timetable, a window that is open now, a county that has filed."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from evaluation.actor import Actor
from evaluation.calendar.past_notices import SOURCE, days_named_for, known_years
from evaluation.models import Cycle, DayKind, EvaluatedUnit, Phase, User
from evaluation.moments import midnight
from evaluation.services.calendar import enter_notice
from evaluation.services.naming import name_people, step_naming
from evaluation.services.registry import keep_evaluated_unit
from evaluation.services.windows import set_window
from indicators.services.schemes import load_scheme
from indicators.services.timetable import set_planned_windows

YEAR = 2026
_TAKEN_OVER = ("name", "leader", "supervisor", "listed_separately", "groups", "headcount")
_PEOPLE = {
    "head": "韩立", "head_post": "县长", "deputy": "宋佳", "deputy_post": "常务副县长", "liaison": "何静",
    "phone": "0438-2110001",
}  # fmt: skip


def begin(scheme: Path, before: str, actor: Actor) -> Cycle:
    """Open the cycle of this year with the units of the year before, and its timetable; people are named now.

    Args:
        scheme: its rule book.
        before: the code of the cycle of the year before.
        actor: who does it.
    """
    for year in known_years()[-3:]:
        enter_notice(year=year, number=SOURCE, days=days_named_for(year), actor=actor)
    [cycle] = load_scheme(text=scheme.read_text(encoding="utf-8"), file=str(scheme), year=YEAR, actor=actor)
    _take_part(cycle, before, actor)
    opens = midnight(timezone.localdate())
    set_window(cycle=cycle, phase=Phase.NAMING, opens=opens, days=10, kind=DayKind.WORKING, actor=actor)
    set_planned_windows(cycle=cycle, actor=actor)
    return cycle


def _take_part(cycle: Cycle, before: str, actor: Actor) -> None:
    categories = {one.code: one for one in cycle.categories.all()}
    for row in EvaluatedUnit.objects.filter(cycle__code=before).select_related("unit", "category"):
        same = {name: getattr(row, name) for name in _TAKEN_OVER}
        fresh = EvaluatedUnit(cycle=cycle, unit=row.unit, category=categories[row.category.code], **same)
        keep_evaluated_unit(fresh, ["cycle", "unit", "category", *_TAKEN_OVER], actor=actor)


def file_naming(cycle: Cycle, username: str) -> None:
    """Let the liaison of a unit name its people and submit that: it waits for the office."""
    user = User.objects.get(username=username)
    actor = Actor(user.name, "seed_demo", user)
    row = EvaluatedUnit.objects.get(cycle=cycle, unit__memberships__user=user)
    naming = name_people(evaluated_unit=row, people=_PEOPLE, actor=actor)
    step_naming(naming=naming, action="submit_naming", actor=actor)
