"""`state_diagrams`: the tables of states as a document."""

from __future__ import annotations

from typing import Any

from desk.diagrams import document
from evaluation import command as base


class Command(base.Command):
    """Writes docs/states.md to standard output."""

    help = "Write the states of all objects, their steps and who takes them: manage.py state_diagrams > docs/states.md"
    example = "state_diagrams > docs/states.md"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")
