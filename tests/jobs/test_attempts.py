"""A run is begun again by whoever comes after a process that has died; of two at one run only the later writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client

from evaluation.actor import Actor
from evaluation.models import AuditEntry, Cycle, Membership, Role, User
from evaluation.services.revisions import facts_changed
from evaluation.verdict import Refused
from scoring.models import Run, Snapshot
from scoring.services import running
from scoring.services.attempts import MOST, begin
from scoring.services.running import adopt_run, asker_of, execute_run, queue_run
from scoring.states import RunState
from tests.little import CLERK, little_cycle, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(tmp_path: Path) -> Run:
    return queue_run(cycle=little_cycle(tmp_path), actor=CLERK, adopt=True)


def again(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def test_c1_a_run_whose_process_has_died_is_begun_again_and_ends(queued: Run):
    assert begin(run=again(queued), actor=CLERK)  # and here its process dies
    execute_run(run=again(queued), actor=CLERK)
    kept = again(queued)
    assert (kept.state, kept.attempt, kept.sheets.count()) == (RunState.ADOPTED, 2, 4)
    actions = AuditEntry.objects.filter(object_kind="scoring.run").order_by("number").values_list("action", flat=True)
    assert list(actions) == ["queue_run", "begin_run", "resume_run", "complete_run", "adopt_run"]


def test_c1_who_was_overtaken_keeps_nothing_and_fails_nothing(queued: Run, monkeypatch: pytest.MonkeyPatch):
    scored, first = running._scored, again(queued)

    def meanwhile(*asked):
        monkeypatch.setattr(running, "_scored", scored)
        execute_run(run=again(queued), actor=CLERK)
        return scored(*asked)

    monkeypatch.setattr(running, "_scored", meanwhile)
    with pytest.raises(Refused, match="由另一进程接手"):
        execute_run(run=first, actor=CLERK)
    kept = again(queued)
    assert (kept.state, kept.attempt, kept.failure) == (RunState.ADOPTED, 2, "")
    assert (kept.sheets.count(), kept.scored.count(), Snapshot.objects.count()) == (4, 2, 1)


def test_c1_an_error_of_who_was_overtaken_does_not_end_the_run(queued: Run, monkeypatch: pytest.MonkeyPatch):
    def taken_over(*asked):
        begin(run=again(queued), actor=CLERK)
        raise ValueError("disturbed")

    monkeypatch.setattr(running, "_scored", taken_over)
    with pytest.raises(ValueError, match="disturbed"):
        execute_run(run=again(queued), actor=CLERK)
    assert (again(queued).state, again(queued).failure) == (RunState.RUNNING, "")


@pytest.mark.parametrize("state", [RunState.COMPLETE, RunState.FAILED, RunState.ADOPTED, RunState.SUPERSEDED])
def test_a_run_that_is_over_stays_as_it_is(queued: Run, state: RunState):
    Run.objects.filter(pk=queued.pk).update(state=state)
    before, entries = Run.objects.values().get(pk=queued.pk), AuditEntry.objects.count()
    execute_run(run=again(queued), actor=CLERK)
    assert Run.objects.values().get(pk=queued.pk) == before
    assert AuditEntry.objects.count() == entries


def test_a_run_that_stops_its_process_each_time_is_ended_at_last(queued: Run):
    for _ in range(MOST):
        assert begin(run=again(queued), actor=CLERK)
    assert not begin(run=again(queued), actor=CLERK)
    assert again(queued).state == RunState.FAILED
    assert f"开始了 {MOST} 次" in again(queued).failure
    assert f"begun {MOST} times" in again(queued).failure_en


def test_a_database_that_is_gone_is_not_the_fault_of_the_run(queued: Run, monkeypatch: pytest.MonkeyPatch):
    def gone(*asked):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patch:
        patch.setattr(running, "_scored", gone)
        with pytest.raises(OperationalError):
            execute_run(run=again(queued), actor=CLERK)
    assert again(queued).state == RunState.RUNNING
    execute_run(run=again(queued), actor=CLERK)
    assert again(queued).state == RunState.ADOPTED


def test_tries_that_a_full_disk_stops_are_not_counted(queued: Run, monkeypatch: pytest.MonkeyPatch):
    def full(*asked):
        raise OperationalError("could not extend file: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(running, "_keep", full)
        for _ in range(MOST + 1):
            with pytest.raises(OperationalError):
                execute_run(run=again(queued), actor=CLERK)
    assert (again(queued).state, again(queued).attempt) == (RunState.RUNNING, 0)
    execute_run(run=again(queued), actor=CLERK)
    assert (again(queued).state, again(queued).attempt) == (RunState.ADOPTED, 1)


def test_who_was_overtaken_takes_no_attempt_of_the_other_back(queued: Run, monkeypatch: pytest.MonkeyPatch):
    def taken_over(*asked):
        begin(run=again(queued), actor=CLERK)
        raise OperationalError("No space left on device")

    monkeypatch.setattr(running, "_scored", taken_over)
    with pytest.raises(OperationalError):
        execute_run(run=again(queued), actor=CLERK)
    assert again(queued).attempt == 2


def test_the_entries_of_a_worker_name_who_has_asked_and_from_where(tmp_path: Path):
    user = person(Role.OFFICE_CLERK)
    cycle = little_cycle(tmp_path)
    run = queue_run(cycle=cycle, actor=Actor("某人", "10.0.0.7 POST /x/", user), adopt=True)
    execute_run(run=again(run), actor=asker_of(again(run)))
    entry = AuditEntry.objects.get(action="complete_run")
    assert (entry.actor, entry.actor_name, entry.origin) == (user, "某人", "10.0.0.7 POST /x/")


def test_d1_to_ask_for_a_run_is_told_to_the_trail_before_any_worker_comes(queued: Run):
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_key, entry.actor_name) == ("queue_run", str(queued.pk), "clerk")
    assert json.loads(entry.detail) == {"cycle": "little-2025", "number": 1, "whole": False, "adopt": True}


def test_whoever_has_lost_the_role_meanwhile_adopts_nothing(tmp_path: Path):
    user = person(Role.OFFICE_CLERK)
    run = queue_run(cycle=little_cycle(tmp_path), actor=Actor("某人", "test", user), adopt=True)
    Membership.objects.filter(user=user).update(active=False)
    with pytest.raises(Refused):
        execute_run(run=again(run), actor=asker_of(again(run)))
    assert (again(run).state, again(run).scored.count()) == (RunState.FAILED, 0)
    assert "这一步只能由" in again(run).failure


def test_a_run_of_an_account_disabled_meanwhile_is_complete_and_not_adopted(tmp_path: Path, client: Client):
    user, head = person(Role.OFFICE_CLERK), person(Role.OFFICE_HEAD)
    run = queue_run(cycle=little_cycle(tmp_path), actor=Actor("某人", "test", user), adopt=True)
    asker = asker_of(Run.objects.select_related("asked_by").get(pk=run.pk))
    User.objects.filter(pk=user.pk).update(is_active=False)
    execute_run(run=again(run), actor=asker)
    assert (again(run).state, again(run).sheets.count(), again(run).failure) == (RunState.COMPLETE, 4, "")
    client.force_login(head)
    page = f"/cycles/{run.cycle.code}/runs/{run.number}/"
    assert "没有采用" in client.get(page).content.decode()
    adopt_run(run=again(run), actor=Actor("某人", "test", head))
    assert "没有采用" not in client.get(page).content.decode()


def test_what_was_asked_for_is_kept_with_the_run(tmp_path: Path):
    cycle = little_cycle(tmp_path)
    for adopt, state in ((True, RunState.ADOPTED), (False, RunState.COMPLETE)):
        execute_run(run=queue_run(cycle=cycle, actor=CLERK, adopt=adopt), actor=CLERK)
        assert cycle.runs.latest("number").state == state
    facts_changed([])
    execute_run(run=queue_run(cycle=cycle, actor=CLERK, whole=True), actor=CLERK)
    assert cycle.runs.latest("number").scored.count() == 2


def test_c4_the_database_itself_has_one_run_under_way(queued: Run):
    values = {"cycle": queued.cycle, "scheme": queued.scheme, "started_by": "x", "engine": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(**values, number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(**values, number=2, state=RunState.FAILED, progress="elsewhere")
    Run.objects.create(**values, number=2, state=RunState.FAILED)
    assert Cycle.objects.get().runs.count() == 2
