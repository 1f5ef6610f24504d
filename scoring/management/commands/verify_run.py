"""`verify_run ID` or `verify_run OUT.zip`: a run is executed again and must come out the same."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine.text import Place, Problem, Problems, Text
from indicators.command import SchemeCommand
from scoring.management.commands.export_run import NO_RUN
from scoring.models import Run
from scoring.services.packing import verify_pack
from scoring.services.verifying import verify_run

_SAME = Text("一致：{what} 重新计算后每个哈希都相同", "verified: scoring {what} again gives the same hashes")


class Command(SchemeCommand):
    """Executes a run again."""

    help = "Execute a run again from its snapshot alone, in the database or as an exported zip; compare every hash."
    example = "verify_run 12    or    verify_run run12.zip"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", metavar="ID|OUT.zip", help="id of a run in the database, or an exported run")

    def handle(self, *args: Any, **options: Any) -> None:
        what = options["what"]
        try:
            found = list(self._problems(what))
        except Problems as wrong:
            self.refuse(wrong.found)
        if found:
            self.refuse(Problem(Place(what), text) for text in found)
        self.stdout.write(self.say(_SAME.format(what=what)))

    def _problems(self, what: str) -> Iterable[Text]:
        if not what.isdigit():
            return verify_pack(Path(what))
        run = Run.objects.select_related("cycle", "scheme", "snapshot").filter(pk=int(what)).first()
        if run is None or not hasattr(run, "snapshot"):
            self.refuse([Problem(Place(), NO_RUN.format(id=what))])
        return verify_run(run)
