"""The trail: what was done, by whom, when; each entry carries the hash of the one before it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.models.user import User

GENESIS = "0" * 64  # what the first entry follows


class AppendOnly(models.Model):
    """A row that is written once: it can be neither changed nor deleted, here nor (by triggers) in the database."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is append-only")


class AuditEntry(AppendOnly):
    """One thing that was done. `number` counts without a gap; `hash` is over everything else and `previous`.

    `detail` is the canonical JSON of what changed; bulk work has the hash of what was written in it.
    """

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("actor"))
    actor_name = models.CharField(_("by"), max_length=200)
    action = models.CharField(_("action"), max_length=60)
    object_kind = models.CharField(_("kind of object"), max_length=60)
    object_key = models.CharField(_("object"), max_length=200)
    origin = models.CharField(_("from where"), max_length=200)
    detail = models.TextField(_("detail"))
    previous = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["number"]
        indexes = [models.Index(fields=["object_kind", "object_key"], name="audit_object")]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.object_key}"


class AuditHead(models.Model):
    """The one row that whoever appends to the trail locks: number and hash of its last entry."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(_("number"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("head of the audit trail")
        verbose_name_plural = verbose_name
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_single")]

    def __str__(self) -> str:
        return str(self.number)
