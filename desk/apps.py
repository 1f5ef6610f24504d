"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """What a person sees first. No models and no writes of its own: it calls down."""

    name = "desk"
    verbose_name = _("Desk")
