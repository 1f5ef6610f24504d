"""The trail, the language, and the page for a form that came from elsewhere."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from engine.text import Text
from evaluation.models import AuditEntry, AuditHead
from evaluation.rules import may_read_trail
from evaluation.selectors import entries_for_user
from evaluation.trail import actions_in, narrowed, told
from evaluation.web import SignedIn, allow, refuse

PER_PAGE = 50
_NO_TOKEN = Text(
    "表单已过期，或不是从本系统页面提交的，请返回上一页刷新后重试",
    "the form is out of date, or was not sent from a page of this system; go back, reload the page and try again",
)


@require_safe
def trail_page(request: SignedIn) -> HttpResponse:
    """The audit trail, newest first."""
    allow(may_read_trail(request.user))
    entries = entries_for_user(request.user)
    asked = {name: request.GET.get(name, "") for name in ("action", "object", "person")}
    page = Paginator(narrowed(entries, asked), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "evaluation/trail.html", {
        "page": page, "entries": [told(entry) for entry in page.object_list], "asked": asked,
        "actions": list(actions_in(AuditEntry.objects.all())), "head": AuditHead.objects.filter(id=1).first(),
    })  # fmt: skip


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language in a cookie and go back to the page; only to one of ours."""
    response: HttpResponse = set_language(request)
    return response


def without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form without the token that proves where it came from."""
    if request.user.is_authenticated:
        refuse(request, _NO_TOKEN)
    return render(request, "403.html", {"reason": _NO_TOKEN}, status=403)
