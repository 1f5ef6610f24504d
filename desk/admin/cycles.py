"""Cycles, who takes part in them, what bodies have decided, and the working calendar."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from desk.admin.base import Kept, Shown
from desk.admin.forms import ServiceForm
from desk.admin.importing import Importing
from desk.admin.resources import DayResource
from desk.admin.site import registers
from desk.admin.steps import Stepping
from evaluation.actor import Actor
from evaluation.models import Category, Cycle, Decision, EvaluatedUnit, WorkingDay
from evaluation.rules import may_keep_data
from evaluation.rules.registers import open_to_change
from evaluation.services.calendar import keep_working_day
from evaluation.services.registry import keep_cycle, keep_evaluated_unit
from evaluation.states import CYCLE_TRANSITIONS
from evaluation.verdict import Verdict
from scoring.models import Run
from scoring.services.advancing import advance, allows
from scoring.services.asking import ask_for_run
from scoring.services.registry import keep_decision, nothing_frozen_rests_on
from scoring.services.running import can_be_scored
from scoring.states import SCORING


@admin.register(Cycle, site=registers)
class Cycles(Stepping, Kept):
    """Cycles come with their rule book; their steps are taken here."""

    may = staticmethod(may_keep_data)
    adds = False
    list_display = ("code", "title", "year", "kind", "state", "organizer")
    list_filter = ("year", "kind", "state")
    list_select_related = ("organizer",)
    search_fields = ("code", "title")
    fields = ("code", "title", "year", "kind", "state", "parent", "organizer")
    readonly_fields = ("code", "year", "kind", "state", "parent")
    autocomplete_fields = ("organizer",)
    steps = (SCORING, *CYCLE_TRANSITIONS)

    def take(self, row: Cycle, action: str, *, reason: str, actor: Actor, seen: int | None) -> object:
        if action == SCORING.action:
            return ask_for_run(cycle=row, actor=actor, seen=seen)
        return advance(cycle=row, action=action, actor=actor, reason=reason, seen=seen)

    def shown(self, row: Cycle, taken: object) -> str:
        return reverse("run", args=[row.code, taken.number]) if isinstance(taken, Run) else ""

    def holds(self, row: Cycle, action: str) -> Verdict:
        return can_be_scored(row) if action == SCORING.action else allows(row, action)

    def open(self, row: Cycle) -> Verdict:
        return open_to_change(row)

    def keep(self, row: Cycle, fields: list[str], form: Any, actor: Actor) -> object:
        return keep_cycle(row, fields, actor=actor, seen=form.remembered)


@admin.register(Category, site=registers)
class Categories(Shown):
    """Categories are said by the rule book."""

    may = staticmethod(may_keep_data)
    list_display = ("code", "name", "cycle", "set_code", "position")
    list_filter = ("cycle",)
    list_select_related = ("cycle",)
    search_fields = ("code", "name", "cycle__code")


class Names(forms.CharField):
    """Several short names in one line, apart by commas or blanks."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return sorted({name for name in re.split(r"[\s,，、;；]+", value or "") if name})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial or []) != self.to_python(data))


class EvaluatedUnitForm(ServiceForm):
    """The groups of a unit as people write them."""

    groups = Names(label=_("groups"), required=False, help_text=_("Several are set apart by commas."))


@admin.register(EvaluatedUnit, site=registers)
class EvaluatedUnits(Kept):
    """Who takes part in which cycle."""

    may = staticmethod(may_keep_data)
    form = EvaluatedUnitForm
    list_display = ("unit_code", "name", "cycle", "category", "leader", "listed_separately")
    list_display_links = ("unit_code", "name")
    list_filter = ("cycle", "listed_separately")
    list_select_related = ("unit", "cycle", "category")
    search_fields = ("name", "unit__code", "leader", "cycle__code", "category__name")
    fields = (
        "cycle", "unit", "category", "name", "leader", "supervisor", "listed_separately", "groups", "headcount"
    )  # fmt: skip
    fixed = ("cycle", "unit")
    autocomplete_fields = ("cycle", "unit", "category")

    @admin.display(description=_("code"), ordering="unit__code")
    def unit_code(self, row: EvaluatedUnit) -> str:
        return row.unit.code

    def open(self, row: EvaluatedUnit) -> Verdict:
        return open_to_change(row.cycle)

    def keep(self, row: EvaluatedUnit, fields: list[str], form: Any, actor: Actor) -> object:
        return keep_evaluated_unit(row, fields, actor=actor, seen=form.remembered)


@admin.register(Decision, site=registers)
class Decisions(Kept):
    """What bodies have decided; fixed once a proposed result rests on it."""

    may = staticmethod(may_keep_data)
    list_display = ("body", "number", "day", "document", "documents")
    list_display_links = ("body", "number")
    list_filter = ("body",)
    search_fields = ("body", "number", "document", "decides")
    fields = ("body", "number", "day", "document", "decides", "documents")
    readonly_fields = ("documents",)

    @admin.display(description=_("documents"))
    def documents(self, row: Decision) -> str:
        if row.pk is None:
            return "—"
        return format_html('<a href="{}">{}</a>', reverse("decision", args=[row.pk]), _("look at them, add more"))

    def open(self, row: Decision) -> Verdict:
        return nothing_frozen_rests_on(row)

    def keep(self, row: Decision, fields: list[str], form: Any, actor: Actor) -> object:
        return keep_decision(row, fields, actor=actor, seen=form.remembered)


@admin.register(WorkingDay, site=registers)
class WorkingDays(Importing, Kept):
    """The days that the State Council's notices name."""

    may = staticmethod(may_keep_data)
    resource_classes = [DayResource]
    list_display = ("day", "works", "notice")
    list_filter = ("works",)
    search_fields = ("notice", "day")
    date_hierarchy = "day"
    fields = ("day", "works", "notice")
    fixed = ("day",)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"works": False}

    def keep(self, row: WorkingDay, fields: list[str], form: Any, actor: Actor) -> object:
        return keep_working_day(row, fields, actor=actor, seen=form.remembered)
