"""What things are called in both languages at once: states, roles, fields, and what a row says in them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language, override

from engine.text import Problem, Text
from evaluation.fields import written

YES_AND_NO = {True: Text("是", "yes"), False: Text("否", "no")}
NOTHING = Text("（空）", "(empty)")


def for_reader(said: Text | Problem) -> str:
    """A sentence in the language of whoever reads it now: of the page, or of the command line."""
    return said.to(get_language() or "zh-hans")


def both(said: str | Promise) -> Text:
    """A name that is translated where it is shown, in Chinese and in English."""
    return Text(*(_in(language, said) for language in ("zh-hans", "en")))


def _in(language: str, said: str | Promise) -> str:
    with override(language):
        return str(said)


def joined(parts: Iterable[Text], zh: str = "；", en: str = "; ") -> Text:
    """Several sentences as one."""
    found = list(parts)
    return Text(zh.join(one.zh for one in found), en.join(one.en for one in found))


def field_called(model: type[models.Model], name: str) -> Text:
    """What a field is called."""
    return both(getattr(model._meta.get_field(name), "verbose_name", name))


def state_called(row: Any) -> Text:
    """What the state of a row is called."""
    return value_called(row._meta.get_field("state"), row.state)


def value_called(field: models.Field[Any, Any], value: Any) -> Text:
    """What a value is called: a choice by its name, an object or several by theirs."""
    if field.choices and value not in (None, ""):
        return both(dict(field.flatchoices).get(value, str(value)))
    if isinstance(value, bool):
        return YES_AND_NO[value]
    if isinstance(value, Decimal):
        value = written(value)
    if isinstance(value, list):
        value = "、".join(str(one) for one in value)
    return NOTHING if value in (None, "") else Text(str(value), str(value))
