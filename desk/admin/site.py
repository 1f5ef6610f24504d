"""The site: its door, and only those addresses that it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from desk.admin.asking import person
from engine.text import Text
from evaluation.rules import may_enter_admin
from evaluation.web import NotAllowed, allow

NOT_HERE = Text("您的角色不能打开这一项", "your role does not open this")
LEFT_OUT = {"login", "logout", "password_change", "password_change_done", "view_on_site"}  # the product has its own


class Registers(AdminSite):
    """The registers; whoever may not enter is told why."""

    site_header = _("Registers")
    site_title = _("Registers")
    index_title = _("Registers")
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and bool(may_enter_admin(person(request)))

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            allow(may_enter_admin(person(request)))
            try:
                response: HttpResponse = inner(request, *args, **kwargs)
            except PermissionDenied:
                raise getattr(view, "__self__", self).refusal(request, **kwargs) from None
            return response

        guarded.csrf_exempt = getattr(inner, "csrf_exempt", False)  # type: ignore[attr-defined]
        return guarded

    def refusal(self, request: HttpRequest, **asked: Any) -> NotAllowed:
        """What is said where the framework refuses something on an address of the site itself."""
        return NotAllowed(NOT_HERE)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        kept = [one for one in super().get_urls() if getattr(one, "name", None) not in LEFT_OUT]
        for one in kept:
            if isinstance(one, URLPattern):
                vars(one.callback).pop("login_url", None)  # whoever is not signed in goes to the product's own door
        return kept


registers = Registers(name="admin")
