"""When the jobs of the clock last ran, and whether one is silent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from evaluation.models import Heartbeat


def beat(name: str) -> None:
    """A job has run to its end; an alarm about it is over."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now(), "alarmed": None})


def beaten_on(name: str, day: date) -> bool:
    """Whether a job has run to its end on a day."""
    last = Heartbeat.objects.filter(name=name).first()
    return last is not None and timezone.localdate(last.at) == day


def watched(names: Iterable[str]) -> list[Heartbeat]:
    """When each of these jobs last ran; one that nobody has heard of yet is watched from now on."""
    return [Heartbeat.objects.get_or_create(name=name, defaults={"at": timezone.now()})[0] for name in names]


def raise_alarm(silent: Collection[str], send: Callable[[], object]) -> None:
    """Tell somebody of silent jobs, once for each silence; what could not be sent is tried by the next who looks.

    Args:
        silent: their names.
        send: sends the alarm; what it raises leaves the alarm to be raised.
    """
    with transaction.atomic():
        if Heartbeat.objects.filter(name__in=silent, alarmed=None).update(alarmed=timezone.now()):
            send()


def silent_since(beats: Iterable[Heartbeat], last: datetime) -> list[str]:
    """The names of those that were last heard of before a moment."""
    return [one.name for one in beats if one.at < last]
