"""Many who write at the same moment, on a database that many connections share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.at_once import ENTRIES, FILED, TURNS, WRITERS, run_alone

pytestmark = pytest.mark.django_db(transaction=True)


def test_d4_sixty_writers_make_one_chain(tmp_path: Path):
    assert run_alone("trail", tmp_path) == f"{WRITERS * ENTRIES}\n"


def test_workbooks_registers_and_runs_wait_for_each_other_and_lose_nothing(tmp_path: Path):
    assert int(run_alone("facts", tmp_path)) > 2


def test_w6_notices_windows_and_the_register_wait_for_each_other_and_every_window_ends_by_the_last(tmp_path: Path):
    assert int(run_alone("calendar", tmp_path)) == 3


@pytest.mark.parametrize("button", ["naming", "scoring"])
def test_c5_a_button_pressed_fifty_times_at_once_makes_one_record(tmp_path: Path, button: str):
    assert run_alone(button, tmp_path) == "1\n"


def test_c6_two_reviewers_of_the_same_hundred_have_a_hundred_successes_and_a_hundred_refusals(tmp_path: Path):
    assert run_alone("review", tmp_path) == f"{FILED}\n"


def test_c8_of_approval_and_edit_one_wins_and_the_other_is_told(tmp_path: Path):
    assert run_alone("edit", tmp_path) == f"{TURNS}\n"


def test_c9_who_waits_for_the_lock_past_the_closing_moment_is_too_late(tmp_path: Path):
    assert run_alone("deadline", tmp_path) == "1 0\n"
