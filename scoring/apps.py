"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoringConfig(AppConfig):
    """How much: panels, bonuses, deductions, runs and their score sheets."""

    name = "scoring"
    verbose_name = _("Scoring and results")
