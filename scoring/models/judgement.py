"""What people have judged and decided: counts of votes, bonuses, deductions, grade moves, and what is shared out."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.fields import ExactDecimalField
from evaluation.models import Category, Cycle, Dated, Decision, EvaluatedUnit
from indicators.models import Indicator


class PanelTally(models.Model):
    """The votes of one panel on a category, all counters in one row: nothing in it tells voters or times apart.

    `counts` is unit code → one count for each of `answers`; a unit on nobody's list is not in it.
    """

    category = models.ForeignKey(Category, models.CASCADE, related_name="tallies", verbose_name=_("category"))
    node = models.ForeignKey(Indicator, models.PROTECT, related_name="tallies", verbose_name=_("panel"))
    answers = models.JSONField(_("answers"))
    counts = models.JSONField(_("counts"))

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [models.UniqueConstraint(fields=["category", "node"], name="panel_tally_once")]

    def __str__(self) -> str:
        return str(self.node_id)


class Matter(Dated):
    """A bonus or deduction of a unit, on a standard of the scheme, resting on a document."""

    evaluated_unit = models.ForeignKey(
        EvaluatedUnit, models.PROTECT, related_name="%(class)ss", verbose_name=_("evaluated unit")
    )
    standard = models.CharField(_("standard"), max_length=60)
    level = models.CharField(_("level"), max_length=60, blank=True)
    matter = models.CharField(_("matter"), max_length=500)
    document = models.CharField(_("document"), max_length=1000)
    day = models.DateField(_("date"), null=True, blank=True)
    body = models.CharField(_("body"), max_length=200, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decision")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.matter


class Bonus(Matter):
    """A granted bonus."""

    class Meta:
        verbose_name = _("bonus")
        verbose_name_plural = _("bonuses")
        constraints = [
            models.UniqueConstraint(fields=["evaluated_unit", "standard", "level", "matter"], name="bonus_once")
        ]


class DeductionRole(models.TextChoices):
    """The unit's part in the matter."""

    ALONE = "", _("alone")
    LEAD = "lead", _("lead")
    ASSIST = "assist", _("assist")


class Deduction(Matter):
    """A confirmed deduction: by its level, by what was lost above, or by a delay."""

    role = models.CharField(
        _("part in the matter"), max_length=10, choices=DeductionRole, default=DeductionRole.ALONE, blank=True
    )
    above = ExactDecimalField(_("points lost above"), null=True, blank=True)
    due = models.DateTimeField(_("due"), null=True, blank=True)
    done = models.DateTimeField(_("came"), null=True, blank=True)
    excused = models.BooleanField(_("explanation accepted"), default=False)

    class Meta:
        verbose_name = _("deduction")
        verbose_name_plural = _("deductions")
        constraints = [
            models.UniqueConstraint(fields=["evaluated_unit", "standard", "level", "matter"], name="deduction_once"),
            models.CheckConstraint(condition=models.Q(role__in=("", "lead", "assist")), name="deduction_role"),
            models.CheckConstraint(
                condition=models.Q(due__isnull=True, done__isnull=True)
                | models.Q(due__isnull=False, done__isnull=False),
                name="deduction_due_and_done",
            ),
            models.CheckConstraint(
                condition=models.Q(excused=False) | models.Q(due__isnull=False), name="deduction_excused_delay"
            ),
        ]


class GradeMove(Dated):
    """A veto or promotion on a ground of the scheme; without a decision it is a proposal."""

    evaluated_unit = models.ForeignKey(
        EvaluatedUnit, models.PROTECT, related_name="grade_moves", verbose_name=_("evaluated unit")
    )
    ground = models.CharField(_("ground"), max_length=200)
    body = models.CharField(_("body"), max_length=200, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="grade_moves", verbose_name=_("decision")
    )

    class Meta:
        verbose_name = _("grade move")
        verbose_name_plural = _("grade moves")
        constraints = [models.UniqueConstraint(fields=["evaluated_unit", "ground"], name="grade_move_once")]

    def __str__(self) -> str:
        return self.ground


class BonusPool(Dated):
    """Money that the scheme distributes."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="pools", verbose_name=_("cycle"))
    code = models.CharField(_("code"), max_length=60)
    amount = ExactDecimalField(_("amount"))

    class Meta:
        verbose_name = _("bonus pool")
        verbose_name_plural = _("bonus pools")
        constraints = [models.UniqueConstraint(fields=["cycle", "code"], name="bonus_pool_once")]

    def __str__(self) -> str:
        return self.code


class Recipient(Dated):
    """A person to whom a unit's share is paid out, by coefficient."""

    evaluated_unit = models.ForeignKey(
        EvaluatedUnit, models.CASCADE, related_name="recipients", verbose_name=_("evaluated unit")
    )
    code = models.CharField(_("number"), max_length=60)
    name = models.CharField(_("name"), max_length=100)
    coefficient = ExactDecimalField(_("coefficient"))

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [models.UniqueConstraint(fields=["evaluated_unit", "code"], name="recipient_once")]

    def __str__(self) -> str:
        return self.name
