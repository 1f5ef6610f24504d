"""Units and people are entered, people are given roles, and the roles end."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

from evaluation.actor import Actor
from evaluation.models import Membership, Unit, User
from evaluation.rules.registers import may_disable, may_grant, may_keep_person, stays_apart
from evaluation.services.audit import record
from evaluation.services.registry import Ledger, Seen, put
from evaluation.services.sessions import end_sessions
from evaluation.verdict import Verdict


@transaction.atomic
def describe_unit(
    *, code: str, name: str, kind: str, actor: Actor, parent: Unit | None = None, predecessors: Iterable[Unit] = ()
) -> Unit:
    """Enter an organ, or say what sort it is and what stands above it."""
    unit, fresh = Unit.objects.get_or_create(code=code, defaults={"name": name, "kind": kind, "parent": parent})
    old = {"name": unit.name, "kind": unit.kind, "parent": unit.parent_id and str(unit.parent)}
    unit.name, unit.kind, unit.parent = name, kind, parent
    unit.full_clean()
    unit.save()
    unit.predecessors.set(predecessors)
    new = {"name": name, "kind": kind, "parent": parent and str(parent)}
    record("add_unit" if fresh else "change_unit", unit, actor=actor, key=code, old={} if fresh else old, new=new)
    return unit


@transaction.atomic
def add_person(
    *, username: str, name: str, password: str | None, roles: Iterable[tuple[Unit, str]], actor: Actor
) -> User:
    """Enter a person with roles in units; without a password nobody can sign in yet.

    Args:
        username: how the person signs in.
        name: the full name.
        password: checked by whoever chose it; kept as a hash.
        roles: units, and what the person is there.
        actor: who does it.
    """
    user = User(username=username, name=name)
    user.set_password(password)
    user.password_changed = timezone.now() if password else None
    user.full_clean(exclude=["password"])
    user.save()
    held = [Membership(user=user, unit=unit, role=role) for unit, role in roles]
    for one in held:
        one.full_clean()
        one.save()
    said = [[one.unit.code, one.role] for one in held]
    record("add_person", user, actor=actor, key=username, name=name, roles=said)
    return user


@transaction.atomic
def keep_person(
    user: User, fields: Collection[str], *, actor: Actor, seen: Seen | None = None, ledger: Ledger | None = None
) -> bool:
    """Enter or change an account. A new one has no password: whoever it is for chooses one, by a one-time link.

    To disable one ends its sessions, and forgets by which key the city's provider knew the person.
    """

    def guard(old: User | None, new: User) -> Verdict:
        return may_keep_person(actor, old or new) and may_disable(actor, old, new)

    if user.pk is None:
        user.set_unusable_password()
    changed = put(user, fields, actor=actor, key=user.username, guard=guard, seen=seen, ledger=ledger)
    if not user.is_active:
        end_sessions(user)
        SocialAccount.objects.filter(user=user).delete()
    return changed


def keep_membership(
    held: Membership, fields: Collection[str], *, actor: Actor, seen: Seen | None = None, ledger: Ledger | None = None
) -> bool:
    """Give a person a role in a unit, end it, or give it again."""

    def guard(old: Membership | None, new: Membership) -> Verdict:
        return may_grant(actor, old or new) and stays_apart(new)

    key = f"{held.user.username}/{held.unit.code}/{held.role}"
    return put(held, fields, actor=actor, key=key, guard=guard, seen=seen, ledger=ledger)
