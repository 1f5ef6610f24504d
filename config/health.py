"""Whether the process lives, whether it can work, and whether the clock's jobs run: for machines, without signing in.

`health_page` says the same to people.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from desk.alarm import jobs_in_words, silent_jobs
from evaluation.rules import may_see_health
from evaluation.web import SignedIn, allow

log = logging.getLogger("config.health")
FINE = "ok"


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked, so that a database that is down restarts nobody."""
    return JsonResponse({"status": FINE})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Everything that work needs is there; 503 and what is missing otherwise. Why, stands in the log alone."""
    found = {name: _tried(name, check) for name, check in CHECKS.items()}
    fine = all(said == FINE for said in found.values())
    return JsonResponse({"status": FINE if fine else "not ready", **found}, status=200 if fine else 503)


@login_not_required
@never_cache
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The jobs of the clock run; 503 and which of them are silent otherwise, and the administrators are told."""
    said = _tried("jobs", _jobs)
    fine = said == FINE
    return JsonResponse({"status": FINE if fine else "not running", "jobs": said}, status=200 if fine else 503)


@require_safe
def health_page(request: SignedIn) -> HttpResponse:
    """All of that in words, for whoever looks after the system."""
    allow(may_see_health(request.user))
    found = [(name, _tried(check, CHECKS[check])) for check, name in NAMES.items()]
    found.append((_("Scheduled jobs (tick)"), _tried("jobs", _jobs)))
    rows = [{"name": name, "said": said, "fine": said == FINE} for name, said in found]
    return render(request, "health.html", {"rows": rows, "jobs": jobs_in_words()})


def _tried(name: str, check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, OSError):
        log.exception("not ready: %s", name)
        return "failed"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return FINE


def _migrations() -> str:
    missing = _known() - set(MigrationRecorder(connection).applied_migrations())
    return f"{len(missing)} not applied" if missing else FINE


@cache
def _known() -> frozenset[tuple[str, str]]:
    """The migrations that this version of the product has; read from its files once."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _audit_heads() -> str:
    folder = Path(settings.AUDIT_HEADS)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"x")
    return FINE


def _jobs() -> str:
    silent = silent_jobs()
    return f"silent: {', '.join(silent)}" if silent else FINE


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database, "migrations": _migrations, "audit_heads": _audit_heads,
}  # fmt: skip
NAMES = {
    "database": _("Database"),
    "migrations": _("Schema of the database"),
    "audit_heads": _("Folder of the trail's heads"),
}
