"""Who gives which role, and what in a register may no longer be changed.

The three administrators are three roles: those of system and security open accounts and give roles, neither sees facts
or results; the trail is the auditor's. The office looks after the people who work with its data, but gives nobody a
role that stands over itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.utils import timezone

from evaluation.actor import Actor
from evaluation.models import APART, Cycle, EvaluatedUnit, Membership, Role, Unit, User
from evaluation.rules import ADMINISTRATORS, AUDITING, DECIDING, OFFICE, named, roles_of
from evaluation.states import CycleState
from evaluation.verdict import YES, Verdict, no
from evaluation.words import state_called

OVER_THE_OFFICE = frozenset({Role.OFFICE_HEAD, Role.AUDITOR}) | ADMINISTRATORS
GRANTS = {
    Role.SECURITY: frozenset(Role),
    Role.SYSTEM: frozenset(Role) - AUDITING,
    Role.OFFICE_HEAD: frozenset(Role) - OVER_THE_OFFICE,
    Role.OFFICE_CLERK: frozenset(Role) - OVER_THE_OFFICE - OFFICE,
}
OPEN = (CycleState.DRAFTING, CycleState.RUNNING, CycleState.SCORING)

_OWN_ROLES = no("不能改自己的角色或停用自己", "nobody changes roles of his own or disables himself")
_OTHER_SET = no(
    "换到另一套指标的类别会使已有数据失去依据",
    "a category of another indicator set would leave its facts without ground",
)
_ACTS_FOR_OTHERS = no("此人正在代理他人，请先收回代理", "acts for somebody else: take that back first")
_LOOP = no("单位不能隶属于自己或自己的下级", "a unit cannot stand below itself or below what stands below it")
_FROM_ITSELF = no("单位不能由自己沿革而来", "a unit cannot have come from itself")


def grants_of(actor: Actor) -> frozenset[str]:
    """The roles that somebody may give and take; at the command line of the server all."""
    if actor.user is None:
        return frozenset(Role)
    return frozenset(role for held in roles_of(actor.user) for role in GRANTS.get(Role(held), ()))


def may_keep_person(actor: Actor, person: User) -> Verdict:
    """Change an account: not of somebody with a role one could not give."""
    above = roles_of(person) - grants_of(actor) if person.pk else frozenset()
    if above and person != actor.user:
        return no("此人有您无权管理的角色：{roles}", "holds a role above yours: {roles}", roles=named(above))
    return YES


def may_issue_link(actor: Actor, person: User) -> Verdict:
    """Send a link that sets a password: of somebody one may administer, but no clerk of the office of who decides."""
    decides = roles_of(person) & DECIDING
    if decides and actor.user is not None and not roles_of(actor.user) & (ADMINISTRATORS | {Role.OFFICE_HEAD}):
        return no("{roles}的链接由绩效办主任或系统、安全管理员发放",
                  "a link for the {roles} is issued by the head of the office or an administrator",
                  roles=named(decides))  # fmt: skip
    return may_keep_person(actor, person)


def may_take_second_factor(actor: Actor, person: User) -> Verdict:
    """For a system or security administrator, of somebody he may administer; his own he removes himself."""
    if actor.user is not None and not roles_of(actor.user) & ADMINISTRATORS:
        return no("只有系统、安全管理员可以撤销双因素认证", "this is for the system and security administrators")
    if person == actor.user:
        return no("自己的双因素认证请在“账号安全”中移除", 'remove your own under "account security"')
    return may_keep_person(actor, person)


def may_disable(actor: Actor, old: User | None, new: User) -> Verdict:
    """Nobody closes the door behind himself."""
    return _OWN_ROLES if old is not None and old == actor.user and not new.is_active else YES


def may_grant(actor: Actor, held: Membership) -> Verdict:
    """Give or take a role: one that this person may give, and not to himself."""
    if held.role not in grants_of(actor):
        return no("您无权授予或收回“{role}”", 'you may not give or take the role "{role}"', role=named([held.role]))
    return _OWN_ROLES if actor.user is not None and held.user_id == actor.user.pk else YES


def stays_apart(held: Membership) -> Verdict:
    """The administrators of system, security and audit are three people: who is one of them is none of the others."""
    if held.role not in APART or not held.active or not held.user_id:
        return YES
    others = held.user.memberships.filter(active=True, role__in=APART).exclude(pk=held.pk)
    other = others.values_list("role", flat=True).first()
    if other is None:
        acts = held.user.actings.filter(until__gt=timezone.now()).exists()
        return _ACTS_FOR_OTHERS if acts else YES
    return no("此人已是{other}：系统、安全、审计三个管理员不得由一人兼任",
              "is {other} already: the administrators of system, security and audit are never one person",
              other=named([other]))  # fmt: skip


def may_hand_over(actor: Actor, held: Membership) -> Verdict:
    """Let somebody act: in a role of one's own, or one that one may give; never as an administrator."""
    if held.role in APART:
        return no("“{role}”不得由他人代理", '"{role}" is not handed over', role=named([held.role]))
    if not held.active:
        return no("这个角色已经结束", "this role has ended")
    own = actor.user is not None and held.user_id == actor.user.pk
    return YES if own or held.role in grants_of(actor) else no(
        "只能移交自己的角色，或您有权授予的角色", "only your own roles, or those that you may give, can be handed over"
    )  # fmt: skip


