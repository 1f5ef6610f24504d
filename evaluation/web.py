"""Where requests meet the rules: who is asking, what is refused, and how a refusal is shown and kept."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control

from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import User
from evaluation.rules import WEIGHTY
from evaluation.services.audit import record
from evaluation.unwritable import UNWRITABLE
from evaluation.verdict import Refused, Verdict

log = logging.getLogger("evaluation.web")


class SignedIn(HttpRequest):
    """A request of a person who has signed in, which is every request that reaches a view of ours."""

    user: User


def actor_of(request: HttpRequest) -> Actor:
    """The person behind a request, and from where it came."""
    user = request.user
    if isinstance(user, AnonymousUser):
        return stranger(request, "—")
    assert isinstance(user, User)
    return Actor.of(user, origin_of(request))


def origin_of(request: HttpRequest) -> str:
    """From where something is asked: the address, and what for."""
    return f"{request.META.get('REMOTE_ADDR', '')} {request.method} {request.path}"[:200]


def stranger(request: HttpRequest, name: str) -> Actor:
    """Somebody who has not signed in, by a name."""
    return Actor(name, origin_of(request))


def seen_in(request: HttpRequest) -> int | None:
    """The revision that a form of ours remembers; None where there is none."""
    return revision_in(request.POST.get("seen", ""))


def revision_in(text: str) -> int | None:
    """A revision as a form sends it; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class NotAllowed(Refused):
    """A person may not see or do this; `about` is what was asked for."""

    def __init__(self, reason: Text, about: models.Model | None = None) -> None:
        super().__init__(reason)
        self.about = about


def allow(verdict: Verdict, about: models.Model | None = None) -> None:
    """Go on only if the verdict is yes.

    Raises:
        NotAllowed: which becomes a page that says why, and an entry in the trail.
    """
    if not verdict:
        raise NotAllowed(verdict.reason, about)


def refuse(request: HttpRequest, reason: Text, about: models.Model | None = None) -> None:
    """Keep in the trail that something was refused to a person, and why; without `about` it is about the person."""
    actor = actor_of(request)
    about = about or actor.user or User()
    with transaction.atomic():
        record("refuse", about, actor=actor, key=_called(about), reason=reason.zh)


def refusal(request: HttpRequest, act: Callable[[], object], about: models.Model | None = None) -> Text | None:
    """Do something for a page; what stands against it is kept in the trail, and given back to be said there."""
    try:
        act()
    except Refused as refused:
        refuse(request, refused.reason, about)
        return refused.reason
    return None


def _called(about: models.Model) -> str:
    """How people call what was asked for: a cycle by its code, a person by the user name."""
    called: str = about.username if isinstance(about, User) else getattr(about, "code", "")
    return called


class AskAgain(Exception):
    """The password or the second factor is asked for again first; then the person comes back to an address."""

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


def ask_again(request: HttpRequest, act: str, back: str = "") -> None:
    """Go on with a weighty act only if the person has shown a moment ago that it is he.

    Args:
        request: what asks for it.
        act: what is to be done; those of `WEIGHTY` count.
        back: where he is led afterwards; the address that he asked for if left out.

    Raises:
        AskAgain: which leads to the page that asks.
    """
    if act in WEIGHTY and not asked_lately(request):
        raise AskAgain(back or request.get_full_path())


def asked_lately(request: HttpRequest) -> bool:
    """Whether the password or the second factor was asked for again a moment ago; to have signed in is not enough."""
    records = get_authentication_records(request, request.user)
    at = max((one["at"] for one in records if one.get("reauthenticated")), default=0)
    return bool(time.time() - at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def _asking(request: HttpRequest, back: str) -> HttpResponse:
    """To the page that asks; whoever has neither a password nor a second factor sets one up first."""
    ways = get_adapter().get_reauthentication_methods(request.user)
    return redirect(f"{ways[0]['url']}?{urlencode({'next': back})}" if ways else reverse("mfa_index"))


class RefusalMiddleware:
    """Turns a refusal inside a view into the page 403 with its reason, and keeps it in the trail.

    Where the database takes nothing the page 503 says so, and asks the database for nothing.
    What somebody saw who had signed in is kept in no cache: whoever comes to the machine next does not find it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_exception(self, request: HttpRequest, raised: Exception) -> HttpResponse | None:
        if isinstance(raised, AskAgain):
            return _asking(request, raised.back)
        if isinstance(raised, UNWRITABLE):
            log.error("the database takes nothing: %s", raised, exc_info=raised)
            return HttpResponse(render_to_string("503.html"), status=503)
        if not isinstance(raised, Refused):
            return None
        refuse(request, raised.reason, getattr(raised, "about", None))
        return render(request, "403.html", {"reason": raised.reason}, status=403)
