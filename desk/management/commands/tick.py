"""`tick`: what the clock has decided, for cron or a timer where there are no workers."""

from __future__ import annotations

from typing import Any

from desk.tick import tick
from engine.text import Text
from evaluation import command as base

_WRONG = Text("没有办成，原因见日志：{name}", "went wrong, see the log: {name}")


class Command(base.Command):
    """Does what is due; exit code 1 if something of it went wrong."""

    help = "Do what the clock has decided. Run it each minute where no `celery beat` does."
    example = "tick"

    def handle(self, *args: Any, **options: Any) -> None:
        if wrong := tick():
            self.refuse(_WRONG.format(name=name) for name in wrong)
