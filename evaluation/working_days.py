"""How many working days are left."""

from __future__ import annotations

from datetime import date, timedelta

from engine.calendar import Calendar, UnknownYear


def working_days_left(today: date, day: date, calendar: Calendar) -> int:
    """The working days after today up to a day and with it: on the last day none is left.

    Raises:
        UnknownYear: one of these days is in a year that the calendar does not know.
    """
    ahead = [today + timedelta(days=n) for n in range(1, (day - today).days + 1)]
    unknown = next((one.year for one in ahead if not calendar.knows(one.year)), None)
    if unknown is not None:
        raise UnknownYear(unknown)
    return sum(calendar.works(one) for one in ahead)
