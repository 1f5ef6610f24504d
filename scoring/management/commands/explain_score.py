"""`explain_score SCHEME FACTS --unit U`: why a unit has its points, down to the fact and its document."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from engine.explain import Explainer
from engine.score import score
from engine.text import Place, Problem, Problems, Text
from indicators.command import SchemeCommand
from indicators.facts import load_facts
from scoring.outputs.text import tree_lines


class Command(SchemeCommand):
    """Prints a derivation as a tree."""

    help = "Explain a unit's total, or one node of it, as a tree of steps down to facts and documents."
    example = "explain_score schemes/songyuan.yaml facts/ --unit D01 --node common"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scheme", metavar="SCHEME", help="the scheme file")
        parser.add_argument("facts", metavar="FACTS", help="a workbook, or a folder of CSV files")
        parser.add_argument("--unit", required=True, metavar="U", help="code or name of the unit")
        parser.add_argument("--node", metavar="N", help="code of an indicator; the whole total if left out")
        self.add_evaluation(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        _, plan = self.open_evaluation(options["scheme"], options["evaluation"])
        try:
            facts, notes = load_facts(Path(options["facts"]), plan)
            outcome = score(plan, facts, trace=True)
        except Problems as wrong:
            self.refuse(wrong.found)
        self.tell(notes)
        found = outcome.find(options["unit"])
        if found is None:
            self.refuse([_absent(options["facts"], Text("没有单位“{name}”", 'there is no unit "{name}"'), options["unit"])])
        result, row = found
        whole = Explainer(outcome, result).total(row)
        derivation = whole.find(options["node"]) if options["node"] else whole
        if derivation is None:
            text = Text("这个单位没有指标“{name}”", 'this unit has no indicator "{name}"')
            self.refuse([_absent(options["scheme"], text, options["node"])])
        unit = result.units[row]
        self.stdout.write(f"{unit.code} {unit.name}")
        for line in tree_lines(derivation, get_language() or "zh-hans"):
            self.stdout.write(line)


def _absent(file: str, text: Text, name: str) -> Problem:
    return Problem(Place(file), text.format(name=name))
