"""Behind a proxy: the address of whoever asks is the one that our proxy has seen, not the proxy's own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse


class ClientAddress:
    """Takes the last address of X-Forwarded-For: our proxy added it; what stands before it anybody can make up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        with suppress(ValueError):  # asked by the machine next door, without the proxy
            request.META["REMOTE_ADDR"] = str(ip_address(last))
        return self.get_response(request)
