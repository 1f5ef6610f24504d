"""Who may do what: each predicate returns a `Verdict`, with a reason where it is no.

A person's roles come from memberships alone; to be a superuser of the framework is no role.
"""

from __future__ import annotations

from collections.abc import Iterable

from evaluation.models import Role, User
from evaluation.verdict import YES, Verdict, no

OFFICE = frozenset({Role.OFFICE_CLERK, Role.OFFICE_HEAD})
DECIDING = frozenset({Role.LEADER, Role.COMMISSION})
OF_A_UNIT = frozenset({Role.LIAISON, Role.UNIT_HEAD})
AUDITING = frozenset({Role.AUDITOR})
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


def may_see_cycles(user: User) -> Verdict:
    """Whoever has to do with results in any role."""
    if roles_of(user) & (OF_ALL | OF_A_UNIT):
        return YES
    return no("您的账号没有查看评估结果的角色", "your account has no role that sees results")
