"""`load_scheme FILE --year YEAR`: a rule book comes into force."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from engine.text import Place, Problem, Problems, Text
from evaluation.actor import Actor
from evaluation.verdict import Refused
from indicators.command import SchemeCommand, text_of_file
from indicators.services.schemes import load_scheme

_IN_FORCE = Text("{code}：{title}（{year} 年）", "{code}: {title} ({year})")


class Command(SchemeCommand):
    """Opens a cycle for each evaluation of a scheme file."""

    help = "Put a scheme file in force for a year: checks it, publishes it, and opens a cycle for each evaluation."
    example = "load_scheme schemes/songyuan.yaml --year 2025"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the scheme file")
        parser.add_argument("--year", type=int, required=True, help="the year that is evaluated")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        try:
            text = text_of_file(Path(file))
            cycles = load_scheme(text=text, file=file, year=options["year"], actor=Actor.at_command_line("load_scheme"))
        except Problems as wrong:
            self.refuse(wrong.found)
        except Refused as refused:
            self.refuse([Problem(Place(file), refused.reason)])
        for cycle in cycles:
            self.stdout.write(self.say(_IN_FORCE.format(code=cycle.code, title=cycle.title, year=cycle.year)))
