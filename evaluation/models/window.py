"""What is open when: the windows of a cycle, and the longer time that one unit has been given."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evaluation.models.base import Dated, one_of
from evaluation.models.cycle import Cycle
from evaluation.models.decision import Decision
from evaluation.models.unit import Unit
from evaluation.models.user import User


class Phase(models.TextChoices):
    """A stage of the cycle; rule books plan them by the same words."""

    NAMING = "naming", _("naming of responsible people")
    TARGETS = "targets", _("proposing targets")
    TARGET_CHANGES = "target_changes", _("asking for other targets")
    COLLECTION = "collection", _("collecting facts")
    SELF_ASSESSMENT = "self_assessment", _("self-assessment")
    CLAIMS = "claims", _("claiming bonuses")
    JUDGEMENT = "judgement", _("evaluation by panels")
    BONUS_PUBLICITY = "bonus_publicity", _("publicity of bonuses")
    PUBLICITY = "publicity", _("publicity of results")
    APPEALS = "appeals", _("appeals")


class DayKind(models.TextChoices):
    """Which days a length counts."""

    CALENDAR = "calendar", _("calendar days")
    WORKING = "working", _("working days")


class Window(Dated):
    """From when to when something is open in a cycle: `opens` ≤ now < `closes`.

    Day 0 is the day of `opens`. With `days` it closes at 24:00 of the last of so many days after day 0; without, on a
    stated date. `closes` is empty as long as the notice of holidays of a year in between is not here: then nobody
    knows when it closes, and it stays open.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="windows", verbose_name=_("cycle"))
    phase = models.CharField(_("phase"), max_length=20, choices=Phase)
    opens = models.DateTimeField(_("opens"))
    days = models.PositiveSmallIntegerField(_("number of days"), null=True, blank=True)
    kind = models.CharField(_("kind of days"), max_length=10, choices=DayKind, default=DayKind.CALENDAR)
    closes = models.DateTimeField(_("closes"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)

    class Meta:
        verbose_name = _("window")
        verbose_name_plural = _("windows")
        ordering = ["cycle", "opens", "phase"]
        constraints = [
            one_of("phase", Phase, "window_phase"),
            one_of("kind", DayKind, "window_kind"),
            models.UniqueConstraint(fields=["cycle", "phase"], name="window_phase_once"),
            models.CheckConstraint(condition=Q(days__isnull=True) | Q(days__gte=1), name="window_days"),
            models.CheckConstraint(
                condition=Q(closes__isnull=True, days__isnull=False, kind=DayKind.WORKING)
                | Q(closes__isnull=False, closes__gt=F("opens")),
                name="window_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.code} {self.get_phase_display()}"


class Extension(Dated):
    """More time for one unit: until when, why, who has granted it. It ends by itself."""

    window = models.ForeignKey(Window, models.PROTECT, related_name="extensions", verbose_name=_("window"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="extensions", verbose_name=_("unit"))
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("granted by"))
    by_name = models.CharField(_("granted by"), max_length=200)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="extensions", verbose_name=_("decision")
    )

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["window", "unit__code", "until"]
        constraints = [models.CheckConstraint(condition=~Q(reason="") & ~Q(by_name=""), name="extension_said")]

    def __str__(self) -> str:
        return f"{self.window} · {self.unit}"
