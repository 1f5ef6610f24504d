"""`diff_schemes A B [--json OUT.json] [--xlsx OUT.xlsx]`: what differs between two rule books."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from engine.language.scheme import Scheme
from engine.text import Problem, Problems
from indicators.command import SchemeCommand, read_scheme_file
from indicators.difference import compare
from indicators.difference.outputs import text_lines, write_document, write_workbook
from indicators.sheetwriter import Made


class Command(SchemeCommand):
    """Compares two scheme files."""

    help = "Tell how the second rule book differs from the first: indicators, weights, rules, sources, grades, uses."
    example = "diff_schemes last-year.yaml this-year.yaml --xlsx changes.xlsx"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("first", metavar="A", help="the earlier scheme file")
        parser.add_argument("second", metavar="B", help="the later scheme file")
        parser.add_argument("--json", metavar="OUT.json", help="also write the differences as JSON")
        parser.add_argument("--xlsx", metavar="OUT.xlsx", help="also write the differences as a workbook")

    def handle(self, *args: Any, **options: Any) -> None:
        files = [options["first"], options["second"]]
        first, second = self._both(files)
        changes, language = compare(first, second), get_language() or "zh-hans"
        made: list[Made] = []
        if options["json"]:
            made.append((options["json"], lambda path: write_document(path, first, second, changes)))
        if options["xlsx"]:
            made.append((options["xlsx"], lambda path: write_workbook(path, first, second, changes, language)))
        self.write_files(files, made)
        for line in text_lines(first, second, changes, language):
            self.stdout.write(line)

    def _both(self, files: list[str]) -> tuple[Scheme, Scheme]:
        """Both schemes; what is wrong with either ends the command."""
        read: list[Scheme] = []
        problems: list[Problem] = []
        for file in files:
            try:
                read.append(read_scheme_file(Path(file)))
            except Problems as wrong:
                problems += wrong.found
        if problems:
            self.refuse(problems)
        return read[0], read[1]
