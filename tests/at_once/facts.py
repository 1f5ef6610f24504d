"""Workbooks entered, registers kept and runs scored of one cycle: nobody waits for ever, no change is unseen."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from evaluation.models import EvaluatedUnit
from evaluation.services.audit import problems_of_the_trail
from evaluation.services.registry import keep_evaluated_unit
from evaluation.verdict import Refused
from indicators.models import LastResult
from indicators.services.registry import keep_last_result
from scoring.services.entering import enter_facts
from scoring.services.running import score_cycle
from scoring.services.verifying import verify_run
from tests.at_once import ROUNDS, at_once
from tests.little import CLERK, little_cycle
from tests.scoring.test_one_change import known, with_another


def play() -> None:
    cycle = little_cycle(Path(tempfile.mkdtemp()), counties=4, offices=4)
    first = known(cycle)
    states = [first, with_another(first, "C001", "hotline"), with_another(first, "D002", "petitions")]

    def entering() -> None:
        for turn in range(ROUNDS):
            enter_facts(cycle=cycle, facts=states[turn % 3], source=str(turn), actor=CLERK)

    def keeping() -> None:
        for turn in range(ROUNDS * 3):
            for code in ("D003", "C002"):
                unit = EvaluatedUnit.objects.get(cycle=cycle, unit__code=code)
                unit.leader = f"leader {turn}"
                keep_evaluated_unit(unit, ["leader"], actor=CLERK)

    def remembering() -> None:
        for turn in range(ROUNDS * 3):
            unit = EvaluatedUnit.objects.get(cycle=cycle, unit__code="D001")
            row = LastResult.objects.filter(evaluated_unit=unit).first() or LastResult(evaluated_unit=unit, total=1)
            row.total = turn + 1
            with suppress(LastResult.DoesNotExist):  # a workbook that knows of none has taken it away meanwhile
                keep_last_result(row, ["evaluated_unit", "total"], actor=CLERK)

    def scoring() -> None:
        for _ in range(ROUNDS):
            with suppress(Refused):  # one at a time
                score_cycle(cycle=cycle, actor=CLERK)

    wrong = at_once([entering, keeping, keeping, remembering, scoring, scoring])
    assert wrong == [], "\n".join(wrong)
    part = score_cycle(cycle=cycle, actor=CLERK)
    whole = score_cycle(cycle=cycle, actor=CLERK, whole=True)
    assert (part.result, part.snapshot.sha256) == (whole.result, whole.snapshot.sha256)
    assert [list(verify_run(run)) for run in (part, whole)] == [[], []]
    assert list(problems_of_the_trail()) == []
    print(cycle.runs.count())
