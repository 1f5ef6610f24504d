"""Sentences in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django import template
from django.core.serializers.json import DjangoJSONEncoder

from engine.text import Text
from evaluation.moments import begins, moment
from evaluation.trail import in_words, reason_of
from evaluation.words import for_reader

register = template.Library()


@register.filter
def said(text: Text) -> str:
    """A sentence of the engine in the language of the page."""
    return for_reader(text)


@register.filter
def trail_word(action: str) -> str:
    """An action of the trail in words."""
    return in_words(action)


register.filter("reason_of", reason_of)
register.filter("begins", begins)
register.filter("moment", moment)


@register.filter
def at(found: Mapping[str, object], key: str) -> object:
    """What stands under a key."""
    return found.get(key, "")


@register.filter
def as_json(value: object) -> str:
    """Plain data for an attribute that a script of ours reads; escaped like any text."""
    return json.dumps(value, cls=DjangoJSONEncoder)
