"""A cycle goes a step further where the step is about its result, too."""

from __future__ import annotations

from django.db import transaction

from evaluation.actor import Actor
from evaluation.models import Cycle
from evaluation.services.cycles import advance_cycle
from evaluation.states import CycleState
from evaluation.verdict import YES, Verdict, no
from scoring.selectors import adopted_run
from scoring.services.changes import is_current
from scoring.services.running import is_idle

_UNSCORED = no("还没有计分结果，请先计分", "there is no result yet: score first")
_STALE = no("计分之后数据又有变动，请先重新计分", "facts have changed since the scoring: score again first")


@transaction.atomic
def advance(*, cycle: Cycle, action: str, actor: Actor, reason: str = "", seen: int | None = None) -> None:
    """Take a cycle a step further, or back; what is proposed is a result of what is known now.

    Args:
        cycle: the cycle.
        action: a step of the table of cycles.
        actor: who does it.
        reason: why, for a step back.
        seen: the revision of the cycle that he has looked at.

    Raises:
        Refused: if he may not, the state or the result does not allow it, the reason is missing, or somebody was
            quicker.
    """
    locked = Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    verdict = result_allows(locked, action)
    advance_cycle(cycle=cycle, action=action, actor=actor, reason=reason, verdict=verdict, seen=seen)


def result_allows(cycle: Cycle, action: str) -> Verdict:
    """Whether the result of a cycle stands against a step; where it cannot be taken at all, its state will."""
    return _has_a_result(cycle) if action == "propose" and cycle.state == CycleState.SCORING else YES


def _has_a_result(cycle: Cycle) -> Verdict:
    """Whether the adopted run of a cycle scored what is known now, and no other is under way."""
    if not (idle := is_idle(cycle)):
        return idle
    run = adopted_run(cycle)
    if run is None:
        return _UNSCORED
    return YES if is_current(run) else _STALE
