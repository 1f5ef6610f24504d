"""`explain_score SCHEME FACTS --unit U`: why a unit has its points, down to the fact and its document."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import get_language

from engine.explain import Explainer
from engine.text import Place, Problem, Text
from scoring.command import ScoringCommand
from scoring.outputs.text import tree_lines


class Command(ScoringCommand):
    """Prints a derivation as a tree."""

    help = "Explain a unit's total, or one node of it, as a tree of steps down to facts and documents."
    example = "explain_score schemes/songyuan.yaml facts/ --unit D01 --node common"

    def add_arguments(self, parser: ArgumentParser) -> None:
        self.add_scheme_and_facts(parser)
        parser.add_argument("--unit", required=True, metavar="U", help="code or name of the unit")
        parser.add_argument("--node", metavar="N", help="code of an indicator; the whole total if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        _, plan = self.open_evaluation(options["scheme"], options["evaluation"])
        outcome = self.outcome_of(plan, options["facts"], trace=True)
        found = outcome.find(options["unit"])
        if found is None:
            text = Text("没有单位“{name}”", 'there is no unit "{name}"')
            self.refuse([Problem(Place(options["facts"]), text.format(name=options["unit"]))])
        result, row = found
        whole = Explainer(outcome, result).total(row)
        derivation = whole.find(options["node"]) if options["node"] else whole
        if derivation is None:
            text = Text("这个单位没有指标“{name}”", 'this unit has no indicator "{name}"')
            self.refuse([Problem(Place(options["scheme"]), text.format(name=options["node"]))])
        unit = result.units[row]
        self.stdout.write(f"{unit.code} {unit.name}")
        for line in tree_lines(derivation, get_language() or "zh-hans"):
            self.stdout.write(line)
