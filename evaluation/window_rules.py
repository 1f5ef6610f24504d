"""Whether something is open now, for whom, and until when: by the server's clock, inside the caller's transaction."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from engine.calendar import Calendar, UnknownYear, end_of, last_day, moment_said
from evaluation.models import Cycle, DayKind, Extension, Phase, Unit, Window
from evaluation.states import CycleState
from evaluation.verdict import YES, Verdict, no
from evaluation.words import both

LONGEST = timedelta(days=366)
"""No window and no extension is longer: a year typed wrongly would otherwise be open for a decade."""


def midnight(day: date) -> datetime:
    """0:00 of a day, where the city is."""
    return timezone.make_aware(datetime.combine(day, time()))


def end(day: date) -> datetime:
    """24:00 of a day, where the city is."""
    return timezone.make_aware(end_of(day))


def closing(opens: datetime, days: int, kind: str, calendar: Calendar) -> datetime | None:
    """When a window of so many days closes; None if a year that it needs is not known."""
    zero = timezone.localtime(opens).date()
    try:
        return end(last_day(zero, days, calendar if kind == DayKind.WORKING else None))
    except UnknownYear:
        return None


def unknown_year(window: Window, calendar: Calendar) -> int | None:
    """The year whose notice a window waits for, if it waits."""
    if window.closes is not None or window.days is None:
        return None
    try:
        last_day(timezone.localtime(window.opens).date(), window.days, calendar)
    except UnknownYear as unknown:
        return unknown.year
    return None


def moment(at: datetime) -> str:
    """A moment as people write it, where the city is: the end of a day is “24:00” of it."""
    local = timezone.localtime(at)
    said = moment_said(local.replace(tzinfo=None))
    return f"{said} 24:00" if local.time() == time() else said


def closes_for(window: Window, unit: Unit | None) -> datetime | None:
    """When a window closes for a unit, its extensions included; None as long as nobody knows."""
    if unit is None or window.closes is None:
        return window.closes
    longest = Extension.objects.filter(window=window, unit=unit).aggregate(Max("until"))["until__max"]
    return max(window.closes, longest) if longest else window.closes


def is_open(window: Window, unit: Unit | None = None, *, now: datetime | None = None) -> Verdict:
    """Whether a window is open at a moment (now, if left out): `opens` ≤ moment < `closes`."""
    now = now or timezone.now()
    what = both(Phase(window.phase).label)
    if now < window.opens:
        return no("“{what}”尚未开始，{at} 起开放", '"{what}" has not begun: it opens on {at}',
                  what=what, at=begins(window.opens))  # fmt: skip
    closes = closes_for(window, unit)
    if closes is not None and now >= closes:
        return no("“{what}”已于 {at} 截止", '"{what}" closed on {at}', what=what, at=moment(closes))
    return YES


def begins(at: datetime) -> str:
    """The beginning of something: the start of a day is its date."""
    local = timezone.localtime(at)
    return local.date().isoformat() if local.time() == time() else f"{local:%Y-%m-%d %H:%M}"


def phase_open(cycle: Cycle, phase: str, unit: Unit | None = None) -> Verdict:
    """Whether a phase of a cycle is open now, for a unit with its own time."""
    window = Window.objects.filter(cycle=cycle, phase=phase).first()
    if window is None:
        return no("“{what}”还没有安排时间", 'no time is set for "{what}" yet', what=both(Phase(phase).label))
    return is_open(window, unit)


def not_over(cycle: Cycle) -> Verdict:
    """An archived cycle has no more time to give."""
    if cycle.state == CycleState.ARCHIVED:
        return no("周期已归档，不能再安排时间", "the cycle is archived: no time is set any more")
    return YES


def may_change(old: Window, new: Window, now: datetime) -> Verdict:
    """Before it opens a window is moved freely; once open it is never begun anew and never shortened."""
    if now < old.opens:
        return YES
    if new.opens != old.opens:
        return no("窗口期已经开始，开始时间不能再改", "the window has opened: its beginning stays")
    if old.closes is not None and new.closes is not None and new.closes < old.closes:
        return no(
            "窗口期已经开始，截止时间只能推后，不能提前（现为 {at}）",
            "the window has opened: it can be made longer, not shorter (it closes on {at})",
            at=moment(old.closes),
        )  # fmt: skip
    return YES
