"""Units that name their responsible people while the window is open, and who files and reviews that."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from evaluation.actor import Actor
from evaluation.models import Category, Cycle, EvaluatedUnit, Membership, Naming, Role, Unit, User, Window
from evaluation.services.naming import PEOPLE, name_people, step_naming

SAID = dict.fromkeys(PEOPLE, "赵钱孙")


def cycle_of(count: int, *, code: str = "c", closes: datetime | None = None) -> list[EvaluatedUnit]:
    """The units of a cycle whose window is open now."""
    cycle = Cycle.objects.create(code=code, title="年度", year=2026, state="running")
    category = Category.objects.create(cycle=cycle, set_code="s", code="a", name="甲类", position=0)
    now = timezone.now()
    Window.objects.create(cycle=cycle, phase="naming", opens=now - timedelta(days=1),
                          closes=closes or now + timedelta(days=1))  # fmt: skip
    units = [Unit.objects.create(code=f"{code}{number}", name=f"局{number}") for number in range(count)]
    rows = [EvaluatedUnit(cycle=cycle, unit=unit, category=category, name=unit.name) for unit in units]
    return EvaluatedUnit.objects.bulk_create(rows)


def liaison(rows: list[EvaluatedUnit], username: str = "liaison") -> Actor:
    """Somebody who files for all of these units."""
    return _actor(username, Role.LIAISON, [row.unit for row in rows])


def reviewer(username: str) -> Actor:
    """Somebody of the office."""
    return _actor(username, Role.OFFICE_CLERK, [Unit.objects.get_or_create(code="B01", name="市绩效办")[0]])


def _actor(username: str, role: Role, units: list[Unit]) -> Actor:
    user = User.objects.create(username=username, name=username)
    Membership.objects.bulk_create(Membership(user=user, unit=unit, role=role) for unit in units)
    return Actor(username, "at_once", user)


def submitted(row: EvaluatedUnit, actor: Actor) -> Naming:
    """What a unit has filed; its revision is 2."""
    naming = name_people(evaluated_unit=row, people=SAID, actor=actor)
    step_naming(naming=naming, action="submit_naming", actor=actor)
    return naming
