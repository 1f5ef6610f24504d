"""Signing in by the city's own identity provider: whom it names has an account already, or is not let in."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect.views import login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from requests import RequestException

from engine.text import Text
from evaluation.accounts.lockout import too_many
from evaluation.accounts.sessions import say_at_the_door
from evaluation.models import User
from evaluation.services.access import bind_to_provider
from evaluation.services.audit import record
from evaluation.verdict import Refused
from evaluation.web import origin_of, stranger

_NO_ACCOUNT = Text(
    "统一身份认证的用户在本系统没有可用的账号，请联系管理员",
    "the city's provider knows you, but you have no account here: ask an administrator",
)
_FAILED = Text("统一身份认证登录未完成，请重试", "signing in by the city's provider did not succeed: try again")


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The first time by user name, from then on by the provider's own key of the person; no account is made."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find whom the provider means: a user name may be another person's one day, its key of a person may not."""
        name = sociallogin.user.username  # the claim `preferred_username`, or the user name of who is bound already
        user = sociallogin.user if sociallogin.account.pk else User.objects.filter(username=name).first()
        if not name or user is None or not user.is_active or sociallogin.state.get("process") != "login":
            _turn_away(request, _NO_ACCOUNT, name)
        if not sociallogin.account.pk:
            try:
                bind_to_provider(user, sociallogin.account, origin=origin_of(request))
            except Refused as refused:
                _turn_away(request, refused.reason, name)
        sociallogin.user = user

    def on_authentication_error(self, request: HttpRequest, provider: Any, **why: Any) -> None:
        _turn_away(request, _FAILED, "")


@login_not_required
@require_POST
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the provider; where it does not answer, back to the door."""
    try:
        response: HttpResponse = login(request, provider_id)
    except RequestException:
        _turn_away(request, _FAILED, "")
    return response


def _turn_away(request: HttpRequest, why: Text, name: str) -> NoReturn:
    """To the door, where it is said why; the name is told by the provider and is no slip of the hand."""
    if response := too_many(request):
        raise ImmediateHttpResponse(response)
    key = name or "—"
    with transaction.atomic():
        record("sign_in_failed", User(), actor=stranger(request, key), key=key, reason=why.zh)
    say_at_the_door(request, why)
    raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))
