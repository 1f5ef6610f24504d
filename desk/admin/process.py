"""What the process writes, to be looked at: schemes and indicators, facts, judgement, results, the trail."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from desk.admin.base import Shown
from desk.admin.site import registers
from desk.admin.steps import Stepping
from evaluation.actor import Actor
from evaluation.models import AuditEntry
from evaluation.rules import STEPS, may_keep_data, may_read_trail
from evaluation.verdict import YES, Verdict
from indicators.models import CycleScheme, Fact, Indicator, OtherResult, OwnIndicator, Reading, Target
from scoring.models import (
    Bonus,
    BonusPool,
    Deduction,
    GradeMove,
    PanelTally,
    Recipient,
    Run,
    ScoredCategory,
    ScoreSheet,
    Snapshot,
)
from scoring.services.running import adopt_run, can_be_adopted, give_up_run
from scoring.states import RUN_TRANSITIONS


@admin.display(description=_("value"))
def number(shown: Shown, row: Target | Reading) -> str:
    """The value as people write it, not as it is stored."""
    return f"{row.number:f}"


_OF_A_UNIT: dict[str, Any] = {
    "list_filter": ("evaluated_unit__cycle",),
    "search_fields": ("evaluated_unit__name", "evaluated_unit__unit__code"),
    "list_select_related": ("evaluated_unit__cycle",),
}
_DECIDED = {**_OF_A_UNIT, "list_select_related": ("evaluated_unit", "decision")}
_FIGURE = {
    **_OF_A_UNIT,
    "list_select_related": ("evaluated_unit", "fact__indicator", "own_indicator"),
    "number": number,
    "readonly_fields": ("number",),
    "exclude": ("value",),
}


@admin.register(Run, site=registers)
class Runs(Stepping, Shown):
    """Runs: one that is complete can be made the result of its cycle, one whose process has died be given up."""

    may = staticmethod(may_keep_data)
    list_display = ("cycle", "number", "state", "started_by", "created", "result")
    list_filter = ("state", "cycle")
    search_fields = ("cycle__code", "result")
    list_select_related = ("cycle", "scheme")
    fields = (
        "cycle", "scheme", "number", "state", "page", "started_by", "origin", "created", "beat", "attempt", "whole",
        "engine", "result", "failure",
    )  # fmt: skip
    readonly_fields = ("page",)
    steps = tuple(one for one in RUN_TRANSITIONS if one.action in STEPS)  # the others are the product's own

    def take(self, row: Run, action: str, *, reason: str, actor: Actor, seen: int | None) -> object:
        if action == "adopt_run":
            return adopt_run(run=row, actor=actor, seen=seen)
        return give_up_run(run=row, actor=actor, reason=reason, seen=seen)

    @admin.display(description=_("How it goes on"))
    def page(self, row: Run) -> str:
        return format_html('<a href="{}">{}</a>', reverse("run", args=[row.cycle.code, row.number]), row)

    def holds(self, row: Run, action: str) -> Verdict:
        return can_be_adopted(row) if action == "adopt_run" else YES


def show(model: type[models.Model], *columns: str, may: Any = may_keep_data, **options: Any) -> None:
    """Register a kind of row to be looked at."""
    said = {"__module__": __name__, "list_display": columns, "may": staticmethod(may), **options}
    registers.register(model, type(f"{model.__name__}Shown", (Shown,), said))


show(
    CycleScheme, "cycle", "version", "file_name", "state", "sha256",
    fields=("cycle", "version", "state", "file_name", "code", "evaluation", "sha256", "created", "text"),
    list_filter=("state", "cycle"), search_fields=("code", "sha256", "cycle__code"), list_select_related=("cycle",),
)  # fmt: skip
show(
    Indicator, "code", "name", "scheme", "set_code", "body", "parent",
    list_filter=("scheme__cycle", "body"), search_fields=("code", "name"), list_select_related=("scheme", "parent"),
)  # fmt: skip
show(
    Fact, "code", "name", "indicator", "measure", "decimals",
    list_filter=("indicator__scheme__cycle",), search_fields=("code", "name", "indicator__name"),
    list_select_related=("indicator",),
)  # fmt: skip
show(OwnIndicator, "code", "name", "evaluated_unit", "full_marks", "rule", **_OF_A_UNIT)
show(Target, "evaluated_unit", "fact", "own_indicator", "slot", "source", "number", **_FIGURE)
show(Reading, "evaluated_unit", "fact", "own_indicator", "slot", "status", "number", "document", **_FIGURE)
show(OtherResult, "evaluated_unit", "evaluation", "total", "full", "grade", **_OF_A_UNIT)
show(
    PanelTally, "node", "category",
    list_filter=("category__cycle",), search_fields=("node__name", "category__cycle__code"),
    list_select_related=("node", "category"),
)  # fmt: skip
show(Bonus, "evaluated_unit", "standard", "level", "matter", "document", "decision", **_DECIDED)
show(Deduction, "evaluated_unit", "standard", "level", "matter", "role", "decision", **_DECIDED)
show(GradeMove, "evaluated_unit", "ground", "body", "decision", **_DECIDED)
show(BonusPool, "code", "cycle", "amount", list_filter=("cycle",), list_select_related=("cycle",))
show(Recipient, "code", "name", "evaluated_unit", "coefficient", **_OF_A_UNIT)
show(
    Snapshot, "run", "scheme_sha256", "sha256",
    fields=("run", "scheme_sha256", "sha256"), search_fields=("run__cycle__code", "sha256"),
    list_select_related=("run__cycle",),
)  # fmt: skip
show(
    ScoredCategory, "category", "run", "revision", "sha256", "result",
    fields=("category", "run", "revision", "sha256", "result"), list_filter=("category__cycle",),
    search_fields=("sha256", "result"), list_select_related=("category", "run__cycle"),
)  # fmt: skip
show(
    ScoreSheet, "unit_code", "unit_name", "scored", "category", "total", "place", "grade",
    fields=("scored", "evaluated_unit", "unit_code", "unit_name", "set_code", "category", "total", "place", "grade",
            "grade_earned", "hash"),
    list_filter=("scored__category__cycle", "grade"), search_fields=("unit_code", "unit_name", "hash"),
    list_select_related=("scored__run__cycle",),
)  # fmt: skip
show(
    AuditEntry, "number", "at", "actor_name", "action", "object_kind", "object_key", "origin",
    may=may_read_trail, list_filter=("action",), search_fields=("object_key", "actor_name"),
)  # fmt: skip
