"""Runs are asked for here, and handed to a worker."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerGone
from redis.exceptions import RedisError

from evaluation.actor import Actor
from evaluation.models import Cycle
from scoring.models import Run
from scoring.services.running import queue_run
from scoring.states import ACTIVE, RunState, Stage
from scoring.tasks import run_scoring

log = logging.getLogger("scoring.services.asking")
UNSENT_AFTER = timedelta(minutes=1)
_BROKER_GONE = (BrokerGone, RedisError)  # out of reach, or full


@transaction.atomic
def ask_for_run(*, cycle: Cycle, actor: Actor, whole: bool = False, seen: int | None = None) -> Run:
    """Have a cycle scored by a worker, and the result adopted; without a broker it is done when this returns.

    Args:
        cycle: running or being scored.
        actor: who asks; the worker goes on in his name.
        whole: as `score_cycle` has it.
        seen: the revision of the cycle that he has looked at.

    Raises:
        Refused: if the cycle cannot be scored now.
    """
    run = queue_run(cycle=cycle, actor=actor, whole=whole, adopt=True, seen=seen)
    transaction.on_commit(partial(_hand_over, run.pk))
    return run


@transaction.atomic
def hand_over_silent_runs() -> int:
    """Hand those runs to a worker once more whose message is lost or whose worker has died.

    Returns:
        How many.
    """
    silent = list(_silent_runs().select_for_update(no_key=True).values_list("pk", flat=True))
    Run.objects.filter(pk__in=silent).update(beat=timezone.now())  # once for each time of grace, and not each minute
    Run.objects.filter(pk__in=silent, progress=Stage.UNSENT).update(progress="")
    for pk in silent:
        log.warning("run %s has given no sign of life: handed to a worker again", pk)
        transaction.on_commit(partial(_hand_over, pk))
    return len(silent)


def _silent_runs() -> models.QuerySet[Run]:
    """Runs under way that no worker has told anything of for too long; those that could not be sent sooner."""
    now = timezone.now()
    told = Run.objects.filter(state__in=ACTIVE).annotate(heard=Coalesce("beat", "updated"))
    unsent = models.Q(state=RunState.QUEUED, progress=Stage.UNSENT, heard__lt=now - UNSENT_AFTER)
    return told.filter(models.Q(heard__lt=now - settings.RUN_GRACE) | unsent)


def _hand_over(pk: int) -> None:
    """Put a run into the queue; if there is none, its page says so, and the tick tries again."""
    try:
        run_scoring.delay(pk)
    except _BROKER_GONE:
        log.exception("the broker takes no message: run %s waits for the tick", pk)
        Run.objects.filter(pk=pk, state=RunState.QUEUED).update(progress=Stage.UNSENT)
