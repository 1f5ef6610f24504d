"""Calendar and working days over National Day 2024: off 1–7 October, make-up workdays 29 September and 12 October."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil, floor

import pytest

from engine.calendar import Calendar, days_late, end_of, moment_said

NATIONAL_DAY = Calendar(
    off=frozenset({date(2024, 1, 1), *(date(2024, 10, day) for day in range(1, 8))}),
    working=frozenset({date(2024, 9, 29), date(2024, 10, 12)}),
)


def moment(text: str) -> datetime:
    """`2024-09-30` is 24:00 of the day."""
    return datetime.fromisoformat(text) if " " in text else end_of(date.fromisoformat(text))


def started_and_full(due: str, done: str, calendar: Calendar | None = None) -> tuple[int, int]:
    late = days_late(moment(due), moment(done), calendar)
    return ceil(late), floor(late)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-09-27", True),  # Friday
        ("2024-09-28", False),  # Saturday
        ("2024-09-29", True),  # a Sunday made up
        ("2024-10-01", False),
        ("2024-10-06", False),  # Sunday, off anyway
        ("2024-10-07", False),  # Monday, off
        ("2024-10-08", True),
        ("2024-10-12", True),  # a Saturday made up
        ("2024-10-13", False),
    ],
)
def test_a_notice_moves_the_working_days(day: str, works: bool):
    assert NATIONAL_DAY.works(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("due", "done", "calendar_days", "working_days"),
    [
        ("2024-09-27", "2024-09-27", (0, 0), (0, 0)),
        ("2024-09-27", "2024-09-27 23:59", (0, 0), (0, 0)),
        ("2024-09-27", "2024-09-28 00:01", (1, 0), (0, 0)),  # a minute late, on a Saturday
        # 28, 29, 30 September and 1–11 October are 14 days, 12 October has begun;
        # of them 29 and 30 September and 8, 9, 10, 11 October work, and so does the 12th
        ("2024-09-27", "2024-10-12 10:00", (15, 14), (7, 6)),
        ("2024-09-30", "2024-10-07", (7, 7), (0, 0)),  # nothing but the holiday
        ("2024-09-30", "2024-10-08 09:00", (8, 7), (1, 0)),
        ("2024-09-30", "2024-10-08", (8, 8), (1, 1)),  # a date is its 24:00
        # 7 hours of 30 September and 9 hours of 8 October
        ("2024-09-30 17:00", "2024-10-08 09:00", (8, 7), (1, 0)),
        # 12 hours of 11 October and 13 hours of the 12th: a day and an hour
        ("2024-10-11 12:00", "2024-10-12 13:00", (2, 1), (2, 1)),
        ("2024-10-12", "2024-10-13 20:00", (1, 0), (0, 0)),
    ],
)
def test_days_late(due: str, done: str, calendar_days: tuple[int, int], working_days: tuple[int, int]):
    assert started_and_full(due, done) == calendar_days
    assert started_and_full(due, done, NATIONAL_DAY) == working_days


def test_days_late_are_exact():
    assert days_late(moment("2024-10-08 09:00"), moment("2024-10-08 17:00")) == Fraction(1, 3)


def test_what_comes_early_is_not_late():
    assert days_late(moment("2024-10-08"), moment("2024-10-01")) == 0


def test_a_day_that_the_next_notice_names_does_not_make_a_year_known():
    # the notice of 2023: off from Saturday 31 December 2022 to Monday 2 January 2023
    notice = Calendar(off=frozenset({date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2)}))
    assert notice.unknown_year(moment("2022-12-29"), moment("2023-01-03 09:00")) == 2022
    assert notice.unknown_year(moment("2023-01-03"), moment("2023-01-05")) is None
    worked = Calendar(working=frozenset({date(2023, 1, 1)}))
    assert worked.unknown_year(moment("2023-01-03"), moment("2023-01-05")) == 2023


def test_a_year_without_its_notice_is_unknown():
    assert NATIONAL_DAY.unknown_year(moment("2024-09-30"), moment("2024-12-31")) is None
    assert NATIONAL_DAY.unknown_year(moment("2024-12-31"), moment("2025-01-02 09:00")) == 2025
    assert NATIONAL_DAY.unknown_year(moment("2023-12-29"), moment("2024-01-02 09:00")) == 2023
    assert NATIONAL_DAY.unknown_year(moment("2025-01-06"), moment("2025-01-02")) is None  # in time, no day to count
    assert Calendar().unknown_year(moment("2024-09-30"), moment("2024-10-01")) == 2024


def test_without_a_notice_for_the_days_working_days_are_monday_to_friday():
    known = Calendar(off=frozenset({date(2024, 1, 1)}))
    week = [date(2024, 3, 4) + timedelta(days=day) for day in range(7)]  # 4 March 2024 was a Monday
    assert [known.works(day) for day in week] == [True] * 5 + [False] * 2


def test_a_moment_is_said_as_it_is_written():
    assert moment_said(moment("2024-09-30")) == "2024-09-30"
    assert moment_said(moment("2024-09-30 17:30")) == "2024-09-30 17:30"
