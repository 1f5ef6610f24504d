"""What the log says: a line for each event, with the request and the person it belongs to, and never a secret.

Query strings are not logged at all, bodies and cookies neither; what looks like a secret inside a message or a
traceback is struck out before it is written.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_GOOD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_log = logging.getLogger("config.requests")

_NAMES = (
    r"[\w-]*passw(?:or)?d\w*|passwd|pwd|[\w-]*token|[\w-]*secret[\w-]*|api[_-]?key|key|session(?:id)?|cookie|"
    r"set-cookie|authorization|ballot"
)
_VALUE = r"""("[^"]*"|'[^']*'|[^\s&;,)}\]]+)"""
_SECRETS = (
    (re.compile(rf"""(?i)(?<![\w-])({_NAMES})(["']?\s*[=:]\s*)(?:(?:bearer|basic|token)\s+)?{_VALUE}"""), r"\1\2***"),
    (re.compile(r"(?<=://)[^/@\s]+@"), "***@"),
)


def without_secrets(text: str) -> str:
    """A text in which the values of passwords, tokens, keys and cookies are struck out."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class RequestLog:
    """Gives each request an id, or takes that of the proxy; puts it in the response, and says how the request ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        given = request.headers.get(HEADER, "")
        request.request_id = given if _GOOD_ID.fullmatch(given) else uuid4().hex  # type: ignore[attr-defined]
        token = _current.set(request)
        try:
            response = self.get_response(request)
            response[HEADER] = request.request_id  # type: ignore[attr-defined]
            took = round((time.perf_counter() - begun) * 1000)
            _log.info("%s %s %s %s ms", request.method, request.path, response.status_code, took)
        finally:
            _current.reset(token)
        return response


class Context(logging.Filter):
    """Adds to each record the id of its request and of the person; the person only if known already."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = getattr(record, "request", None)
        request = told if isinstance(told, HttpRequest) else _current.get()
        record.request_id = getattr(request, "request_id", "-")
        record.user_id = getattr(getattr(request, "_cached_user", None), "pk", None) or "-"
        return True


class Line(logging.Formatter):
    """For reading."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} [{request_id} {user_id}] {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class Json(logging.Formatter):
    """For machines: one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "user_id": getattr(record, "user_id", "-"),
            "message": without_secrets(record.getMessage()),
        }
        if record.exc_info:
            said["traceback"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False)


def logging_config(*, json_lines: bool) -> dict[str, object]:
    """The configuration of Python's logging: everything to the error stream, in one form."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"context": {"()": "config.logs.Context"}},
        "formatters": {"it": {"()": f"config.logs.{'Json' if json_lines else 'Line'}"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "it", "filters": ["context"]},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "loggers": {
            "django": {},
            # The development server says each request with its query string; ours says it without.
            "django.server": {"handlers": ["nowhere"], "propagate": False},
            "config.requests": {"level": "INFO"},
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
    }
