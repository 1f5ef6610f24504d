"""What the clock has decided: done each minute, one thing after the other, each in transactions of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.telling import send_digests, tell_late, tell_opened
from evaluation.services.heartbeat import beat
from scoring.services.asking import hand_over_silent_runs

log = logging.getLogger("desk.tick")
DECIDED: Mapping[Callable[[], object], Promise] = {
    hand_over_silent_runs: _("Runs without a sign of life are begun again"),
    tell_opened: _("Units are told that a window is open"),
    tell_late: _("Units and the office are told who is late"),
    send_digests: _("The digest of the day is sent"),
}  # what is done, and what it is called


def tick() -> list[str]:
    """Do everything that is due. It may be late or done twice: nothing is decided here, only made visible.

    Returns:
        The names of what went wrong; each is in the log, and nothing else was kept from being done.
    """
    return [job.__name__ for job in DECIDED if not _done(job)]


def _done(job: Callable[[], object]) -> bool:
    try:
        job()
        beat(job.__name__)
    except Exception:  # whatever it is: the others are due all the same
        log.exception("tick: %s", job.__name__)
        return False
    return True
