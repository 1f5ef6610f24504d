"""`score_file SCHEME FACTS OUT.xlsx [--json OUT.json]`: from facts to results, without a database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import get_language

from engine.text import Text
from indicators.sheetwriter import Made
from scoring.command import ScoringCommand
from scoring.outputs.document import write_document
from scoring.outputs.report import write_report
from scoring.outputs.text import filled_lines, ranking_lines


class Command(ScoringCommand):
    """Scores a workbook or CSV folder."""

    help = "Score the facts of a workbook or CSV folder by a scheme; write a result workbook, and JSON if asked."
    example = "score_file schemes/songyuan.yaml facts.xlsx results.xlsx --json results.json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        self.add_scheme_and_facts(parser)
        parser.add_argument("out", metavar="OUT.xlsx", help="the result workbook to write")
        parser.add_argument("--json", metavar="OUT.json", help="also write every number and derivation as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        scheme, plan = self.open_evaluation(options["scheme"], options["evaluation"])
        outcome = self.outcome_of(plan, options["facts"], trace=options["json"] is not None)
        self.progress(Text("写出结果…", "writing the results …"))
        language = get_language() or "zh-hans"
        files: list[Made] = [(options["out"], lambda path: write_report(path, scheme, outcome, language))]
        if options["json"]:
            files.append((options["json"], lambda path: write_document(path, scheme, outcome)))
        self.write_files([options["scheme"], options["facts"]], files)
        for line in (*ranking_lines(outcome, language), *filled_lines(outcome, language)):
            self.stdout.write(line)
