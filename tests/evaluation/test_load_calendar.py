"""`load_calendar`: past years from a package."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from engine.calendar import Calendar
from evaluation.actor import Actor
from evaluation.calendar.notice import read_notice
from evaluation.calendar.past_notices import days_named_for, known_years
from evaluation.models import AuditEntry, WorkingDay
from evaluation.selectors import calendar_now
from evaluation.services.calendar import enter_notice
from tests.notices import CALENDAR, NOTICES, NUMBERS

pytestmark = pytest.mark.django_db
# The notice for 2024 says of New Year's Day 与周末连休; the package counts that weekend with it.
WITH_NEW_YEAR = {date(2023, 12, 30), date(2023, 12, 31)}


def load(*asked: str) -> str:
    said = StringIO()
    call_command("load_calendar", *asked, stdout=said, stderr=said)
    return said.getvalue()


def test_the_years_asked_for_are_those_of_the_notices():
    said = load("--years", "2024-2026")
    assert calendar_now() == Calendar(CALENDAR.off | WITH_NEW_YEAR, CALENDAR.working)
    assert said.splitlines() == ["2024：录入 38 天", "2025：录入 33 天", "2026：录入 39 天"]
    assert WorkingDay.objects.get(day=date(2026, 4, 6)).notice == "chinesecalendar 1.11.0：清明节"
    assert [one.action for one in AuditEntry.objects.all()] == ["enter_notice"] * 3


@pytest.mark.parametrize("year", NOTICES)
def test_holidays_are_called_as_in_the_notices(year: int):
    ours = {one.day: one.holiday for one in read_notice(NOTICES[year], year)}
    theirs = {one.day: one.holiday for one in days_named_for(year) if one.day not in WITH_NEW_YEAR}
    assert ours.keys() == theirs.keys()
    assert all(name in ours[day] for day, name in theirs.items())  # of 国庆节、中秋节 the package names one


@pytest.mark.parametrize("asked", ["2027", "2026-2028", "2003"])
def test_a_year_that_is_not_known_is_refused_and_nothing_is_entered(asked: str):
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("load_calendar", "--years", asked, stderr=said)
    assert "只有 2004 至 2026 年" in said.getvalue()
    assert calendar_now() == Calendar()


@pytest.mark.parametrize("asked", ["26", "2026-2024", "2024-", "now"])
def test_years_that_are_no_years_are_refused(asked: str):
    with pytest.raises(CommandError, match="2024-2026"):
        load("--years", asked)


def test_what_the_office_has_entered_is_left_alone():
    days = read_notice(NOTICES[2026], 2026)
    enter_notice(year=2026, number=NUMBERS[2026], days=days, actor=Actor("x", "x"))
    assert load("--years", "2025-2026").splitlines() == ["2025：录入 33 天", "2026：已有录入，保持不变"]
    assert WorkingDay.objects.get(day=date(2026, 1, 1)).notice.startswith(NUMBERS[2026])


def test_everything_that_is_known_is_entered_and_again_nothing():
    load()
    assert all(calendar_now().knows(year) for year in known_years())
    assert calendar_now().works(date(2018, 12, 29))  # a Saturday that the notice of 2019 names
    before = AuditEntry.objects.count()
    load()
    assert AuditEntry.objects.count() == before == len(known_years())
