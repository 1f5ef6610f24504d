"""What a security key answers. allauth stumbles over an answer that is none; here it is a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm


def _understood(clean: Callable[[], Any]) -> Any:
    try:
        return clean()
    except (KeyError, TypeError, ValueError):
        raise get_adapter().validation_error("incorrect_code") from None


class Answer(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """When signing in."""

    def clean_credential(self) -> Any:
        return _understood(super().clean_credential)


class AnswerAgain(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """When asked again."""

    def clean_credential(self) -> Any:
        return _understood(super().clean_credential)


class NewKey(AddWebAuthnForm):  # type: ignore[misc]
    """When a key is added."""

    def clean(self) -> Any:
        return _understood(super().clean)
