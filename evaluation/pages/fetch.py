"""What an address names, as far as it is there for whoever asks."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from evaluation.models import Cycle, EvaluatedUnit, User
from evaluation.rules import may_see_cycles
from evaluation.selectors import cycles_for_user
from evaluation.web import allow


def cycle_for(user: User, code: str) -> Cycle:
    """A cycle that a person has to do with; to anybody else there is no such cycle."""
    allow(may_see_cycles(user))
    return get_object_or_404(cycles_for_user(user), code=code)


def unit_in(cycle: Cycle, pk: int) -> EvaluatedUnit | None:
    """A unit of a cycle; none where there is none, which is answered as if it were somebody else's."""
    return EvaluatedUnit.objects.select_related("unit", "category", "cycle").filter(cycle=cycle, pk=pk).first()
