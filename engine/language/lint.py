"""Every check of a rule book beyond its grammar, all problems at once."""

from __future__ import annotations

from engine.language.checks import (
    collecting,
    comparing,
    conditions,
    evaluation,
    extras,
    factors,
    grades,
    leaves,
    marks,
    moves,
    over,
    panels,
    scoring,
    slots,
    timetable,
    uses,
)
from engine.language.checks.report import Report
from engine.language.model import SchemeFile
from engine.language.scheme import EvaluationPlan
from engine.text import Problem


def lint(written: SchemeFile, plans: tuple[EvaluationPlan, ...], file: str) -> list[Problem]:
    """The problems of a whole file, in the order of its lines."""
    report = Report(file)
    evaluation.check_file(written, report)
    for plan in plans:
        evaluation.check(plan, report)
        timetable.check(plan, report)
        extras.check(plan.written, report)
        collecting.check_listed(plan, report)
        scoring.check_series(plan, report)
        comparing.check_groups(plan, report)
        factors.check(plan, report)
        over.check_bonus(plan, report)
        grades.check(plan, report)
        moves.check(plan, report)
        conditions.check(plan, report)
        uses.check(plan, report)
        for part_of in plan.sets:
            leaves.check(plan, part_of, report)
            marks.check(plan, part_of, report)
            collecting.check(plan, part_of, report)
            scoring.check(plan, part_of, report)
            over.check(plan, part_of, report)
            comparing.check(plan, part_of, report)
            slots.check(plan, part_of, report)
            panels.check(part_of, report)
    return report.problems()
