"""`tick`: what the clock has decided, for cron or a timer where there are no workers."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from desk.tick import tick


class Command(BaseCommand):
    """Does what is due; exit code 1 if something of it went wrong."""

    help = "Do what the clock has decided. Run it each minute where no `celery beat` does."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.epilog = "Example: manage.py tick"
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = tick()
        for name in wrong:
            self.stderr.write(f"没有办成，原因见日志 · Went wrong, see the log: {name}")
        if wrong:
            sys.exit(1)
