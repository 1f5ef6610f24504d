"""`make_workbook SCHEME OUT.xlsx [--units UNITS.csv]`: the empty fact workbook of a scheme."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from engine.text import Place, Problem, Problems, Text
from indicators.command import SchemeCommand
from indicators.facts.load import load_units
from indicators.facts.sheets import UNITS
from indicators.template import write_template

_EXISTS = Text(
    "已有这个文件，里面可能有填好的数据；请写到另一个文件，确实要覆盖的加 --force",
    "this file is there already and may hold data; name another one, or overwrite it with --force",
)
_DONE = Text("已写出 {path}：{units} 个单位", "wrote {path} for {units} units")


class Command(SchemeCommand):
    """Writes a template."""

    help = "Write the empty fact workbook of a scheme; with a list of units, a row for everything to be filled."
    example = "make_workbook schemes/songyuan.yaml facts.xlsx --units units.csv"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scheme", metavar="SCHEME", help="the scheme file")
        parser.add_argument("out", metavar="OUT.xlsx", help="the workbook to write")
        columns = ", ".join(column.title.zh for column in UNITS.columns)
        parser.add_argument("--units", metavar="UNITS.csv", help=f"the units: {columns}")
        parser.add_argument("--force", action="store_true", help="overwrite OUT.xlsx if it is there")
        self.add_evaluation(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        scheme, plan = self.open_evaluation(options["scheme"], options["evaluation"])
        inputs = [options["scheme"], *([options["units"]] if options["units"] else [])]
        if Path(options["out"]).is_file() and options["out"] not in inputs and not options["force"]:
            self.refuse([Problem(Place(options["out"]), _EXISTS)])
        try:
            units = load_units(Path(options["units"]), plan) if options["units"] else []
        except Problems as wrong:
            self.refuse(wrong.found)
        language = get_language() or "zh-hans"
        made = (options["out"], lambda path: write_template(str(path), scheme, plan, units, language))
        self.write_files(inputs, [made])
        self.stdout.write(self.say(_DONE.format(path=options["out"], units=len(units))))
