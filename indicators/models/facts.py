"""What is known: own lists, targets, readings, and what is published elsewhere."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.fields import ExactDecimalField
from evaluation.models import Cycle, Dated, EvaluatedUnit, one_of
from indicators.models.scheme import Fact, Indicator


class OwnIndicator(Dated):
    """An indicator of one unit's own list."""

    evaluated_unit = models.ForeignKey(
        EvaluatedUnit, models.CASCADE, related_name="own_indicators", verbose_name=_("evaluated unit")
    )
    node = models.ForeignKey(Indicator, models.PROTECT, related_name="own_indicators", verbose_name=_("node"))
    code = models.CharField(_("code"), max_length=60)
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=500)
    full_marks = ExactDecimalField(_("full marks"))
    rule = models.CharField(_("scoring rule"), max_length=60)
    role = models.CharField(_("part of the unit"), max_length=100, blank=True)
    measure = models.CharField(_("measure"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("own indicator")
        verbose_name_plural = _("own indicators")
        ordering = ["evaluated_unit", "node", "position"]
        constraints = [
            models.UniqueConstraint(fields=["evaluated_unit", "node", "code"], name="own_indicator_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class Figure(Dated):
    """A value of one fact of one unit, or of an own indicator of it: an integer scaled by the decimals of the fact.

    `slot` is the period or the assessor where the leaf has several, empty for what holds in all of them. Millions of
    rows are written: there is no index that only repeats the beginning of another, or that no query asks for.
    """

    evaluated_unit = models.ForeignKey(
        EvaluatedUnit, models.CASCADE, related_name="+", verbose_name=_("evaluated unit")
    )
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="+", db_index=False, verbose_name=_("fact"))
    own_indicator = models.ForeignKey(
        OwnIndicator, models.CASCADE, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("own indicator"),
    )  # fmt: skip
    slot = models.CharField(_("period or assessor"), max_length=100, blank=True)
    value = models.BigIntegerField(_("scaled value"))

    class Meta:
        abstract = True

    @property
    def number(self) -> Decimal:
        """The value as people write it."""
        return Decimal(self.value).scaleb(-self.fact.decimals)


class TargetSource(models.TextChoices):
    """Which figure it is."""

    TARGET = "target", _("target")
    STRETCH = "stretch", _("stretch")
    BASELINE = "baseline", _("baseline")
    LAST_YEAR = "last_year", _("last year")
    TWO_YEARS_AGO = "two_years_ago", _("two years ago")
    THREE_YEARS_AGO = "three_years_ago", _("three years ago")


class Target(Figure):
    """What is known before the year."""

    source = models.CharField(_("source"), max_length=20, choices=TargetSource)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            one_of("source", TargetSource, "target_source"),
            models.UniqueConstraint(
                fields=["evaluated_unit", "fact", "slot", "source"],
                condition=models.Q(own_indicator__isnull=True),
                name="target_once",
            ),
            models.UniqueConstraint(
                fields=["own_indicator", "fact", "slot", "source"],
                condition=models.Q(own_indicator__isnull=False),
                name="target_of_own_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluated_unit_id}/{self.fact_id}/{self.source}"


class ReadingStatus(models.IntegerChoices):
    """Whether there is a value, as the engine numbers it."""

    GIVEN = 0, _("given")
    NOT_APPLICABLE = 2, _("not applicable")
    NOT_DRAWN = 3, _("not drawn")


class Reading(Figure):
    """A collected fact. What counts for now is loaded from a workbook and is confirmed."""

    status = models.SmallIntegerField(_("status"), choices=ReadingStatus, default=ReadingStatus.GIVEN)
    document = models.CharField(_("document"), max_length=1000, blank=True)
    reason = models.CharField(_("why points were lost"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=(0, 2, 3)), name="reading_status"),
            models.CheckConstraint(
                condition=models.Q(status=0) | models.Q(value=0), name="reading_value_only_if_given"
            ),
            models.UniqueConstraint(
                fields=["evaluated_unit", "fact", "slot"],
                condition=models.Q(own_indicator__isnull=True),
                name="reading_once",
            ),
            models.UniqueConstraint(
                fields=["own_indicator", "fact", "slot"],
                condition=models.Q(own_indicator__isnull=False),
                name="reading_of_own_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluated_unit_id}/{self.fact_id}"


class Series(Dated):
    """An outside figure that the scheme refers to, such as the national growth."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="series", verbose_name=_("cycle"))
    code = models.CharField(_("code"), max_length=60)
    value = ExactDecimalField(_("value"))

    class Meta:
        verbose_name = _("outside series")
        verbose_name_plural = _("outside series")
        ordering = ["cycle", "code"]
        constraints = [models.UniqueConstraint(fields=["cycle", "code"], name="series_once")]

    def __str__(self) -> str:
        return self.code


class UnitFactor(Dated):
    """A unit's factor for difficulty or scale."""

    evaluated_unit = models.ForeignKey(
        EvaluatedUnit, models.CASCADE, related_name="factors", verbose_name=_("evaluated unit")
    )
    code = models.CharField(_("code"), max_length=60)
    value = ExactDecimalField(_("value"))

    class Meta:
        verbose_name = _("factor")
        verbose_name_plural = _("factors")
        ordering = ["evaluated_unit", "code"]
        constraints = [models.UniqueConstraint(fields=["evaluated_unit", "code"], name="unit_factor_once")]

    def __str__(self) -> str:
        return self.code


class LastResult(Dated):
    """How a unit stood last year: its total, place (none for one without), grade, and how many were ranked."""

    evaluated_unit = models.OneToOneField(
        EvaluatedUnit, models.CASCADE, related_name="last_result", verbose_name=_("evaluated unit")
    )
    total = ExactDecimalField(_("total"), null=True, blank=True)
    place = models.PositiveIntegerField(_("place"), null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=60, blank=True)
    members = models.PositiveIntegerField(_("ranked"), null=True, blank=True)

    class Meta:
        verbose_name = _("last year's result")
        verbose_name_plural = _("last year's results")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(place__isnull=True) | models.Q(place__gte=1), name="last_result_place"
            )
        ]

    def __str__(self) -> str:
        return str(self.evaluated_unit_id)


class OtherResult(Dated):
    """A unit's result in another evaluation; nothing in it where the unit took no part."""

    evaluated_unit = models.ForeignKey(
        EvaluatedUnit, models.CASCADE, related_name="other_results", verbose_name=_("evaluated unit")
    )
    evaluation = models.CharField(_("evaluation"), max_length=60)
    total = ExactDecimalField(_("total"), null=True, blank=True)
    full = ExactDecimalField(_("full marks"), null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("result in another evaluation")
        verbose_name_plural = _("results in other evaluations")
        ordering = ["evaluated_unit", "evaluation"]
        constraints = [models.UniqueConstraint(fields=["evaluated_unit", "evaluation"], name="other_result_once")]

    def __str__(self) -> str:
        return self.evaluation
