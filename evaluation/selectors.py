"""Reads; `*_for_user` is who sees what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from engine.calendar import Calendar
from evaluation.models import (
    Acting,
    AuditEntry,
    Cycle,
    Decision,
    EvaluatedUnit,
    Membership,
    Notification,
    Unit,
    User,
    WorkingDay,
)
from evaluation.rules import OF_ALL, may_read_trail, may_see_decisions, roles_of, units_of


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


def people_of(units: Iterable[Unit], roles: Iterable[str]) -> QuerySet[User]:
    """Who has one of these roles in one of these units now, for himself or in place of another."""
    return _people(roles, Q(memberships__unit__in=units), Q(actings__membership__unit__in=units))


def people_in(roles: Iterable[str]) -> QuerySet[User]:
    """The same in any unit."""
    return _people(roles, Q(), Q())


def _people(roles: Iterable[str], own: Q, acting: Q) -> QuerySet[User]:
    now = timezone.now()
    own &= Q(memberships__role__in=roles, memberships__active=True)
    acting &= Q(
        actings__membership__role__in=roles, actings__membership__active=True,
        actings__since__lte=now, actings__until__gt=now,
        actings__membership__unit__memberships__user=F("pk"), actings__membership__unit__memberships__active=True,
    )  # fmt: skip
    return User.objects.filter(own | acting, is_active=True).distinct()


def namings_in(cycle: Cycle) -> QuerySet[EvaluatedUnit]:
    """The units of a cycle, each with what it has named, in the order of their categories."""
    rows = EvaluatedUnit.objects.filter(cycle=cycle).select_related("unit", "category", "naming")
    return rows.order_by("category__position", "unit__code")


def history_of(row: models.Model, key: str) -> QuerySet[AuditEntry]:
    """What was done to an object, newest first: for whoever may see the object."""
    kind = row._meta.label_lower
    return AuditEntry.objects.filter(object_kind=kind, object_key=key).exclude(action="refuse").order_by("-number")


def notifications_of(user: User) -> QuerySet[Notification]:
    """What a person was told, newest first."""
    return Notification.objects.filter(user=user)


def actings_about(user: User) -> QuerySet[Acting]:
    """Who acts for a person, and for whom he acts; the latest first, those that are over too."""
    rows = Acting.objects.filter(Q(membership__user=user) | Q(deputy=user))
    return rows.select_related("membership__user", "membership__unit", "deputy")


def colleagues_of(user: User) -> QuerySet[User]:
    """Who else has an account in one of the units of a person."""
    units = Membership.objects.filter(user=user, active=True).values("unit")
    others = User.objects.filter(memberships__unit__in=units, memberships__active=True, is_active=True)
    return others.exclude(pk=user.pk).distinct().order_by("name")


def decisions_for_user(user: User) -> QuerySet[Decision]:
    """What bodies have decided, the latest first; nothing of it for whoever may not see it."""
    found = Decision.objects.order_by(F("day").desc(nulls_last=True), "body", "number")
    return found if may_see_decisions(user) else found.none()


def same_files_elsewhere(decision: Decision) -> dict[str, list[Decision]]:
    """The other decisions that carry a file with the content of one of this decision's, by the hash of the content."""
    hashes = decision.files.values("sha256")
    carried = Decision.files.through.objects.filter(evidence__sha256__in=hashes).exclude(decision=decision)
    found: dict[str, list[Decision]] = {}
    for one in carried.select_related("decision", "evidence").order_by("decision"):
        found.setdefault(one.evidence.sha256, []).append(one.decision)
    return found
