"""What people write into a cell of a file, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from evaluation.models import Unit

LANGUAGES = ("zh-hans", "en")
YES_WORDS, NO_WORDS = {"1", "是", "yes", "true"}, {"0", "否", "no", "false"}


def in_each_language(text: str | Promise) -> set[str]:
    """What a text is in Chinese and in English."""
    found = set()
    for language in LANGUAGES:
        with override(language):
            found.add(str(text))
    return found


def chosen(word: str, choices: type[models.TextChoices]) -> str:
    """The value of a choice that is written as its value or in words, in either language.

    Raises:
        ValueError: there is none; says which there are.
    """
    for one in choices:
        if word == one.value or word in in_each_language(one.label):
            return str(one.value)
    known = "、".join(str(one.label) for one in choices)
    raise ValueError(_("“%(word)s” is none of: %(known)s") % {"word": word, "known": known})


def yes_or_no(word: str, default: bool) -> bool:
    """A yes or no that is written in either language.

    Raises:
        ValueError: it is neither.
    """
    if not word:
        return default
    if word.lower() in YES_WORDS | NO_WORDS:
        return word.lower() in YES_WORDS
    raise ValueError(_("“%(word)s” is neither yes nor no") % {"word": word})


def said_yes(value: bool) -> str:
    """Yes or no in words."""
    return str(_("yes") if value else _("no"))


def unit_of(code: str) -> Unit:
    """The unit of a code.

    Raises:
        ValueError: there is none.
    """
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise ValueError(_("there is no unit with the code “%(code)s”") % {"code": code})
    return unit


def day_of(text: str) -> date:
    """A date such as 2026-01-31.

    Raises:
        ValueError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("“%(word)s” is no date such as 2026-01-31") % {"word": text}) from None


def codes_in(cell: str) -> Iterator[str]:
    """The codes in one cell, apart by commas."""
    return filter(None, (code.strip() for code in cell.replace("，", "、").replace(",", "、").split("、")))
