"""A year's notice is entered, corrected, and told to the trail."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
import time_machine

from evaluation.actor import Actor
from evaluation.calendar.notice import NamedDay, read_notice
from evaluation.models import AuditEntry, Cycle, DayKind, Phase, Role, WorkingDay
from evaluation.selectors import calendar_now
from evaluation.services.calendar import enter_notice, print_of, stored_days
from evaluation.services.windows import set_window
from evaluation.verdict import Refused
from tests.little import person
from tests.notices import CALENDAR, NOTICES, NUMBERS

pytestmark = pytest.mark.django_db
SHELL = Actor("shell", "test")


def enter(year: int, days: list[NamedDay] | None = None, *, number: str = "", actor: Actor = SHELL, **how: str):
    told = read_notice(NOTICES[year], year) if days is None else days
    return enter_notice(year=year, number=number or NUMBERS[year], days=told, actor=actor, **how)


def day(text: str, works: bool = False, holiday: str = "元旦") -> NamedDay:
    return NamedDay(date.fromisoformat(text), works, holiday)


def test_three_notices_make_the_calendar():
    for year in NOTICES:
        enter(year)
    assert calendar_now() == CALENDAR
    assert WorkingDay.objects.get(day=date(2026, 2, 14)).notice == "国办发明电〔2025〕7号：春节"


def test_a_notice_is_one_entry_with_what_is_new():
    found, _ = enter(2026)
    [entry] = AuditEntry.objects.all()
    said = json.loads(entry.detail)
    assert (entry.action, entry.object_key, said["number"]) == ("enter_notice", "2026", NUMBERS[2026])
    assert len(found) == len(said["new"]) == 39  # 33 days off, 6 worked
    assert said["old"] == {}
    assert said["new"]["2026-10-10"] == [True, f"{NUMBERS[2026]}：国庆节"]


def test_a_correction_replaces_and_the_trail_keeps_what_was():
    enter(2024)
    enter(2026)
    days = [one for one in read_notice(NOTICES[2026], 2026) if one.day != date(2026, 5, 9)]
    longer = NamedDay(date(2026, 5, 6), False, "劳动节")
    found, _ = enter(2026, [*days, longer])
    assert [(one.day, one.old, one.new) for one in found] == [
        (date(2026, 5, 6), None, (False, f"{NUMBERS[2026]}：劳动节")),
        (date(2026, 5, 9), (True, f"{NUMBERS[2026]}：劳动节"), None),
    ]
    assert not WorkingDay.objects.filter(day=date(2026, 5, 9)).exists()
    assert calendar_now().off - CALENDAR.off == {date(2026, 5, 6)}
    said = json.loads(AuditEntry.objects.latest("number").detail)
    assert said["old"] == {"2026-05-09": [True, f"{NUMBERS[2026]}：劳动节"]}
    assert said["new"] == {"2026-05-06": [False, f"{NUMBERS[2026]}：劳动节"]}


def test_the_same_notice_again_writes_nothing():
    enter(2026)
    assert enter(2026) == ([], [])
    assert AuditEntry.objects.count() == 1


def test_a_day_that_was_entered_otherwise_is_replaced_too():
    WorkingDay.objects.create(day=date(2026, 3, 8), works=True)
    WorkingDay.objects.create(day=date(2026, 1, 4), works=False)
    enter(2026)
    assert not WorkingDay.objects.filter(day=date(2026, 3, 8)).exists()
    assert WorkingDay.objects.get(day=date(2026, 1, 4)).works


def test_december_belongs_to_the_notice_that_names_it():
    """The notice for 2023 begins on 31 December 2022; that for 2022 is corrected after it, then that for 2023."""
    enter(2023, [day("2022-12-31"), day("2023-01-01"), day("2023-01-02")], number="乙")
    enter(2022, [day("2022-01-01"), day("2022-01-02")], number="甲")
    assert WorkingDay.objects.count() == 5
    enter(2022, [day("2022-01-01")], number="甲")
    assert sorted(one.isoformat() for one in calendar_now().off) == [
        "2022-01-01", "2022-12-31", "2023-01-01", "2023-01-02"]  # fmt: skip
    enter(2023, [day("2023-01-01"), day("2023-01-02")], number="乙")
    assert sorted(one.isoformat() for one in calendar_now().off) == ["2022-01-01", "2023-01-01", "2023-01-02"]


@pytest.mark.parametrize(
    ("days", "number", "said"),
    [
        ([day("2026-01-02")], "甲", "没有2026年1月1日放假"),
        ([day("2026-01-01", works=True)], "甲", "没有2026年1月1日放假"),
        ([day("2026-01-01"), day("2027-01-01")], "甲", "2027-01-01 不在2026年"),
        ([day("2026-01-01"), day("2025-11-30")], "甲", "2025-11-30 不在2026年"),
        ([day("2026-01-01"), day("2026-01-01")], "甲", "2026-01-01 出现了两次"),
        ([day("2026-01-01")], " ", "请写明通知的文号"),
    ],
)
def test_what_is_no_notice_of_the_year_is_refused_whole(days: list[NamedDay], number: str, said: str):
    with pytest.raises(Refused, match=said):
        enter(2026, days, number=number)
    assert not WorkingDay.objects.exists()


@pytest.mark.parametrize("role", Role, ids=str)
def test_the_office_enters_it_and_nobody_else(role: Role):
    actor = Actor("某人", "test", person(role))
    if role in (Role.OFFICE_CLERK, Role.OFFICE_HEAD):
        assert enter(2026, actor=actor).differences
        return
    with pytest.raises(Refused, match="由绩效办维护"):
        enter(2026, actor=actor)
    assert not WorkingDay.objects.exists()


def test_whoever_has_seen_something_else_than_is_stored_is_told():
    days = read_notice(NOTICES[2026], 2026)
    seen = print_of(stored_days(2026, days))
    WorkingDay.objects.create(day=date(2026, 1, 1), works=False)
    with pytest.raises(Refused, match="别人已改动2026年的工作日历"):
        enter(2026, seen=seen)
    assert WorkingDay.objects.count() == 1
    assert len(enter(2026, seen=print_of(stored_days(2026, days))).differences) == 39


@time_machine.travel("2026-09-18T01:00:00Z", tick=False)
def test_w6_a_changed_holiday_moves_an_open_window_and_leaves_a_trace():
    """Ten working days after Friday 18 September 2026, first as announced, then with a 9th of October that is off."""
    enter(2026)
    cycle = Cycle.objects.create(code="c-2026", title="年度", year=2026, state="running")
    window = set_window(
        cycle=cycle, phase=Phase.APPEALS, opens=datetime(2026, 9, 18, 1, tzinfo=UTC), days=10,
        kind=DayKind.WORKING, actor=SHELL,
    )  # fmt: skip
    assert window.closes == datetime(2026, 10, 9, 16, tzinfo=UTC)  # 24:00 of 9 October in Shanghai
    longer = [*read_notice(NOTICES[2026], 2026), NamedDay(date(2026, 10, 9), False, "国庆节")]
    _, [moved] = enter(2026, longer, number="补发")
    assert (moved.pk, moved.closes) == (window.pk, datetime(2026, 10, 10, 16, tzinfo=UTC))  # a make-up Saturday
    trace = AuditEntry.objects.latest("number")
    assert (trace.action, json.loads(trace.detail)["notice"]) == ("move_window", "补发")


@time_machine.travel("2026-12-25T01:00:00Z", tick=False)
def test_w6_a_window_without_an_end_gets_one_when_the_notice_is_entered():
    enter(2026)
    cycle = Cycle.objects.create(code="c-2026", title="年度", year=2026, state="running")
    window = set_window(
        cycle=cycle, phase=Phase.APPEALS, opens=datetime(2026, 12, 25, 1, tzinfo=UTC), days=5,
        kind=DayKind.WORKING, actor=SHELL,
    )  # fmt: skip
    assert window.closes is None
    _, [moved] = enter(2027, [day("2027-01-01")], number="明年的")
    assert moved.closes == datetime(2027, 1, 4, 16, tzinfo=UTC)  # 28 29 30 31 December, Monday 4 January
