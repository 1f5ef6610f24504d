"""A job of the clock that is silent for too long raises an alarm, once for each silence."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from desk.tick import DECIDED
from evaluation.models import Heartbeat
from evaluation.services.heartbeat import raise_alarm, silent_since, watched

log = logging.getLogger("desk.alarm")
_SUBJECT = "定时任务未响应 · Scheduled jobs are silent"
_BODY = """\
政府绩效评估系统的定时任务已超过 {minutes} 分钟未响应：{names}
请检查 celery beat 和工作进程，或每分钟运行 manage.py tick 的定时器。办法见 docs/operations.md。

The scheduled jobs of the evaluation system have been silent for more than {minutes} minutes: {names}
Please look at celery beat and its workers, or at the timer that runs manage.py tick. See docs/operations.md.
"""


def heartbeats() -> list[Heartbeat]:
    """When each job of the clock last ran."""
    return watched(job.__name__ for job in DECIDED)


def jobs_in_words() -> list[tuple[str, Heartbeat]]:
    """The same, each by what it is called."""
    return list(zip(map(str, DECIDED.values()), heartbeats(), strict=True))


def silent_jobs() -> list[str]:
    """The names of those that have been silent for too long; the administrators are told."""
    silent = silent_since(heartbeats(), timezone.now() - settings.TICK_GRACE)
    if silent:
        try:
            raise_alarm(silent, lambda: _send(", ".join(silent)))
        except OSError:
            log.exception("the alarm could not be sent")
    return silent


def _send(names: str) -> None:
    log.error("scheduled jobs are silent: %s", names)
    minutes = int(settings.TICK_GRACE.total_seconds() // 60)
    if settings.ADMINS_MAIL:
        send_mail(_SUBJECT, _BODY.format(minutes=minutes, names=names), None, settings.ADMINS_MAIL)
