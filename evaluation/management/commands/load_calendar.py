"""`load_calendar`: the working calendar of past years, from a package instead of from their notices."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.db import transaction

from engine.text import Text
from evaluation import command as base
from evaluation.actor import Actor
from evaluation.calendar.past_notices import SOURCE, days_named_for, known_years
from evaluation.selectors import calendar_now
from evaluation.services.calendar import enter_notice

_UNKNOWN = Text(
    "{source} 没有这些年份的放假通知：{years}；只有 {first} 至 {last} 年。什么也没有录入",
    "{source} does not know the notices of {years}, only those from {first} to {last}; nothing was entered",
)
_THERE = Text("{year}：已有录入，保持不变", "{year}: entered already, left as it is")
_ENTERED = Text("{year}：录入 {days} 天", "{year}: {days} days entered")


class Command(base.Command):
    """Enters the years that are asked for, all or none; what the office has entered is left alone."""

    help = (
        "Enter the working calendar of years whose notices are known, each as one notice; known years stay as they are."
    )
    example = "load_calendar --years 2024-2026"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--years", type=_years, default=known_years(), metavar="FIRST-LAST",
            help="one year, or the first and the last (default: all that are known)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        known = known_years()
        unknown = [year for year in options["years"] if year not in known]
        if unknown:
            years = "、".join(map(str, unknown))
            self.refuse([_UNKNOWN.format(source=SOURCE, years=years, first=known[0], last=known[-1])])
        with transaction.atomic():
            for year in options["years"]:
                self._enter(year)

    def _enter(self, year: int) -> None:
        if calendar_now().knows(year):
            self.stdout.write(self.say(_THERE.format(year=year)))
            return
        days = days_named_for(year)
        enter_notice(year=year, number=SOURCE, days=days, actor=Actor.at_command_line("load_calendar"))
        self.stdout.write(self.say(_ENTERED.format(year=year, days=len(days))))


def _years(said: str) -> list[int]:
    """`2026` or `2024-2026`."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", said)
    years = list(range(int(found[1]), int(found[2] or found[1]) + 1)) if found else []
    if not years:
        raise ArgumentTypeError("years are written 2026 or 2024-2026")
    return years
