"""Attempts at a run: a worker that dies is followed by another, and of two at one run the later alone may write."""

from __future__ import annotations

import logging

from django.db import models, transaction
from django.utils import timezone

from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import Cycle
from evaluation.reason import LONGEST
from evaluation.services.transition import move
from evaluation.unwritable import UNWRITABLE
from evaluation.verdict import Refused
from scoring.models import Run
from scoring.states import ACTIVE, RUN_TRANSITIONS, RunState, Stage

log = logging.getLogger("scoring.services.attempts")
MOST = 5
_TOO_OFTEN = Text(
    f"开始了 {MOST} 次都没有算完：进程每次都中途停止，请查看服务器日志",
    f"begun {MOST} times and never finished: its process died each time, see the log of the server",
)
_OVERTAKEN = Text(
    "第 {number} 批已经终止，或由另一进程接手，这次算出的结果不保存",
    "run {number} was given up, or taken over by another process: what was computed here is not kept",
)


@transaction.atomic
def begin(*, run: Run, actor: Actor) -> bool:
    """Begin a queued run, or begin one again whose process has died; what that process still does counts no more.

    Returns:
        Whether there is anything to do: not for a run that is over, nor for one that has been begun too often.
    """
    locked = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    if locked.state not in ACTIVE:
        return False
    if locked.attempt >= MOST:
        fail(run=run, actor=actor, reason=_TOO_OFTEN)
        return False
    action = "begin_run" if locked.state == RunState.QUEUED else "resume_run"
    move(run, action, transitions=RUN_TRANSITIONS, actor=actor)
    run.attempt, run.progress, run.beat = locked.attempt + 1, Stage.READING, timezone.now()
    run.save(update_fields=["attempt", "progress", "beat", "updated"])
    return True


def go_on(run: Run, stage: Stage) -> None:
    """Tell how far an attempt has come, which is its sign of life.

    Raises:
        Refused: it counts no more.
    """
    if not _attempt(run, run.revision).update(progress=stage, beat=timezone.now()):
        raise Refused(_OVERTAKEN.format(number=run.number))


def _attempt(run: Run, begun: int) -> models.QuerySet[Run]:
    """A run, as long as nobody has begun it again or ended it since an attempt began: each counts a revision."""
    return Run.objects.filter(pk=run.pk, state=RunState.RUNNING, revision=begun)


def take_back(run: Run, begun: int) -> None:
    """Count an attempt, begun at a revision, as none, since the database stopped it: the run is not at fault."""
    try:
        _attempt(run, begun).update(attempt=models.F("attempt") - 1)
    except UNWRITABLE:  # not even this; it counts, and begins again only once the database takes something
        log.warning("the attempt at run %s counts, though the database stopped it", run.pk)


def fail_attempt(*, run: Run, begun: int, actor: Actor, reason: Text) -> None:
    """Keep a run as failed, unless it was given up or taken over since its attempt began, at a revision."""
    with transaction.atomic():
        Cycle.objects.select_for_update(no_key=True).get(pk=run.cycle_id)
        if _attempt(run, begun).exists():
            fail(run=run, actor=actor, reason=reason)


@transaction.atomic
def fail(*, run: Run, actor: Actor, reason: Text, seen: int | None = None) -> None:
    """End a run without a result; all that stopped it stands at the run, its beginning in the trail."""
    move(run, "fail_run", transitions=RUN_TRANSITIONS, actor=actor, reason=reason.zh[:LONGEST], seen=seen)
    Run.objects.filter(pk=run.pk).update(failure=reason.zh, failure_en=reason.en, beat=timezone.now())
