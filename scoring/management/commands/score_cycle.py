"""`score_cycle --cycle CODE`: a run that becomes the result of its cycle."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from engine.text import Place, Problem, Problems, Text
from evaluation.actor import Actor
from evaluation.verdict import Refused
from indicators.cycle_command import CycleCommand
from scoring.services.running import score_cycle

_SCORING = Text("计分…", "scoring …")
_DONE = Text(
    "{cycle} 第 {number} 批（编号 {id}）：{units} 个单位；重新计分 {fresh} 个类别，沿用上一批 {kept} 个；"
    "结果哈希 {result}",
    "{cycle} run {number} (id {id}): {units} units; {fresh} categories scored, {kept} as in the run before;"
    " hash of the result {result}",
)


class Command(CycleCommand):
    """Scores what is in the database."""

    help = (
        "Score a cycle from the facts in the database; freeze what was read and what came out; adopt the result. "
        "After a change only the categories that depend on it are scored again."
    )
    example = "score_cycle --cycle songyuan-2025"

    def add_arguments(self, parser: ArgumentParser) -> None:
        self.add_cycle(parser)
        parser.add_argument("--whole", action="store_true", help="read and score everything anew, changed or not")

    def handle(self, *args: Any, **options: Any) -> None:
        opened = self.open_cycle(options["cycle"])
        actor = Actor.at_command_line("score_cycle")
        self.progress(_SCORING)
        try:
            run = score_cycle(cycle=opened.cycle, actor=actor, whole=options["whole"])
        except Problems as stopped:
            self.refuse(stopped.found)
        except Refused as refused:
            self.refuse([Problem(Place(), refused.reason)])
        fresh = run.scored.count()
        said = _DONE.format(
            cycle=opened.cycle.code, number=run.number, id=run.pk, units=run.sheets.count(), fresh=fresh,
            kept=run.categories.count() - fresh, result=run.result,
        )  # fmt: skip
        self.stdout.write(self.say(said))
