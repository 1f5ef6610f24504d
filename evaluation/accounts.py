"""Signing in and out, as allauth does it, with an entry in the trail for each."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from evaluation.models import User
from evaluation.services.audit import record
from evaluation.web import actor_of, origin_of

UNKNOWN = "—"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; who signs in, who fails to and who signs out is told to the trail, never a password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to be read later on another page: whoever signed in sees that he has."""

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        with transaction.atomic():
            record("sign_in", user, actor=actor_of(request), key=user.username)
        response: HttpResponse = super().post_login(request, user, **how)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            with transaction.atomic():
                record("sign_out", request.user, actor=actor_of(request), key=request.user.username)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell which account was tried. What is no account is not kept: people type passwords into the wrong field."""
        user = User.objects.filter(username__iexact=credentials.get("username", "")).first()
        key = user.username if user else UNKNOWN
        with transaction.atomic():
            record("sign_in_failed", user or User(), actor=origin_of(request, key), key=key)
