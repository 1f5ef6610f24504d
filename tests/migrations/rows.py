"""Everything that stands in the database, to be compared with what stands there after a journey."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from evaluation.models import (
    Acting,
    AuditEntry,
    Category,
    Cycle,
    Decision,
    Evidence,
    Extension,
    Heartbeat,
    Naming,
    Notification,
    Window,
)  # fmt: skip
from evaluation.services.audit import problems_of_the_trail
from scoring.models import PanelTally, Run, ScoredCategory, ScoreSheet, Snapshot
from scoring.services.verifying import verify_run

APPS = ("evaluation", "indicators", "scoring")
TIES = Run.categories.through
APPEND_ONLY = (AuditEntry, Snapshot, ScoredCategory, TIES, ScoreSheet)

# These get new ids on the way, and categories another revision: all else is what it was.
_RENUMBERED = (PanelTally, ScoredCategory, TIES)
_LEFT_OUT = {
    (Category, "revision"),
    (Cycle, "revision"),
    *((model, "id") for model in _RENUMBERED),
    *((Run, name) for name in ("revision", "asked_by", "origin", "whole", "adopt")),
    *((Run, name) for name in ("attempt", "progress", "beat", "failure_en")),
}
# What the schema that landed does not know goes on the way back.
_NEWER = {Acting, Decision.files.through, Evidence, Extension, Heartbeat, Naming, Notification, Window}
_BY = {
    "scored_id": ("scored__run", "scored__category"),
    "scoredcategory_id": ("scoredcategory__run", "scoredcategory__category"),
}


def tables() -> list[type[models.Model]]:
    """Every table of the apps that the landed schema knew in some form, those between two others too."""
    known = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return [model for model in known if model not in _NEWER]


def all_rows() -> dict[str, list[str]]:
    """The rows of every table, as text and in one order."""
    return {model._meta.db_table: sorted(map(str, _rows_of(model))) for model in tables()}


def _rows_of(model: type[models.Model]) -> list[tuple[object, ...]]:
    names = [
        name
        for one in model._meta.concrete_fields
        if (model, one.name) not in _LEFT_OUT
        for name in _BY.get(one.attname, (one.attname,))
    ]
    rows = model._base_manager.values_list(*names)
    return [tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in rows]


def problems() -> list[str]:
    """Everything that the product finds wrong with its own results and its trail."""
    runs = Run.objects.filter(snapshot__isnull=False).select_related("snapshot", "scheme", "cycle")
    found = [f"{run}: {problem.zh}" for run in runs for problem in verify_run(run)]
    return found + [problem.zh for problem in problems_of_the_trail()]


def assert_append_only(*append_only: type[models.Model]) -> None:
    """No row of these tables can be changed or deleted."""
    for model in append_only:
        assert model._base_manager.exists()
        table, column = model._meta.db_table, model._meta.pk.column
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match=f"{table} is append-only"), transaction.atomic():
                connection.cursor().execute(statement)
