"""People are told what concerns them: each thing once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils import timezone

from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import Notification, User
from evaluation.services.audit import record


def tell(users: Iterable[User], *, key: str, text: Text, path: str = "") -> list[User]:
    """Tell people something, inside the transaction of what it tells; whoever has been told is not told again.

    Args:
        users: whom.
        key: what it is about, the same however often it is told.
        text: the sentence.
        path: the page on which to go on.

    Returns:
        Those who were told now.
    """
    longest = Notification._meta.get_field("zh").max_length
    news = []
    for user in users:
        row = Notification(user=user, key=key, at=timezone.now(), zh=text.zh[:longest], en=text.en[:longest], path=path)
        with suppress(IntegrityError), transaction.atomic():  # he was told, by this tick or by another at once
            row.save(force_insert=True)
            news.append(user)
    return news


@transaction.atomic
def mark_read(*, actor: Actor) -> None:
    """Whoever says so has read what he was told until now."""
    assert actor.user is not None
    count = Notification.objects.filter(user=actor.user, read=None).update(read=timezone.now())
    record("mark_read", actor.user, actor=actor, key=actor.user.username, count=count)
