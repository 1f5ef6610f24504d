"""A browser whose requests commit, inside a test whose own transaction never does."""

from __future__ import annotations

from typing import Any

from django.test import Client, TestCase

from evaluation.models import User


class Committing(Client):
    """What is to be done once a request has committed is done when it has answered."""

    def request(self, **asked: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**asked)


def committing(user: User) -> Committing:
    """The same, signed in."""
    client = Committing()
    client.force_login(user)
    return client
