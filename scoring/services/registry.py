"""Decisions of bodies are entered; those that results rest on stay as they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from evaluation.actor import Actor
from evaluation.models import Cycle, Decision
from evaluation.register_rules import open_to_change
from evaluation.services.registry import put
from evaluation.verdict import YES, Verdict
from scoring.models import Bonus, Deduction, GradeMove

_RESTING: tuple[Any, ...] = (Bonus, Deduction, GradeMove)


def keep_decision(decision: Decision, fields: Collection[str], *, actor: Actor) -> bool:
    """Enter or change a decision, as long as no cycle past scoring rests on it."""
    key = f"{decision.body} {decision.number}"
    return put(decision, fields, actor=actor, key=key, guard=lambda old, new: nothing_frozen_rests_on(old or new))


def nothing_frozen_rests_on(decision: Decision) -> Verdict:
    """Whether every cycle with a bonus, deduction or grade move on this decision is still open."""
    if decision.pk is None:
        return YES
    found = [model.objects.filter(decision=decision).values_list("evaluated_unit__cycle") for model in _RESTING]
    cycles = Cycle.objects.filter(pk__in={pk for rows in found for (pk,) in rows})
    return next((verdict for cycle in cycles if not (verdict := open_to_change(cycle))), YES)
