"""What the clock tells people: that something is open, that it is over and they are late; each day what they owe."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from desk.todo import Task, tasks_for
from engine.text import Text
from evaluation.address import address_of
from evaluation.models import EvaluatedUnit, Notification, Phase, User, Window
from evaluation.moments import moment
from evaluation.rules import OF_A_UNIT, OFFICE
from evaluation.rules.naming import waiting_for_naming
from evaluation.rules.windows import standings
from evaluation.selectors import people_in, people_of
from evaluation.services.heartbeat import beat, beaten_on
from evaluation.services.notify import tell
from evaluation.states import CycleState

log = logging.getLogger("desk.telling")
RECENT = timedelta(days=3)
"""How long after the event people are still told of it: a tick that was silent for longer tells nobody old news."""
DIGEST_FROM = 8
"""The hour from which on the digest of the day is sent."""
DIGEST = "digest of the day"

_OPEN = Text("“{cycle}”的责任人报备已开放", 'people can be named now for "{cycle}"')
_LATE = Text(
    "“{cycle}”的责任人报备已截止（{at}），本单位尚未提交",
    'naming people for "{cycle}" closed on {at}, and your unit has not submitted',
)
_LATE_UNITS = Text(
    "“{cycle}”的责任人报备已截止，{count} 个单位未提交",
    'naming people for "{cycle}" has closed; {count} units have not submitted',
)
_OWES = Text("您有 {count} 项待办", "To do: {count}")
_LINE = Text("- {what}（{about}）{until}", "- {what} ({about}) {until}")
_UNTIL = Text("，{at} 截止", "until {at}")
_GO = Text("请登录办理：{url}", "Sign in: {url}")


@transaction.atomic
def tell_opened() -> None:
    """A window has opened: the people of the units that have to do something in it are told, once."""
    now = timezone.now()
    for window in _windows().filter(opens__lte=now, opens__gt=now - RECENT):
        _tell(list(_waiting(window)), f"open/{window.pk}", _OPEN.format(cycle=window.cycle))


@transaction.atomic
def tell_late() -> None:
    """A window has closed for units that have not submitted: their people are told, the office how many they are."""
    now = timezone.now()
    closed = Q(closes__gt=now - RECENT, closes__lte=now) | Q(
        extensions__until__gt=now - RECENT, extensions__until__lte=now
    )
    for window in _windows().filter(closed).distinct():
        rows = list(_waiting(window))
        standing, late = standings(rows, window.phase), defaultdict(list)
        for row in rows:
            late[standing[row.pk].ends].append(row)
        for ends, ones in late.items():
            if ends is not None and now - RECENT < ends <= now:
                key = f"late/{window.pk}/{moment(ends)}"
                _tell(ones, key, _LATE.format(cycle=window.cycle, at=moment(ends)))
                _tell_office(window, key, len(ones))


def _windows() -> QuerySet[Window]:
    current = Window.objects.filter(phase=Phase.NAMING).exclude(cycle__state=CycleState.ARCHIVED)
    return current.select_related("cycle")


def _waiting(window: Window) -> QuerySet[EvaluatedUnit]:
    """The units of its cycle whose people are not named and submitted."""
    rows = EvaluatedUnit.objects.filter(waiting_for_naming(), cycle=window.cycle_id)
    return rows.select_related("cycle", "unit")


def _tell(rows: list[EvaluatedUnit], key: str, text: Text) -> None:
    """Tell the people of units something, all at the same moment, once."""
    if Notification.objects.filter(key__startswith=f"{key}/").exists():
        return
    for row in rows:
        path = reverse("naming", args=[row.cycle.code, row.pk])
        tell(people_of([row.unit], OF_A_UNIT), key=f"{key}/{row.pk}", text=text, path=path)


def _tell_office(window: Window, key: str, count: int) -> None:
    path = reverse("namings", args=[window.cycle.code])
    tell(people_in(OFFICE), key=key, text=_LATE_UNITS.format(cycle=window.cycle, count=count), path=path)


def send_digests() -> None:
    """Once a day, from the morning on: whoever owes something is told what, in the product and by mail.

    A person's row is written before his mail is sent, so that two ticks at once send one. A mail that could not be
    sent is in the log, and not tried again: what it says stands in the product.
    """
    today = timezone.localdate()
    if timezone.localtime().hour < DIGEST_FROM or beaten_on(DIGEST, today):
        return
    for user in User.objects.filter(is_active=True, memberships__active=True).distinct():
        _send(user, f"digest/{today}")
    beat(DIGEST)


def _send(user: User, key: str) -> None:
    """Tell one person what he owes, if it is anything and he was not told yet."""
    tasks = tasks_for(user)
    said = _OWES.format(count=len(tasks))
    if not tasks or not tell([user], key=key, text=said, path=reverse("start")) or not user.email:
        return
    try:
        send_mail(_here(said), _body(user, tasks), None, [user.email])
    except OSError:
        log.exception("the digest for user %s could not be sent", user.pk)


def _body(user: User, tasks: list[Task]) -> str:
    lines = []
    for task in tasks:
        until = _UNTIL.format(at=task.standing.closes) if task.standing and task.standing.closes else Text("", "")
        lines.append(_here(_LINE.format(what=task.what, about=task.about, until=until)))
    return "\n".join([user.name, "", *lines, "", _here(_GO.format(url=address_of(reverse("start"))))])


def _here(text: Text) -> str:
    """In the language of the city's pages: nobody has asked for this mail in another."""
    return text.to(settings.LANGUAGE_CODE)
