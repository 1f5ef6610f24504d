"""Signing in and out and changing the password, as allauth does it, with an entry in the trail for each."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engine.text import Text
from evaluation.accounts.lockout import count_failure, is_locked
from evaluation.accounts.sessions import say_at_the_door
from evaluation.models import User
from evaluation.services.access import change_password
from evaluation.services.audit import record
from evaluation.web import actor_of, stranger

UNKNOWN = "—"
_DISABLED = Text("账号已停用，请联系管理员", "this account is disabled: ask an administrator")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; who signs in, who fails to and who signs out is told to the trail, never a password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("User name or password is wrong."),
        "too_many_login_attempts": _("Too many failures. Try again in 15 minutes."),
        "rate_limited": _("Too many failures. Try again in 15 minutes."),
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("The password is wrong."),
    }

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

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Said only to whoever knows the password."""
        with transaction.atomic():
            record("sign_in_failed", user, actor=stranger(request, user.username), key=user.username)
        say_at_the_door(request, _DISABLED)
        return redirect(settings.LOGIN_URL)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if is_locked(credentials.get("username", "")):
            self._tell_failure(request, credentials, locks=False)
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self._tell_failure(request, credentials, locks=count_failure(request, credentials.get("username", "")))

    def _tell_failure(self, request: HttpRequest, credentials: dict[str, Any], *, locks: bool) -> None:
        """Tell which account was tried. What is no account is not kept: people type passwords into the wrong field."""
        user = User.objects.filter(username__iexact=credentials.get("username", "")).first()
        key = user.username if user else UNKNOWN
        with transaction.atomic():
            tried = user or User()
            record("lock_account" if locks else "sign_in_failed", tried, actor=stranger(request, key), key=key)

    def set_password(self, user: User, password: str) -> None:
        change_password(user, password, actor=actor_of(self.request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")
