"""Who may do what: each predicate returns a `Verdict`, with a reason where it is no.

A person's roles come from memberships alone; to be a superuser of the framework is no role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import Role, User
from evaluation.verdict import YES, Verdict, no
from evaluation.words import both, joined

OFFICE = frozenset({Role.OFFICE_CLERK, Role.OFFICE_HEAD})
DECIDING = frozenset({Role.LEADER, Role.COMMISSION})
OF_A_UNIT = frozenset({Role.LIAISON, Role.UNIT_HEAD})
AUDITING = frozenset({Role.AUDITOR})
ADMINISTRATORS = frozenset({Role.SYSTEM, Role.SECURITY})
WITH_SECOND_FACTOR = OFFICE | ADMINISTRATORS | AUDITING
OF_ALL = OFFICE | DECIDING | AUDITING  # who has to do with every unit


def roles_of(user: User) -> frozenset[str]:
    """Everything that a person is, anywhere."""
    return frozenset(role for role, _ in user.roles)


def units_of(user: User, roles: Iterable[str] = OF_A_UNIT) -> frozenset[int]:
    """The units in which a person has one of these roles."""
    return frozenset(unit for role, unit in user.roles if role in roles)


def may_read_trail(user: User) -> Verdict:
    """The trail is the auditor's."""
    if roles_of(user) & AUDITING:
        return YES
    return no("操作日志只供审计管理员查阅", "the audit trail is open to the audit administrator only")


def needs_second_factor(user: User) -> bool:
    """Whoever can change what others are judged by, or sees everything."""
    return bool(roles_of(user) & WITH_SECOND_FACTOR)


def may_see_cycles(user: User) -> Verdict:
    """Whoever has to do with results in any role."""
    if roles_of(user) & (OF_ALL | OF_A_UNIT):
        return YES
    return no("您的账号没有查看评估结果的角色", "your account has no role that sees results")


def may_enter_admin(user: User) -> Verdict:
    """The registers: the office, and who administrates system or security."""
    if roles_of(user) & (OFFICE | ADMINISTRATORS):
        return YES
    return no(
        "后台管理只供绩效办和系统、安全管理员使用",
        "the registers are open to the office and to the system and security administrators only",
    )


def may_keep_people(user: User) -> Verdict:
    """People, roles and units: whoever may enter the registers at all."""
    return may_enter_admin(user)


def may_keep_data(user: User) -> Verdict:
    """What evaluation rests on, and what it brings: the office alone."""
    if roles_of(user) & OFFICE:
        return YES
    return no("这项数据由绩效办维护", "this data is kept by the office")


def may_write_data(actor: Actor) -> Verdict:
    """Enter what the office keeps: the office; at the command line of the server whoever works there."""
    return YES if actor.user is None else may_keep_data(actor.user)


def may_see_decisions(user: User) -> Verdict:
    """What bodies have decided, and the documents: whoever has to do with every unit."""
    if roles_of(user) & OF_ALL:
        return YES
    return no(
        "各项决定及其文件供绩效办、委员会、市领导和审计管理员查看",
        "decisions and their documents are for the office, the commission, leaders and the audit administrator",
    )


def may_see_health(user: User) -> Verdict:
    """Whether the system runs: who looks after it, and the office, which notices first."""
    if roles_of(user) & (OFFICE | {Role.SYSTEM}):
        return YES
    return no(
        "运行状态只供系统管理员和绩效办查看",
        "whether the system runs is for the system administrator and the office only",
    )


_HEAD = frozenset({Role.OFFICE_HEAD})
STEPS: Mapping[str, frozenset[Role]] = {
    "start": OFFICE,
    "begin_scoring": OFFICE,
    "collect_again": OFFICE,
    "propose": _HEAD,
    "score_again": _HEAD,
    "publicise": _HEAD,
    "confirm": _HEAD,
    "publish": _HEAD,
    "archive": _HEAD,
    "score": OFFICE,
    "adopt_run": OFFICE,
    "fail_run": _HEAD,
    "set_window": OFFICE,
    "extend_window": _HEAD,
    "submit_naming": OF_A_UNIT,
    "withdraw_naming": OF_A_UNIT,
    "confirm_naming": OFFICE,
    "return_naming": OFFICE,
}  # who takes which step; the table of `docs/visibility.md` is this one in words

WEIGHTY = frozenset({
    "propose", "score_again", "publicise", "confirm", "publish", "archive", "score", "adopt_run", "fail_run",
    "extend_window", "give_role", "issue_link", "take_second_factor",
})  # fmt: skip
"""Before these the password or the second factor is asked for again."""


def may_step(actor: Actor, action: str) -> Verdict:
    """Take a step: a person who has a role for it; at the command line of the server whoever works there."""
    if actor.user is None or roles_of(actor.user) & STEPS[action]:
        return YES
    return no("这一步只能由{roles}办理", "this step is for the {roles} only", roles=named(STEPS[action]))


def named(roles: Iterable[str]) -> Text:
    """What roles are called."""
    return joined([both(Role(role).label) for role in sorted(roles)], "、", ", ")
