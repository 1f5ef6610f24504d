"""W6: the last day of a window, worked by hand from the State Council's notices for 2024, 2025 and 2026.

Beside each row stand the days that count, where they are not simply the next ones.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from chinese_calendar import constants

from engine.calendar import Calendar, UnknownYear, days_left, end_of, last_day
from tests.notices import CALENDAR, HOLIDAYS, off_in, worked_in

WORKING = [
    # New Year's Day 2024, a Monday
    ("2023-12-31", 1, "2024-01-02"),  # day 0 alone is in 2023, which need not be known
    # Spring Festival 2024: off 10–17 February; Sundays 4 and 18 February are worked
    ("2024-02-02", 5, "2024-02-08"),  # 4 5 6 7 8
    ("2024-02-04", 5, "2024-02-09"),  # day 0 is a make-up Sunday
    ("2024-02-04", 6, "2024-02-18"),
    ("2024-02-09", 1, "2024-02-18"),
    ("2024-02-09", 5, "2024-02-22"),  # 18 19 20 21 22
    ("2024-02-14", 3, "2024-02-20"),  # day 0 is in the holiday: 18 19 20
    # Qingming 2024: off Thursday 4 to Saturday 6 April; Sunday 7 is worked
    ("2024-04-01", 5, "2024-04-09"),  # 2 3 7 8 9
    ("2024-04-03", 1, "2024-04-07"),
    ("2024-04-03", 3, "2024-04-09"),  # 7 8 9
    # May Day 2024: off 1–5 May; Sunday 28 April and Saturday 11 May are worked
    ("2024-04-26", 3, "2024-04-30"),  # 28 29 30
    ("2024-04-26", 5, "2024-05-07"),  # 28 29 30, 6 7
    ("2024-05-10", 1, "2024-05-11"),
    ("2024-05-10", 2, "2024-05-13"),
    ("2024-05-11", 1, "2024-05-13"),  # day 0 is a make-up Saturday
    # Dragon Boat 2024: Monday 10 June
    ("2024-06-07", 1, "2024-06-11"),
    ("2024-06-03", 5, "2024-06-11"),  # 4 5 6 7 11
    # Mid-Autumn 2024: off Sunday 15 to Tuesday 17 September; Saturday 14 is worked
    ("2024-09-13", 2, "2024-09-18"),  # 14 18
    # National Day 2024: off 1–7 October; Sunday 29 September and Saturday 12 October are worked
    ("2024-09-27", 5, "2024-10-10"),  # 29 30, 8 9 10
    ("2024-09-27", 7, "2024-10-12"),
    ("2024-09-27", 8, "2024-10-14"),
    ("2024-09-11", 15, "2024-10-09"),  # 12 13 14 18 19 20 23 24 25 26 27 29 30, 8 9
    # over New Year's Day 2025, a Wednesday
    ("2024-12-27", 5, "2025-01-06"),  # 30 31, 2 3 6
    # Spring Festival 2025: off 28 January to 4 February; Sunday 26 January and Saturday 8 February are worked
    ("2025-01-24", 2, "2025-01-27"),  # 26 27
    ("2025-01-24", 3, "2025-02-05"),
    ("2025-01-24", 6, "2025-02-08"),  # 26 27, 5 6 7 8
    ("2025-01-24", 7, "2025-02-10"),
    ("2025-01-29", 1, "2025-02-05"),
    ("2025-03-07", 5, "2025-03-14"),  # no notice says anything of this week
    # Qingming 2025: off Friday 4 to Sunday 6 April
    ("2025-04-03", 1, "2025-04-07"),
    # May Day 2025: off 1–5 May; Sunday 27 April is worked
    ("2025-04-25", 5, "2025-05-06"),  # 27 28 29 30, 6
    ("2025-04-27", 3, "2025-04-30"),
    # Dragon Boat 2025: off Saturday 31 May to Monday 2 June
    ("2025-05-30", 1, "2025-06-03"),
    # National Day and Mid-Autumn 2025: off 1–8 October; Sunday 28 September and Saturday 11 October are worked
    ("2025-09-26", 5, "2025-10-10"),  # 28 29 30, 9 10
    ("2025-09-26", 6, "2025-10-11"),
    ("2025-10-06", 3, "2025-10-11"),  # day 0 is Mid-Autumn: 9 10 11
    # over New Year 2026: off 1–3 January; Sunday 4 is worked
    ("2025-12-29", 5, "2026-01-06"),  # 30 31, 4 5 6
    # Spring Festival 2026: off 15–23 February; Saturdays 14 and 28 February are worked
    ("2026-02-12", 2, "2026-02-14"),
    ("2026-02-12", 3, "2026-02-24"),
    ("2026-02-14", 5, "2026-02-28"),  # day 0 is a make-up Saturday: 24 25 26 27 28
    ("2026-02-14", 6, "2026-03-02"),
    ("2026-02-17", 1, "2026-02-24"),
    # Qingming 2026: off Saturday 4 to Monday 6 April
    ("2026-04-03", 1, "2026-04-07"),
    # May Day 2026: off 1–5 May; Saturday 9 is worked
    ("2026-04-30", 3, "2026-05-08"),  # 6 7 8
    ("2026-04-30", 4, "2026-05-09"),
    ("2026-04-30", 5, "2026-05-11"),
    # Dragon Boat 2026: off Friday 19 to Sunday 21 June
    ("2026-06-18", 1, "2026-06-22"),
    ("2026-06-15", 5, "2026-06-23"),  # 16 17 18 22 23
    # Mid-Autumn and National Day 2026: off 25–27 September and 1–7 October; Sunday 20 September and Saturday
    # 10 October are worked
    ("2026-09-18", 10, "2026-10-09"),  # 20 21 22 23 24 28 29 30, 8 9
    ("2026-09-18", 11, "2026-10-10"),
    ("2026-09-18", 12, "2026-10-12"),
    ("2026-09-20", 5, "2026-09-28"),  # 21 22 23 24 28
    ("2026-08-31", 30, "2026-10-16"),  # 1–4, 7–11, 14–18, 20–24, 28–30 September make 22; 8 9 10 12–16 October
    ("2026-12-28", 3, "2026-12-31"),
]
CALENDAR_DAYS = [
    ("2024-02-08", 10, "2024-02-18"),
    ("2024-02-20", 10, "2024-03-01"),  # 2024 has 29 February
    ("2024-09-27", 5, "2024-10-02"),
    ("2024-12-25", 10, "2025-01-04"),
    ("2025-02-20", 10, "2025-03-02"),
    ("2025-09-30", 8, "2025-10-08"),
    ("2026-02-14", 5, "2026-02-19"),
    ("2026-04-25", 15, "2026-05-10"),
    ("2026-10-01", 1, "2026-10-02"),
    ("2027-12-25", 15, "2028-01-09"),  # no notice is needed for these
]
ALL = [(CALENDAR, *row) for row in WORKING] + [(None, *row) for row in CALENDAR_DAYS]


@pytest.mark.parametrize(("calendar", "zero", "days", "last"), ALL)
def test_w6_a_window_ends_on_its_last_day(calendar: Calendar | None, zero: str, days: int, last: str):
    assert last_day(date.fromisoformat(zero), days, calendar) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("zero", "days", "calendar", "accepted", "refused"),
    [
        ("2024-09-27", 5, CALENDAR, "2024-10-10 23:59:59", "2024-10-11 00:00:00"),
        ("2024-02-09", 1, CALENDAR, "2024-02-18 23:59:59", "2024-02-19 00:00:00"),  # a make-up Sunday
        ("2025-12-29", 2, CALENDAR, "2025-12-31 23:59:59", "2026-01-01 00:00:00"),
        ("2024-09-27", 5, None, "2024-10-02 23:59:59", "2024-10-03 00:00:00"),
    ],
)
def test_w6_the_last_second_is_accepted_and_midnight_refused(
    zero: str, days: int, calendar: Calendar | None, accepted: str, refused: str
):
    closes = end_of(last_day(date.fromisoformat(zero), days, calendar))
    assert datetime.fromisoformat(accepted) < closes
    assert not datetime.fromisoformat(refused) < closes


@pytest.mark.parametrize(
    ("zero", "days", "year"),
    [
        ("2023-12-29", 1, 2023),  # Saturday 30 December could be worked, for all that anybody knows
        ("2026-12-28", 4, 2027),  # 29 30 31, and the fourth is in 2027
        ("2027-06-01", 1, 2027),
        ("2028-02-29", 5, 2028),
    ],
)
def test_w6_a_year_without_its_notice_is_unknown_and_never_guessed(zero: str, days: int, year: int):
    with pytest.raises(UnknownYear) as raised:
        last_day(date.fromisoformat(zero), days, CALENDAR)
    assert raised.value.year == year


def test_w6_a_correction_of_the_notice_moves_the_last_day():
    """Spring Festival of 2026, had it been lengthened by two days."""
    longer = Calendar(CALENDAR.off | {date(2026, 2, 24), date(2026, 2, 25)}, CALENDAR.working)
    assert last_day(date(2026, 2, 12), 3, CALENDAR) == date(2026, 2, 24)
    assert last_day(date(2026, 2, 12), 3, longer) == date(2026, 2, 26)


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_notices_written_out_by_hand_are_those_of_an_independent_source(year: int):
    assert set(off_in(year)) == {day for day in constants.holidays if day.year == year}
    assert set(worked_in(year)) == {day for day in constants.workdays if day.year == year}


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
    assert days_left(date.fromisoformat(today), date.fromisoformat(day), CALENDAR) == left


def test_w6_as_many_are_left_as_make_up_the_window():
    zero = date(2025, 9, 26)
    assert all(days_left(zero, last_day(zero, n, CALENDAR), CALENDAR) == n for n in range(1, 60))


def test_w6_in_an_unknown_year_nobody_can_tell_how_many_are_left():
    with pytest.raises(UnknownYear) as raised:
        days_left(date(2026, 12, 30), date(2027, 1, 5), CALENDAR)
    assert raised.value.year == 2027


def test_calendar_days_need_no_notice():
    assert days_left(date(2028, 1, 30), date(2028, 2, 2), None) == 3
    assert days_left(date(2028, 2, 2), date(2028, 2, 2), None) == 0
