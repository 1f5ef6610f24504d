"""A cycle goes through its year."""

from __future__ import annotations

from evaluation.actor import Actor
from evaluation.models import Cycle
from evaluation.services.transition import move
from evaluation.states import CYCLE_TRANSITIONS
from evaluation.verdict import YES, Verdict


def advance_cycle(*, cycle: Cycle, action: str, actor: Actor, reason: str = "", verdict: Verdict = YES) -> None:
    """Take a cycle a step further, or back with a reason.

    Args:
        cycle: the cycle.
        action: a step of the table of cycles.
        actor: who does it.
        reason: why, for a step back.
        verdict: whether he may.

    Raises:
        Refused: if he may not, the state does not allow it, or the reason is missing.
    """
    move(cycle, action, transitions=CYCLE_TRANSITIONS, actor=actor, verdict=verdict, reason=reason)
