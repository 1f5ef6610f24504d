"""What the admin says in English alone: named here, so that our catalogue has its Chinese."""

from django.utils.translation import gettext_noop as _

GAPS = (
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
)
