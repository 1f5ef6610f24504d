"""`load_workbook FILE --cycle CODE [--dry-run]`: the facts of a workbook are entered, all of them or none."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.text import Place, Problem, Problems, Text
from evaluation.actor import Actor
from evaluation.verdict import Refused
from indicators.cycle_command import CycleCommand
from indicators.facts import read_facts
from indicators.facts.findings import ordered
from indicators.facts.reading import Reading
from scoring.services.entering import enter_facts

_READING = Text("读取数据…", "reading the facts …")
_CHANGE = Text(
    "{sheet}：新增 {added} 行，修改 {changed} 行，删去 {removed} 行",
    "{sheet}: {added} rows added, {changed} changed, {removed} removed",
)
_NOTHING = Text("与库中数据相同，没有改动", "the same as in the database: nothing changes")
_ONLY_SHOWN = Text("以上只是预览，没有写入", "only shown: nothing was written")


class Command(CycleCommand):
    """Enters a workbook into the database."""

    help = "Enter the facts of a workbook or CSV folder into a cycle, in place of those that it has; all or nothing."
    example = "load_workbook facts.xlsx --cycle songyuan-2025 --dry-run"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a workbook, or a folder of CSV files")
        self.add_cycle(parser)
        parser.add_argument("--dry-run", action="store_true", help="only show what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        opened, file = self.open_cycle(options["cycle"]), options["file"]
        self.progress(_READING)
        reading = self._read(file, opened.plan)
        assert reading.facts is not None
        try:
            changes = enter_facts(
                cycle=opened.cycle, facts=reading.facts, source=Path(file).name,
                actor=Actor.at_command_line("load_workbook"), dry_run=options["dry_run"],
            )  # fmt: skip
        except Refused as refused:
            self.refuse([Problem(Place(file), refused.reason)])
        for one in changes:
            said = _CHANGE.format(sheet=one.sheet, added=one.added, changed=one.changed, removed=one.removed)
            self.stdout.write(self.say(said))
        if not changes:
            self.stdout.write(self.say(_NOTHING))
        elif options["dry_run"]:
            self.stdout.write(self.say(_ONLY_SHOWN))

    def _read(self, file: str, plan: Any) -> Reading:
        try:
            reading = read_facts(Path(file), plan, self.scheme_code)
        except Problems as wrong:
            place = Place(Path(file).name)
            self.refuse(problem if str(problem.place) else replace(problem, place=place) for problem in wrong.found)
        if problems := reading.all_problems():
            self.refuse(ordered(problems))
        self.tell(reading.notes)
        return reading
