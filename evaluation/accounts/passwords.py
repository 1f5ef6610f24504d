"""What Django's own validators do not ask of a password, and when one is too old. The setting is PASSWORD_RULE."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models import User

KINDS = 3


class ThreeKinds:
    """Three of capital letters, small letters, digits and others, as graded protection expects (GB/T 22239)."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len({_kind(character) for character in password}) < KINDS:
            raise ValidationError(self.get_help_text(), code="password_kinds")

    def get_help_text(self) -> str:
        return _("The password needs three of these: capital letters, small letters, digits, other characters.")


def _kind(character: str) -> str:
    if character.isdecimal():
        return "digit"
    if character.isupper():
        return "capital"
    return "small" if character.islower() else "other"


class Another:
    """Not the one that it replaces: otherwise to let a password expire would change nothing."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is not None and user.pk and user.has_usable_password() and user.check_password(password):
            raise ValidationError(self.get_help_text(), code="password_same")

    def get_help_text(self) -> str:
        return _("The new password must be another one than before.")


def expired(user: User) -> bool:
    """Whether a person has to choose another password first; whoever has none here has nothing to change."""
    if settings.PASSWORD_DAYS is None or not user.has_usable_password():
        return False
    return timezone.now() - (user.password_changed or user.date_joined) >= timedelta(days=settings.PASSWORD_DAYS)
