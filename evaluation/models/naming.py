"""Whom a unit names as responsible in a cycle: the first object that is filed, reviewed and confirmed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evaluation.models.base import Dated, one_of
from evaluation.models.cycle import EvaluatedUnit
from evaluation.models.user import User
from evaluation.states import NamingState


class Naming(Dated):
    """The head of a unit, the deputy in charge and the liaison, as the unit names them and the office confirms."""

    evaluated_unit = models.OneToOneField(
        EvaluatedUnit, models.PROTECT, related_name="naming", verbose_name=_("evaluated unit")
    )
    head = models.CharField(_("head"), max_length=100)
    head_post = models.CharField(_("post of the head"), max_length=100)
    deputy = models.CharField(_("deputy in charge"), max_length=100)
    deputy_post = models.CharField(_("post of the deputy"), max_length=100)
    liaison = models.CharField(_("liaison"), max_length=100)
    phone = models.CharField(_("telephone of the liaison"), max_length=50)
    state = models.CharField(_("state"), max_length=20, choices=NamingState, default=NamingState.DRAFT, editable=False)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("submitted by")
    )
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)

    class Meta:
        verbose_name = _("naming")
        verbose_name_plural = _("namings")
        ordering = ["evaluated_unit__cycle", "evaluated_unit__unit__code"]
        constraints = [
            one_of("state", NamingState, "naming_state"),
            models.CheckConstraint(
                condition=~(
                    Q(head="") | Q(head_post="") | Q(deputy="") | Q(deputy_post="") | Q(liaison="") | Q(phone="")
                ),
                name="naming_said",
            ),
        ]

    def __str__(self) -> str:
        return str(self.evaluated_unit)

    @property
    def code(self) -> str:
        """How the trail calls it."""
        return f"{self.evaluated_unit.cycle.code}/{self.evaluated_unit.unit.code}"
