"""Results: a run freezes what it read in a snapshot and what came out in one sheet per unit, category by category."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.fields import ExactDecimalField
from evaluation.models import AppendOnly, Category, Cycle, Dated, EvaluatedUnit, User, one_of
from indicators.models import CycleScheme
from scoring.states import RunState, Stage


class Run(Dated):
    """One execution of the scoring of a cycle. `result` is the hash over those of its categories.

    `categories` are its categories as they were scored: by itself, or by the run before it where nothing had changed.
    `whole` and `adopt` are what was asked for, `asked_by`, `started_by` and `origin` by whom and from where: a worker
    goes on in that name. `attempt` counts how often it was begun, `beat` is its last sign of life.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="runs", verbose_name=_("cycle"))
    scheme = models.ForeignKey(CycleScheme, models.PROTECT, related_name="runs", verbose_name=_("scheme"))
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=20, choices=RunState, default=RunState.QUEUED, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    started_by = models.CharField(_("started by"), max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="runs", verbose_name=_("account"))
    origin = models.CharField(_("from where"), max_length=200, blank=True)
    whole = models.BooleanField(_("everything anew"), default=False)
    adopt = models.BooleanField(_("adopt at once"), default=False)
    attempt = models.PositiveIntegerField(_("times begun"), default=0, editable=False)
    progress = models.CharField(_("stage"), max_length=20, choices=Stage, blank=True, editable=False)
    beat = models.DateTimeField(_("last sign of life"), null=True, editable=False)
    engine = models.CharField(_("engine"), max_length=20)
    result = models.CharField(_("hash of the result"), max_length=64, blank=True)
    failure = models.TextField(_("why it failed"), blank=True)
    failure_en = models.TextField(_("why it failed, in English"), blank=True)
    categories: models.ManyToManyField[ScoredCategory, Any] = models.ManyToManyField(
        "ScoredCategory", related_name="runs", editable=False, verbose_name=_("scored categories")
    )

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["cycle", "-number"]
        constraints = [
            one_of("state", RunState, "run_state"),
            models.CheckConstraint(condition=models.Q(progress__in=("", *Stage.values)), name="run_progress"),
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

    @property
    def sheets(self) -> models.QuerySet[ScoreSheet]:
        """The score sheets of all its categories."""
        return ScoreSheet.objects.filter(scored__runs=self)


class Snapshot(AppendOnly):
    """Everything that a run read: the scheme's text, and the facts as canonical text, which vouches for each category.

    `columns` are those of the first format of snapshots, which kept all categories in one.
    """

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="snapshot", verbose_name=_("run"))
    scheme_text = models.TextField(_("text of the scheme"))
    scheme_sha256 = models.CharField(_("SHA-256 of the scheme"), max_length=64)
    head = models.TextField(_("facts"))
    columns = models.BinaryField(_("columns"), default=b"")
    sha256 = models.CharField(_("SHA-256 of the facts"), max_length=64)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")

    def __str__(self) -> str:
        return self.sha256


class ScoredCategory(AppendOnly):
    """One category as a run has read and scored it; later runs that find it unchanged share it.

    `revision` is that of the category when it was read; `head` and `columns` are its part of the snapshot, empty where
    the snapshot is of the first format; `result` is the hash over the hashes of its sheets.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="scored", verbose_name=_("run that scored it"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="scored", verbose_name=_("category"))
    revision = models.PositiveIntegerField(_("revision of its facts"))
    head = models.TextField(_("facts"))
    columns = models.BinaryField(_("columns"))
    sha256 = models.CharField(_("SHA-256 of the facts"), max_length=64)
    result = models.CharField(_("hash of the result"), max_length=64)

    class Meta:
        verbose_name = _("scored category")
        verbose_name_plural = _("scored categories")
        ordering = ["run", "category"]
        constraints = [models.UniqueConstraint(fields=["run", "category"], name="scored_category_once")]

    def __str__(self) -> str:
        return str(self.run)


class ScoreSheet(AppendOnly):
    """The outcome of one unit, in the run that scored its category and in those that share it.

    `points` has one big-endian int64 for each node of the unit's set, in the order of the scheme, scaled by the places
    of the node; `statuses` one byte for each. What has no scale stands in `said`, canonical JSON with all the rest.
    """

    scored = models.ForeignKey(ScoredCategory, models.PROTECT, related_name="sheets", verbose_name=_("scored category"))
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
        ordering = ["scored", "place", "unit_code"]
        constraints = [
            models.UniqueConstraint(fields=["scored", "unit_code"], name="score_sheet_once"),
            models.CheckConstraint(
                condition=models.Q(place__isnull=True) | models.Q(place__gte=1), name="score_sheet_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name} {self.total}"
