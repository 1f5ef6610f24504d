"""`load_calendar`: the working calendar of past years, from a package instead of from their notices."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.translation import get_language

from engine.text import Text
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


class Command(BaseCommand):
    """Enters the years that are asked for, all or none; what the office has entered is left alone."""

    help = (
        "Enter the working calendar of years whose notices are known, each as one notice; known years stay as they are."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.epilog = "Example: manage.py load_calendar --years 2024-2026"
        return parser

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
            self.stderr.write(self._say(_UNKNOWN, source=SOURCE, years=years, first=known[0], last=known[-1]))
            sys.exit(1)
        with transaction.atomic():
            for year in options["years"]:
                self._enter(year)

    def _enter(self, year: int) -> None:
        if calendar_now().knows(year):
            self.stdout.write(self._say(_THERE, year=year))
            return
        days = days_named_for(year)
        enter_notice(year=year, number=SOURCE, days=days, actor=Actor.at_command_line("load_calendar"))
        self.stdout.write(self._say(_ENTERED, year=year, days=len(days)))

    def _say(self, text: Text, **values: object) -> str:
        return text.format(**values).to(get_language() or "zh-hans")


def _years(said: str) -> list[int]:
    """`2026` or `2024-2026`."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", said)
    years = list(range(int(found[1]), int(found[2] or found[1]) + 1)) if found else []
    if not years:
        raise ArgumentTypeError("years are written 2026 or 2024-2026")
    return years
