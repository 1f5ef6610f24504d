"""What the frame of every page needs."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest

from evaluation.models import User
from evaluation.rules import may_enter_admin, may_read_trail, may_see_decisions, may_see_health

VENDOR = "vendor/tabler.min.css"


def of_every_page(request: HttpRequest) -> dict[str, Any]:
    """The foundation of the stylesheet where set-up could fetch it; what the menu and the door offer to this person."""
    user = getattr(request, "user", None)
    known = user if isinstance(user, User) else None
    return {
        "vendor_css": vendor_css(),
        "oidc": settings.OIDC_NAME,
        "may_read_trail": known is not None and bool(may_read_trail(known)),
        "may_enter_admin": known is not None and bool(may_enter_admin(known)),
        "may_see_decisions": known is not None and bool(may_see_decisions(known)),
        "may_see_health": known is not None and bool(may_see_health(known)),
    }


@cache
def vendor_css() -> str:
    """The address of Tabler; nothing on a machine that could not fetch it, where our own stylesheet is enough."""
    if not (finders.find(VENDOR) or staticfiles_storage.exists(VENDOR)):
        return ""
    try:
        return staticfiles_storage.url(VENDOR)
    except ValueError:  # fetched after the files for production were collected
        return ""
