"""The registers that come from files: units, people with their roles, the working calendar."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.admin.cells import chosen, codes_in, day_of, said_yes, unit_of, yes_or_no
from desk.admin.formats import Sheet
from desk.admin.table import Column, Row, ServiceResource
from evaluation.actor import Actor
from evaluation.models import Membership, Role, Unit, UnitKind, User, WorkingDay
from evaluation.models.user import OTHER_SPELLING
from evaluation.services.calendar import keep_working_day, lock_calendar
from evaluation.services.people import keep_membership, keep_person
from evaluation.services.registry import keep_unit
from evaluation.services.windows import move_open_windows


class UnitResource(ServiceResource):
    """Units, by code; what stands above them by its code, predecessors by theirs."""

    there: Collection[str] = ()

    def __init__(self, actor: Actor | None = None) -> None:
        super().__init__(actor)
        self.known: dict[str, Unit] = {}

    needed = ("code", "name")
    identity = ("code",)
    code = Column("code", _("code"))
    name = Column("name", _("name"))
    kind = Column("kind", _("kind"))
    parent = Column("parent", _("code of the supervising department"))
    predecessors = Column("predecessors", _("codes of the predecessors"))

    class Meta(ServiceResource.Meta):
        model = Unit
        fields = ("code", "name", "kind", "parent", "predecessors")

    def before_import(self, dataset: Sheet, **kwargs: Any) -> None:
        """Units that others speak of come before them, wherever they stand in the file."""
        super().before_import(dataset, **kwargs)
        code, *others = (str(self.fields[name].column_name) for name in ("code", "parent", "predecessors"))
        rows = dict(zip(dataset.numbers, dataset.dict, strict=True))
        codes = {number: row[code] for number, row in rows.items()}
        self.there = set(codes.values())
        speaks_of = {
            number: {one for title in others for one in codes_in(row.get(title) or "") if one in self.there}
            for number, row in rows.items()
        }
        dataset.arrange(_in_order(speaks_of, codes))

    def related(self, queryset: models.QuerySet[Unit]) -> models.QuerySet[Unit]:
        return queryset.select_related("parent").prefetch_related("predecessors")

    def _unit(self, code: str) -> Unit | None:
        """The unit of a code; None where its own row in the file is wrong, which is told there."""
        if code not in self.known:
            found = Unit.objects.filter(code=code).first()
            if found is None:
                return None if code in self.there else unit_of(code)
            self.known[code] = found
        return self.known[code]

    def find(self, cells: Row) -> Unit | None:
        return Unit.objects.filter(code=cells["code"]).first()

    def take(self, instance: Unit, name: str, cell: str) -> None:
        if name == "kind":
            instance.kind = chosen(cell, UnitKind) if cell else UnitKind.UNSAID
        elif name == "parent":
            instance.parent = self._unit(cell) if cell else None
        elif name == "predecessors":
            instance.came_from = [unit for code in codes_in(cell) if (unit := self._unit(code))]  # type: ignore[attr-defined]
        else:
            setattr(instance, name, cell)

    def keep(self, instance: Unit, actor: Actor) -> None:
        told = ["code", "name", "kind", "parent"]
        came_from = getattr(instance, "came_from", None)
        keep_unit(instance, told, predecessors=came_from, actor=actor, ledger=self.ledger)

    def said(self, instance: Unit, name: str) -> Any:
        if instance.pk is None:
            return ""
        if name == "predecessors":
            return "、".join(sorted(one.code for one in instance.predecessors.all()))
        if name == "parent":
            return instance.parent.code if instance.parent else ""
        return instance.get_kind_display() if name == "kind" else getattr(instance, name)


def _in_order(speaks_of: Mapping[int, set[str]], codes: Mapping[int, str]) -> list[int]:
    """Rows in an order in which each comes after those it speaks of; those that go round in circles come last."""
    done: list[int] = []
    entered: set[str] = set()
    while ready := [one for one in speaks_of if codes[one] not in entered and speaks_of[one] <= entered | {codes[one]}]:
        done += ready
        entered |= {codes[one] for one in ready}
    return [*done, *(one for one in speaks_of if one not in set(done))]


class PeopleResource(ServiceResource):
    """People and what they are where: a row for each role; a person who is not there yet is entered."""

    needed = ("username", "name", "unit", "role")
    identity = ("username", "unit", "role")
    username = Column("username", _("user name"))
    name = Column("name", _("full name"))
    unit = Column("unit", _("code of the unit"))
    role = Column("role", _("role"))
    active = Column("active", _("in effect"))
    email = Column("email", _("email address"))

    def __init__(self, actor: Actor | None = None) -> None:
        super().__init__(actor)
        self.names: dict[str, str] = {}

    class Meta(ServiceResource.Meta):
        model = Membership
        fields = ("username", "name", "unit", "role", "active", "email")

    def related(self, queryset: models.QuerySet[Membership]) -> models.QuerySet[Membership]:
        return queryset.select_related("user", "unit")

    def find(self, cells: Row) -> Membership | None:
        asked = {"user__username": cells["username"], "unit__code": cells["unit"], "role": chosen(cells["role"], Role)}
        return Membership.objects.select_related("user", "unit").filter(**asked).first()

    def take(self, instance: Membership, name: str, cell: str) -> None:
        if name == "username":
            instance.user = User.objects.filter(username__iexact=cell).first() or User(username=cell)
            if instance.user.username != cell:
                raise ValueError(OTHER_SPELLING)
        elif name == "name":
            if self.names.setdefault(instance.user.username, cell) != cell:
                raise ValueError(_("the file has another name for this user in an earlier row"))
            instance.user.name = cell
        elif name == "unit":
            instance.unit = unit_of(cell)
        elif name == "role":
            instance.role = chosen(cell, Role)
        elif name == "email":
            instance.user.email = cell
        else:
            instance.active = yes_or_no(cell, default=True)

    def keep(self, instance: Membership, actor: Actor) -> None:
        person = instance.user
        told = ["username", "name", "email", "is_active"] if person.pk is None else ["name", "email"]
        keep_person(person, told, actor=actor, ledger=self.ledger)
        instance.user = person
        keep_membership(instance, ["user", "unit", "role", "active"], actor=actor, ledger=self.ledger)

    def said(self, instance: Membership, name: str) -> Any:
        if instance.user_id is None or instance.unit_id is None:
            return ""
        said = {"username": instance.user.username, "name": instance.user.name, "unit": instance.unit.code}
        if name == "email":
            return instance.user.email
        return said.get(name) or (instance.get_role_display() if name == "role" else said_yes(instance.active))


class DayResource(ServiceResource):
    """The working calendar, by date."""

    needed = ("day", "works")
    identity = ("day",)
    day = Column("day", _("date"))
    works = Column("works", _("is worked"))
    notice = Column("notice", _("notice"))

    class Meta(ServiceResource.Meta):
        model = WorkingDay
        fields = ("day", "works", "notice")

    def before_import(self, dataset: Sheet, **kwargs: Any) -> None:
        """The file is one change of the calendar: locked before its first row, moving windows after its last."""
        super().before_import(dataset, **kwargs)
        lock_calendar()

    def after_import(self, dataset: Sheet, result: Any, **kwargs: Any) -> None:
        super().after_import(dataset, result, **kwargs)
        if self.ledger.changes:
            assert self.actor is not None
            move_open_windows(actor=self.actor, because=str(kwargs.get("file_name") or ""))

    def find(self, cells: Row) -> WorkingDay | None:
        return WorkingDay.objects.filter(day=day_of(cells["day"])).first()

    def take(self, instance: WorkingDay, name: str, cell: str) -> None:
        if name == "day":
            instance.day = day_of(cell)
        elif name == "works":
            instance.works = yes_or_no(cell, default=False)
        else:
            instance.notice = cell

    def keep(self, instance: WorkingDay, actor: Actor) -> None:
        keep_working_day(instance, ["day", "works", "notice"], actor=actor, ledger=self.ledger)

    def said(self, instance: WorkingDay, name: str) -> Any:
        if instance.day is None:
            return ""
        value = getattr(instance, name)
        return value.isoformat() if name == "day" else said_yes(value) if name == "works" else value
