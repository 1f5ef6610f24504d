"""Where people reach the product, for links outside a request."""

from __future__ import annotations

from django.conf import settings


def address_of(path: str = "") -> str:
    """The address of a page, most likely: this machine in the local mode, the first of the hosts otherwise."""
    root = "http://127.0.0.1:8000" if settings.DEBUG else f"https://{settings.ALLOWED_HOSTS[0].lstrip('.')}"
    return f"{root}{path}"
