"""Decisions of bodies are entered; those that results rest on stay as they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q

from evaluation.actor import Actor
from evaluation.models import Cycle, Decision, Evidence
from evaluation.rules.registers import open_to_change
from evaluation.services.evidence import detach
from evaluation.services.registry import Seen, put
from evaluation.verdict import YES, Verdict
from scoring.models import Bonus, Deduction, GradeMove

_RESTING: tuple[Any, ...] = (Bonus, Deduction, GradeMove)


def keep_decision(decision: Decision, fields: Collection[str], *, actor: Actor, seen: Seen | None = None) -> bool:
    """Enter or change a decision, as long as no cycle past scoring rests on it."""
    key = str(decision)[:200]

    def guard(old: Decision | None, new: Decision) -> Verdict:
        return nothing_frozen_rests_on(old or new)

    cycles = _units_resting_on(decision, "evaluated_unit__cycle") if decision.pk else set()
    return put(decision, fields, actor=actor, key=key, guard=guard, reach=_resting_on, inside=cycles, seen=seen)


@transaction.atomic
def take_file_away(*, decision: Decision, file: Evidence, reason: str, actor: Actor) -> None:
    """Take a file away from a decision, as long as no cycle past scoring rests on it.

    Raises:
        Refused: one does, he may not, the reason is missing, or the file is not there.
    """
    cycles = _units_resting_on(decision, "evaluated_unit__cycle")
    list(Cycle.objects.filter(pk__in=cycles).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    verdict = nothing_frozen_rests_on(decision)
    detach(decision=decision, file=file, reason=reason, actor=actor, verdict=verdict)


def _resting_on(old: Decision | None, new: Decision) -> Collection[int]:
    """The categories of the units that have a bonus, deduction or grade move on it."""
    return set() if old is None else _units_resting_on(old, "evaluated_unit__category")


def _units_resting_on(decision: Decision, what: str) -> set[int]:
    """The ids of something about each unit with a bonus, deduction or grade move on a decision."""
    found = [model.objects.filter(decision=decision).values_list(what, flat=True) for model in _RESTING]
    return {pk for rows in found for pk in rows}


def nothing_frozen_rests_on(decision: Decision) -> Verdict:
    """Whether every cycle with a bonus, deduction, grade move or extension on this decision is still open."""
    if decision.pk is None:
        return YES
    resting = Q(pk__in=_units_resting_on(decision, "evaluated_unit__cycle"))
    cycles = Cycle.objects.filter(resting | Q(windows__extensions__decision=decision)).distinct()
    return next((verdict for cycle in cycles if not (verdict := open_to_change(cycle))), YES)
