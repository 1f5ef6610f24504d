"""How a run goes on, in what a page says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from engine.text import Text
from evaluation.models import Category
from scoring.models import Run
from scoring.states import ACTIVE, RunState


@dataclass(frozen=True, slots=True)
class Progress:
    """`took` is the time since it was asked for, or until it ended; `silent` if no worker has told of it for too long.

    `left` if it was to be adopted and was not.
    `problems` are what stopped it, one by one; `categories` those whose ranking has its results.
    """

    under_way: bool
    silent: bool
    took: timedelta | None
    left: bool
    problems: Sequence[Text]
    categories: Sequence[Category]


def told_of(run: Run) -> Progress:
    """What there is to say of a run now."""
    under_way, now = run.state in ACTIVE, timezone.now()
    heard = run.beat or run.updated
    adopted = run.state == RunState.ADOPTED
    return Progress(
        under_way=under_way,
        silent=under_way and heard < now - settings.RUN_GRACE,
        took=_whole_seconds(run.created, now if under_way else run.beat),
        left=run.adopt and run.state == RunState.COMPLETE,
        problems=[Text(*lines) for lines in zip(*_failure(run), strict=True)],
        categories=list(run.cycle.categories.filter(scored__runs=run)) if adopted else (),
    )


def _whole_seconds(begun: datetime, ended: datetime | None) -> timedelta | None:
    return timedelta(seconds=int((ended - begun).total_seconds())) if ended else None


def _failure(run: Run) -> tuple[list[str], list[str]]:
    """Why a run failed, line by line in both languages; older runs know the Chinese alone."""
    zh, en = run.failure.splitlines(), run.failure_en.splitlines()
    return zh, en if len(en) == len(zh) else zh
