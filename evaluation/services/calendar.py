"""The working calendar is written here and nowhere else: a notice whole, a day of the register, days of a workbook.

Whichever way it comes, all cycles are locked before, and every window that is still open moves with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from engine.calendar import Calendar
from engine.text import Text
from evaluation.actor import Actor
from evaluation.calendar.notice import NEW_YEAR, NamedDay, complete
from evaluation.calendar.working_days import Citation, named_by_notice_of
from evaluation.models import Cycle, Window, WorkingDay
from evaluation.rules import may_write_data
from evaluation.selectors import calendar_now
from evaluation.services.audit import canonical, record
from evaluation.services.registry import Ledger, Seen, put
from evaluation.services.windows import move_open_windows
from evaluation.verdict import Refused

_NO_NUMBER = Text("请写明通知的文号", "the number of the notice is missing")
_TWICE = Text("{day} 出现了两次", "{day} is named twice")
_OVERTAKEN = Text(
    "您打开之后，别人已改动{year}年的工作日历；请看过新的变动再确认",
    "somebody else has changed the working calendar of {year} meanwhile; look at what is different now, then confirm",
)
_MEANWHILE = Text(
    "工作日历刚刚被别人改动，请重新录入这份数据",
    "somebody else has changed the working calendar at this very moment: enter this data again",
)


class Said(NamedTuple):
    """What is said of a day: whether it is worked, and where that stands."""

    works: bool
    notice: str


Stored = Mapping[date, Said]


@dataclass(frozen=True, slots=True)
class Difference:
    """A day of which something else is said than before; None where nothing was, or nothing is to be."""

    day: date
    old: Said | None
    new: Said | None


class Entered(NamedTuple):
    """What was different, and the windows that close at another time because of it."""

    differences: Sequence[Difference]
    moved: Sequence[Window]


def enter_notice(*, year: int, number: str, days: Sequence[NamedDay], actor: Actor, seen: str | None = None) -> Entered:
    """Enter the notice of a year in place of what is known of it; open windows move with it.

    Args:
        year: whose notice it is.
        number: of the notice, such as 国办发明电〔2025〕7号.
        days: everything that it names; days of the year that are not among them are named no more.
        actor: who enters it.
        seen: the print of what was stored when the person looked at it (`print_of`); None if nobody did.

    Returns:
        What was different, and what moved; where nothing was different, nothing is written.

    Raises:
        Refused: he may not, somebody was quicker, or it is no notice of that year.
    """
    may_write_data(actor).insist()
    number = number.strip()
    _insist_on_notice(year, number, days)
    with changing_calendar(actor=actor, because=number) as moved:
        stored = stored_days(year, days)
        if seen is not None and seen != print_of(stored):
            raise Refused(_OVERTAKEN.format(year=year))
        found = differences(stored, number, days)
        if found:
            _write(found)
            old, new = _told(found)
            about = WorkingDay(day=date(year, *NEW_YEAR))
            record("enter_notice", about, actor=actor, key=str(year), number=number, old=old, new=new)
    return Entered(found, moved)


def _insist_on_notice(year: int, number: str, days: Sequence[NamedDay]) -> None:
    if not number:
        raise Refused(_NO_NUMBER)
    for problem in complete(days, year):
        raise Refused(problem)
    known: set[date] = set()
    for one in days:
        if one.day in known:
            raise Refused(_TWICE.format(day=one.day))
        known.add(one.day)


@contextmanager
def changing_calendar(*, actor: Actor, because: str) -> Iterator[list[Window]]:
    """Everything that writes days does it inside: one transaction, and what is open still moves at its end.

    Args:
        actor: who changes the calendar.
        because: by what, for the trail of the windows.

    Yields:
        A list that has the windows that were moved, once the block has ended.
    """
    moved: list[Window] = []
    with transaction.atomic():
        lock_calendar()
        yield moved
        moved += move_open_windows(actor=actor, because=because)


def lock_calendar() -> None:
    """The calendar is every cycle's, and who writes locks the cycle first: windows, workbooks and runs wait here.

    Then the days by date, for a city that has no cycle yet.
    """
    for model, order in ((Cycle, "pk"), (WorkingDay, "day")):
        list(model._default_manager.order_by(order).select_for_update(no_key=True).values_list("pk"))


def keep_working_day(
    day: WorkingDay, fields: Collection[str], *, actor: Actor, seen: Seen | None = None, ledger: Ledger | None = None
) -> bool:
    """Enter or change a day that a notice names; an import, which has a ledger, moves the windows when it is through.

    Returns, raises:
        As `put` does.
    """
    key = day.day.isoformat()
    if ledger is not None:
        return put(day, fields, actor=actor, key=key, ledger=ledger)
    with changing_calendar(actor=actor, because=day.notice or key):
        return put(day, fields, actor=actor, key=key, seen=seen)


def lock_cycle(cycle: Cycle, calendar: Calendar) -> Cycle:
    """Lock a cycle into which a workbook is entered; before it all others, if that says something new of the calendar.

    Raises:
        Refused: the calendar was changed at this very moment.
    """
    alone = not _news(calendar)
    if not alone:
        lock_calendar()
    locked = Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    if alone and _news(calendar):
        raise Refused(_MEANWHILE)
    return locked


def add_days(calendar: Calendar, *, because: str, actor: Actor) -> None:
    """Enter the days of a workbook: they are added or changed, never taken away.

    Args:
        calendar: its days.
        because: the name of the file.
        actor: who enters it. The caller has locked by `lock_cycle` in the same transaction.
    """
    news = _news(calendar)
    if not news:
        return
    with changing_calendar(actor=actor, because=because):
        for day, works in news.items():
            row, _ = WorkingDay.objects.update_or_create(day=day, defaults={"works": works})
            record("set_working_day", row, actor=actor, key=day.isoformat(), works=works)


def _news(calendar: Calendar) -> Mapping[date, bool]:
    """What a calendar says otherwise than is stored, by date: whether the day is worked."""
    known = calendar_now()
    told = dict.fromkeys(calendar.off - known.off, False) | dict.fromkeys(calendar.working - known.working, True)
    return dict(sorted(told.items()))


def stored_days(year: int, days: Iterable[NamedDay]) -> Stored:
    """What is known of the days that the notice of a year names: by what is stored, or by these days."""
    named = named_by_notice_of(year).values("pk")
    rows = WorkingDay.objects.filter(Q(pk__in=named) | Q(day__in=[one.day for one in days])).order_by("day")
    return {one.day: Said(one.works, one.notice) for one in rows}


def print_of(stored: Stored) -> str:
    """A print of what is stored, by which it is known again."""
    told = [[day.isoformat(), *said] for day, said in sorted(stored.items())]
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def differences(stored: Stored, number: str, days: Iterable[NamedDay]) -> list[Difference]:
    """What is going to be different, by date."""
    wanted = {one.day: Said(one.works, str(Citation(number, one.holiday))) for one in days}
    return [
        Difference(day, stored.get(day), wanted.get(day))
        for day in sorted({*stored, *wanted})
        if stored.get(day) != wanted.get(day)
    ]


def _write(found: Iterable[Difference]) -> None:
    WorkingDay.objects.filter(day__in=[one.day for one in found if one.new is None]).delete()
    rows = [WorkingDay(day=one.day, works=one.new.works, notice=one.new.notice) for one in found if one.new]
    fields = ["works", "notice", "updated"]
    WorkingDay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["day"], update_fields=fields)


def _told(found: Iterable[Difference]) -> tuple[dict[str, Said], dict[str, Said]]:
    """The old and the new by date, for the trail."""
    old = {one.day.isoformat(): one.old for one in found if one.old}
    return old, {one.day.isoformat(): one.new for one in found if one.new}
