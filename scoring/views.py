"""The pages of results: fetch what this person may see, ask what it says, show it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from evaluation.models import Cycle, EvaluatedUnit, User
from evaluation.pages.fetch import cycle_for
from evaluation.selectors import own_units_in
from evaluation.web import SignedIn, allow
from scoring.models import Run, ScoreSheet
from scoring.rules import Sight, may_see, may_see_beside, may_see_ranking, may_see_runs, may_see_sheet
from scoring.selectors import adopted_run, sheets_for_user
from scoring.showing.again import executed
from scoring.showing.beside import beside
from scoring.showing.board import board
from scoring.showing.progress import told_of
from scoring.showing.sheet import tree_of
from scoring.showing.standing import standing_of


@require_safe
def ranking_page(request: SignedIn, cycle: str, category: str) -> HttpResponse:
    """The ranking of a category."""
    found = cycle_for(request.user, cycle)
    allow(may_see_ranking(request.user, found, category), found)
    drawn = board(found, category, get_language() or "", openable(request.user, found))
    page = "scoring/ranking.html" if drawn else "scoring/unscored.html"
    return render(request, page, {"cycle": found, "board": drawn})


@require_safe
def sheet_page(request: SignedIn, cycle: str, unit: int) -> HttpResponse:
    """The score sheet of a unit."""
    found = cycle_for(request.user, cycle)
    allow(may_see_sheet(request.user, found, unit), found)
    run = adopted_run(found)
    if run is None:
        return render(request, "scoring/unscored.html", {"cycle": found})
    sheet = sheet_for(request.user, run, unit)
    return render(request, "scoring/sheet.html", {
        **_frame(request.user, run, sheet), **_derived(run, sheet), "page": "sheet",
        "standing": standing_of(run, sheet, with_others=bool(may_see_beside(request.user, found, unit))),
    })  # fmt: skip


@require_safe
def beside_page(request: SignedIn, cycle: str, unit: int) -> HttpResponse:
    """A unit beside its category."""
    found = cycle_for(request.user, cycle)
    allow(may_see_beside(request.user, found, unit), found)
    run = adopted_run(found)
    if run is None:
        return render(request, "scoring/unscored.html", {"cycle": found})
    sheet = sheet_for(request.user, run, unit)
    parts = beside(executed(run), sheet)
    return render(request, "scoring/beside.html", {
        **_frame(request.user, run, sheet), "total": parts[0], "parts": parts[1:], "page": "beside",
    })  # fmt: skip


@require_safe
def run_page(request: SignedIn, cycle: str, number: int) -> HttpResponse:
    """How a run goes on, or how it has ended; asked by the page itself, the part of it that changes."""
    found = cycle_for(request.user, cycle)
    allow(may_see_runs(request.user), found)
    run = get_object_or_404(found.runs.select_related("cycle"), number=number)
    page = "scoring/_progress.html" if "HX-Request" in request.headers else "scoring/run.html"
    return render(request, page, {"cycle": found, "run": run, "told": told_of(run)})


def sheet_for(user: User, run: Run, unit: int) -> ScoreSheet:
    """The sheet of an evaluated unit that this person may open."""
    return get_object_or_404(sheets_for_user(run, user).defer("points", "statuses"), evaluated_unit=unit)


def openable(user: User, cycle: Cycle) -> frozenset[int] | None:
    """The evaluated units whose sheets a person may open from the ranking; None stands for all of them."""
    if may_see(user, cycle, Sight.SHEETS):
        return None
    own = own_units_in(cycle, user) if may_see(user, cycle, Sight.OWN_SHEET) else EvaluatedUnit.objects.none()
    return frozenset(own.values_list("pk", flat=True))


def _frame(user: User, run: Run, sheet: ScoreSheet) -> dict[str, Any]:
    """What the pages of one unit have in common."""
    category = run.cycle.categories.get(code=sheet.category)
    return {
        "cycle": run.cycle, "run": run, "sheet": sheet, "category": category,
        "may_see_ranking": may_see_ranking(user, run.cycle, category.code),
        "may_see_beside": may_see_beside(user, run.cycle, sheet.evaluated_unit_id),
    }  # fmt: skip


def _derived(run: Run, sheet: ScoreSheet) -> dict[str, Any]:
    """The derivation, if executing the run again gives this very sheet; without it nothing is explained."""
    again = executed(run)
    if not again.agrees(sheet):
        return {"tree": None}
    return {"tree": tree_of(again.derivation(sheet), again.outcome.plan, sheet.set_code)}
