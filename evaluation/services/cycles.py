"""A cycle begins: it is started, then scored. Every other step is taken by `scoring.services.advancing`."""

from __future__ import annotations

from typing import Literal

from evaluation.actor import Actor
from evaluation.models import Cycle
from evaluation.rules import may_step
from evaluation.services.transition import move
from evaluation.states import CYCLE_TRANSITIONS

_FIRST = ("start", "begin_scoring")


def begin_cycle(*, cycle: Cycle, action: Literal["start", "begin_scoring"], actor: Actor) -> None:
    """Start a cycle, or begin to score it: the steps that follow from a rule book in force and from a run.

    Raises:
        Refused: if he may not, or the state does not allow it.
        ValueError: it is a step of which more is to be asked than is known here.
    """
    if action not in _FIRST:
        raise ValueError(action)
    move(cycle, action, transitions=CYCLE_TRANSITIONS, actor=actor, verdict=may_step(actor, action))
