"""Moments where the city is: the ends of days, and how people and the trail write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from engine.calendar import end_of, moment_said

LONGEST = timedelta(days=366)
"""No window and no extension is longer: a year typed wrongly would otherwise be open for a decade."""


def midnight(day: date) -> datetime:
    """0:00 of a day, where the city is."""
    return timezone.make_aware(datetime.combine(day, time()))


def end(day: date) -> datetime:
    """24:00 of a day, where the city is."""
    return timezone.make_aware(end_of(day))


def last_day_of(closes: datetime) -> date:
    """The day with whose end something closes, where the city is."""
    return (timezone.localtime(closes) - timedelta(microseconds=1)).date()


def moment(at: datetime) -> str:
    """A moment as people write it, where the city is: the end of a day is “24:00” of it."""
    local = timezone.localtime(at)
    said = moment_said(local.replace(tzinfo=None))
    return f"{said} 24:00" if local.time() == time() else said


def begins(at: datetime) -> str:
    """The beginning of something: the start of a day is its date."""
    local = timezone.localtime(at)
    return local.date().isoformat() if local.time() == time() else f"{local:%Y-%m-%d %H:%M}"


def here(at: datetime) -> str:
    """A moment for the trail: the time of the city, with its distance to Greenwich."""
    return timezone.localtime(at).isoformat()
