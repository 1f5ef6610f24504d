"""How somebody comes by a password, and how a lost second factor is taken away.

The first password is chosen by a link that is good once and for a day, and that is kept nowhere.
The link says whose it is and carries a print of the password as it was; it is signed. So it is worthless once a
password is chosen, and nothing has to be stored for it.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import Role, Unit, User
from evaluation.rules.registers import may_issue_link, may_take_second_factor
from evaluation.services.audit import record
from evaluation.services.notify import warn
from evaluation.services.people import add_person
from evaluation.services.sessions import end_sessions
from evaluation.verdict import Refused

GOOD_FOR = timedelta(hours=24)
_SALT = "evaluation.one-time-link"
_UNIT = ("system", "系统管理")

INVALID = Text(
    "链接无效：请核对是否完整，或请管理员重新发放",
    "this link is not valid: check that it is whole, or ask for a new one",
)
EXPIRED = Text("链接已过期，请管理员重新发放", "this link has expired: ask for a new one")
USED = Text("链接已用过，请直接登录，或请管理员重新发放", "this link has been used: sign in, or ask for a new one")
_THERE_IS_ONE = Text(
    "已有系统管理员；确需再建请加 --again", "there is a system administrator already; --again opens another account"
)
_NOT_HIS = Text("用户“{name}”已存在且不是系统管理员", 'the user "{name}" exists and is no system administrator')
_NO_REASON = Text("请写明理由", "say why")
_ANOTHER_PERSON = Text(
    "此账号在统一身份认证中属于另一个人；如确已换人，请管理员先停用再启用此账号",
    "at the city's provider this account belongs to another person; if that has changed, an administrator disables the "
    "account and enables it again",
)
_NOTHING_TO_TAKE = Text("“{name}”没有启用双因素认证", '"{name}" has no second factor')


_LINK_ISSUED = Text(
    "{who}为您的账号发放了设定密码的一次性链接；不是您要的，请告知安全管理员",
    "{who} issued a one-time link that sets your password; if you did not ask for it, tell the security administrator",
)
_PASSWORD_SET = Text(
    "您的密码已用一次性链接设定；不是您本人所为，请告知安全管理员",
    "your password was set by a one-time link; if it was not you, tell the security administrator",
)
_FACTOR_TAKEN = Text(
    "{who}撤销了您的双因素认证；不是您要的，请告知安全管理员",
    "{who} took your second factor away; if you did not ask for it, tell the security administrator",
)


def _print_of(user: User) -> str:
    return salted_hmac(_SALT, user.password, algorithm="sha256").hexdigest()[:32]


def person_of(key: str, *, lock: bool = False) -> User:
    """Whose link it is.

    Raises:
        Refused: the link is invalid, expired or used.
    """
    try:
        said = signing.loads(key, salt=_SALT, max_age=GOOD_FOR)
    except signing.SignatureExpired:
        raise Refused(EXPIRED) from None
    except signing.BadSignature:
        raise Refused(INVALID) from None
    users = User.objects.select_for_update(no_key=True) if lock else User.objects.all()
    user = users.filter(pk=said["user"], is_active=True).first()
    if user is None:
        raise Refused(INVALID)
    if not constant_time_compare(said["print"], _print_of(user)):
        raise Refused(USED)
    return user


@transaction.atomic
def issue_link(user: User, *, actor: Actor) -> str:
    """The key of a one-time link for a person, for whoever hands it over; the trail says that there was one.

    Raises:
        Refused: the actor may not.
    """
    may_issue_link(actor, user).insist()
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not locked.has_usable_password():  # an earlier link that was never used is worth nothing any more
        locked.set_unusable_password()
        locked.save(update_fields=["password", "updated"])
    told = record("issue_link", locked, actor=actor, key=locked.username, hours=GOOD_FOR // timedelta(hours=1))
    warn(locked, told=told, text=_LINK_ISSUED.format(who=actor.name))
    return signing.dumps({"user": locked.pk, "print": _print_of(locked)}, salt=_SALT)


@transaction.atomic
def choose_password(key: str, password: str, *, origin: str) -> User:
    """Set the password of whoever the link is for; the link is used up by that.

    Raises:
        Refused: the link is invalid, expired or used.
        ValidationError: the password is too weak.
    """
    user = person_of(key, lock=True)
    validate_password(password, user)
    _set(user, password)
    told = record("set_password", user, actor=Actor.of(user, origin), key=user.username)
    warn(user, told=told, text=_PASSWORD_SET)
    return user


def _set(user: User, password: str) -> None:
    user.set_password(password)
    user.password_changed = timezone.now()
    user.save(update_fields=["password", "password_changed", "updated"])


@transaction.atomic
def change_password(user: User, password: str, *, actor: Actor) -> None:
    """Set another password for somebody who has said the old one; the form has asked whether it is good enough."""
    _set(user, password)
    record("change_password", user, actor=actor, key=user.username)


@transaction.atomic
def take_second_factor(user: User, *, reason: str, actor: Actor) -> None:
    """Take away a second factor that somebody has lost, recovery codes too, and end what he has open.

    Raises:
        Refused: the actor may not, there is none, or no reason is given.
    """
    may_take_second_factor(actor, user).insist()
    if not reason.strip():
        raise Refused(_NO_REASON)
    number, _ = Authenticator.objects.filter(user=user).delete()
    if not number:
        raise Refused(_NOTHING_TO_TAKE.format(name=user.username))
    end_sessions(user)
    told = record("take_second_factor", user, actor=actor, key=user.username, reason=reason.strip())
    warn(user, told=told, text=_FACTOR_TAKEN.format(who=actor.name))


@transaction.atomic
def open_administrator(*, username: str, name: str, again: bool, actor: Actor) -> str:
    """Open the first administrator's account, without a password; with `again` another one, or a new link for his.

    Returns:
        The key of the one-time link.

    Raises:
        Refused: there is an administrator, and `again` was not said; or the user name is somebody else's.
    """
    there = User.objects.filter(memberships__role=Role.SYSTEM, memberships__active=True, is_active=True)
    if there.exists() and not again:
        raise Refused(_THERE_IS_ONE)
    user = there.filter(username=username).first()
    if user is None and User.objects.filter(username=username).exists():
        raise Refused(_NOT_HIS.format(name=username))
    if user is None:
        unit, fresh = Unit.objects.get_or_create(code=_UNIT[0], defaults={"name": _UNIT[1]})
        if fresh:
            record("add_unit", unit, actor=actor, key=unit.code, old={}, new={"name": unit.name})
        user = add_person(username=username, name=name, password=None, roles=[(unit, Role.SYSTEM)], actor=actor)
    return issue_link(user, actor=actor)


@transaction.atomic
def bind_to_provider(user: User, account: SocialAccount, *, origin: str) -> None:
    """Remember by which key the city's provider knows a person, at his first sign-in there.

    To disable the account forgets it, so that a person who got a new key can be bound again.

    Raises:
        Refused: the account belongs to another person at the provider.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if SocialAccount.objects.filter(user=user).exists():
        raise Refused(_ANOTHER_PERSON)
    account.user, account.extra_data = user, {}
    account.save()
    record("bind_to_provider", user, actor=Actor.of(user, origin), key=user.username)
