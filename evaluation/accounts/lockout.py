"""Five failures within fifteen minutes lock an account for fifteen more, whether there is such an account or not.

allauth alone would let the sixth attempt through fifteen minutes after the *first* failure. Its counting, which is safe
when many try at once, is used; the lock stands beside it in the same cache, which is a table of the database.
"""

from __future__ import annotations

from hashlib import sha256

from allauth.core.ratelimit import consume, consume_or_429
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse


def _key(username: str) -> str:
    return f"locked:{sha256(username.lower().encode()).hexdigest()}"


def is_locked(username: str) -> bool:
    """Whether nobody is let in under this name for now, with the right password neither."""
    return bool(cache.get(_key(username)))


def count_failure(request: HttpRequest, username: str) -> bool:
    """Count a failure; whether it was the one that locks."""
    if consume(request, action="failures", key=username.lower()):
        return False
    cache.set(_key(username), True, settings.LOCKED_MINUTES * 60)
    return True


def too_many(request: HttpRequest) -> HttpResponse | None:
    """Count a refusal to an address; the page 429 beyond the limit, where nothing goes into the trail any more."""
    response: HttpResponse | None = consume_or_429(request, action="refused", limit_get=True)
    return response
