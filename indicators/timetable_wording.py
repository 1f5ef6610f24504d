"""The timetable of a scheme in sentences."""

from __future__ import annotations

from engine.grammar.dates import YearDay
from engine.language.timetable import PlannedWindow
from engine.text import Text
from evaluation.models import Phase
from evaluation.words import both

_WORKING = {True: Text("个工作日", "working"), False: Text("个自然日", "calendar")}


def phase_called(window: PlannedWindow) -> Text:
    """What its phase is called."""
    return both(Phase(window.phase).label)


def window_said(window: PlannedWindow) -> Text:
    """From when to when, or for how long."""
    if window.opens is None:
        return Text("{length}，开始日期另定", "{length}, from a day to be set").format(length=_length_said(window))
    opens = _day_said(window.opens)
    if window.closes is None:
        return Text("{opens}起 {length}", "{length} from {opens}").format(opens=opens, length=_length_said(window))
    return Text("{opens}至{closes}", "{opens} to {closes}").format(opens=opens, closes=_day_said(window.closes))


def _length_said(window: PlannedWindow) -> Text:
    text = Text("{n} {kind}", "{n} {kind} day" if window.days == 1 else "{n} {kind} days")
    return text.format(n=window.days, kind=_WORKING[window.working])


def _day_said(day: YearDay) -> Text:
    text = Text("{month}月{day}日", "{month:02}-{day:02}")
    if day.next_year:
        text = Text(f"次年{text.zh}", f"{text.en} of the next year")
    return text.format(month=day.month, day=day.day)
