"""The ranking of a category as HTML, kept: a run never changes; drawn once for each language and reader's reach."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from evaluation.models import Category
from scoring.models import Run
from scoring.showing.last_year import run_before
from scoring.showing.ranking import ranking_of

_KEPT = 64  # of a category of 300 units some 300 kB each


def board(run: Run, category: Category, language: str, openable: frozenset[int] | None) -> SafeString:
    """Tiles, bars and table.

    Args:
        run: the run that counts.
        category: one of its cycle.
        language: in which it is drawn, the one that is active.
        openable: the evaluated units whose sheets the reader may open; None for all of them.
    """
    before = run_before(run)
    return _drawn(run, run.result, before.result if before else "", category, language, openable)


@lru_cache(maxsize=_KEPT)
def _drawn(
    run: Run, result: str, before: str, category: Category, language: str, openable: frozenset[int] | None
) -> SafeString:
    ranking = ranking_of(run, category)
    reach = {"cycle": run.cycle, "openable": openable, "all_open": openable is None}
    return render_to_string("scoring/_board.html", {"ranking": ranking, **reach})
