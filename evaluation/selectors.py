"""Reads; `*_for_user` is who sees what."""

from __future__ import annotations

from django.db.models import QuerySet

from engine.calendar import Calendar
from evaluation.models import AuditEntry, Cycle, EvaluatedUnit, User, WorkingDay
from evaluation.rules import OF_ALL, may_read_trail, roles_of, units_of


def cycles_for_user(user: User) -> QuerySet[Cycle]:
    """All cycles, or those in which a unit of this person takes part."""
    if roles_of(user) & OF_ALL:
        return Cycle.objects.all()
    return Cycle.objects.filter(evaluated_units__unit__in=units_of(user)).distinct()


def own_units_in(cycle: Cycle, user: User) -> QuerySet[EvaluatedUnit]:
    """The evaluated units for which a person speaks."""
    return EvaluatedUnit.objects.filter(cycle=cycle, unit__in=units_of(user))


def entries_for_user(user: User) -> QuerySet[AuditEntry]:
    """The trail, newest first; nothing of it for whoever may not read it."""
    entries = AuditEntry.objects.order_by("-number")
    return entries if may_read_trail(user) else entries.none()


def calendar_now() -> Calendar:
    """The working calendar as it is known now."""
    days = list(WorkingDay.objects.values_list("day", "works"))
    return Calendar(frozenset(day for day, works in days if not works), frozenset(day for day, works in days if works))
