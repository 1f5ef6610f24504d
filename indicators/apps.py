"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """What is evaluated: schemes in force, indicators, targets, collected facts."""

    name = "indicators"
    verbose_name = _("Indicators, targets and facts")
