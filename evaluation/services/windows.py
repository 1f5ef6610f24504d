"""When things are open: windows are set, made longer for one unit, and moved by a notice of holidays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from engine.calendar import Calendar
from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import Cycle, DayKind, Decision, EvaluatedUnit, Extension, Phase, Unit, Window
from evaluation.moments import LONGEST, end, here, moment
from evaluation.reason import given
from evaluation.rules import OF_A_UNIT, may_step
from evaluation.rules.windows import closes_for, closing, lasts, makes_sense, may_change, not_ones_own, not_over
from evaluation.selectors import calendar_now, people_of
from evaluation.services.audit import record
from evaluation.services.notify import tell
from evaluation.services.transition import as_seen, counted_up
from evaluation.verdict import Refused
from evaluation.words import both

_MOVED = Text("“{cycle}”的“{phase}”改为 {at} 截止", '"{phase}" of "{cycle}" now closes on {at}')
_LONGER = Text(
    "“{cycle}”的“{phase}”已为本单位延期至 {at}", '"{phase}" of "{cycle}" is extended for your unit until {at}'
)
_NOT_KNOWN = Text("（待定）", "(unknown)")
_NEITHER = Text("天数和截止日期要填且只填一项", "give either a number of days or a closing date")
_BACKWARDS = Text("截止时间必须晚于开始时间", "it must close after it opens")
_TOO_LONG = Text("超过一年，请核对日期", "that is more than a year: check the dates")
_NO_PART = Text("“{unit}”不参加这个周期", '"{unit}" takes no part in this cycle')
_NO_LONGER = Text("延期必须晚于现在的截止时间（{at}）", "an extension must end after the closing time ({at})")
_PAST = Text("延期必须晚于现在", "an extension must end in the future")
_ENDLESS = Text("截止日尚未确定，不需要延期", "it has no closing time yet: nothing needs to be extended")


def set_window(
    *,
    cycle: Cycle,
    phase: str,
    opens: datetime,
    actor: Actor,
    days: int | None = None,
    kind: str = DayKind.CALENDAR,
    last: date | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Window:
    """Say from when to when a phase of a cycle is open, or move that.

    Args:
        cycle: the cycle.
        phase: one of `Phase`.
        opens: the moment it opens; its day is day 0.
        actor: who says so.
        days: how many days follow day 0, in place of `last`.
        kind: which days count.
        last: the last day itself, in place of `days`.
        reason: why, once the window has opened.
        seen: the revision that he has looked at, of a window that there is.

    Raises:
        Refused: he may not, the dates are no good, an open window would be shortened or changed without a reason.
    """
    may_step(actor, "set_window").insist()
    with transaction.atomic():
        cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
        not_over(cycle).insist()
        old = Window.objects.select_for_update(no_key=True).filter(cycle=cycle, phase=phase).first()
        new = Window(cycle=cycle, phase=phase, opens=opens, days=days, kind=kind if days else DayKind.CALENDAR)
        new.closes = _closes(new, last, calendar_now())
        makes_sense(new, timezone.now()).insist()
        if old is not None:
            _changed(old, new, reason, seen)
        return _written(old, new, actor, reason)


def begin_window(*, cycle: Cycle, phase: str, days: int, kind: str, actor: Actor) -> Window:
    """Let a phase begin now because of a step of its cycle; a window that is open and ends no sooner stays.

    One that was set otherwise, or has been over since the step was taken before, begins anew: the trail has both.

    Args:
        cycle: the cycle, which the caller has locked.
        phase: one of `Phase`.
        days: how many days follow today.
        kind: which days count.
        actor: who takes the step; that he may is asked there.
    """
    old = Window.objects.select_for_update(no_key=True).filter(cycle=cycle, phase=phase).first()
    new = Window(cycle=cycle, phase=phase, opens=timezone.now(), days=days, kind=kind)
    new.closes = _closes(new, None, calendar_now())
    return old if old is not None and lasts(old, new) else _written(old, new, actor, "")


def _closes(window: Window, last: date | None, calendar: Calendar) -> datetime | None:
    if (window.days is None) == (last is None):
        raise Refused(_NEITHER)
    closes = end(last) if last else closing(window.opens, window.days or 0, window.kind, calendar)
    if closes is not None and closes <= window.opens:
        raise Refused(_BACKWARDS)
    if closes is not None and closes - window.opens > LONGEST:
        raise Refused(_TOO_LONG)
    return closes


def _changed(old: Window, new: Window, reason: str, seen: int | None) -> None:
    now = timezone.now()
    as_seen(old, seen).insist()
    may_change(old, new, now).insist()
    if now >= old.opens:
        given(reason)


def _written(old: Window | None, new: Window, actor: Actor, reason: str) -> Window:
    target, before = old or new, {} if old is None else said(old)
    for name in ("opens", "days", "kind", "closes"):
        setattr(target, name, getattr(new, name))
    if before == said(target):
        return target
    target.full_clean(validate_unique=False, validate_constraints=False)
    counted_up(target)
    target.save()
    why = {"reason": reason} if reason.strip() else {}
    record("set_window", target, actor=actor, key=key_of(target), old=before, new=said(target), **why)
    return target


def said(window: Window) -> dict[str, object]:
    """What a window says, as plain data."""
    closes = None if window.closes is None else here(window.closes)
    return {"opens": here(window.opens), "days": window.days, "kind": window.kind, "closes": closes}


def key_of(window: Window) -> str:
    """How the trail calls a window."""
    return f"{window.cycle.code}/{window.phase}"


def extend_window(
    *, window: Window, unit: Unit, last: date, reason: str, actor: Actor, decision: Decision | None = None
) -> Extension:
    """Give one unit more time, until 24:00 of a day; it ends by itself.

    Raises:
        Refused: he may not, the unit takes no part, the reason is missing, or it would be no longer than before.
    """
    may_step(actor, "extend_window").insist()
    with transaction.atomic():
        not_over(Cycle.objects.select_for_update(no_key=True).get(pk=window.cycle_id)).insist()
        locked = Window.objects.select_for_update(no_key=True).select_related("cycle").get(pk=window.pk)
        why = given(reason)
        not_ones_own(actor, unit).insist()
        if not EvaluatedUnit.objects.filter(cycle=locked.cycle, unit=unit).exists():
            raise Refused(_NO_PART.format(unit=unit.name))
        until = _longer(locked, unit, last)
        made = Extension.objects.create(
            window=locked, unit=unit, until=until, reason=why, by=actor.user, by_name=actor.name,
            decision=decision,
        )  # fmt: skip
        record(
            "extend_window", locked, actor=actor, key=key_of(locked), reason=made.reason, unit=unit.code,
            until=here(until), decision=str(decision) if decision else None,
        )  # fmt: skip
        said = _LONGER.format(cycle=locked.cycle, phase=both(Phase(locked.phase).label), at=moment(until))
        path = reverse("timetable", args=[locked.cycle.code])
        tell(people_of([unit], OF_A_UNIT), key=f"extension/{made.pk}", text=said, path=path)
    return made


def _longer(window: Window, unit: Unit, last: date) -> datetime:
    before, until = closes_for(window, unit), end(last)
    if before is None:
        raise Refused(_ENDLESS)
    if until <= before:
        raise Refused(_NO_LONGER.format(at=moment(before)))
    if until <= timezone.now():
        raise Refused(_PAST)
    if until - window.opens > LONGEST:
        raise Refused(_TOO_LONG)
    return until


def move_open_windows(*, actor: Actor, because: str) -> Sequence[Window]:
    """Let the windows that are not over end as the working calendar now says; each leaves a trace, units are told.

    One that is open already ends later, never sooner; one whose end was not known ends today at the earliest.

    Args:
        actor: who has entered the notice.
        because: the notice, for the trail.

    Returns:
        Those that were moved. The caller has a transaction open, and has written the calendar in it.
    """
    now, calendar = timezone.now(), calendar_now()
    open_still = Q(closes__isnull=True) | Q(closes__gt=now)
    windows = Window.objects.filter(open_still, kind=DayKind.WORKING, days__isnull=False).select_related("cycle")
    moved = []
    for window in windows.order_by("cycle_id", "pk").select_for_update(no_key=True, of=("self",)):
        before, closes = said(window), _moved_to(window, calendar, now)
        if closes != window.closes:
            window.closes = closes
            window.save(update_fields=["closes", "updated", *counted_up(window)])
            record("move_window", window, actor=actor, key=key_of(window), old=before, new=said(window), notice=because)
            _tell_moved(window)
            moved.append(window)
    return moved


def _moved_to(window: Window, calendar: Calendar, now: datetime) -> datetime | None:
    closes = closing(window.opens, window.days or 0, window.kind, calendar)
    if now < window.opens:
        return closes
    if closes is None or (window.closes is not None and closes < window.closes):
        return window.closes
    return max(closes, end(timezone.localtime(now).date()))


def _tell_moved(window: Window) -> None:
    """The units of its cycle: from now on it closes at another time."""
    units = Unit.objects.filter(evaluations__cycle=window.cycle_id)
    closes = moment(window.closes) if window.closes else _NOT_KNOWN
    said = _MOVED.format(cycle=window.cycle, phase=both(Phase(window.phase).label), at=closes)
    path = reverse("timetable", args=[window.cycle.code])
    tell(people_of(units, OF_A_UNIT), key=f"window/{window.pk}/{window.revision}", text=said, path=path)
