"""The timetable of a cycle as a picture: each window a bar on one axis of months, today marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from evaluation.models import Cycle, Extension, Phase, Window
from evaluation.moments import begins, last_day_of, midnight, moment
from evaluation.rules.windows import is_open, unknown_year
from evaluation.selectors import calendar_now
from evaluation.verdict import Verdict

WIDTH = 600  # of the canvas, in whole numbers


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month on the axis."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Longer:
    """An extension: for which unit, until when, why, by whom; `x` and `width` of its bar."""

    extension: Extension
    until: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """A phase: its window in words and as a bar; without a window nothing is set."""

    phase: Phase
    window: Window | None
    verdict: Verdict | None = None
    opens: str = ""
    closes: str = ""
    unknown: int | None = None
    x: int = 0
    width: int = 0
    longer: Sequence[Longer] = ()

    @property
    def when(self) -> str:
        """Whether it is over, open or ahead."""
        if self.window is None or self.verdict is None:
            return "unset"
        if self.verdict:
            return "now"
        return "ahead" if timezone.now() < self.window.opens else "over"


@dataclass(frozen=True, slots=True)
class Timetable:
    """All phases, the months above them, and where today is; None where today is off the picture."""

    rows: Sequence[Row]
    ticks: Sequence[Tick]
    today: int | None


@dataclass(frozen=True, slots=True)
class _Axis:
    begin: datetime
    end: datetime

    def at(self, moment: datetime) -> int:
        inside = min(max(moment, self.begin), self.end) - self.begin
        return inside * WIDTH // (self.end - self.begin)


def timetable_of(cycle: Cycle, *, longer: bool) -> Timetable:
    """The picture of a cycle: phases with a window by time, then those without.

    Args:
        cycle: the cycle.
        longer: whether to show who has more time; to others nothing shows that anybody has.
    """
    windows = list(Window.objects.filter(cycle=cycle).order_by("opens", "phase"))
    more: dict[int, list[Extension]] = defaultdict(list)
    for one in Extension.objects.filter(window__in=windows).select_related("unit") if longer else ():
        more[one.window_id].append(one)
    axis, calendar = _axis(cycle, windows, [one.until for ones in more.values() for one in ones]), calendar_now()
    rows = [_row(window, more[window.pk], axis, unknown_year(window, calendar)) for window in windows]
    unset = [Row(phase, None) for phase in Phase if phase not in {one.phase for one in windows}]
    now = timezone.now()
    return Timetable([*rows, *unset], _ticks(axis), axis.at(now) if axis.begin <= now < axis.end else None)


def _axis(cycle: Cycle, windows: Sequence[Window], until: Sequence[datetime]) -> _Axis:
    """Whole months around everything; the year of the cycle where nothing is set."""
    moments = [*(one.opens for one in windows), *(one.closes for one in windows if one.closes), *until]
    if not moments:
        return _Axis(midnight(date(cycle.year, 1, 1)), midnight(date(cycle.year + 1, 1, 1)))
    first, last = timezone.localtime(min(moments)).date(), last_day_of(max(moments))
    return _Axis(midnight(first.replace(day=1)), midnight(_next_month(last)))


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _ticks(axis: _Axis) -> list[Tick]:
    """A tick for each month, labelled so that labels do not touch."""
    months, day = [], timezone.localtime(axis.begin).date()
    while midnight(day) < axis.end:
        months.append(day)
        day = _next_month(day)
    every = -(-len(months) // 9)
    return [
        Tick(axis.at(midnight(day)), _month_said(day, months[number - every] if number else None))
        if number % every == 0 else Tick(axis.at(midnight(day)), "")
        for number, day in enumerate(months)
    ]  # fmt: skip


def _month_said(day: date, before: date | None) -> str:
    """The month; the year with the first label of each year."""
    return str(day.month) if before is not None and before.year == day.year else f"{day.year}-{day.month}"


def _row(window: Window, more: Sequence[Extension], axis: _Axis, unknown: int | None) -> Row:
    end = window.closes or axis.end
    x = axis.at(window.opens)
    longer = [Longer(one, moment(one.until), axis.at(end), max(axis.at(one.until) - axis.at(end), 2)) for one in more]
    return Row(
        Phase(window.phase), window, is_open(window), begins(window.opens),
        moment(window.closes) if window.closes else "", unknown, x, max(axis.at(end) - x, 2), longer,
    )  # fmt: skip
