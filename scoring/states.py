"""The states of a run."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from engine.text import Text
from evaluation.states import CycleState, Transition


class RunState(models.TextChoices):
    """Where one execution of the scoring stands; the adopted one is the result of its cycle."""

    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    COMPLETE = "complete", _("complete")
    FAILED = "failed", _("failed")
    ADOPTED = "adopted", _("adopted")
    SUPERSEDED = "superseded", _("superseded")


class Stage(models.TextChoices):
    """How far a run that is under way has come, as its page shows it."""

    UNSENT = "unsent", _("not handed to a worker yet")
    READING = "reading", _("reading the facts")
    SCORING = "scoring", _("scoring")
    KEEPING = "keeping", _("keeping the results")


S = RunState
RUN_TRANSITIONS = (
    Transition("begin_run", Text("开始", "begin"), (S.QUEUED,), S.RUNNING),
    Transition("resume_run", Text("重新开始", "be begun again"), (S.RUNNING,), S.RUNNING),  # its process has died
    Transition("complete_run", Text("完成", "be completed"), (S.RUNNING,), S.COMPLETE),
    Transition("fail_run", Text("终止", "be ended as failed"), (S.QUEUED, S.RUNNING), S.FAILED, needs_reason=True),
    Transition("adopt_run", Text("采用", "be adopted"), (S.COMPLETE,), S.ADOPTED),
    Transition("supersede_run", Text("被替换", "be superseded"), (S.ADOPTED,), S.SUPERSEDED),
)
ACTIVE = (S.QUEUED, S.RUNNING)
SCORING = Transition(
    "score", Text("计分", "be scored"), (CycleState.RUNNING, CycleState.SCORING), CycleState.SCORING
)  # a step of a cycle that opens a run
