"""The second factor and asking again, as allauth does it, with an entry in the trail for each."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.views import PasswordChangeView, ReauthenticateView
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from cryptography.fernet import Fernet, InvalidToken
from django.contrib.auth.password_validation import password_validators_help_texts
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from evaluation.accounts.duties import owes_second_factor
from evaluation.accounts.passwords import expired
from evaluation.actor import Actor
from evaluation.models import User
from evaluation.services.audit import record
from evaluation.verdict import YES, Verdict, no
from evaluation.web import allow, origin_of, stranger

_NO_PASSWORD = no(
    "您通过统一身份认证登录，在本系统没有密码", "you sign in by the city's provider and have no password here"
)
FAILED = "second_factor_failed"
USED = {
    Authenticator.Type.TOTP: "use_authenticator_app",
    Authenticator.Type.WEBAUTHN: "use_security_key",
    Authenticator.Type.RECOVERY_CODES: "use_recovery_code",
}


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are kept encrypted under the key of the product: a copy of the database alone makes no codes."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": _("That was not right. Try again.")}

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _vault().decrypt(encrypted_text).decode()
        except InvalidToken:  # SECRET_KEY is another one now: an administrator has to take this second factor away
            raise self.validation_error("incorrect_code") from None


def _vault() -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac("evaluation.second-factor", "", algorithm="sha256").digest()))


class Told:
    """A page of allauth that tells the trail what is done on it, in the same transaction, and what goes wrong."""

    request: HttpRequest
    done = ""

    def who(self) -> User:
        """Whom it is about; only he gets here."""
        assert isinstance(self.request.user, User)
        return self.request.user

    def action(self, form: Any) -> str:
        """What was done."""
        return self.done

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            user, origin = self.who(), origin_of(self.request)
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            record(self.action(form), user, actor=Actor.of(user, origin), key=user.username)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        user = self.who()
        with transaction.atomic():
            record(FAILED, user, actor=stranger(self.request, user.username), key=user.username)
        return self.again(form)

    def again(self, form: Any) -> HttpResponse:
        """The page once more, with what is wrong."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        return response


class Authenticate(Told, AuthenticateView):  # type: ignore[misc]
    """The second factor, after the password."""

    def who(self) -> User:
        user: User = self.stage.login.user
        return user

    def action(self, form: Any) -> str:
        used = form.authenticator if "code" in form.cleaned_data else form.cleaned_data["credential"]
        return USED[used.type]


class AskPassword(Told, ReauthenticateView):  # type: ignore[misc]
    """The password again. A wrong one is told where passwords are checked."""

    done = "reauthenticate"

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response


class AskCode(Told, ReauthenticateByCodeView):  # type: ignore[misc]
    """A code again."""

    done = "reauthenticate"


class AskKey(Told, ReauthenticateWebAuthnView):  # type: ignore[misc]
    """The security key again. Where it fails the page is shown again; allauth would lead to the door."""

    done = "reauthenticate"

    def again(self, form: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response({**self.get_context_data(), "form": form})
        return response


class ActivateApp(Told, ActivateTOTPView):  # type: ignore[misc]
    """An authenticator app is set up, and proves by a code that it is."""

    done = "add_authenticator_app"


class DeactivateApp(Told, DeactivateTOTPView):  # type: ignore[misc]
    """The authenticator app is not used any more."""

    done = "remove_authenticator_app"


class NewRecoveryCodes(Told, GenerateRecoveryCodesView):  # type: ignore[misc]
    """Fresh recovery codes; the old ones are worth nothing."""

    done = "renew_recovery_codes"


class AddKey(Told, AddWebAuthnView):  # type: ignore[misc]
    """A security key is added."""

    done = "add_security_key"


class RemoveKey(Told, RemoveWebAuthnView):  # type: ignore[misc]
    """A security key is removed."""

    done = "remove_security_key"
    success_url = reverse_lazy("mfa_index")


class Account(IndexView):  # type: ignore[misc]
    """Password, second factor and recovery codes at a glance."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owes = owes_second_factor(self.request.user)
        return {**super().get_context_data(**kwargs), "user": self.request.user, "owes_second_factor": owes}


class ChangePassword(PasswordChangeView):  # type: ignore[misc]
    """One's own password; whoever signs in by the city's provider alone has none here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allow(_has_password(request))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = {"password_expired": expired(self.request.user), "password_rules": password_validators_help_texts()}
        return {**super().get_context_data(**kwargs), **said}


def _has_password(request: HttpRequest) -> Verdict:
    if isinstance(request.user, User) and request.user.has_usable_password():
        return YES
    return _NO_PASSWORD
