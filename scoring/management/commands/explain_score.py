"""`explain_score SCHEME FACTS --unit U` or `explain_score --cycle CODE --unit U`: why a unit has its points."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.utils.translation import get_language

from engine.explain import Derivation, Explainer
from engine.language.scheme import Scheme
from engine.rules.wording import listed
from engine.score.result import Outcome, SetResult
from engine.text import Place, Problem, Text
from scoring.command import ScoringCommand
from scoring.outputs.text import head_lines, tree_lines

_NO_UNIT = Text("没有单位“{name}”{near}", 'there is no unit "{name}"{near}')
_NO_NODE = Text("这个单位没有指标“{name}”{near}", 'this unit has no indicator "{name}"{near}')
_SEVERAL = Text(
    "有几个指标都叫“{name}”，请用代码：{codes}", 'several indicators are called "{name}"; use the code: {codes}'
)
_NEAR = Text("；相近的有：{near}", "; near it: {near}")


def near(word: str, known: Iterable[tuple[str, str]]) -> Text:
    """What was perhaps meant, of (code, name) pairs; nothing if nothing is near."""
    said = {key: f"{code} {name}" for code, name in known for key in (code, name)}
    found = dict.fromkeys(said[key] for key in get_close_matches(word, said))
    return _NEAR.format(near=listed(found)) if found else Text("", "")


class Command(ScoringCommand):
    """Prints a derivation as a tree."""

    help = "Explain a unit's total, or one node of it, as a tree of steps down to facts and documents."
    example = "explain_score schemes/songyuan.yaml facts/ --unit D01 --node common"

    def add_arguments(self, parser: ArgumentParser) -> None:
        self.add_scheme_and_facts(parser, required=False)
        self.add_cycle(parser, required=False)
        parser.add_argument("--unit", required=True, metavar="U", help="code or name of the unit")
        parser.add_argument("--node", metavar="N", help="code or name of an indicator; the whole total if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        self.one_of_both(options["facts"], options["cycle"])
        scheme, outcome = self._of_cycle(options) if options["cycle"] else self._of_files(options)
        result, row = self._unit(outcome, options["unit"], options["facts"] or "")
        whole = Explainer(outcome, result).total(row)
        derivation = self._node(whole, options["node"], options["scheme"] or "") if options["node"] else whole
        language = get_language() or "zh-hans"
        for line in (*head_lines(scheme, outcome.plan, result.units[row], language), *tree_lines(derivation, language)):
            self.stdout.write(line)

    def _of_files(self, options: dict[str, Any]) -> tuple[Scheme, Outcome]:
        scheme, plan = self.open_evaluation(options["scheme"], options["evaluation"])
        return scheme, self.outcome_of(plan, options["facts"], trace=True)

    def _of_cycle(self, options: dict[str, Any]) -> tuple[Scheme, Outcome]:
        _, scheme, outcome = self.result_of(options["cycle"])
        return scheme, outcome

    def _unit(self, outcome: Outcome, name: str, facts: str) -> tuple[SetResult, int]:
        found = outcome.find(name)
        if found is None:
            known = ((unit.code, unit.name) for result in outcome.sets for unit in result.units)
            self.refuse([Problem(Place(facts), _NO_UNIT.format(name=name, near=near(name, known)))])
        return found

    def _node(self, whole: Derivation, name: str, scheme: str) -> Derivation:
        by_code = whole.find(name)
        found = [by_code] if by_code else whole.named(name)
        if not found:
            known = ((one.code, one.name) for one in whole.walk())
            self.refuse([Problem(Place(scheme), _NO_NODE.format(name=name, near=near(name, known)))])
        if len(found) > 1:
            codes = listed(one.code for one in found)
            self.refuse([Problem(Place(scheme), _SEVERAL.format(name=name, codes=codes))])
        return found[0]
