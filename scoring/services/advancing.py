"""A cycle goes a step further, or back: what is asked for that is more than its state and the role of who does it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from evaluation.actor import Actor
from evaluation.models import Cycle, Phase, Window
from evaluation.moments import moment
from evaluation.rules import may_step
from evaluation.services.transition import move
from evaluation.services.windows import begin_window
from evaluation.states import CYCLE_TRANSITIONS, CycleState
from evaluation.verdict import YES, Verdict, no
from indicators.services.timetable import publicity_of
from scoring.selectors import adopted_run
from scoring.services.changes import is_current
from scoring.services.running import is_idle

_UNSCORED = no("还没有计分结果，请先计分", "there is no result yet: score first")
_STALE = no("计分之后数据又有变动，请先重新计分", "facts have changed since the scoring: score again first")
_UNSEEN = no("还没有公示期，请先公示", "there is no time of publicity yet: publicise first")
_ENDLESS = no(
    "公示期的截止时间要等放假通知录入后才能确定，现在不能确认",
    "when the publicity ends is not known until the notice of holidays is entered: it cannot be confirmed now",
)


@transaction.atomic
def advance(*, cycle: Cycle, action: str, actor: Actor, reason: str = "", seen: int | None = None) -> None:
    """Take a cycle a step further, or back.

    What is proposed is a result of what is known now; what is confirmed has been in publicity for its whole time, which
    begins with the step that publicises.

    Args:
        cycle: the cycle.
        action: a step of the table of cycles.
        actor: who does it.
        reason: why, for a step back.
        seen: the revision of the cycle that he has looked at.

    Raises:
        Refused: if he may not, the state or the result does not allow it, the reason is missing, or somebody was
            quicker.
    """
    locked = Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    verdict = may_step(actor, action) and allows(locked, action)
    move(cycle, action, transitions=CYCLE_TRANSITIONS, actor=actor, verdict=verdict, reason=reason, seen=seen)
    if action == "publicise":
        days, kind = publicity_of(locked)
        begin_window(cycle=locked, phase=Phase.PUBLICITY, days=days, kind=kind, actor=actor)


def allows(cycle: Cycle, action: str) -> Verdict:
    """Whether the result of a cycle, or its publicity, stands against a step that its state allows."""
    asked = {("propose", CycleState.SCORING): _has_a_result, ("confirm", CycleState.PUBLICITY): _was_in_publicity}
    ask = asked.get((action, CycleState(cycle.state)))
    return ask(cycle) if ask else YES


def _was_in_publicity(cycle: Cycle) -> Verdict:
    """Whether the time of publicity is over, by the server's clock."""
    window = Window.objects.filter(cycle=cycle, phase=Phase.PUBLICITY).first()
    if window is None:
        return _UNSEEN
    if window.closes is None:
        return _ENDLESS
    if timezone.now() < window.closes:
        return no("公示到 {at} 才结束，不能提前确认", "the publicity lasts until {at}: it is not confirmed before",
                  at=moment(window.closes))  # fmt: skip
    return YES


def _has_a_result(cycle: Cycle) -> Verdict:
    """Whether the adopted run of a cycle scored what is known now, and no other is under way."""
    if not (idle := is_idle(cycle)):
        return idle
    run = adopted_run(cycle)
    if run is None:
        return _UNSCORED
    return YES if is_current(run) else _STALE