def may_act(actor: Actor, held: Membership, deputy: User) -> Verdict:
    """Stand in for somebody: a colleague in the same unit, no administrator, at somebody else's word."""
    if deputy.pk == held.user_id:
        return no("代理人不能是本人", "nobody acts in place of himself")
    if actor.user is not None and deputy.pk == actor.user.pk:
        return no("不能让自己代理他人", "nobody makes himself act for another")
    colleague = deputy.is_active and deputy.memberships.filter(active=True, unit=held.unit_id).exists()
    if not colleague:
        return no("代理人须是本单位在用账号", "who acts must have an account in the same unit")
    if deputy.memberships.filter(active=True, role__in=APART).exists():
        return no("系统、安全、审计管理员不得代理他人", "the three administrators act for nobody")
    return YES


def open_to_change(cycle: Cycle) -> Verdict:
    """What a cycle rests on is frozen once its results are proposed."""
    if cycle.state in OPEN:
        return YES
    return no(
        "周期“{cycle}”已是“{state}”，数据已冻结",
        'the cycle "{cycle}" is "{state}": its data is frozen',
        cycle=cycle.code, state=state_called(cycle),
    )  # fmt: skip


def open_now(cycle: int) -> Verdict:
    """The same of a cycle by its id, as the database has it: who holds its lock is not told of yesterday."""
    return open_to_change(Cycle.objects.get(pk=cycle))


def same_set(old: EvaluatedUnit | None, new: EvaluatedUnit) -> Verdict:
    """The category of this very cycle; later one of the same indicator set only, since facts belong to a set."""
    if new.category.cycle_id != new.cycle_id:
        return no("类别不属于这个周期", "the category is not one of this cycle")
    if old is not None and old.category.set_code != new.category.set_code:
        return _OTHER_SET
    return YES


def may_stand(predecessors: Collection[Unit]) -> Callable[[Unit | None, Unit], Verdict]:
    """The rule for a unit with these predecessors: it neither stands below itself nor comes from itself."""

    def rule(old: Unit | None, new: Unit) -> Verdict:
        if new.pk is None:
            return YES
        if new in predecessors:
            return _FROM_ITSELF
        return _LOOP if new.pk in _above(new) else YES

    return rule


def _above(unit: Unit) -> set[int]:
    """What stands above a unit, as far up as it goes."""
    found: set[int] = set()
    at = unit.parent_id
    while at is not None and at not in found:
        found.add(at)
        at = Unit.objects.filter(pk=at).values_list("parent_id", flat=True).first()
    return found
