"""What the commands share that score a file of facts."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

from engine.language.scheme import EvaluationPlan
from engine.score import score
from engine.score.result import Outcome
from engine.text import Place, Problem, Problems, Text
from indicators.facts import read_facts
from indicators.facts.findings import ordered
from indicators.facts.reading import Reading
from indicators.facts.stopped import place_stopped
from scoring.result_command import ResultCommand

_READING = Text("读取数据…", "reading the facts …")
_SCORING = Text("计分：{units} 个单位…", "scoring {units} units …")


class ScoringCommand(ResultCommand):
    """A command that scores a workbook or a folder of CSV files."""

    def add_scheme_and_facts(self, parser: ArgumentParser, required: bool = True) -> None:
        """The arguments for what is scored."""
        many = None if required else "?"
        parser.add_argument("scheme", metavar="SCHEME", nargs=many, help="the scheme file")
        parser.add_argument("facts", metavar="FACTS", nargs=many, help="a workbook, or a folder of CSV files")
        self.add_evaluation(parser)

    def outcome_of(self, plan: EvaluationPlan, file: str, trace: bool) -> Outcome:
        """The outcome; what is wrong with the facts ends the command before anything is written."""
        self.progress(_READING)
        try:
            reading = read_facts(Path(file), plan, self.scheme_code)
        except Problems as wrong:
            place = Place(Path(file).name)
            self.refuse(problem if str(problem.place) else replace(problem, place=place) for problem in wrong.found)
        problems = reading.all_problems()
        if reading.facts is not None:
            self.progress(_SCORING.format(units=sum(len(one.units) for one in reading.facts.sets.values())))
        outcome, stopped = scored(plan, reading, trace)
        if outcome is None or problems:
            self.refuse(ordered([*problems, *stopped]))
        self.tell(reading.notes)
        return outcome


def scored(plan: EvaluationPlan, reading: Reading, trace: bool) -> tuple[Outcome | None, list[Problem]]:
    """The outcome, or what stops the scoring; facts that are wrong are scored only to find what else is wrong."""
    facts = reading.facts
    if facts is None or set(plan.written.series) - set(facts.series):
        return None, []
    try:
        return score(plan, facts, trace), []
    except Problems as stopped:
        return None, place_stopped(reading, stopped.found)
