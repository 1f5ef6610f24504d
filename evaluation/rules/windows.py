"""Whether something is open now, for whom, and until when: by the server's clock, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from engine.calendar import Calendar, UnknownYear, days_left, last_day
from evaluation.actor import Actor
from evaluation.models import Cycle, DayKind, EvaluatedUnit, Extension, Phase, Unit, Window
from evaluation.moments import begins, end, last_day_of, moment
from evaluation.selectors import calendar_now
from evaluation.states import CycleState
from evaluation.verdict import YES, Verdict, no
from evaluation.words import both


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


def closes_for(window: Window, unit: Unit | None) -> datetime | None:
    """When a window closes for a unit, its extensions included; None as long as nobody knows."""
    if unit is None or window.closes is None:
        return window.closes
    longest = Extension.objects.filter(window=window, unit=unit).aggregate(Max("until"))["until__max"]
    return max(window.closes, longest) if longest else window.closes


def is_open(window: Window, unit: Unit | None = None, *, now: datetime | None = None) -> Verdict:
    """Whether a window is open at a moment (now, if left out): `opens` ≤ moment < `closes`."""
    return _open(window, closes_for(window, unit), now or timezone.now())


def _open(window: Window, closes: datetime | None, now: datetime) -> Verdict:
    what = both(Phase(window.phase).label)
    if now < window.opens:
        return no("“{what}”尚未开始，{at} 起开放", '"{what}" has not begun: it opens on {at}',
                  what=what, at=begins(window.opens))  # fmt: skip
    if closes is not None and now >= closes:
        return no("“{what}”已于 {at} 截止", '"{what}" closed on {at}', what=what, at=moment(closes))
    return YES


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


def not_ones_own(actor: Actor, unit: Unit) -> Verdict:
    """Nobody gives time to a unit of his own."""
    if actor.user is not None and unit.pk in {own for _, own in actor.user.roles}:
        return no("不能为本单位批准延期", "nobody gives more time to a unit of his own")
    return YES


def makes_sense(new: Window, now: datetime) -> Verdict:
    """A window is of the years around its cycle, and not over before anybody knows of it."""
    year = timezone.localtime(new.opens).year
    if not new.cycle.year - 1 <= year <= new.cycle.year + 2:
        return no(
            "开始日期（{year} 年）与周期年度不符，请核对",
            "it opens in {year}, far from the year of the cycle",
            year=year,
        )
    if new.closes is not None and new.closes <= now:
        return no("截止时间（{at}）已经过去", "it would have closed already ({at})", at=moment(new.closes))
    return YES


def may_change(old: Window, new: Window, now: datetime) -> Verdict:
    """Before it opens a window is moved freely; once open it is never begun anew and never shortened."""
    if now < old.opens:
        return YES
    if new.opens != old.opens:
        return no("窗口期已经开始，开始时间不能再改", "the window has opened: its beginning stays")
    if old.closes is None and not (new.kind == DayKind.WORKING and (new.days or 0) >= (old.days or 0)):
        return no(
            "窗口期已经开始，截止时间还不能确定，只能增加工作日天数（现为 {days} 个工作日）",
            "the window has opened and its end is not known yet: it can only have more working days (it has {days})",
            days=old.days,
        )  # fmt: skip
    if old.closes is not None and new.closes is None:
        return no(
            "窗口期已经开始，截止时间不能改为待定",
            "the window has opened: its end cannot become unknown",
        )
    if old.closes is not None and new.closes is not None and new.closes < old.closes:
        return no(
            "窗口期已经开始，截止时间只能推后，不能提前（现为 {at}）",
            "the window has opened: it can be made longer, not shorter (it closes on {at})",
            at=moment(old.closes),
        )  # fmt: skip
    return YES


def lasts(old: Window, new: Window) -> bool:
    """Whether a window has begun when another would, and is known to end no sooner."""
    known = old.closes is not None and new.closes is not None and old.closes >= new.closes
    return known and old.opens <= new.opens


@dataclass(frozen=True, slots=True)
class Standing:
    """How a window stands for a unit now.

    Attributes:
        window: the window; None where no time is set.
        verdict: whether it is open, and why not.
        ends: when it closes for the unit; None where that is not known or not set.
        closes: the same in words, with the unit's extension.
        extended: whether the unit has more time than the others.
        unknown: the year whose holidays are not known, if it waits for them.
        left: days to its last day, of the kind that it counts: 0 on the last day; None where it is over or unknown.
    """

    window: Window | None
    verdict: Verdict
    ends: datetime | None = None
    closes: str = ""
    extended: bool = False
    unknown: int | None = None
    left: int | None = None


def standing_of(cycle: Cycle, phase: str, unit: Unit | None = None) -> Standing:
    """How a phase of a cycle stands now, for a unit or for all."""
    window = Window.objects.filter(cycle=cycle, phase=phase).first()
    if window is None:
        return Standing(None, phase_open(cycle, phase))
    return _standing(window, closes_for(window, unit), calendar_now())


def standings(rows: Iterable[EvaluatedUnit], phase: str) -> dict[int, Standing]:
    """How a phase stands now for each of many evaluated units, by id, in as many queries as for one."""
    units = list(rows)
    windows = {
        one.cycle_id: one for one in Window.objects.filter(phase=phase, cycle__in={one.cycle_id for one in units})
    }
    longer = Extension.objects.filter(window__in=windows.values(), unit__in={one.unit_id for one in units})
    until = {(window, unit): end for window, unit, end in longer.values_list("window", "unit").annotate(Max("until"))}
    calendar, found = calendar_now(), {}
    for row in units:
        if (window := windows.get(row.cycle_id)) is not None:
            longest = until.get((window.pk, row.unit_id))
            closes = max(window.closes, longest) if window.closes and longest else window.closes
            found[row.pk] = _standing(window, closes, calendar)
    return found


def _standing(window: Window, closes: datetime | None, calendar: Calendar) -> Standing:
    verdict = _open(window, closes, timezone.now())
    if closes is None or window.closes is None:
        return Standing(window, verdict, unknown=unknown_year(window, calendar))
    left = _left(window, closes, calendar) if verdict else None
    return Standing(window, verdict, closes, moment(closes), closes > window.closes, left=left)


def _left(window: Window, closes: datetime, calendar: Calendar) -> int | None:
    """From today to the last day, in calendar or working days as the window counts; None where nobody knows."""
    today, last = timezone.localdate(), last_day_of(closes)
    try:
        return days_left(today, last, calendar if window.kind == DayKind.WORKING else None)
    except UnknownYear:
        return None
