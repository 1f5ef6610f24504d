"""How long a session lasts: so long without a request, and in any case so long after signing in."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRefresh

from engine.text import Text
from evaluation.models import User
from evaluation.services.audit import record
from evaluation.web import actor_of
from evaluation.words import for_reader

BEGUN, SEEN = "begun", "seen"
_TO_THE_MINUTE = 60  # how often the last request is written down

IDLE = Text("您已{minutes}分钟没有操作，请重新登录", "nothing was done for {minutes} minutes: sign in again")
LONG = Text("登录已满{hours}小时，请重新登录", "you signed in {hours} hours ago: sign in again")


def say_at_the_door(request: HttpRequest, said: Text) -> None:
    """Something for the page for signing in, to which the request is led."""
    messages.warning(request, for_reader(said))


def over(session: SessionBase, now: float) -> Text | None:
    """Why a session has ended, if it has."""
    if now - session.get(BEGUN, now) >= settings.SESSION_HOURS * 60 * 60:
        return LONG.format(hours=settings.SESSION_HOURS)
    if now - session.get(SEEN, now) >= settings.SESSION_IDLE_MINUTES * 60:
        return IDLE.format(minutes=settings.SESSION_IDLE_MINUTES)
    return None


class SessionLimits:
    """Ends a session that is over; whoever it belonged to is told so where he signs in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            now = time.time()
            if why := over(request.session, now):
                _end(request, request.user, why)
                if _by_itself(request):  # a part of a page has no place for the door
                    return HttpResponseClientRefresh()
            else:
                _note(request.session, now, idle=_by_itself(request))
        return self.get_response(request)


def _by_itself(request: HttpRequest) -> bool:
    """Whether the page of a run has asked how it goes on (templates/scoring/_progress.html), and nobody has done it."""
    return "HX-Request" in request.headers and request.headers.get("HX-Trigger") == "run"


def _note(session: SessionBase, now: float, *, idle: bool) -> None:
    if BEGUN not in session:
        session[BEGUN] = session[SEEN] = now
    if not idle and now - session[SEEN] >= _TO_THE_MINUTE:
        session[SEEN] = now


def _end(request: HttpRequest, user: User, why: Text) -> None:
    with transaction.atomic():
        record("end_session", user, actor=actor_of(request), key=user.username, reason=why.zh)
    logout(request)
    say_at_the_door(request, why)
