"""The page of a ranking, kept: a run never changes, so it is drawn once for each state, language and reader's reach."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from evaluation.models import Cycle
from scoring.models import Run
from scoring.showing.ranking import ranking_of
from scoring.states import RunState

_KEPT = 64  # of a category of 300 units some 200 kB each

Counting = tuple[tuple[int, int, str], ...]


def board(cycle: Cycle, category: str, language: str, openable: frozenset[int] | None) -> SafeString | None:
    """Everything inside the frame; nothing where no run counts.

    Args:
        cycle: as it is now.
        category: the code of one of its categories.
        language: in which it is drawn, the one that is active.
        openable: the evaluated units whose sheets the reader may open; None for all of them.

    Raises:
        Http404: if there is no such category.
    """
    runs = _counting(cycle)
    run = next((pk for pk, of, _ in runs if of == cycle.pk), None)
    if run is None:
        return None
    return _drawn(cycle, (run, runs, cycle.state, cycle.title), category, language, openable)


def _counting(cycle: Cycle) -> Counting:
    """The runs that count in this year and the year before, with their results: what a ranking can depend on."""
    years = (cycle.year, cycle.year - 1)
    counting = Run.objects.filter(state=RunState.ADOPTED, cycle__year__in=years).order_by("pk")
    return tuple(counting.values_list("pk", "cycle_id", "result"))


@lru_cache(maxsize=_KEPT)
def _drawn(
    cycle: Cycle,
    version: tuple[int, Counting, str, str],
    category: str,
    language: str,
    openable: frozenset[int] | None,
) -> SafeString:
    categories = list(cycle.categories.all())
    shown = next((one for one in categories if one.code == category), None)
    if shown is None:
        raise Http404
    run = Run.objects.select_related("scheme", "cycle").get(pk=version[0])
    return render_to_string("scoring/_board.html", {
        "cycle": cycle, "run": run, "category": shown, "ranking": ranking_of(run, shown), "openable": openable,
        "all_open": openable is None, "categories": categories if openable is None else [],
    })  # fmt: skip
