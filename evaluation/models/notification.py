"""What is told to people, and when the clock was last looked at."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from engine.text import Text
from evaluation.models.user import User


class Notification(models.Model):
    """One thing that a person is told, once: `key` says what it is about, so that it is not told twice."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications", verbose_name=_("user"))
    key = models.CharField(_("about"), max_length=200)
    at = models.DateTimeField(_("at"))
    zh = models.CharField(_("Chinese"), max_length=500)
    en = models.CharField(_("English"), max_length=500)
    path = models.CharField(_("page"), max_length=300, blank=True)
    read = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notification_once")]

    def __str__(self) -> str:
        return self.zh

    @property
    def text(self) -> Text:
        """The sentence in both languages."""
        return Text(self.zh, self.en)


class Heartbeat(models.Model):
    """When a job of the clock last ran; `alarmed` is when somebody was told that it is silent."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    at = models.DateTimeField(_("at"))
    alarmed = models.DateTimeField(_("alarm raised"), null=True, blank=True)

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name
