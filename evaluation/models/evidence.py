"""Files that something rests on. Who may see the object that carries a file may see the file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evaluation.models.audit import AppendOnly
from evaluation.models.base import one_of
from evaluation.models.user import User


class FileKind(models.TextChoices):
    """What a file is by its structure, whatever its name says."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"


class Evidence(AppendOnly):
    """One uploaded file: kept under a random name, known by its hash, never changed."""

    created = models.DateTimeField(_("created"), auto_now_add=True)
    name = models.CharField(_("name of the file"), max_length=200)
    kind = models.CharField(_("kind of file"), max_length=10, choices=FileKind)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, db_index=True)
    stored = models.CharField(_("stored as"), max_length=64, unique=True)
    uploader = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by"))
    uploader_name = models.CharField(_("uploaded by"), max_length=200)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            one_of("kind", FileKind, "evidence_kind"),
            models.CheckConstraint(condition=Q(size__gte=1), name="evidence_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name
