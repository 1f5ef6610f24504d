"""A run executed again from its snapshot, with its trace, so that its numbers can be explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from engine.explain import Derivation, Explainer
from engine.score.result import Outcome, SetResult
from scoring.freezing import sheets_of
from scoring.models import Run, ScoreSheet
from scoring.services.verifying import outcome_again

_KEPT = 4  # of a run of 300 units × 120 leaves some tens of MB each
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Executed:
    """What came out when a run was executed again; `hashes` are those of its fresh sheets, by unit code."""

    outcome: Outcome
    hashes: Mapping[str, str]
    explainers: Mapping[str, Explainer]

    def agrees(self, sheet: ScoreSheet) -> bool:
        """Whether a stored sheet is what scoring gives again."""
        return self.hashes.get(sheet.unit_code) == sheet.hash

    def seat(self, sheet: ScoreSheet) -> tuple[SetResult, int]:
        """The set of a unit and its row there."""
        found = self.outcome.find(sheet.unit_code)
        assert found is not None
        return found

    def derivation(self, sheet: ScoreSheet) -> Derivation:
        """Why the total of a unit is what it is."""
        return self.explainers[sheet.set_code].total(self.seat(sheet)[1])


def executed(run: Run) -> Executed:
    """A run executed again; the last few are kept. Runs never change, so what is kept cannot be stale."""
    with _one_at_a_time:
        return _executed(run.pk, run.result)


@lru_cache(maxsize=_KEPT)
def _executed(pk: int, result: str) -> Executed:
    outcome = outcome_again(Run.objects.select_related("scheme", "snapshot").get(pk=pk), trace=True)
    return Executed(
        outcome,
        {sheet.unit_code: sheet.hash for sheet in sheets_of(outcome)},
        {one.plan.code: Explainer(outcome, one) for one in outcome.sets},
    )
