"""Calendar days and working days: Monday to Friday, but for the days off and make-up workdays that a notice names.

Moments are wall-clock times of one place; a date stands for 24:00 of it, that is 0:00 of the next day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that the yearly notices name: `off` are holidays, `working` make-up workdays.

    A year is known if its New Year's Day is named as a holiday, as the notice of that year does; of another year nobody
    can tell the working days, even where the notice of its neighbour names a day of it.
    """

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def knows(self, year: int) -> bool:
        """Whether the notice of a year is here: it names New Year's Day."""
        return date(year, 1, 1) in self.off

    def works(self, day: date) -> bool:
        """Whether a day of a known year is a working day."""
        return day in self.working or (day.weekday() < _SATURDAY and day not in self.off)

    def unknown_year(self, due: datetime, done: datetime) -> int | None:
        """The first year between two moments whose notice is not here."""
        years = sorted({start.year for start, _ in _days(due, done)})
        return next((year for year in years if not self.knows(year)), None)


def days_late(due: datetime, done: datetime, calendar: Calendar | None = None) -> Fraction:
    """Days from `due` to `done`, parts of a day included; 0 where it was in time.

    With a calendar only the time that falls on working days counts; it must know every year in between.
    """
    late = [end - start for start, end in _days(due, done) if calendar is None or calendar.works(start.date())]
    return Fraction(sum(late, timedelta()) // timedelta(seconds=1), _DAY // timedelta(seconds=1))


def _days(due: datetime, done: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The time between two moments, cut at every midnight."""
    while due < done:
        midnight = datetime.combine(due.date() + _DAY, time())
        yield due, min(midnight, done)
        due = midnight


class UnknownYear(Exception):
    """The notice of a year is not here, so nobody can tell its working days."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


def last_day(zero: date, days: int, calendar: Calendar | None) -> date:
    """The last day of a window: day 0 is that of publication or receipt, the window ends at 24:00 of day `days`.

    Args:
        zero: day 0.
        days: how many days follow it.
        calendar: counts working days; None counts calendar days.

    Raises:
        UnknownYear: the first year that had to be looked into and is not known.
    """
    if calendar is None:
        return zero + days * _DAY
    day = zero
    while days:
        day += _DAY
        if not calendar.knows(day.year):
            raise UnknownYear(day.year)
        days -= calendar.works(day)
    return day


def days_left(today: date, last: date, calendar: Calendar | None) -> int:
    """The days after today up to a last day and with it: on the last day none is left.

    Args:
        today: from where on.
        last: the last day of a window.
        calendar: counts working days; None counts calendar days.

    Raises:
        UnknownYear: one of these days is in a year that the calendar does not know.
    """
    ahead = [today + n * _DAY for n in range(1, (last - today).days + 1)]
    if calendar is None:
        return len(ahead)
    unknown = next((day.year for day in ahead if not calendar.knows(day.year)), None)
    if unknown is not None:
        raise UnknownYear(unknown)
    return sum(calendar.works(day) for day in ahead)


def end_of(day: date) -> datetime:
    """24:00 of a day."""
    return datetime.combine(day + _DAY, time())


def moment_said(moment: datetime) -> str:
    """A moment as people write it: the end of a day is its date."""
    return (moment - _DAY).date().isoformat() if moment.time() == time() else f"{moment:%Y-%m-%d %H:%M}"
