"""What the first page shows: for each cycle where it stands and which results a person may open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch

from evaluation.models import Category, Cycle, EvaluatedUnit, User
from evaluation.rules import may_keep_data, units_of
from evaluation.rules.naming import may_see_namings
from evaluation.selectors import cycles_for_user
from evaluation.states import CycleState
from evaluation.verdict import Verdict
from scoring.models import Run
from scoring.rules import ORDER, Sight, may_see, may_see_runs
from scoring.states import ACTIVE, RunState


@dataclass(frozen=True, slots=True)
class Step:
    """A state of the year: behind, now or ahead."""

    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Card:
    """One cycle on the first page.

    `run` is its result, `under_way` a scoring that goes on; `waiting` says why nothing is open; `keeps` whether it is
    managed by this person, `lists` whether the people of all units are open to him.
    """

    cycle: Cycle
    steps: Sequence[Step]
    run: Run | None
    under_way: Run | None
    categories: Sequence[Category]
    own: Sequence[EvaluatedUnit]
    sheet: Verdict
    waiting: Verdict
    keeps: Verdict
    lists: Verdict


def years_for_user(user: User) -> list[tuple[int, list[Card]]]:
    """The cards by year, the latest first."""
    mine = EvaluatedUnit.objects.filter(unit__in=units_of(user)).select_related("category")
    shown = Run.objects.filter(state__in=(RunState.ADOPTED, *ACTIVE))
    cycles = cycles_for_user(user).prefetch_related(
        "categories",
        Prefetch("evaluated_units", mine, to_attr="own"),
        Prefetch("runs", shown, to_attr="shown"),
    )
    by_year = groupby(sorted(cycles.select_related("parent"), key=_order), key=lambda cycle: cycle.year)
    return [(year, [card_of(user, cycle) for cycle in ones]) for year, ones in by_year]


def _order(cycle: Cycle) -> tuple[int, str, bool, str]:
    """The latest year first; the special evaluations of a cycle after it."""
    above = cycle.parent
    return -cycle.year, above.code if above else cycle.code, above is not None, cycle.code


def card_of(user: User, cycle: Cycle) -> Card:
    """One cycle as this person sees it; it brings its `own` units, and the runs that are `shown`."""
    all_of_them, own = may_see(user, cycle, Sight.RANKINGS), may_see(user, cycle, Sight.OWN_RANKING)
    units: list[EvaluatedUnit] = cycle.own  # type: ignore[attr-defined]
    categories = list(cycle.categories.all()) if all_of_them else [unit.category for unit in units if own]
    sheet = may_see(user, cycle, Sight.OWN_SHEET)
    runs: list[Run] = cycle.shown  # type: ignore[attr-defined]
    run = next((one for one in runs if one.state == RunState.ADOPTED), None)
    under_way = next((one for one in runs if one.state in ACTIVE and may_see_runs(user)), None)
    return Card(cycle, steps_of(cycle), run, under_way, categories, units, sheet, sheet if units else all_of_them,
                may_keep_data(user), may_see_namings(user))  # fmt: skip


def steps_of(cycle: Cycle) -> list[Step]:
    """The states of the year, and where the cycle stands among them."""
    now = ORDER.index(CycleState(cycle.state))
    words = {-1: "behind", 0: "now", 1: "ahead"}
    return [Step(str(state.label), words[(at > now) - (at < now)]) for at, state in enumerate(ORDER)]
