"""What a person sees first."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk.selectors import years_for_user
from desk.todo import tasks_for
from evaluation.pages.fetch import cycle_for
from evaluation.rules import may_see_cycles, may_step
from evaluation.selectors import notifications_of
from evaluation.services.notify import mark_read
from evaluation.web import SignedIn, actor_of, allow
from indicators.services.timetable import set_planned_windows

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


@require_POST
def plan_windows_page(request: SignedIn, cycle: str) -> HttpResponse:
    """Set the windows that the rule book plans."""
    found = cycle_for(request.user, cycle)
    allow(may_step(actor_of(request), "set_window"), found)
    done = set_planned_windows(cycle=found, actor=actor_of(request))
    said = ngettext("%(count)s window is set as the rule book plans it.",
                    "%(count)s windows are set as the rule book plans them.", len(done))  # fmt: skip
    messages.success(request, said % {"count": len(done)})
    return redirect("timetable", cycle)
