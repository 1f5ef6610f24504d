"""What a body has decided, and the days that are not as the week says."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.models.base import Dated
from evaluation.models.evidence import Evidence


class Decision(Dated):
    """A decision of a body: the number of its minutes or letter, the date, what it decides, the document as a file.

    `document` is how papers call it; `files` are the document itself.
    """

    body = models.CharField(_("body"), max_length=200)
    number = models.CharField(_("number"), max_length=200)
    document = models.CharField(_("document"), max_length=500, blank=True)
    day = models.DateField(_("date"), null=True, blank=True)
    decides = models.TextField(_("what it decides"), blank=True)
    files: models.ManyToManyField[Evidence, Any] = models.ManyToManyField(
        Evidence, related_name="decisions", blank=True, editable=False, verbose_name=_("evidence")
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["body", "number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="decision_once"),
            models.CheckConstraint(condition=~models.Q(body="") & ~models.Q(number=""), name="decision_said"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.number}"


class WorkingDay(Dated):
    """A day that a notice of the State Council names: a holiday, or a weekend day that is worked."""

    day = models.DateField(_("date"), unique=True)
    works = models.BooleanField(_("is worked"))
    notice = models.CharField(_("notice"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("day of the working calendar")
        verbose_name_plural = _("working calendar")
        ordering = ["day"]

    def __str__(self) -> str:
        return self.day.isoformat()
