"""`check_scheme FILE…`: every problem of a rule book, with its line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from engine.language.scheme import EvaluationPlan, Scheme
from engine.text import Problems, Text
from indicators.command import SchemeCommand, read_scheme_file

_FINE = Text("{file}：没有问题。{title}，{sets}", "{file}: no problem. {title}, {sets}")
_EVALUATION = Text("{title}：{sets}", "{title}: {sets}")
_SET = Text("{name} {leaves} 项指标", "{name} with {leaves} indicators")


class Command(SchemeCommand):
    """Checks scheme files."""

    help = "Check scheme files; print every problem as file:line: what is wrong, what would be right."
    example = "check_scheme schemes/songyuan.yaml"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a scheme file (YAML)")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = False
        for file in options["files"]:
            try:
                scheme = read_scheme_file(Path(file))
            except Problems as problems:
                self.tell(problems.found)
                wrong = True
            else:
                self.stdout.write(self.say(self._fine(file, scheme)))
        if wrong:
            sys.exit(1)

    def _fine(self, file: str, scheme: Scheme) -> Text:
        said = [_sets_of(plan) for plan in scheme.evaluations]
        if len(said) > 1:
            named = zip(scheme.evaluations, said, strict=True)
            said = [_EVALUATION.format(title=plan.written.title, sets=sets) for plan, sets in named]
        listed = Text("；".join(text.zh for text in said), "; ".join(text.en for text in said))
        return _FINE.format(file=file, title=scheme.title, sets=listed)


def _sets_of(plan: EvaluationPlan) -> Text:
    said = [_SET.format(name=one.name, leaves=len(list(one.leaves()))) for one in plan.sets]
    return Text("、".join(text.zh for text in said), ", ".join(text.en for text in said))
