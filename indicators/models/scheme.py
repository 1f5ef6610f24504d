"""The rule book of a cycle, and the indicators that it says."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.models import Cycle, Dated, one_of
from indicators.states import SchemeState


class CycleScheme(Dated):
    """A rule book as a file, for one cycle. Its text is what counts; `sha256` is the hash of that text."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="schemes", verbose_name=_("cycle"))
    version = models.PositiveSmallIntegerField(_("version"))
    file_name = models.CharField(_("file"), max_length=200)
    text = models.TextField(_("text"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    code = models.CharField(_("code of the scheme"), max_length=60)
    evaluation = models.CharField(_("evaluation in the file"), max_length=60)
    state = models.CharField(_("state"), max_length=20, choices=SchemeState, default=SchemeState.DRAFT, editable=False)

    class Meta:
        verbose_name = _("scheme in force")
        verbose_name_plural = _("schemes in force")
        ordering = ["cycle", "-version"]
        constraints = [
            one_of("state", SchemeState, "cycle_scheme_state"),
            models.UniqueConstraint(fields=["cycle", "version"], name="cycle_scheme_version_once"),
            models.UniqueConstraint(
                fields=["cycle"],
                condition=~models.Q(state=SchemeState.SUPERSEDED),
                name="cycle_scheme_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.evaluation} v{self.version}"


class Body(models.TextChoices):
    """What its points come from."""

    GROUP = "group", _("indicators below it")
    RULE = "rule", _("scoring rule")
    OWN = "own", _("own indicators")
    PANEL = "panel", _("panel")
    SPECIAL = "special", _("another evaluation")


class Indicator(models.Model):
    """A node of the tree of one indicator set, as the rule book says it: generated, never edited."""

    scheme = models.ForeignKey(CycleScheme, models.CASCADE, related_name="indicators", verbose_name=_("scheme"))
    set_code = models.CharField(_("indicator set"), max_length=60)
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children", verbose_name=_("above it"))
    position = models.PositiveIntegerField(_("position"))
    body = models.CharField(_("body"), max_length=20, choices=Body)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["scheme", "set_code", "position"]
        constraints = [
            one_of("body", Body, "indicator_body"),
            models.UniqueConstraint(fields=["scheme", "set_code", "code"], name="indicator_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Fact(models.Model):
    """A named fact of a leaf, or what the rows of an own list look at: its decimals are the scale of its values."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="facts", verbose_name=_("indicator"))
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200, blank=True)
    measure = models.CharField(_("measure"), max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"))

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["indicator", "id"]
        constraints = [models.UniqueConstraint(fields=["indicator", "code"], name="fact_code_once")]

    def __str__(self) -> str:
        return self.name or self.code
