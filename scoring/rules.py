"""Who sees results, from which state of the cycle on. The table of `docs/visibility.md` is this one in words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from engine.text import Text
from evaluation.models import Cycle, EvaluatedUnit, Role, User
from evaluation.rules import AUDITING, DECIDING, OF_A_UNIT, OFFICE, roles_of, units_of
from evaluation.states import CycleState
from evaluation.verdict import YES, Verdict, no
from evaluation.words import both

S = CycleState
ORDER = tuple(CycleState)


class Sight(Enum):
    """Something to be seen, and what it is called."""

    RANKINGS = Text("排名", "rankings")
    SHEETS = Text("得分表", "score sheets")
    OWN_RANKING = Text("本单位所在类别的排名", "the ranking of the unit's category")
    OWN_SHEET = Text("本单位的得分表", "the unit's own score sheet")


_ALL_FROM = {
    **dict.fromkeys(OFFICE | AUDITING, S.DRAFTING),
    **dict.fromkeys(DECIDING, S.PROPOSED),
}
FROM: Mapping[Sight, Mapping[Role, CycleState]] = {
    Sight.RANKINGS: _ALL_FROM,
    Sight.SHEETS: _ALL_FROM,
    Sight.OWN_RANKING: dict.fromkeys(OF_A_UNIT, S.PUBLISHED),
    Sight.OWN_SHEET: dict.fromkeys(OF_A_UNIT, S.PUBLICITY),
}
_OWN_ALONE = {
    Sight.RANKINGS: no("只能查看本单位所在类别的排名", "only the ranking of your own unit's category is open to you"),
    Sight.SHEETS: no("只能查看本单位的得分表", "only your own unit's score sheet is open to you"),
}


def may_see(user: User, cycle: Cycle, sight: Sight) -> Verdict:
    """Whether a person's roles open something in the state that the cycle has now."""
    opens = [state for role, state in FROM[sight].items() if role in roles_of(user)]
    if any(ORDER.index(S(cycle.state)) >= ORDER.index(state) for state in opens):
        return YES
    if not opens:
        return no("您的角色不能查看{what}", "your role does not open {what}", what=sight.value)
    return no(
        "{what}在周期进入“{opens}”阶段后向您开放，现在是“{now}”",
        '{what}: open to you from the state "{opens}" on; it is "{now}" now',
        what=sight.value, opens=said(min(opens, key=ORDER.index)), now=said(S(cycle.state)),
    )  # fmt: skip


def said(state: CycleState) -> Text:
    """What a state is called."""
    return both(state.label)


def may_see_runs(user: User) -> Verdict:
    """How a scoring goes on, and why it failed: whoever starts it, and the auditor."""
    if roles_of(user) & (OFFICE | AUDITING):
        return YES
    return no(
        "计分过程只供绩效办和审计管理员查看", "how a scoring goes on is for the office and the audit administrator only"
    )


def may_see_ranking(user: User, cycle: Cycle, category: str) -> Verdict:
    """The ranking of a category: any, or for a unit's people that of their own."""
    return _all_or_own(user, cycle, (Sight.RANKINGS, Sight.OWN_RANKING), {"category__code": category})


def may_see_sheet(user: User, cycle: Cycle, unit: int) -> Verdict:
    """The sheet of an evaluated unit, by its id: any, or for a unit's people their own."""
    return _all_or_own(user, cycle, (Sight.SHEETS, Sight.OWN_SHEET), {"pk": unit})


def may_see_beside(user: User, cycle: Cycle, unit: int) -> Verdict:
    """A unit beside its category shows what the others have: sheet and ranking must both be open."""
    if sees_all := may_see(user, cycle, Sight.SHEETS):
        return sees_all
    sheet = may_see_sheet(user, cycle, unit)
    return may_see(user, cycle, Sight.OWN_RANKING) if sheet else sheet


def _all_or_own(user: User, cycle: Cycle, sights: tuple[Sight, Sight], asked: Mapping[str, object]) -> Verdict:
    """Everybody's or one's own: the same answer for a unit of others and for one that there is not."""
    all_of_them, own = sights
    verdict = may_see(user, cycle, all_of_them)
    if verdict or not roles_of(user) & OF_A_UNIT:
        return verdict
    mine = EvaluatedUnit.objects.filter(cycle=cycle, unit__in=units_of(user), **asked)
    return may_see(user, cycle, own) if mine.exists() else _OWN_ALONE[all_of_them]
