"""What the commands share that show the result of a cycle."""

from __future__ import annotations

from typing import NamedTuple

from engine.language.scheme import Scheme
from engine.score.result import Outcome
from engine.text import Place, Problem, Text
from indicators.cycle_command import CycleCommand
from indicators.selectors import scheme_of_text
from scoring.models import Run
from scoring.selectors import adopted_run
from scoring.services.verifying import outcome_again

_NO_RESULT = Text(
    "周期“{code}”还没有采用的结果；请先运行 score_cycle",
    'the cycle "{code}" has no adopted result; run score_cycle first',
)


class Result(NamedTuple):
    """The adopted run of a cycle, executed again from its snapshot."""

    run: Run
    scheme: Scheme
    outcome: Outcome


class ResultCommand(CycleCommand):
    """A command that shows the adopted result of a cycle."""

    def result_of(self, code: str) -> Result:
        """The result; a cycle without one ends the command."""
        cycle = self.open_cycle(code).cycle
        run = adopted_run(cycle)
        if run is None:
            self.refuse([Problem(Place(), _NO_RESULT.format(code=code))])
        scheme = scheme_of_text(run.snapshot.scheme_text, run.scheme.file_name)
        return Result(run, scheme, outcome_again(run, trace=True))
