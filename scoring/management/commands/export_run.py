"""`export_run ID OUT.zip`: a run as a file that anybody can execute again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from engine.text import Place, Problem, Text
from indicators.command import SchemeCommand
from scoring.models import Run
from scoring.services.packing import export_run

NO_RUN = Text("没有编号为 {id} 的计分批次，或它没有完成", "there is no complete run with the id {id}")
_DONE = Text("已写出 {path}：{run}", "wrote {path}: {run}")


class Command(SchemeCommand):
    """Writes scheme, facts and hashes of a run to a zip."""

    help = "Export a run: its scheme, its facts as CSV files, and the hashes of its sheets, to be verified elsewhere."
    example = "export_run 12 run12.zip"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, metavar="ID", help="id of the run, see score_cycle")
        parser.add_argument("out", metavar="OUT.zip", help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        run = Run.objects.select_related("cycle", "scheme", "snapshot").filter(pk=options["id"]).first()
        if run is None or not hasattr(run, "snapshot"):
            self.refuse([Problem(Place(), NO_RUN.format(id=options["id"]))])
        self.write_files([], [(options["out"], lambda path: export_run(run, path))])
        self.stdout.write(self.say(_DONE.format(path=options["out"], run=run)))
