"""People are told what concerns them: each thing once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import Notification, User
from evaluation.services.audit import record


def tell(users: Iterable[User], *, key: str, text: Text, path: str = "") -> int:
    """Tell people something, inside the transaction of what it tells; whoever has been told is not told again.

    Args:
        users: whom.
        key: what it is about, the same however often it is told.
        text: the sentence.
        path: the page on which to go on.

    Returns:
        How many were told now.
    """
    people = list(users)
    before = Notification.objects.filter(user__in=people, key=key).count()
    longest = Notification._meta.get_field("zh").max_length
    Notification.objects.bulk_create(
        [
            Notification(user=user, key=key, at=timezone.now(), zh=text.zh[:longest], en=text.en[:longest], path=path)
            for user in people
        ],
        ignore_conflicts=True,
    )
    return len(people) - before


@transaction.atomic
def mark_read(*, actor: Actor) -> None:
    """Whoever says so has read what he was told until now."""
    assert actor.user is not None
    count = Notification.objects.filter(user=actor.user, read=None).update(read=timezone.now())
    record("mark_read", actor.user, actor=actor, key=actor.user.username, count=count)
