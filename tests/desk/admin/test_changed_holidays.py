"""W6: whichever way a holiday is changed, open windows move with it and leave a trace; a preview moves nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from engine.calendar import Calendar
from evaluation.models import AuditEntry, Cycle, DayKind, Phase, Window, WorkingDay
from evaluation.services.calendar import keep_working_day
from evaluation.services.windows import set_window
from scoring.services.entering import enter_facts
from tests.desk.admin.test_admin_import import brought_in, upload
from tests.little import CLERK, little_cycle
from tests.scoring.test_one_change import known

NATIONAL_DAY = date(2026, 10, 1)


def midnight_after(month: int, day: int) -> datetime:
    """24:00 of a day of 2026 in Shanghai."""
    return datetime(2026, month, day, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def september() -> Iterator[None]:
    with time_machine.travel("2026-09-18T01:00:00Z", tick=False):
        yield


def window_of(cycle: Cycle) -> Window:
    """Ten working days after Friday 18 September: 21 to 25, 28 to 30, 1 and 2 October."""
    WorkingDay.objects.create(day=date(2026, 1, 1), works=False)
    window = set_window(
        cycle=cycle, phase=Phase.APPEALS, opens=datetime(2026, 9, 18, 1, tzinfo=UTC), days=10,
        kind=DayKind.WORKING, actor=CLERK,
    )  # fmt: skip
    assert window.closes == midnight_after(10, 2)
    return window


def moved(window: Window) -> list[tuple[datetime, str]]:
    """Where it closes now, and each trace of that: because of what."""
    window.refresh_from_db()
    entries = AuditEntry.objects.filter(action="move_window").order_by("number")
    return [(window.closes, json.loads(one.detail)["notice"]) for one in entries]


def test_w6_a_day_of_the_register_moves_an_open_window(city):
    window = window_of(city.cycle)
    day = WorkingDay(day=NATIONAL_DAY, works=False, notice="补发通知")
    keep_working_day(day, ["day", "works", "notice"], actor=CLERK)
    assert moved(window) == [(midnight_after(10, 5), "补发通知")]  # 1 October is off: Monday the 5th is the tenth


def test_w6_what_a_day_of_the_register_says_else_moves_nothing(city):
    window = window_of(city.cycle)
    row = WorkingDay.objects.get(day=date(2026, 1, 1))
    row.notice = "文号更正"
    assert keep_working_day(row, ["notice"], actor=CLERK)
    assert moved(window) == []
    assert window.closes == midnight_after(10, 2)


def test_w6_an_imported_calendar_moves_an_open_window_once_and_its_preview_does_not(city, office):
    window = window_of(city.cycle)
    text = "day,works\n2026-10-02,否\n2026-10-01,否\n"
    upload(office, WorkingDay, text, "日历.csv")
    assert moved(window) == []
    assert brought_in(office, WorkingDay, text, "日历.csv").status_code == 302
    assert moved(window) == [(midnight_after(10, 6), "日历.csv")]  # Monday the 5th and Tuesday the 6th


def test_w6_a_workbook_that_names_a_day_moves_an_open_window_of_any_cycle(db, tmp_path: Path):
    one = little_cycle(tmp_path, year=2026)
    window = window_of(Cycle.objects.create(code="other", title="别的", year=2026, state="running"))
    days = Calendar(off=frozenset({date(2026, 1, 1), NATIONAL_DAY}))
    facts = replace(known(one), calendar=days)
    enter_facts(cycle=one, facts=facts, source="数据.xlsx", actor=CLERK, dry_run=True)
    assert moved(window) == []
    enter_facts(cycle=one, facts=facts, source="数据.xlsx", actor=CLERK)
    assert moved(window) == [(midnight_after(10, 5), "数据.xlsx")]
    assert known(one).calendar == days
