"""What a person sees first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desk.selectors import years_for_user
from desk.todo import tasks_for
from evaluation.rules import may_see_cycles
from evaluation.selectors import notifications_of
from evaluation.services.notify import mark_read
from evaluation.web import SignedIn, actor_of

NEWEST, PER_PAGE = 5, 50


@require_safe
def start(request: SignedIn) -> HttpResponse:
    """What waits for this person, what he has been told, and the cycles that he has to do with."""
    return render(request, "desk/start.html", {
        "tasks": tasks_for(request.user), "told": notifications_of(request.user)[:NEWEST],
        "verdict": may_see_cycles(request.user), "years": years_for_user(request.user),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def notifications_page(request: SignedIn) -> HttpResponse:
    """Everything that this person was told; to mark it as read is a step of its own."""
    if request.method == "POST":
        mark_read(actor=actor_of(request))
        return redirect("notifications")
    page = Paginator(notifications_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/notifications.html", {"page": page, "told": page.object_list})
