"""A cycle goes through its year."""

from __future__ import annotations

from evaluation.actor import Actor
from evaluation.models import Cycle
from evaluation.rules import may_step
from evaluation.services.transition import move
from evaluation.states import CYCLE_TRANSITIONS
from evaluation.verdict import YES, Verdict


def advance_cycle(
    *, cycle: Cycle, action: str, actor: Actor, reason: str = "", verdict: Verdict = YES, seen: int | None = None
) -> None:
    """Take a cycle a step further, or back with a reason.

    Args:
        cycle: the cycle.
        action: a step of the table of cycles.
        actor: who does it; that he has a role for it is asked here.
        reason: why, for a step back.
        verdict: what else has to hold, of which this app knows nothing.
        seen: the revision that he has looked at.

    Raises:
        Refused: if he may not, the state does not allow it, the reason is missing, or somebody was quicker.
    """
    allowed = may_step(actor, action) and verdict
    move(cycle, action, transitions=CYCLE_TRANSITIONS, actor=actor, verdict=allowed, reason=reason, seen=seen)
