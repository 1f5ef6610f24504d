"""A year of the working calendar, put together for its page."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from engine.calendar import Calendar
from evaluation.calendar.notice import NamedDay
from evaluation.calendar.working_days import Citation
from evaluation.models import WorkingDay


class Span(NamedTuple):
    """Days that follow each other."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Holiday:
    """What a notice says of one holiday."""

    name: str
    off: Sequence[Span]
    worked: Sequence[date]
    days: int


@dataclass(frozen=True, slots=True)
class Square:
    """A day of the picture; `named` says whether a notice names it, and `holiday` for what."""

    day: date
    works: bool
    named: bool
    holiday: str
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its weeks from Monday to Sunday, None where a day is of another month; how many days are worked."""

    first: date
    weeks: Sequence[Sequence[Square | None]]
    working: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A year: the numbers of its notices, its holidays, its months."""

    year: int
    numbers: Sequence[str]
    holidays: Sequence[Holiday]
    months: Sequence[Month]

    @property
    def working(self) -> int:
        """How many days are worked."""
        return sum(month.working for month in self.months)


def picture_of(year: int, named: Iterable[WorkingDay], today: date) -> Picture | None:
    """A year as it is entered; None where its notice is not, for then nobody can tell its working days."""
    rows = {one.day: one for one in named if one.day.year == year}
    calendar = Calendar(
        off=frozenset(day for day, one in rows.items() if not one.works),
        working=frozenset(day for day, one in rows.items() if one.works),
    )
    if not calendar.knows(year):
        return None
    days = [NamedDay(day, rows[day].works, Citation.of(rows[day].notice).holiday) for day in sorted(rows)]
    numbers = dict.fromkeys(Citation.of(rows[day].notice).number for day in sorted(rows))
    holidays = {one.day: one.holiday for one in days}
    months = [_month(date(year, month, 1), calendar, holidays, today) for month in range(1, 13)]
    return Picture(year, list(filter(None, numbers)), holidays_in(days), months)


def holidays_in(days: Iterable[NamedDay]) -> list[Holiday]:
    """What is said of each holiday, in the order of their first days off."""
    found: dict[str, list[NamedDay]] = {}
    for one in sorted(days, key=lambda one: (one.works, one.day)):
        found.setdefault(one.holiday, []).append(one)
    return [_holiday(name, said) for name, said in found.items()]


def _holiday(name: str, said: Iterable[NamedDay]) -> Holiday:
    days = list(said)
    off = [one.day for one in days if not one.works]
    return Holiday(name, list(_spans(off)), [one.day for one in days if one.works], len(off))


def _spans(days: Iterable[date]) -> Iterator[Span]:
    """Days in their order, as far as they follow each other."""
    first = last = None
    for day in days:
        if first and last and day != last + timedelta(days=1):
            yield Span(first, last)
            first = None
        first, last = first or day, day
    if first and last:
        yield Span(first, last)


def _month(first: date, calendar: Calendar, holidays: Mapping[date, str], today: date) -> Month:
    weeks = [
        [_square(day, calendar, holidays, today) if day.month == first.month else None for day in week]
        for week in Weeks().monthdatescalendar(first.year, first.month)
    ]
    return Month(first, weeks, sum(one.works for week in weeks for one in week if one))


def _square(day: date, calendar: Calendar, holidays: Mapping[date, str], today: date) -> Square:
    return Square(day, calendar.works(day), day in holidays, holidays.get(day, ""), day == today)
