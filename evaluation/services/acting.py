"""A role is handed over for a time, and comes back by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import Acting, Membership, User
from evaluation.moments import LONGEST, begins, here, moment
from evaluation.rules import named
from evaluation.rules.registers import may_act, may_hand_over
from evaluation.services.audit import record
from evaluation.services.notify import tell
from evaluation.verdict import Refused

_ACTS = Text(
    "{deputy} 代理 {holder} 的“{role}”（{unit}），{since} 起，{until} 止",
    '{deputy} acts for {holder} as "{role}" ({unit}), from {since} until {until}',
)
_BACKWARDS = Text("代理的结束时间必须晚于开始时间和现在", "it must end after it begins, and in the future")
_TOO_LONG = Text("代理不得超过一年", "nobody acts for more than a year")
_LATER = Text("代理不能延长：请另行移交", "it is not made longer: hand the role over once more")
_OVER = Text("代理已经结束", "it has ended already")


@transaction.atomic
def hand_over(*, membership: Membership, deputy: User, since: datetime, until: datetime, actor: Actor) -> Acting:
    """Let a colleague have a role from one moment to another, beside whom it belongs to.

    Args:
        membership: whose role, and in which unit.
        deputy: who acts.
        since: the first moment.
        until: the first moment at which he acts no longer.
        actor: the person himself, or one who may give the role.

    Raises:
        Refused: he may not, the role is not handed over, the deputy is no colleague, or the time makes no sense.
    """
    held = Membership.objects.select_for_update(no_key=True).select_related("user", "unit").get(pk=membership.pk)
    (may_hand_over(actor, held) and may_act(actor, held, deputy)).insist()
    if until <= since or until <= timezone.now():
        raise Refused(_BACKWARDS)
    if until - since > LONGEST:
        raise Refused(_TOO_LONG)
    said = {"membership": held, "deputy": deputy, "since": since, "until": until}
    made = Acting.objects.create(**said, by=actor.user, by_name=actor.name)
    new = {"since": here(since), "until": here(until)}
    record("hand_over", made, actor=actor, key=key_of(made), old={}, new=new)
    tell([held.user, deputy], key=f"acting/{made.pk}", text=_said(made), path=reverse("account"))
    return made


@transaction.atomic
def end_acting(*, acting: Acting, actor: Actor, until: datetime | None = None) -> None:
    """Take a role back before its time, now or at a moment; one that has not begun by then never does.

    Args:
        acting: who acts for whom.
        actor: one of the two, or one who may give the role.
        until: the moment; now, if left out.

    Raises:
        Refused: he may not, it has ended already, or it would end later than before.
    """
    row = Acting.objects.select_for_update(no_key=True).select_related("membership__user", "membership__unit", "deputy")
    locked = row.get(pk=acting.pk)
    if actor.user is None or actor.user != locked.deputy:
        may_hand_over(actor, locked.membership).insist()
    now = timezone.now()
    if locked.until <= now:
        raise Refused(_OVER)
    at = max(until or now, now, locked.since)
    if at > locked.until:
        raise Refused(_LATER)
    if at == locked.until:
        return
    old, new = {"until": here(locked.until)}, {"until": here(at)}
    locked.until = at
    locked.save(update_fields=["until", "updated"])
    record("end_acting", locked, actor=actor, key=key_of(locked), old=old, new=new)


def _said(acting: Acting) -> Text:
    """Who acts for whom, for the two of them."""
    held = acting.membership
    return _ACTS.format(
        deputy=acting.deputy.name, holder=held.user.name, unit=held.unit.name, role=named([held.role]),
        since=begins(acting.since), until=moment(acting.until),
    )  # fmt: skip


def key_of(acting: Acting) -> str:
    """How the trail calls it: who acts, for whom, as what and where."""
    held = acting.membership
    return f"{acting.deputy.username} → {held.user.username}/{held.unit.code}/{held.role}"
