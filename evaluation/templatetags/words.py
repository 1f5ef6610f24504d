"""Sentences in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from engine.text import Text

register = template.Library()


@register.filter
def said(text: Text) -> str:
    """A sentence of the engine in the language of the page."""
    return text.to(get_language() or "zh-hans")
