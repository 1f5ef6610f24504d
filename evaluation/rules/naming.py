"""Who names the responsible people of a unit, who reviews that, and when."""

from __future__ import annotations

from django.db.models import Q

from evaluation.actor import Actor
from evaluation.models import EvaluatedUnit, Naming, Phase, User
from evaluation.rules import AUDITING, OF_A_UNIT, OFFICE, may_step, roles_of, units_of
from evaluation.rules.windows import not_over, phase_open
from evaluation.states import NamingState
from evaluation.verdict import YES, Verdict, no

BY_UNITS = frozenset({"submit_naming", "withdraw_naming"})
EDITABLE = (NamingState.DRAFT, NamingState.RETURNED)


def waiting_for_naming() -> Q:
    """Evaluated units whose people are not named and submitted."""
    return Q(naming__isnull=True) | Q(naming__state__in=EDITABLE)


NOT_YOURS = no("只能办理本单位的责任人报备", "only what concerns your own unit is open to you")
_OWN = no("不能审核本单位或自己填报的内容", "nobody reviews what is his own or his unit's")
_TOO_LATE = no(
    "该单位的窗口期已截止，退回后无法修改：请先为它延期",
    "the window has closed for this unit, which could not mend it: give it more time first",
)
_FIXED = no("已提交的内容不能直接修改，请先撤回", "what is submitted is not changed: withdraw it first")


def may_see_naming(user: User, row: EvaluatedUnit) -> Verdict:
    """The office and the auditor see all, a unit its own."""
    if roles_of(user) & (OFFICE | AUDITING) or row.unit_id in units_of(user):
        return YES
    return NOT_YOURS


def may_see_namings(user: User) -> Verdict:
    """The list of a whole cycle."""
    if roles_of(user) & (OFFICE | AUDITING):
        return YES
    return no("全部单位的报备情况只供绩效办和审计管理员查阅", "the list is open to the office and the auditor only")


def may_name(actor: Actor, row: EvaluatedUnit, naming: Naming | None) -> Verdict:
    """Write down the people of a unit: its own people, while the window is open for it and nothing is submitted."""
    mine = of_the_unit(actor, row)
    if not mine:
        return mine
    if naming is not None and naming.state not in EDITABLE:
        return _FIXED
    return not_over(row.cycle) and phase_open(row.cycle, Phase.NAMING, row.unit)


def of_the_unit(actor: Actor, row: EvaluatedUnit) -> Verdict:
    """Whether somebody speaks for a unit; at the command line nobody does."""
    if actor.user is not None and row.unit_id in units_of(actor.user, OF_A_UNIT):
        return YES
    return NOT_YOURS


def may_take(actor: Actor, naming: Naming, action: str) -> Verdict:
    """A step of a naming: by its unit inside the window, or by the office, who is not of that unit."""
    row = naming.evaluated_unit
    if action in BY_UNITS:
        return of_the_unit(actor, row) and not_over(row.cycle) and phase_open(row.cycle, Phase.NAMING, row.unit)
    allowed = may_step(actor, action) and _of_others(actor, naming) and not_over(row.cycle)
    if allowed and action == "return_naming" and not phase_open(row.cycle, Phase.NAMING, row.unit):
        return _TOO_LATE
    return allowed


def _of_others(actor: Actor, naming: Naming) -> Verdict:
    """Whether a naming is neither of a unit of the reviewer's own, in whatever role, nor filed by himself."""
    if actor.user is None:
        return YES
    own = naming.evaluated_unit.unit_id in {unit for _, unit in actor.user.roles}
    return _OWN if own or naming.submitted_by_id == actor.user.pk else YES
