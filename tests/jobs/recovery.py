"""Runs that are disturbed, with a real broker and real workers: `python -m tests.jobs.recovery PLAY FOLDER`.

On the database that DATABASE_URL names, by the broker that REDIS_URL names: a process of its own, as the office's is.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.at_once import at_once
from tests.jobs.servers import VISIBILITY, Cluster, broker, wait_for, worker

if TYPE_CHECKING:
    from evaluation.models import Cycle
    from scoring.models import Run

POINTS = ("begun", "read", "scored", "before keeping", "kept", "adopted", "done")
MOMENTS, UNITS = 20, 12
GRACE = 20  # seconds, after which the clock finds that a run has been silent


class City:
    """A cycle that was scored once without any disturbance, and is scored again and again."""

    def __init__(self, folder: Path, year: int = 2025) -> None:
        from scoring.services.running import score_cycle
        from tests.little import CLERK, little_cycle

        self.actor = CLERK
        (folder / f"facts-{year}").mkdir()
        self.cycle: Cycle = little_cycle(folder / f"facts-{year}", year=year, counties=UNITS // 2, offices=UNITS // 2)
        self.file = Path(os.environ["FALL_AT"]) / str(self.cycle.pk)
        self.file.parent.mkdir(exist_ok=True)
        self.undisturbed: Run = score_cycle(cycle=self.cycle, actor=CLERK)
        self.undisturbed.refresh_from_db()

    def ask(self, fall_at: str = "") -> Run:
        """Have everything scored anew; on the way something falls."""
        from scoring.services.asking import ask_for_run

        if fall_at:
            self.file.write_text(fall_at)
        return ask_for_run(cycle=self.cycle, actor=self.actor, whole=True)

    def fallen(self) -> None:
        wait_for(lambda: not self.file.exists(), "nobody came by")

    def state(self, run: Run) -> str:
        """What the database says of it; while that is down, nothing."""
        from django.db import DatabaseError, InterfaceError, connection

        try:
            return str(type(run).objects.values_list("state", flat=True).get(pk=run.pk))
        except (DatabaseError, InterfaceError):
            connection.close()
            return ""

    def over(self, run: Run) -> bool:
        return self.state(run) in ("adopted", "failed")

    def is_kept(self, run: Run) -> None:
        """Wait for the end of a run, or for the clock to take it up.

        Then every sheet is there once, and everything is what it was without disturbance.
        """
        from evaluation.models import AuditEntry

        try:
            wait_for(lambda: self.over(run), patience=GRACE)
        except AssertionError:  # its message died with the process that had just been handed it
            ticked(run)
            wait_for(lambda: self.over(run), f"run {run.number}: {self.state(run)}")
        run.refresh_from_db()
        assert run.state == "adopted", run.failure
        assert self.sheets(run) == self.sheets(self.undisturbed)
        assert (run.result, run.snapshot.sha256) == (self.undisturbed.result, self.undisturbed.snapshot.sha256)
        assert run.scored.count() == run.categories.count() == self.undisturbed.scored.count() == 2
        entries = AuditEntry.objects.filter(object_kind="scoring.run", object_key=str(run.pk))
        assert [entries.filter(action=one).count() for one in ("complete_run", "adopt_run", "fail_run")] == [1, 1, 0]

    def sheets(self, run: Run) -> list[tuple[str, str]]:
        return sorted(run.sheets.values_list("unit_code", "hash"))


def nothing_else(cities: list[City]) -> None:
    """All runs but the last of each city are replaced, and there is no row without its run."""
    from evaluation.services.audit import problems_of_the_trail
    from scoring.models import Run, ScoredCategory, ScoreSheet, Snapshot

    for city in cities:
        *before, last = city.cycle.runs.order_by("number").values_list("state", flat=True)
        assert ({*before}, last) == ({"superseded"}, "adopted")
    runs = Run.objects.count()
    assert (Snapshot.objects.count(), ScoredCategory.objects.count()) == (runs, 2 * runs)
    assert ScoreSheet.objects.count() == UNITS * runs
    assert list(problems_of_the_trail()) == []


def ticked(run: Run) -> None:
    """The clock finds that the run has been silent for longer than its grace."""
    from django.conf import settings
    from django.utils import timezone

    from desk.tick import tick

    type(run).objects.filter(pk=run.pk).update(beat=timezone.now() - settings.RUN_GRACE - timedelta(seconds=1))
    assert tick() == []


@contextmanager
def falling(what: str) -> Iterator[None]:
    """What falls in the workers that are started meanwhile."""
    os.environ["FALL"] = what
    yield


def killed(folder: Path) -> None:
    """C1: the process of the task at every point and at twenty moments; then all of the worker."""
    cities = [City(folder, 2025 + number) for number in range(len(POINTS))]
    run = cities[0].undisturbed
    took = 1.2 * (run.beat - run.created).total_seconds()
    moments = [f"{random.uniform(0, took):.4f}" for _ in range(MOMENTS)]
    print("moments:", *moments)
    with falling("process"), worker(folder / "worker.log", processes=len(cities)):
        for at in range(0, MOMENTS + len(POINTS), len(cities)):
            points = [*POINTS, *moments][at : at + len(cities)]
            asked = [(city, city.ask(point)) for city, point in zip(cities, points, strict=False)]
            for city, run in asked:
                city.fallen()
                city.is_kept(run)
    with falling("worker"):
        for_the_whole_worker(cities[0], folder)
    nothing_else(cities)


def for_the_whole_worker(city: City, folder: Path) -> None:
    for point in ("read", "kept"):
        with worker(folder / f"{point}.log") as one:
            run = city.ask(point)
            one.process.wait(60)
        assert city.state(run) == "running"
        if point == "read":
            time.sleep(VISIBILITY + 1)  # a worker looks for forgotten messages when it starts, and then seldom
        with worker(folder / f"after-{point}.log"):
            if point == "kept":
                ticked(run)  # "read" waits for the broker, which gives the message to another
            city.is_kept(run)


def emptied(folder: Path) -> None:
    """C3: what the broker forgets or misses the clock remembers. C4: asked for by many at once, there is one run."""
    from redis import Redis

    from evaluation.verdict import Refused
    from scoring.tasks import run_scoring

    city, client = City(folder), Redis.from_url(os.environ["REDIS_URL"])
    asked: list[Run] = []

    def ask() -> None:
        with suppress(Refused):
            asked.append(city.ask())

    assert at_once([ask] * 8) == []
    [run] = asked
    client.flushall()
    with worker(folder / "worker.log", processes=2):
        assert city.state(run) == "queued"
        ticked(run)
        city.is_kept(run)
        client.flushall()
        run = city.ask()
        for _ in range(3):  # as if the broker gave it to several
            run_scoring.delay(run.pk)
        city.is_kept(run)
        wait_for(lambda: not client.llen("celery") and not client.hlen("unacked"), "messages left")
        client.shutdown(nosave=True)
        run = city.ask()
        assert city.state(run) == "queued"
        with broker(client.connection_pool.connection_kwargs["port"]):
            ticked(run)
            city.is_kept(run)
    nothing_else([city])


def crashed(folder: Path) -> None:
    """C2: the database is killed under a run, and started again."""
    from django.db import connection

    city, base = City(folder), Cluster(Path(os.environ["CLUSTER"]), int(connection.settings_dict["PORT"]))
    with falling(str(base.data)), worker(folder / "worker.log"):
        for point in ("begun", "read", "scored", "kept", "adopted", "done"):
            run = city.ask(point)
            city.fallen()
            base.start()
            city.is_kept(run)
    nothing_else([city])


def unreachable(folder: Path) -> None:
    """C12: no broker: whoever asks does not wait, the run says so and is not lost."""
    from django.conf import settings

    from config.celery import app
    from scoring.states import Stage

    city, began = City(folder), time.monotonic()
    run = city.ask()
    assert time.monotonic() - began < 10
    run.refresh_from_db()
    assert (run.state, run.progress) == ("queued", Stage.UNSENT)
    assert settings.CELERY_BROKER_URL
    app.conf.task_always_eager = True  # as if there were one again, and a worker
    ticked(run)
    city.is_kept(run)


PLAYS = {"unreachable": unreachable, "killed": killed, "emptied": emptied, "crashed": crashed}


def play(what: str, folder: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    PLAYS[what](folder)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    play(sys.argv[1], Path(sys.argv[2]))
