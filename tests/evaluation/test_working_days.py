"""The working calendar of the database, and the days that are left in it."""

from __future__ import annotations

from datetime import date

import pytest

from engine.calendar import Calendar, UnknownYear, last_day
from evaluation.models import WorkingDay
from evaluation.selectors import calendar_now
from evaluation.working_days import working_days_left
from tests.notices import CALENDAR


@pytest.mark.django_db
def test_the_calendar_is_what_is_entered():
    assert calendar_now() == Calendar()
    WorkingDay.objects.create(day=date(2026, 1, 1), works=False)
    WorkingDay.objects.create(day=date(2026, 1, 4), works=True)
    assert calendar_now() == Calendar(frozenset({date(2026, 1, 1)}), frozenset({date(2026, 1, 4)}))


@pytest.mark.parametrize(
    ("today", "day", "left"),
    [
        ("2024-09-27", "2024-10-10", 5),  # 29 30 September, 8 9 10 October
        ("2024-09-30", "2024-10-07", 0),  # nothing but the holiday
        ("2024-10-11", "2024-10-12", 1),  # a make-up Saturday
        ("2024-10-10", "2024-10-10", 0),  # on the last day
        ("2024-10-11", "2024-10-10", 0),  # it is over
    ],
)
def test_w6_the_working_days_that_are_left(today: str, day: str, left: int):
    assert working_days_left(date.fromisoformat(today), date.fromisoformat(day), CALENDAR) == left


def test_w6_as_many_are_left_as_make_up_the_window():
    zero = date(2025, 9, 26)
    assert all(working_days_left(zero, last_day(zero, n, CALENDAR), CALENDAR) == n for n in range(1, 60))


def test_w6_in_an_unknown_year_nobody_can_tell_how_many_are_left():
    with pytest.raises(UnknownYear) as raised:
        working_days_left(date(2026, 12, 30), date(2027, 1, 5), CALENDAR)
    assert raised.value.year == 2027
