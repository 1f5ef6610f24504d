"""Days late: calendar days, or the time that falls on working days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.figures import Refused, number

HOUR = timedelta(hours=1)
Calendar = Mapping[str, str]  # day → `off` or `on`


def points(said: Mapping[str, Any], due: datetime, done: datetime, calendar: Calendar) -> Fraction:
    """Started or full days × points per day, up to the cap of one matter."""
    hours = 0
    moment = due
    while moment < done:
        if said["days"] == "calendar" or works(moment, calendar):
            hours += 1
        moment += HOUR
    days = hours // 24
    if said["count"] == "started" and hours % 24:
        days += 1
    return min(days * number(said["each"]), number(said["at_most"]))


def works(moment: datetime, calendar: Calendar) -> bool:
    """A year is known by its New Year's Day, which every notice names."""
    if calendar.get(f"{moment.year}-01-01") != "off":
        raise Refused
    day = moment.date().isoformat()
    return calendar[day] == "on" if day in calendar else moment.weekday() < 5
