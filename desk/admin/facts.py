"""Figures that the office looks up elsewhere: outside series, last year's results, factors."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from desk.admin.base import Kept
from desk.admin.site import registers
from evaluation.actor import Actor
from evaluation.models import Cycle
from evaluation.rules import may_keep_data
from evaluation.rules.registers import open_to_change
from evaluation.verdict import Verdict
from indicators.models import LastResult, Series, UnitFactor
from indicators.services.registry import keep_factor, keep_last_result, keep_series


@admin.register(Series, site=registers)
class OutsideSeries(Kept):
    """Published figures that a rule book refers to."""

    may = staticmethod(may_keep_data)
    list_display = ("code", "cycle", "value")
    list_filter = ("cycle",)
    list_select_related = ("cycle",)
    search_fields = ("code", "cycle__code")
    fields = ("cycle", "code", "value")
    fixed = ("cycle", "code")
    autocomplete_fields = ("cycle",)

    def open(self, row: Series) -> Verdict:
        return open_to_change(row.cycle)

    def keep(self, row: Series, fields: list[str], form: Any, actor: Actor) -> object:
        return keep_series(row, fields, actor=actor, seen=form.remembered)


class OfAUnit(Kept):
    """A figure of one evaluated unit."""

    may = staticmethod(may_keep_data)
    list_filter = ("evaluated_unit__cycle",)
    list_select_related = ("evaluated_unit__cycle",)
    search_fields = ("evaluated_unit__name", "evaluated_unit__unit__code", "evaluated_unit__cycle__code")
    autocomplete_fields = ("evaluated_unit",)

    @admin.display(description=_("cycle"), ordering="evaluated_unit__cycle")
    def cycle(self, row: LastResult | UnitFactor) -> Cycle:
        return row.evaluated_unit.cycle

    def open(self, row: LastResult | UnitFactor) -> Verdict:
        return open_to_change(row.evaluated_unit.cycle)


@admin.register(LastResult, site=registers)
class LastResults(OfAUnit):
    """How units stood last year."""

    list_display = ("evaluated_unit", "cycle", "total", "place", "grade", "members")
    fields = ("evaluated_unit", "total", "place", "grade", "members")
    fixed = ("evaluated_unit",)

    def keep(self, row: LastResult, fields: list[str], form: Any, actor: Actor) -> object:
        return keep_last_result(row, fields, actor=actor, seen=form.remembered)


@admin.register(UnitFactor, site=registers)
class UnitFactors(OfAUnit):
    """Factors for difficulty or scale."""

    list_display = ("evaluated_unit", "cycle", "code", "value")
    fields = ("evaluated_unit", "code", "value")
    fixed = ("evaluated_unit", "code")

    def keep(self, row: UnitFactor, fields: list[str], form: Any, actor: Actor) -> object:
        return keep_factor(row, fields, actor=actor, seen=form.remembered)
