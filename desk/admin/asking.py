"""Who is asking, as the rules need to know it."""

from __future__ import annotations

from django.http import HttpRequest

from evaluation.models import User


def person(request: HttpRequest) -> User:
    """The person behind a request; nobody else gets past the sign-in that every address asks for."""
    assert isinstance(request.user, User)
    return request.user
