"""Results: a run freezes what it read in a snapshot and what came out in one sheet per unit."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.fields import ExactDecimalField
from evaluation.models import AppendOnly, Cycle, Dated, EvaluatedUnit, one_of
from indicators.models import CycleScheme
from scoring.states import RunState


class Run(Dated):
    """One execution of the scoring of a cycle. `result` is the hash over the hashes of all its sheets."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="runs", verbose_name=_("cycle"))
    scheme = models.ForeignKey(CycleScheme, models.PROTECT, related_name="runs", verbose_name=_("scheme"))
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=20, choices=RunState, default=RunState.QUEUED, editable=False)
    started_by = models.CharField(_("started by"), max_length=200)
    engine = models.CharField(_("engine"), max_length=20)
    result = models.CharField(_("hash of the result"), max_length=64, blank=True)
    failure = models.TextField(_("why it failed"), blank=True)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["cycle", "-number"]
        constraints = [
            one_of("state", RunState, "run_state"),
            models.UniqueConstraint(fields=["cycle", "number"], name="run_number_once"),
            models.UniqueConstraint(
                fields=["cycle"], condition=models.Q(state=RunState.ADOPTED), name="run_one_adopted"
            ),
            models.UniqueConstraint(
                fields=["cycle"],
                condition=models.Q(state__in=(RunState.QUEUED, RunState.RUNNING)),
                name="run_one_active",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.code} #{self.number}"


class Snapshot(AppendOnly):
    """Everything that a run read: the scheme's text, and the facts as canonical text and packed columns."""

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="snapshot", verbose_name=_("run"))
    scheme_text = models.TextField(_("text of the scheme"))
    scheme_sha256 = models.CharField(_("SHA-256 of the scheme"), max_length=64)
    head = models.TextField(_("facts"))
    columns = models.BinaryField(_("columns"))
    sha256 = models.CharField(_("SHA-256 of the facts"), max_length=64)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")

    def __str__(self) -> str:
        return self.sha256


class ScoreSheet(AppendOnly):
    """The outcome of one unit in one run.

    `points` has one big-endian int64 for each node of the unit's set, in the order of the scheme, scaled by the places
    of the node; `statuses` one byte for each. What has no scale stands in `said`, canonical JSON with all the rest.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="sheets", verbose_name=_("run"))
    evaluated_unit = models.ForeignKey(
        EvaluatedUnit, models.PROTECT, related_name="sheets", verbose_name=_("evaluated unit")
    )
    unit_code = models.CharField(_("code"), max_length=40)
    unit_name = models.CharField(_("name"), max_length=200)
    set_code = models.CharField(_("indicator set"), max_length=60)
    category = models.CharField(_("category"), max_length=60)
    total = ExactDecimalField(_("total"), max_length=200)
    place = models.PositiveIntegerField(_("place"), null=True)
    grade = models.CharField(_("grade"), max_length=60, blank=True)
    grade_earned = models.CharField(_("grade earned"), max_length=60, blank=True)
    said = models.TextField(_("the rest"))
    points = models.BinaryField(_("points"))
    statuses = models.BinaryField(_("statuses"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        ordering = ["run", "category", "place", "unit_code"]
        constraints = [
            models.UniqueConstraint(fields=["run", "unit_code"], name="score_sheet_once"),
            models.CheckConstraint(
                condition=models.Q(place__isnull=True) | models.Q(place__gte=1), name="score_sheet_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name} {self.total}"
