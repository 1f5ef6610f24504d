"""Notices entered and corrected, windows set, days of the register kept: every window ends by the last notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.utils import timezone

from evaluation.models import Cycle, DayKind, Phase, Window, WorkingDay
from evaluation.notice import read_notice
from evaluation.selectors import calendar_now
from evaluation.services.audit import problems_of_the_trail
from evaluation.services.calendar import enter_notice
from evaluation.services.registry import keep_working_day
from evaluation.services.windows import set_window
from evaluation.window_rules import closing
from tests.at_once import ROUNDS, at_once
from tests.little import CLERK
from tests.notices import NOTICES


def play() -> None:
    year = timezone.localdate().year + 1  # all windows are still to come, so that each may move to and fro
    days = [
        one._replace(day=date(year, 1, 1) + (one.day - date(2026, 1, 1))) for one in read_notice(NOTICES[2026], 2026)
    ]
    cycles = [Cycle.objects.create(code=f"c-{n}", title="年度", year=year, state="running") for n in range(3)]

    def noticing(left_out: int) -> Callable[[], None]:
        def work() -> None:
            for turn in range(ROUNDS):
                told = days[: len(days) - left_out * (turn % 2)]
                enter_notice(year=year, number=f"{left_out}", days=told, actor=CLERK)

        return work

    def planning() -> None:
        for turn in range(ROUNDS):
            for cycle in cycles:
                opens = datetime(year, 9, 15 + turn, 1, tzinfo=UTC)
                set_window(cycle=cycle, phase=Phase.APPEALS, opens=opens, days=15, kind=DayKind.WORKING, actor=CLERK,
                           reason="试")  # fmt: skip

    def keeping() -> None:
        for turn in range(ROUNDS):
            row = WorkingDay.objects.get(day=date(year, 1, 1))
            row.notice = f"通知 {turn}"
            keep_working_day(row, ["notice"], actor=CLERK)

    enter_notice(year=year, number="0", days=days, actor=CLERK)
    wrong = at_once([noticing(1), noticing(2), planning, planning, keeping])
    assert wrong == [], "\n".join(wrong)
    known = calendar_now()
    for window in Window.objects.all():
        assert window.closes == closing(window.opens, window.days or 0, window.kind, known)
    assert list(problems_of_the_trail()) == []
    print(Window.objects.count())
