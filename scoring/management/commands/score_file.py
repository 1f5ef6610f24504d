"""`score_file SCHEME FACTS OUT.xlsx [--json OUT.json]`: from facts to results, without a database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from engine.score import score
from engine.text import Problems, Text
from indicators.command import SchemeCommand
from indicators.facts import load_facts
from indicators.sheetwriter import write_whole
from scoring.outputs.document import write_document
from scoring.outputs.report import write_report
from scoring.outputs.text import ranking_lines

_READING = Text("读取数据…", "reading the facts …")
_SCORING = Text("计分：{units} 个单位…", "scoring {units} units …")
_WRITING = Text("写出结果…", "writing the results …")


class Command(SchemeCommand):
    """Scores a workbook or CSV folder."""

    help = "Score the facts of a workbook or CSV folder by a scheme; write a result workbook, and JSON if asked."
    example = "score_file schemes/songyuan.yaml facts.xlsx results.xlsx --json results.json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scheme", metavar="SCHEME", help="the scheme file")
        parser.add_argument("facts", metavar="FACTS", help="a workbook, or a folder of CSV files")
        parser.add_argument("out", metavar="OUT.xlsx", help="the result workbook to write")
        parser.add_argument("--json", metavar="OUT.json", help="also write every number and derivation as JSON")
        self.add_evaluation(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        scheme, plan = self.open_evaluation(options["scheme"], options["evaluation"])
        self.progress(_READING)
        try:
            facts, notes = load_facts(Path(options["facts"]), plan)
            self.progress(_SCORING.format(units=sum(len(one.units) for one in facts.sets.values())))
            outcome = score(plan, facts, trace=options["json"] is not None)
        except Problems as wrong:
            self.refuse(wrong.found)
        self.tell(notes)
        self.progress(_WRITING)
        language = get_language() or "zh-hans"
        write_whole(Path(options["out"]), lambda path: write_report(path, scheme, outcome, language))
        if options["json"]:
            write_whole(Path(options["json"]), lambda path: write_document(path, scheme, outcome))
        for line in ranking_lines(outcome, language):
            self.stdout.write(line)
