"""What a password must be under each value of PASSWORD_RULE, and after how many days it is to be changed."""

from __future__ import annotations

from typing import Any

_DJANGO = "django.contrib.auth.password_validation"
_OURS = "evaluation.accounts.passwords"


def _at_least(characters: int) -> dict[str, Any]:
    return {"NAME": f"{_DJANGO}.MinimumLengthValidator", "OPTIONS": {"min_length": characters}}


_NOT_THE_NAME = {
    "NAME": f"{_DJANGO}.UserAttributeSimilarityValidator",
    "OPTIONS": {"user_attributes": ("username", "name")},
}
_NOT_COMMON: dict[str, Any] = {"NAME": f"{_DJANGO}.CommonPasswordValidator"}
_OF_KINDS: dict[str, Any] = {"NAME": f"{_OURS}.ThreeKinds"}
_ANOTHER: dict[str, Any] = {"NAME": f"{_OURS}.Another"}

VALIDATORS = {
    "graded": [_at_least(10), _OF_KINDS, _NOT_THE_NAME, _NOT_COMMON, _ANOTHER],
    "modern": [_at_least(12), _NOT_THE_NAME, _NOT_COMMON],
}
DAYS = {"graded": 90, "modern": None}
