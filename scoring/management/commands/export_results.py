"""`export_results --cycle CODE OUT.xlsx [--json OUT.json]`: the adopted result of a cycle as a workbook."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import get_language

from engine.text import Text
from indicators.sheetwriter import Made
from scoring.outputs.document import write_document
from scoring.outputs.report import write_report
from scoring.result_command import ResultCommand

_DONE = Text("已写出 {path}：{run}", "wrote {path}: {run}")


class Command(ResultCommand):
    """Writes what `score_file` writes, from the snapshot of the adopted run."""

    help = "Write the adopted result of a cycle to a workbook, and to JSON if asked."
    example = "export_results --cycle songyuan-2025 results.xlsx --json results.json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        self.add_cycle(parser)
        parser.add_argument("out", metavar="OUT.xlsx", help="the result workbook to write")
        parser.add_argument("--json", metavar="OUT.json", help="also write every number and derivation as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        run, scheme, outcome = self.result_of(options["cycle"])
        language = get_language() or "zh-hans"
        files: list[Made] = [(options["out"], lambda path: write_report(path, scheme, outcome, language))]
        if options["json"]:
            files.append((options["json"], lambda path: write_document(path, scheme, outcome)))
        self.write_files([], files)
        self.stdout.write(self.say(_DONE.format(path=options["out"], run=run)))
