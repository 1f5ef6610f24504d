"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppealsConfig(AppConfig):
    """And if not: publicity, appeals, corrections, publication."""

    name = "appeals"
    verbose_name = _("Publicity and appeals")
