"""Tasks of this app: ids in, one service call."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task

from engine.text import Problems
from evaluation.unwritable import UNWRITABLE
from evaluation.verdict import Refused
from scoring.models import Run
from scoring.services.running import asker_of, execute_run

log = logging.getLogger("scoring.tasks")
DATABASE_PAUSE, DATABASE_TRIES = 15, 20  # seconds; later the tick takes over


@shared_task(bind=True, max_retries=DATABASE_TRIES)  # type: ignore[untyped-decorator]
def run_scoring(self: Any, run_id: int) -> None:
    """Execute a run in the name of whoever has asked for it; what stops it is kept with the run."""
    try:
        run = Run.objects.select_related("scheme", "cycle", "asked_by").get(pk=run_id)
        execute_run(run=run, actor=asker_of(run))
    except (Problems, Refused) as stopped:
        log.info("run %s was not kept: %s", run_id, stopped)
    except UNWRITABLE as gone:
        if self.request.is_eager:  # to try again at once would be no use
            raise
        raise self.retry(exc=gone, countdown=DATABASE_PAUSE) from gone
