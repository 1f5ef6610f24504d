"""The states of a scheme in force."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from engine.text import Text
from evaluation.states import Transition


class SchemeState(models.TextChoices):
    """Whether a rule book may still be replaced."""

    DRAFT = "draft", _("draft")
    CHECKED = "checked", _("checked")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")


S = SchemeState
SCHEME_TRANSITIONS = (
    Transition("check", Text("校核", "be checked"), (S.DRAFT,), S.CHECKED),
    Transition("publish_scheme", Text("发布", "be published"), (S.CHECKED,), S.PUBLISHED),
    Transition("supersede_scheme", Text("被替换", "be superseded"), (S.DRAFT, S.CHECKED, S.PUBLISHED), S.SUPERSEDED),
)
