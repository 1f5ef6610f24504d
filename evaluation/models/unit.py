"""The organs of the city, and who works where in which role, for himself or in place of another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evaluation.models.base import Dated, one_of
from evaluation.models.user import User


class UnitKind(models.TextChoices):
    """What sort of organ it is."""

    DEPARTMENT = "department", _("municipal department")
    COUNTY = "county", _("county or district")
    TOWNSHIP = "township", _("township")
    PARK = "park", _("park")
    SECOND_TIER = "second_tier", _("second-tier unit")
    STATIONED = "stationed", _("stationed agency")
    ENTERPRISE = "enterprise", _("state-owned enterprise")
    UNSAID = "unsaid", _("not said")


class Unit(Dated):
    """An organ, whoever evaluates it. Organs merge and split: `predecessors` are those that it came from."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind, default=UnitKind.UNSAID)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("supervising department")
    )
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="successors", verbose_name=_("predecessors")
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["code"]
        constraints = [
            one_of("kind", UnitKind, "unit_kind"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="unit_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person does in a unit."""

    OFFICE_CLERK = "office_clerk", _("office clerk")
    OFFICE_HEAD = "office_head", _("head of the office")
    COMMISSION = "commission", _("member of the commission")
    COLLECTOR = "collector", _("collector")
    REVIEWER = "reviewer", _("reviewer of a collector")
    LIAISON = "liaison", _("liaison")
    UNIT_HEAD = "unit_head", _("head of the unit")
    LEADER = "leader", _("leader")
    AUDITOR = "auditor", _("audit administrator")
    SYSTEM = "system", _("system administrator")
    SECURITY = "security", _("security administrator")


APART = (Role.AUDITOR, Role.SYSTEM, Role.SECURITY)  # three roles that are never one person


class Membership(Dated):
    """A person's role in a unit; there may be several. One that has ended stays, without effect."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("user"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    active = models.BooleanField(_("in effect"), default=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["unit__code", "role", "user__username"]
        constraints = [
            one_of("role", Role, "membership_role"),
            models.UniqueConstraint(fields=["user", "unit", "role"], name="membership_once"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(active=True, role__in=APART), name="membership_administrators_apart"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.unit} · {self.get_role_display()}"


class Acting(Dated):
    """Somebody has the role of another for a time: whose role, who acts, from when to when, who has said so."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="actings", verbose_name=_("in place of"))
    deputy = models.ForeignKey(User, models.PROTECT, related_name="actings", verbose_name=_("who acts"))
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("arranged by"))
    by_name = models.CharField(_("arranged by"), max_length=200)

    class Meta:
        verbose_name = _("acting")
        verbose_name_plural = _("actings")
        ordering = ["-until", "pk"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="acting_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.deputy} → {self.membership}"
