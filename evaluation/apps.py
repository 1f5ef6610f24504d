"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    """Who takes part, and when: people, units, cycles."""

    name = "evaluation"
    verbose_name = _("Units, people and cycles")
