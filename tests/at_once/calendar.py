"""W6: notices, days of the register, workbooks that name days, windows set: every window ends by what is known last."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from django.utils import timezone

from engine.calendar import Calendar
from engine.facts import Facts
from evaluation.calendar.notice import NamedDay, read_notice
from evaluation.models import Cycle, DayKind, Phase, Window, WorkingDay
from evaluation.rules.windows import closing
from evaluation.selectors import calendar_now
from evaluation.services.audit import problems_of_the_trail
from evaluation.services.calendar import enter_notice, keep_working_day
from evaluation.services.windows import set_window
from evaluation.verdict import Refused
from scoring.services.entering import enter_facts
from tests.at_once import ROUNDS, at_once
from tests.little import CLERK, little_cycle
from tests.notices import NOTICES
from tests.scoring.test_one_change import known


def play() -> None:
    year = timezone.localdate().year + 1  # all windows are still to come, so that each may move to and fro
    days = [
        one._replace(day=date(year, 1, 1) + (one.day - date(2026, 1, 1))) for one in read_notice(NOTICES[2026], 2026)
    ]
    cycles = [Cycle.objects.create(code=f"c-{n}", title="年度", year=year, state="running") for n in range(3)]
    enter_notice(year=year, number="0", days=days, actor=CLERK)
    book = little_cycle(Path(tempfile.mkdtemp()))
    noticing = [partial(notices, year, days, left_out) for left_out in (1, 2)]
    entering = [partial(workbooks, year, book, known(book))] * 2
    wrong = at_once([*noticing, *entering, *[partial(windows, year, cycles)] * 2, partial(register, year)])
    assert wrong == [], "\n".join(wrong)
    settled = calendar_now()
    for window in Window.objects.all():
        assert window.closes == closing(window.opens, window.days or 0, window.kind, settled)
    assert list(problems_of_the_trail()) == []
    print(Window.objects.count())


def notices(year: int, days: list[NamedDay], left_out: int) -> None:
    for turn in range(ROUNDS):
        told = days[: len(days) - left_out * (turn % 2)]
        enter_notice(year=year, number=f"{left_out}", days=told, actor=CLERK)


def windows(year: int, cycles: list[Cycle]) -> None:
    for turn in range(ROUNDS):
        for cycle in cycles:
            opens = datetime(year, 9, 15 + turn, 1, tzinfo=UTC)
            set_window(cycle=cycle, phase=Phase.APPEALS, opens=opens, days=15, kind=DayKind.WORKING, actor=CLERK,
                       reason="试")  # fmt: skip


def register(year: int) -> None:
    for turn in range(ROUNDS):
        row = WorkingDay.objects.get(day=date(year, 1, 1))
        row.notice = f"通知 {turn}"
        keep_working_day(row, ["notice"], actor=CLERK)


def workbooks(year: int, cycle: Cycle, facts: Facts) -> None:
    for turn in range(ROUNDS // 3):
        told = Calendar(off=frozenset({date(year, 1, 1), date(year, 9, 20 + turn % 3)}))
        with suppress(Refused):  # the calendar was changed at that very moment
            enter_facts(cycle=cycle, facts=replace(facts, calendar=told), source=str(turn), actor=CLERK)
