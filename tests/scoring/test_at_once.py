"""Many who write at the same moment, on a database that many connections share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.at_once import ENTRIES, WRITERS, run_alone

pytestmark = pytest.mark.django_db(transaction=True)


def test_d4_sixty_writers_make_one_chain(tmp_path: Path):
    assert run_alone("trail", tmp_path) == f"{WRITERS * ENTRIES}\n"


def test_workbooks_registers_and_runs_wait_for_each_other_and_lose_nothing(tmp_path: Path):
    assert int(run_alone("facts", tmp_path)) > 2


def test_w6_notices_windows_and_the_register_wait_for_each_other_and_every_window_ends_by_the_last(tmp_path: Path):
    assert int(run_alone("calendar", tmp_path)) == 3
