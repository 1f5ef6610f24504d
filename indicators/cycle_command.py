"""What the commands share that speak of a cycle in the database."""

from __future__ import annotations

from argparse import ArgumentParser
from difflib import get_close_matches
from typing import NamedTuple

from engine.language.scheme import EvaluationPlan, Scheme
from engine.rules.wording import listed
from engine.text import Place, Problem, Text
from evaluation.models import Cycle
from indicators.command import SchemeCommand
from indicators.models import CycleScheme
from indicators.selectors import plan_of, scheme_in_force, scheme_of_text

_NO_CYCLE = Text("没有周期“{code}”{near}", 'there is no cycle "{code}"{near}')
_NEAR = Text("；有：{near}", "; there are: {near}")
_ONE_OF_BOTH = Text("请写方案文件，或写 --cycle 指明周期，二者写一个", "name either a scheme file or a cycle (--cycle)")
_SHOWN = 12


class Opened(NamedTuple):
    """A cycle with its rule book."""

    cycle: Cycle
    kept: CycleScheme
    scheme: Scheme
    plan: EvaluationPlan


class CycleCommand(SchemeCommand):
    """A command that speaks of a cycle by its code."""

    def add_cycle(self, parser: ArgumentParser, required: bool = True) -> None:
        """The option that names the cycle."""
        parser.add_argument("--cycle", metavar="CODE", required=required, help="code of the cycle, see load_scheme")

    def one_of_both(self, file: str | None, cycle: str | None) -> None:
        """Either a file or a cycle must be named."""
        if bool(file) == bool(cycle):
            self.refuse([Problem(Place(), _ONE_OF_BOTH)])

    def open_cycle(self, code: str) -> Opened:
        """The cycle of a code; what is near it ends the command where there is none."""
        cycle = Cycle.objects.filter(code=code).first()
        if cycle is None:
            codes = list(Cycle.objects.values_list("code", flat=True))
            near = get_close_matches(code, codes, _SHOWN, 0) if len(codes) > _SHOWN else codes
            said = _NEAR.format(near=listed(near)) if near else Text("", "")
            self.refuse([Problem(Place(), _NO_CYCLE.format(code=code, near=said))])
        kept = scheme_in_force(cycle)
        scheme = scheme_of_text(kept.text, kept.file_name)
        self.scheme_code = scheme.code
        return Opened(cycle, kept, scheme, plan_of(kept))
