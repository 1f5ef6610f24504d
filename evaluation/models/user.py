"""A person who signs in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

OTHER_SPELLING = _("There is an account whose user name differs by upper and lower case alone.")


class User(AbstractUser):
    """A person, signing in by user name. A Chinese name is one text and is never taken apart."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("full name"), max_length=150)
    updated = models.DateTimeField(_("updated"), auto_now=True)
    password_changed = models.DateTimeField(_("password chosen"), null=True, blank=True, editable=False)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("username"), name="user_username_once", violation_error_message=OTHER_SPELLING
            )
        ]

    @cached_property
    def roles(self) -> frozenset[tuple[str, int]]:
        """Each role in effect and the unit in which it is held, for himself or for another; read once for a request."""
        now, mine = timezone.now(), self.memberships.filter(active=True).order_by()
        acting = self.actings.filter(membership__active=True, since__lte=now, until__gt=now).order_by()
        there = acting.filter(membership__unit__in=mine.values("unit"))  # who has left the unit acts there no more
        own = mine.values_list("role", "unit_id")
        return frozenset(own.union(there.values_list("membership__role", "membership__unit_id")))

    def get_full_name(self) -> str:
        """The name on pages and papers."""
        return self.name

    def get_short_name(self) -> str:
        """The same: a Chinese name has no short form that a stranger may use."""
        return self.name
