"""What somebody has to do before anything else: choose another password, set up a second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from evaluation.accounts.passwords import expired
from evaluation.models import User
from evaluation.rules import needs_second_factor

TO_CHOOSE = frozenset({"account_logout", "account_change_password"})
TO_SET_UP = frozenset({
    "account_logout", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn",
    "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
})  # fmt: skip


def owes_second_factor(user: User) -> bool:
    """Whether a person must have a second factor and has none."""
    return settings.SECOND_FACTOR_REQUIRED and needs_second_factor(user) and not is_mfa_enabled(user)


class Duties:
    """Leads whoever owes something to the page for it, from all pages but those it takes and those open to all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        open_to_all = not getattr(view, "login_required", True)
        if open_to_all or not isinstance(request.user, User) or request.resolver_match is None:
            return None
        asked = request.resolver_match.view_name
        if expired(request.user):
            return None if asked in TO_CHOOSE else redirect("account_change_password")
        if asked not in TO_SET_UP and owes_second_factor(request.user):
            return redirect("mfa_index")
        return None
