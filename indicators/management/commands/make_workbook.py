"""`make_workbook SCHEME OUT.xlsx [--units UNITS.csv]` or `… OUT.xlsx --cycle CODE`: the empty fact workbook."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from engine.facts import EvaluatedUnit
from engine.language.scheme import EvaluationPlan, Scheme
from engine.text import Place, Problem, Problems, Text
from indicators.cycle_command import CycleCommand
from indicators.facts.load import load_units
from indicators.facts.sheets import UNITS
from indicators.selectors import Roster
from indicators.template import write_template

_EXISTS = Text(
    "已有这个文件，里面可能有填好的数据；请写到另一个文件，确实要覆盖的加 --force",
    "this file is there already and may hold data; name another one, or overwrite it with --force",
)
_DONE = Text("已写出 {path}：{units} 个单位", "wrote {path} for {units} units")


class Command(CycleCommand):
    """Writes a template."""

    help = "Write the empty fact workbook of a scheme; with a list of units, a row for everything to be filled."
    example = "make_workbook schemes/songyuan.yaml facts.xlsx --units units.csv"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scheme", metavar="SCHEME", nargs="?", help="the scheme file, unless a cycle is named")
        parser.add_argument("out", metavar="OUT.xlsx", help="the workbook to write")
        columns = ", ".join(column.title.zh for column in UNITS.columns)
        parser.add_argument("--units", metavar="UNITS.csv", help=f"the units: {columns}")
        parser.add_argument("--force", action="store_true", help="overwrite OUT.xlsx if it is there")
        self.add_evaluation(parser)
        self.add_cycle(parser, required=False)

    def handle(self, *args: Any, **options: Any) -> None:
        self.one_of_both(options["scheme"], options["cycle"])
        inputs = [one for one in (options["scheme"], options["units"]) if one]
        if Path(options["out"]).is_file() and options["out"] not in inputs and not options["force"]:
            self.refuse([Problem(Place(options["out"]), _EXISTS)])
        scheme, plan, units = self._of_cycle(options) if options["cycle"] else self._of_file(options)
        language = get_language() or "zh-hans"
        made = (options["out"], lambda path: write_template(str(path), scheme, plan, units, language))
        self.write_files(inputs, [made])
        self.stdout.write(self.say(_DONE.format(path=options["out"], units=len(units))))

    def _of_file(self, options: dict[str, Any]) -> tuple[Scheme, EvaluationPlan, list[EvaluatedUnit]]:
        scheme, plan = self.open_evaluation(options["scheme"], options["evaluation"])
        try:
            return scheme, plan, load_units(Path(options["units"]), plan) if options["units"] else []
        except Problems as wrong:
            self.refuse(wrong.found)

    def _of_cycle(self, options: dict[str, Any]) -> tuple[Scheme, EvaluationPlan, list[EvaluatedUnit]]:
        """The scheme in force and the units that take part."""
        opened = self.open_cycle(options["cycle"])
        sets = Roster(opened.cycle, opened.plan).sets
        return opened.scheme, opened.plan, [unit for units in sets.values() for unit in units]
