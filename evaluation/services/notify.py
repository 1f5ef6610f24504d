"""People are told what concerns them: each thing once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from engine.text import Text
from evaluation.actor import Actor
from evaluation.address import address_of
from evaluation.models import AuditEntry, Notification, User
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


def warn(user: User, *, told: AuditEntry, text: Text) -> None:
    """Tell a person what was done to his account: in the product, and, once it is done, by mail, if he has an address.

    Args:
        user: whose account.
        told: the entry of what was done.
        text: the sentence.
    """
    tell([user], key=f"account/{told.number}", text=text, path=reverse("mfa_index"))
    if user.email:
        said = text.to(settings.LANGUAGE_CODE)
        send = partial(send_mail, said, f"{user.name}\n\n{said}\n{address_of()}", None, [user.email])
        transaction.on_commit(send, robust=True)  # what cannot be sent is in the log, and stands in the product


@transaction.atomic
def mark_read(*, actor: Actor) -> None:
    """Whoever says so has read what he was told until now."""
    assert actor.user is not None
    count = Notification.objects.filter(user=actor.user, read=None).update(read=timezone.now())
    record("mark_read", actor.user, actor=actor, key=actor.user.username, count=count)
