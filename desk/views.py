"""What a person sees first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.selectors import years_for_user
from evaluation.rules import may_see_cycles
from evaluation.web import SignedIn


@require_safe
def start(request: SignedIn) -> HttpResponse:
    """The cycles that this person has to do with, and what of them is open now."""
    shown = {"verdict": may_see_cycles(request.user), "years": years_for_user(request.user)}
    return render(request, "desk/start.html", shown)
