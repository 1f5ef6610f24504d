"""One evaluation for one year: its categories and the units that take part."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.models.base import Dated, one_of
from evaluation.models.unit import Unit
from evaluation.states import CycleState


class CycleKind(models.TextChoices):
    """Whether it is the evaluation of the year or one of the special ones."""

    COMPREHENSIVE = "comprehensive", _("comprehensive")
    SPECIAL = "special", _("special")


class Cycle(Dated):
    """One evaluation run by one organizer for one year. Special evaluations stand below a comprehensive one."""

    code = models.CharField(_("code"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=20, choices=CycleKind, default=CycleKind.COMPREHENSIVE)
    organizer = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="organized", verbose_name=_("organizer")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent cycle")
    )
    state = models.CharField(_("state"), max_length=20, choices=CycleState, default=CycleState.DRAFTING, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["-year", "code"]
        constraints = [
            one_of("kind", CycleKind, "cycle_kind"),
            one_of("state", CycleState, "cycle_state"),
            models.CheckConstraint(condition=models.Q(year__range=(1990, 2100)), name="cycle_year"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="cycle_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class Category(Dated):
    """Units of a cycle that are ranked against each other; those of one `set_code` share an indicator tree.

    `revision` counts the changes of what is known of its units: a run says which revision it has read.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="categories", verbose_name=_("cycle"))
    set_code = models.CharField(_("indicator set"), max_length=60)
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"))
    revision = models.PositiveIntegerField(_("revision of its facts"), default=0, editable=False)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["cycle", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="category_code_once"),
            models.UniqueConstraint(fields=["cycle", "position"], name="category_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class EvaluatedUnit(Dated):
    """A unit taking part in a cycle, in one category, under the name that it has in that year."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="evaluated_units", verbose_name=_("cycle"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="evaluations", verbose_name=_("unit"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="evaluated_units", verbose_name=_("category"))
    name = models.CharField(_("name"), max_length=200)
    leader = models.CharField(_("leader in charge"), max_length=100, blank=True)
    supervisor = models.CharField(_("supervising department"), max_length=200, blank=True)
    listed_separately = models.BooleanField(_("listed separately"), default=False)
    groups = models.JSONField(_("groups"), default=list, blank=True)
    headcount = models.PositiveIntegerField(_("headcount"), null=True, blank=True)

    class Meta:
        verbose_name = _("evaluated unit")
        verbose_name_plural = _("evaluated units")
        ordering = ["cycle", "unit__code"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "unit"], name="evaluated_unit_once"),
        ]

    def __str__(self) -> str:
        return self.name
