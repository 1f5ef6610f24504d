"""W5: a result is confirmed when its publicity has lasted for its whole time, by the server's clock, and not before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from evaluation.models import AuditEntry, Cycle, DayKind, Phase, Window, WorkingDay
from evaluation.services.calendar import keep_working_day
from evaluation.services.cycles import begin_cycle
from evaluation.services.windows import set_window
from evaluation.verdict import Refused
from scoring.services.advancing import advance
from scoring.services.running import score_cycle
from tests.little import CLERK, SCHEME, little_cycle, little_run

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 9, 10, tzinfo=ZONE)
FIVE_WORKING_DAYS = datetime(2026, 3, 17, tzinfo=ZONE)  # 10, 11, 12, 13 and Monday the 16th to its end
SECOND = timedelta(seconds=1)
PLANNED = "    timetable: [{phase: publicity, days: 3, count: calendar}]\n"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def known(db) -> None:
    """The notice of 2026 is here."""
    WorkingDay.objects.create(day=date(2026, 1, 1), works=False)


def step(cycle: Cycle, *actions: str) -> None:
    for action in actions:
        advance(cycle=cycle, action=action, actor=CLERK, reason="有误" if action == "score_again" else "")


def publicised(folder: Path) -> Cycle:
    cycle = little_run(folder).cycle
    step(cycle, "propose", "publicise")
    return cycle


def test_w5_publicity_begins_with_its_step_and_lasts_five_working_days(known, tmp_path: Path):
    cycle = publicised(tmp_path)
    window = Window.objects.get(cycle=cycle, phase=Phase.PUBLICITY)
    assert (window.opens, window.days, window.kind, window.closes) == (MONDAY, 5, "working", FIVE_WORKING_DAYS)
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_key) == ("set_window", f"{cycle.code}/publicity")


def test_w5_one_second_before_its_end_nothing_is_confirmed_and_at_its_end_it_is(known, tmp_path: Path, clock):
    cycle = publicised(tmp_path)
    clock.move_to(FIVE_WORKING_DAYS - SECOND)
    with pytest.raises(Refused, match="公示到 2026-03-16 24:00 才结束") as refused:
        step(cycle, "confirm")
    assert "until 2026-03-16 24:00" in refused.value.reason.en
    assert Cycle.objects.get().state == "publicity"
    clock.move_to(FIVE_WORKING_DAYS)
    step(cycle, "confirm")
    assert Cycle.objects.get().state == "confirmed"


def test_w5_it_lasts_as_the_rule_book_plans(known, tmp_path: Path):
    cycle = little_cycle(tmp_path, scheme=SCHEME.replace("    sets:\n", f"{PLANNED}    sets:\n"))
    score_cycle(cycle=cycle, actor=CLERK)
    step(cycle, "propose", "publicise")
    assert Window.objects.get().closes == datetime(2026, 3, 13, tzinfo=ZONE)  # to the end of Thursday the 12th


def test_w5_while_the_holidays_are_unknown_nothing_is_confirmed(db, tmp_path: Path, clock):
    cycle = publicised(tmp_path)
    clock.move_to(MONDAY + timedelta(days=100))
    with pytest.raises(Refused, match="要等放假通知录入后才能确定"):
        step(cycle, "confirm")
    clock.move_to(MONDAY + timedelta(days=1))
    keep_working_day(WorkingDay(day=date(2026, 1, 1), works=False), ["day", "works"], actor=CLERK)
    clock.move_to(FIVE_WORKING_DAYS - SECOND)
    with pytest.raises(Refused, match="公示到 2026-03-16 24:00 才结束"):
        step(cycle, "confirm")
    clock.move_to(FIVE_WORKING_DAYS)
    step(cycle, "confirm")


@pytest.mark.parametrize(("opens", "last"), [
    (date(2026, 1, 5), date(2026, 1, 12)), (date(2026, 3, 2), date(2026, 3, 15)),
    (date(2026, 3, 12), date(2026, 3, 30)),
])  # fmt: skip
def test_w5_a_window_that_was_set_before_and_would_shorten_it_begins_anew(
    known, tmp_path: Path, clock, opens: date, last: date
):
    cycle = little_run(tmp_path).cycle
    begins = datetime(opens.year, opens.month, opens.day, tzinfo=ZONE)
    clock.move_to(min(begins, MONDAY))
    set_window(cycle=cycle, phase=Phase.PUBLICITY, opens=begins, last=last, actor=CLERK)
    clock.move_to(MONDAY)
    step(cycle, "propose", "publicise")
    window = Window.objects.get()
    assert (window.opens, window.closes) == (MONDAY, FIVE_WORKING_DAYS)
    told = json.loads(AuditEntry.objects.latest("number").detail)
    assert told["old"]["opens"] == begins.isoformat()


def test_w5_a_window_that_is_open_and_longer_stays(known, tmp_path: Path):
    cycle = little_run(tmp_path).cycle
    set_window(cycle=cycle, phase=Phase.PUBLICITY, opens=MONDAY, last=date(2026, 3, 20), actor=CLERK)
    step(cycle, "propose", "publicise")
    assert Window.objects.get().closes == datetime(2026, 3, 21, tzinfo=ZONE)


def test_w5_nobody_shortens_it_by_setting_the_window(known, tmp_path: Path):
    cycle = publicised(tmp_path)
    for how in ({"days": 4, "kind": DayKind.WORKING}, {"last": date(2026, 3, 15)}):
        with pytest.raises(Refused, match="不能提前"):
            set_window(cycle=cycle, phase=Phase.PUBLICITY, opens=MONDAY, actor=CLERK, reason="急", **how)
    assert Window.objects.get().closes == FIVE_WORKING_DAYS


def test_w5_what_is_publicised_again_is_in_publicity_for_the_whole_time_again(known, tmp_path: Path, clock):
    cycle = publicised(tmp_path)
    clock.move_to(FIVE_WORKING_DAYS)
    step(cycle, "score_again", "propose", "publicise")
    with pytest.raises(Refused, match="公示到 2026-03-24 24:00 才结束"):  # 18, 19, 20, 23, Tuesday the 24th
        step(cycle, "confirm")


def test_nothing_but_the_first_steps_is_taken_without_asking_for_the_result(known, tmp_path: Path):
    cycle = little_run(tmp_path).cycle
    with pytest.raises(ValueError, match="propose"):
        begin_cycle(cycle=cycle, action="propose", actor=CLERK)  # type: ignore[arg-type]
    assert Cycle.objects.get().state == "scoring"
