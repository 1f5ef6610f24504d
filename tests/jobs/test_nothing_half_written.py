"""C12: a disk that is full, a database that is read-only: nothing is half-written, and everybody is told what it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client

from evaluation.models import Role
from scoring.models import Run
from scoring.services import running
from scoring.states import RunState
from tests.jobs.test_asking import aged
from tests.little import CODE, little_run, person
from tests.migrations.rows import all_rows, problems

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "写不进去（磁盘已满、只读或连不上）"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return little_run(tmp_path, counties=30, offices=30)


@pytest.fixture
def head(run: Run) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person(Role.OFFICE_HEAD))
    return client


def told(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def read_only() -> Iterator[None]:
    """Nothing can be written by this connection."""
    on, off = ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
    if connection.vendor == "sqlite":
        on, off = "PRAGMA query_only = 1", "PRAGMA query_only = 0"
    try:
        told(on)
        yield
    finally:
        told(off)


def score(client: Client, run: Run) -> tuple[int, str]:
    got = client.post(f"/admin/evaluation/cycle/{run.cycle_id}/steps/score/")
    return got.status_code, got.content.decode()


def test_c12_a_page_of_a_read_only_database_says_so_and_changes_nothing(run: Run, head: Client, caplog):
    before = all_rows()
    with read_only():
        status, page = score(head, run)
    assert (status, SAID in page) == (503, True)
    assert all_rows() == before
    assert "the database takes nothing" in caplog.text
    assert score(head, run)[0] == 302


def test_c12_a_command_on_a_read_only_database_says_so_and_changes_nothing(run: Run, capsys):
    before = all_rows()
    with read_only(), pytest.raises(SystemExit, match="1"):
        call_command("score_cycle", cycle=CODE)
    assert SAID in capsys.readouterr().err
    assert all_rows() == before


def test_c12_a_tick_on_a_read_only_database_says_so(run: Run, capsys):
    with read_only(), pytest.raises(SystemExit, match="1"):
        call_command("tick")
    assert "hand_over_silent_runs" in capsys.readouterr().err


@contextmanager
def full_disk(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """No room any more from the moment on at which a run begins to keep its result."""
    keep, sheets = running._keep, running._keep_sheets

    def small(*asked: object) -> None:
        told("PRAGMA max_page_count = 1")  # as many as there are
        keep(*asked)

    def no_room(*asked: object) -> None:
        sheets(*asked)
        raise OperationalError("could not extend file: No space left on device")

    with patch.context() as inner:
        if connection.vendor == "sqlite":
            told("VACUUM")  # pages that earlier tests have left free would be room
            inner.setattr(running, "_keep", small)
        else:
            inner.setattr(running, "_keep_sheets", no_room)
        yield
    if connection.vendor == "sqlite":
        told("PRAGMA max_page_count = 1073741823")


def test_c12_a_disk_that_fills_up_under_a_run_leaves_no_half_of_it(run: Run, capsys, monkeypatch: pytest.MonkeyPatch):
    before = all_rows()
    with full_disk(monkeypatch), pytest.raises(SystemExit, match="1"):
        call_command("score_cycle", cycle=CODE, whole=True)
    assert SAID in capsys.readouterr().err
    second = Run.objects.latest("number")
    assert (second.state, second.result) == (RunState.RUNNING, "")
    after = all_rows()
    changed = {table for table, rows in after.items() if rows != before[table]}
    assert changed == {"scoring_run", "evaluation_auditentry", "evaluation_audithead"}
    aged(second, settings.RUN_GRACE + timedelta(seconds=5))
    call_command("tick")
    second.refresh_from_db()
    assert (second.state, second.result) == (RunState.ADOPTED, run.result)
    assert problems() == []
