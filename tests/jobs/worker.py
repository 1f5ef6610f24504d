"""A real worker that can be told where to fall: `python -m tests.jobs.worker PROCESSES`.

The product has no hook for that: its functions are wrapped here. In the folder FALL_AT a file named after a cycle says
where its run is to fall, a point or so many seconds after it was begun; whoever comes by takes the file away and falls.
What falls is the process of the task, all of the worker, or the database whose data FALL names.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

import django

from config.celery import app
from tests.jobs.servers import VISIBILITY, kill_cluster

FOLDER = Path(os.environ.get("FALL_AT", "/nowhere"))
_now: list[Path] = []  # the file of the run that this process is at


def fall() -> None:
    """What was to fall falls, this moment."""
    what = os.environ["FALL"]
    if what == "worker":
        os.killpg(0, signal.SIGKILL)
    elif what == "process":
        os.kill(os.getpid(), signal.SIGKILL)
    else:
        kill_cluster(Path(what))


def asked_for() -> str:
    """Where the run of this process is to fall."""
    return _now[0].read_text() if _now and _now[0].exists() else ""


def passes(point: str) -> None:
    """Fall, if it is here; the next who comes by goes on."""
    if asked_for() == point:
        _now[0].unlink()
        fall()


def falls_after(point: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def done(*args: Any, **kwargs: Any) -> Any:
        came = work(*args, **kwargs)
        passes(point)
        return came

    return done


def falls_before_keeping(work: Callable[..., Any]) -> Callable[..., Any]:
    def done(run: Any, stage: str) -> Any:
        if stage == "keeping":
            passes("before keeping")
        return work(run, stage)

    return done


def falls_some_time(work: Callable[..., Any]) -> Callable[..., Any]:
    def done(*, run: Any, actor: Any) -> Any:
        _now[:] = [FOLDER / str(run.cycle_id)]
        with suppress(ValueError):
            clock = Timer(float(asked_for()), fall)
            clock.daemon = True
            _now[0].unlink()
            clock.start()
        return work(run=run, actor=actor)

    return done


def wrap() -> None:
    """Put the points into the functions of a run."""
    from scoring import tasks
    from scoring.services import running

    wrapped = {"begin": "begun", "work_of": "read", "_scored": "scored", "_keep": "kept", "adopt_run": "adopted"}
    for name, point in wrapped.items():
        setattr(running, name, falls_after(point, getattr(running, name)))
    running.go_on = falls_before_keeping(running.go_on)
    tasks.execute_run = falls_some_time(falls_after("done", tasks.execute_run))
    tasks.DATABASE_PAUSE = 0.3


def main(processes: str) -> None:
    django.setup()
    wrap()
    app.conf.worker_lost_wait = 0.2
    app.conf.broker_transport_options = {**app.conf.broker_transport_options, "visibility_timeout": VISIBILITY}
    pool = ["--pool", "prefork", "--concurrency", processes]
    app.worker_main(["worker", *pool, "--loglevel", "INFO", "--without-gossip", "--without-mingle"])


if __name__ == "__main__":
    main(sys.argv[1])
