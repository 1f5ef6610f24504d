"""Sessions are ended before their time."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from evaluation.models import User


def end_sessions(user: User) -> None:
    """End everything that a person has open, in the transaction of whatever is the reason."""
    running = Session.objects.filter(expire_date__gte=timezone.now())
    theirs = [one.pk for one in running.iterator() if one.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
