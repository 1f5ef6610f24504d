"""A run is asked for and handed to a worker; one that is silent is handed over again by the tick."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerGone
from redis.exceptions import RedisError

from config.celery import app
from desk import tick as ticking
from desk.tasks import tick as tick_task
from evaluation.models import Cycle, Heartbeat, Role
from evaluation.verdict import Refused
from indicators.models import Reading
from scoring.models import Run
from scoring.services import asking
from scoring.services.asking import ask_for_run, hand_over_silent_runs
from scoring.services.running import queue_run
from scoring.states import RunState, Stage
from tests.committing import committing
from tests.little import CLERK, little_cycle, person

pytestmark = pytest.mark.django_db
GRACE = settings.RUN_GRACE
SOON = timedelta(seconds=5)


@pytest.fixture
def cycle(tmp_path: Path) -> Cycle:
    return little_cycle(tmp_path)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The runs that were put into the queue; no worker takes them."""
    found: list[int] = []
    monkeypatch.setattr(asking.run_scoring, "delay", found.append)
    return found


@pytest.fixture(params=[BrokerGone("connection refused"), RedisError("OOM command not allowed")], ids=["gone", "full"])
def no_broker(request, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(pk: int) -> None:
        raise request.param

    monkeypatch.setattr(asking.run_scoring, "delay", refused)


def done(work):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return work()


def aged(run: Run, by: timedelta, **values: object) -> Run:
    Run.objects.filter(pk=run.pk).update(beat=timezone.now() - by, **values)
    return Run.objects.get(pk=run.pk)


def test_without_a_broker_a_run_is_done_when_it_was_asked_for(cycle: Cycle):
    run = done(lambda: ask_for_run(cycle=cycle, actor=CLERK))
    run.refresh_from_db()
    assert (run.state, run.attempt, run.sheets.count()) == (RunState.ADOPTED, 1, 4)


def test_a_run_is_handed_over_only_once_it_is_in_the_database(cycle: Cycle, sent: list[int]):
    with TestCase.captureOnCommitCallbacks() as after:
        run = ask_for_run(cycle=cycle, actor=CLERK)
        assert sent == []
    next(one for one in after if "_hand_over" in repr(one))()
    assert sent == [run.pk]


def test_c4_asked_for_twice_there_is_one_run(cycle: Cycle, sent: list[int]):
    done(lambda: ask_for_run(cycle=cycle, actor=CLERK))
    with pytest.raises(Refused, match="正在计分"):
        done(lambda: ask_for_run(cycle=cycle, actor=CLERK))
    assert len(sent) == cycle.runs.count() == 1


def test_what_stops_a_run_stops_no_page(cycle: Cycle):
    Reading.objects.filter(evaluated_unit__name="县2").delete()
    run = done(lambda: ask_for_run(cycle=cycle, actor=CLERK))
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "县2" in run.failure


def test_an_error_of_the_product_is_kept_with_the_run_and_logged(cycle: Cycle, monkeypatch, caplog):
    monkeypatch.setattr("scoring.services.running._scored", lambda *asked: 1 // 0)
    run = done(lambda: ask_for_run(cycle=cycle, actor=CLERK))
    run.refresh_from_db()
    assert "ZeroDivisionError" in run.failure
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.RUNNING])
def test_c3_a_silent_run_is_handed_over_again_once_for_each_grace(cycle: Cycle, sent: list[int], state: RunState):
    run = aged(queue_run(cycle=cycle, actor=CLERK), GRACE - SOON, state=state)
    assert done(hand_over_silent_runs) == 0
    aged(run, GRACE + SOON)
    assert done(hand_over_silent_runs) == 1
    assert done(hand_over_silent_runs) == 0
    assert sent == [run.pk]


def test_c3_a_run_of_before_that_never_told_anything_is_not_forgotten(cycle: Cycle, sent: list[int]):
    run = queue_run(cycle=cycle, actor=CLERK)
    Run.objects.filter(pk=run.pk).update(beat=None, updated=timezone.now() - GRACE - SOON)
    assert done(hand_over_silent_runs) == 1


def test_a_run_that_is_over_is_handed_to_nobody(cycle: Cycle, sent: list[int]):
    run = queue_run(cycle=cycle, actor=CLERK)
    for state in (RunState.COMPLETE, RunState.FAILED, RunState.ADOPTED, RunState.SUPERSEDED):
        aged(run, 9 * GRACE, state=state)
        assert done(hand_over_silent_runs) == 0
    assert sent == []


def test_c12_without_its_broker_a_run_says_so_and_the_next_tick_tries_again(cycle: Cycle, no_broker, monkeypatch):
    run = done(lambda: ask_for_run(cycle=cycle, actor=CLERK))
    page = committing(person(Role.OFFICE_CLERK)).get(f"/cycles/{cycle.code}/runs/{run.number}/").content.decode()
    assert "任务队列连接不上" in page
    aged(run, timedelta(minutes=1) + SOON)
    assert done(hand_over_silent_runs) == 1
    assert Run.objects.get(pk=run.pk).progress == Stage.UNSENT
    sent: list[int] = []
    monkeypatch.setattr(asking.run_scoring, "delay", sent.append)
    aged(run, timedelta(minutes=1) + SOON)
    assert [done(hand_over_silent_runs), done(hand_over_silent_runs)] == [1, 0]
    assert sent == [run.pk]
    assert Run.objects.get(pk=run.pk).progress == ""


def test_the_tick_takes_up_a_silent_run_and_leaves_its_heartbeat(cycle: Cycle):
    run = aged(queue_run(cycle=cycle, actor=CLERK, adopt=True), GRACE + SOON)
    before = timezone.now()
    done(lambda: call_command("tick"))
    run.refresh_from_db()
    assert run.state == RunState.ADOPTED
    told = {one.name: one.at >= before for one in Heartbeat.objects.all()}
    assert all(told[job.__name__] for job in ticking.DECIDED)


def test_c10_what_goes_wrong_in_the_tick_keeps_nothing_else_from_being_done(monkeypatch, capsys, caplog):
    @transaction.atomic
    def first() -> None:
        Cycle.objects.create(code="half", title="x", year=2025)
        raise ValueError("disturbed")

    def second() -> None:
        Cycle.objects.create(code="whole", title="x", year=2025)

    monkeypatch.setattr(ticking, "DECIDED", dict.fromkeys((first, second), "x"))
    with pytest.raises(SystemExit, match="1"):
        call_command("tick")
    assert "first" in capsys.readouterr().err
    assert "disturbed" in caplog.text
    assert list(Cycle.objects.values_list("code", flat=True)) == ["whole"]
    assert list(Heartbeat.objects.values_list("name", flat=True)) == ["second"]
    with pytest.raises(RuntimeError, match="first"):
        tick_task()


def test_tasks_are_acknowledged_late_and_given_to_another_worker_if_the_first_dies():
    asked = app.conf
    assert (asked.task_acks_late, asked.task_reject_on_worker_lost, asked.worker_prefetch_multiplier) == (True, True, 1)
    assert asked.broker_transport_options["visibility_timeout"] > GRACE.total_seconds()
    assert (asked.accept_content, asked.task_ignore_result, str(asked.timezone)) == (["json"], True, "Asia/Shanghai")
    [entry] = asked.beat_schedule.values()
    assert (entry["task"], entry["schedule"]) == (tick_task.name, 60)
    assert {"scoring.tasks.run_scoring", "desk.tasks.tick"} <= set(app.tasks)
