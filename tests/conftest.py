"""Which tests touch the database, which need something a machine may lack, when a skip is a failure."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation

from evaluation.append_only import protect, release
from evaluation.models import AuditEntry, Evidence, User
from scoring.models import Run, ScoredCategory, ScoreSheet, Snapshot
from tests.jobs.servers import may_have_a_cluster
from tests.signing import say_again

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_serialized_rollback"}
APPEND_ONLY = (AuditEntry, Evidence, Snapshot, ScoredCategory, Run.categories.through, ScoreSheet)


def _postgres_answers() -> bool:
    database = settings.DATABASES["default"]
    host, port = "127.0.0.1", 5432
    if database["ENGINE"].endswith("postgresql"):
        host, port = database["HOST"] or host, database["PORT"] or port
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError:
        return False
    return True


NEEDS: dict[str, tuple[Callable[[], object], str]] = {
    "postgres": (lambda: shutil.which("pg_dump") and _postgres_answers(), "no PostgreSQL server or client here"),
    "redis": (lambda: shutil.which("redis-server"), "redis-server is not installed"),
    "cluster": (may_have_a_cluster, "no PostgreSQL cluster can be made here"),
    "chromium": (lambda: shutil.which("chromium"), "chromium is not installed"),
    "libreoffice": (lambda: shutil.which("soffice"), "LibreOffice is not installed"),
}


@pytest.fixture(autouse=True)
def _language_of_its_own() -> Iterator[None]:
    """A request in English leaves English behind in its thread; the next test begins in the default language."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _has_just_shown_who_he_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever a test signs in by force has said the password again, too; by the door he has not (tests/accounts)."""
    login = Client.force_login

    def force_login(self: Client, user: User, backend: str | None = None) -> None:
        login(self, user, backend)
        say_again(self, user)

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture(autouse=True)
def _heads_of_its_own(settings: Any) -> None:
    """What a test commits is emptied after it: the heads of its trail are not held against the trail of the next."""
    settings.AUDIT_HEADS = settings.AUDIT_HEADS / uuid4().hex


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    """After a test that commits all tables are emptied; append-only ones refuse that, but for this moment."""
    empty = TransactionTestCase._fixture_teardown  # a test inside a transaction is rolled back and never comes here

    def released(self: TransactionTestCase) -> None:
        for model in APPEND_ONLY:
            release(connection, model._meta.db_table)
        empty(self)
        for model in APPEND_ONLY:
            protect(connection, model._meta.db_table)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", released)
        yield


@pytest.hookimpl(tryfirst=True)  # before `-m` selects by mark
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
        if fixtures or item.get_closest_marker("django_db"):
            item.add_marker("database")
    for mark, (present, reason) in NEEDS.items():
        asking = [item for item in items if item.get_closest_marker(mark)]
        if asking and not present():
            for item in asking:
                item.add_marker(pytest.mark.skip(reason=reason))


def _refuse_skip(report: Any) -> None:
    """With REQUIRE_SERVICES=1 nothing may be left out; a test expected to fail is no skip."""
    if os.environ.get("REQUIRE_SERVICES") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"REQUIRE_SERVICES=1 allows no skip: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    _refuse_skip(report)
    return report
