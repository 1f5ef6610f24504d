"""The page of a ranking, kept: a run never changes, so it is drawn once for each state, language and reader's reach."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from evaluation.models import Cycle
from scoring.models import Run
from scoring.showing.ranking import ranking_of
from scoring.states import RunState

_KEPT = 64  # of a category of 300 units some 200 kB each


def run_to_show(cycle: Cycle) -> Run | None:
    """The run that counts in a cycle; as `before` the result of the one of last year, in the same query."""
    counts = Run.objects.filter(state=RunState.ADOPTED).order_by()
    before = counts.filter(
        cycle__year=OuterRef("cycle__year") - 1,
        scheme__code=OuterRef("scheme__code"),
        scheme__evaluation=OuterRef("scheme__evaluation"),
    )
    runs = counts.filter(cycle=cycle).annotate(before=Subquery(before.values("result")[:1]))
    run = runs.select_related("scheme").defer("scheme__text").first()
    if run is not None:
        run.cycle = cycle
    return run


def board(run: Run, category: str, language: str, openable: frozenset[int] | None) -> SafeString:
    """Everything inside the frame.

    Args:
        run: as `run_to_show` gives it.
        category: the code of a category of its cycle.
        language: in which it is drawn, the one that is active.
        openable: the evaluated units whose sheets the reader may open; None for all of them.

    Raises:
        Http404: if there is no such category.
    """
    versions = (run.result, run.before, run.cycle.state, run.cycle.title)  # type: ignore[attr-defined]
    return _drawn(run, versions, category, language, openable)


@lru_cache(maxsize=_KEPT)
def _drawn(
    run: Run, versions: tuple[str, ...], category: str, language: str, openable: frozenset[int] | None
) -> SafeString:
    categories = list(run.cycle.categories.all())
    shown = next((one for one in categories if one.code == category), None)
    if shown is None:
        raise Http404
    return render_to_string("scoring/_board.html", {
        "cycle": run.cycle, "run": run, "category": shown, "ranking": ranking_of(run, shown), "openable": openable,
        "all_open": openable is None, "categories": categories if openable is None else [],
    })  # fmt: skip
