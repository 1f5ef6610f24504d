"""W1, A5: the buttons of cycles and runs: who takes which step from where, asked first, told to the trail."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

from evaluation.actor import Actor
from evaluation.models import AuditEntry, Cycle, Role, Window, WorkingDay
from evaluation.rules import STEPS
from evaluation.services.calendar import keep_working_day
from evaluation.services.revisions import facts_changed
from evaluation.states import CYCLE_TRANSITIONS, CycleState
from evaluation.verdict import Refused
from indicators.models import Reading, Series
from indicators.services.registry import keep_series
from scoring.models import Run
from scoring.services import running
from scoring.services.advancing import advance, allows
from scoring.services.attempts import begin
from scoring.services.running import adopt_run, execute_run, queue_run
from scoring.states import RUN_TRANSITIONS, SCORING, RunState
from tests.committing import committing
from tests.little import CLERK, little_run, person

CYCLE_STEPS = (*CYCLE_TRANSITIONS, SCORING)
OF_RUNS = {"adopt_run", "fail_run"}
BY_PEOPLE = {step.action for step in CYCLE_STEPS} | OF_RUNS


@pytest.fixture
def run(db, tmp_path: Path) -> Run:
    return little_run(tmp_path)


def signed_in(role: Role) -> Client:
    return committing(person(role))


def over(cycle: Cycle) -> None:
    """Its publicity has lasted long enough."""
    last = {"opens": datetime(2026, 1, 1, tzinfo=UTC), "closes": datetime(2026, 1, 9, tzinfo=UTC), "days": None}
    Window.objects.update_or_create(cycle=cycle, phase="publicity", defaults={**last, "kind": "calendar"})


def page_of(row: Cycle | Run, action: str) -> str:
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/steps/{action}/"


def test_w1_every_step_that_people_take_has_its_roles():
    assert STEPS.keys() >= BY_PEOPLE
    assert all(STEPS.values())
    assert {step.action for step in RUN_TRANSITIONS} & STEPS.keys() == OF_RUNS


@pytest.mark.parametrize("role", [Role.OFFICE_CLERK, Role.OFFICE_HEAD], ids=str)
def test_w1_every_step_from_every_state_by_each_role_of_the_office(run: Run, role: Role):
    client, cycle = signed_in(role), run.cycle
    for state in CycleState:
        for step in CYCLE_STEPS:
            Cycle.objects.update(state=state)
            over(cycle)
            got = client.post(page_of(cycle, step.action), {"reason": "有误"})
            cycle.refresh_from_db()
            allowed, from_here = role in STEPS[step.action], state in step.sources
            wanted = 403 if not allowed else 302 if from_here else 200
            assert (got.status_code, cycle.state) == (wanted, step.target if wanted == 302 else state), (state, step)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICE_CLERK, Role.OFFICE_HEAD}), ids=str)
def test_w1_nobody_else_takes_a_step(run: Run, role: Role):
    client = signed_in(role)
    for row, action in [*((run.cycle, step.action) for step in CYCLE_STEPS), *((run, action) for action in OF_RUNS)]:
        before = type(row).objects.values().get(pk=row.pk)
        assert client.get(page_of(row, action)).status_code == 403
        assert client.post(page_of(row, action), {"reason": "有误"}).status_code == 403
        assert type(row).objects.values().get(pk=row.pk) == before


def test_the_page_of_a_cycle_offers_what_can_be_done_and_says_why_not(run: Run):
    address = f"/admin/evaluation/cycle/{run.cycle.pk}/change/"
    clerk = signed_in(Role.OFFICE_CLERK).get(address).content.decode()
    head = signed_in(Role.OFFICE_HEAD).get(address).content.decode()
    assert page_of(run.cycle, "collect_again") in clerk
    assert page_of(run.cycle, "propose") not in clerk
    assert "这一步只能由绩效办负责人办理" in clerk
    assert page_of(run.cycle, "propose") in head
    assert page_of(run.cycle, "start") not in head


def test_to_ask_changes_nothing_and_shows_from_where_to_where(run: Run):
    before = AuditEntry.objects.count()
    page = signed_in(Role.OFFICE_HEAD).get(page_of(run.cycle, "propose")).content.decode()
    assert "<strong>计分中</strong> → <strong>建议等次</strong>" in page
    assert Cycle.objects.get().state == "scoring"
    assert AuditEntry.objects.count() == before


def test_d1_a_step_leaves_one_entry_with_who_from_where_old_new_and_why(run: Run):
    client, before = signed_in(Role.OFFICE_CLERK), AuditEntry.objects.count()
    assert client.post(page_of(run.cycle, "collect_again"), {"reason": "数据有误"}).status_code == 302
    entry = AuditEntry.objects.latest("number")
    assert AuditEntry.objects.count() == before + 1
    assert (entry.action, entry.actor.username, entry.object_key) == ("collect_again", "office_clerk", "little-2025")
    assert entry.origin == f"127.0.0.1 POST {page_of(run.cycle, 'collect_again')}"
    assert json.loads(entry.detail) == {"old": "scoring", "new": "running", "reason": "数据有误"}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_w2_a_way_back_without_a_reason_is_asked_again(run: Run, reason: str):
    got = signed_in(Role.OFFICE_CLERK).post(page_of(run.cycle, "collect_again"), {"reason": reason})
    assert got.status_code == 200
    assert "要写明理由" in got.content.decode()
    assert Cycle.objects.get().state == "scoring"
    assert AuditEntry.objects.latest("number").action == "refuse"


def test_a_step_that_somebody_else_has_taken_meanwhile_is_refused_and_told(run: Run):
    head = signed_in(Role.OFFICE_HEAD)
    Cycle.objects.update(state="proposed")
    got = head.post(page_of(run.cycle, "propose"))
    assert "现在是“建议等次”，不能提出建议等次" in got.content.decode()
    assert AuditEntry.objects.latest("number").action == "refuse"


def test_what_changed_after_scoring_is_not_proposed(run: Run):
    head = signed_in(Role.OFFICE_HEAD)
    facts_changed([run.cycle.categories.get(code="county").pk])
    page = head.post(page_of(run.cycle, "propose")).content.decode()
    assert "计分之后数据又有变动，请先重新计分" in page
    assert Cycle.objects.get().state == "scoring"
    assert head.post(page_of(run.cycle, "score")).status_code == 302
    assert head.post(page_of(run.cycle, "propose")).status_code == 302


def test_what_holds_for_all_units_and_changed_after_scoring_is_not_proposed_either(run: Run):
    head = signed_in(Role.OFFICE_HEAD)
    kept = [
        lambda: keep_working_day(WorkingDay(day=date(2025, 10, 1), works=False), ["day", "works"], actor=CLERK),
        lambda: keep_series(Series(cycle=run.cycle, code="gdp", value=5), ["cycle", "code", "value"], actor=CLERK),
    ]
    for change in kept:
        change()
        assert "请先重新计分" in head.post(page_of(run.cycle, "propose")).content.decode()
        assert head.post(page_of(run.cycle, "score")).status_code == 302
        assert allows(run.cycle, "propose")


def test_a_step_asks_for_the_role_without_the_page_too(run: Run):
    for role in Role:
        user = person(role)
        actor = Actor(user.name, "test", user)
        steps = {
            "score": lambda actor=actor: queue_run(cycle=run.cycle, actor=actor),
            "adopt_run": lambda actor=actor: adopt_run(run=run, actor=actor),
            "collect_again": lambda actor=actor: advance(
                cycle=run.cycle, action="collect_again", actor=actor, reason="有误"
            ),
        }
        for action, take in steps.items():
            if role not in STEPS[action]:
                with pytest.raises(Refused, match="这一步只能由"):
                    take()


def test_nothing_is_proposed_before_there_is_a_result_or_while_a_run_is_under_way(run: Run):
    head = signed_in(Role.OFFICE_HEAD)
    queued = queue_run(cycle=run.cycle, actor=CLERK)
    assert f"正在计分（第 {queued.number} 批），请等它结束" in head.post(page_of(run.cycle, "propose")).content.decode()
    Run.objects.filter(pk=queued.pk).update(state=RunState.FAILED)
    Run.objects.filter(pk=run.pk).update(state=RunState.SUPERSEDED)
    assert "还没有计分结果，请先计分" in head.post(page_of(run.cycle, "propose")).content.decode()
    assert Cycle.objects.get().state == "scoring"


def test_scoring_that_is_stopped_says_everything_that_stops_it(run: Run):
    for reading in Reading.objects.filter(evaluated_unit__name__in=("县1", "局2")):
        Reading.objects.filter(pk=reading.pk).delete()
    facts_changed(run.cycle.categories.values_list("pk", flat=True))
    clerk = signed_in(Role.OFFICE_CLERK)
    page = clerk.post(page_of(run.cycle, "score"), follow=True).content.decode()
    assert all(name in page for name in ("县1", "局2", "缺数据"))
    clerk.post("/language/", {"language": "en"})
    page = clerk.get("/cycles/little-2025/runs/2/").content.decode()
    assert all(name in page for name in ("县1", "局2", "no data"))
    assert run.cycle.runs.latest("number").state == RunState.FAILED


def test_a_complete_run_is_adopted_while_the_cycle_is_scored_and_not_after(run: Run):
    clerk = signed_in(Role.OFFICE_CLERK)
    second = queue_run(cycle=run.cycle, actor=CLERK)
    execute_run(run=second, actor=CLERK)
    Cycle.objects.update(state="published")
    assert "不在计分中" in clerk.post(page_of(second, "adopt_run")).content.decode()
    Cycle.objects.update(state="scoring")
    assert clerk.post(page_of(second, "adopt_run")).status_code == 302
    states = dict(run.cycle.runs.values_list("number", "state"))
    assert states == {1: RunState.SUPERSEDED, 2: RunState.ADOPTED}
    assert "现在是“已被替换”" in clerk.post(page_of(run, "adopt_run")).content.decode()
    assert "现在是“已采用”" in clerk.post(page_of(second, "adopt_run")).content.decode()
    assert dict(run.cycle.runs.values_list("number", "state")) == states


def test_a_cycle_that_is_taken_back_while_it_is_scored_keeps_no_result_of_that_run(run: Run, monkeypatch):
    clerk, head = signed_in(Role.OFFICE_CLERK), signed_in(Role.OFFICE_HEAD)
    scored = running._scored

    def meanwhile(*asked):
        assert clerk.post(page_of(run.cycle, "collect_again"), {"reason": "数据有误"}).status_code == 302
        return scored(*asked)

    monkeypatch.setattr(running, "_scored", meanwhile)
    facts_changed([run.cycle.categories.get(code="county").pk])
    assert "现在是“进行中”，不在计分中" in head.post(page_of(run.cycle, "score"), follow=True).content.decode()
    last = run.cycle.runs.latest("number")
    assert (last.state, last.failure) == (RunState.FAILED, "周期“little-2025”现在是“进行中”，不在计分中")
    assert run.cycle.runs.get(state=RunState.ADOPTED) == run
    assert not last.scored.exists()


@pytest.mark.parametrize("state", RunState)
def test_a_run_whose_process_has_died_is_given_up_and_bars_its_cycle_no_more(run: Run, state: RunState):
    clerk, head = signed_in(Role.OFFICE_CLERK), signed_in(Role.OFFICE_HEAD)
    Run.objects.filter(pk=run.pk).update(state=state)
    assert clerk.post(page_of(run, "fail_run"), {"reason": "服务器重启"}).status_code == 403
    assert head.post(page_of(run, "fail_run"), {"reason": ""}).status_code == 200
    if state not in (RunState.QUEUED, RunState.RUNNING):
        assert "不能终止" in head.post(page_of(run, "fail_run"), {"reason": "服务器重启"}).content.decode()
        return
    assert "请等它结束" in clerk.post(page_of(run.cycle, "score")).content.decode()
    assert head.post(page_of(run, "fail_run"), {"reason": "服务器重启"}).status_code == 302
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, "服务器重启")
    assert clerk.post(page_of(run.cycle, "score")).status_code == 302


def test_a_run_that_was_given_up_and_is_alive_after_all_is_not_kept(run: Run, monkeypatch):
    head = signed_in(Role.OFFICE_HEAD)
    scored = running._scored

    def meanwhile(*asked):
        last = run.cycle.runs.latest("number")
        assert head.post(page_of(last, "fail_run"), {"reason": "以为已停"}).status_code == 302
        return scored(*asked)

    monkeypatch.setattr(running, "_scored", meanwhile)
    facts_changed([run.cycle.categories.get(code="county").pk])
    assert "以为已停" in head.post(page_of(run.cycle, "score"), follow=True).content.decode()
    last = run.cycle.runs.latest("number")
    assert (last.state, last.failure, last.scored.exists()) == (RunState.FAILED, "以为已停", False)
    assert run.cycle.runs.get(state=RunState.ADOPTED) == run


def test_what_is_refused_in_english_is_kept_in_chinese_to_the_last_word(run: Run):
    head = signed_in(Role.OFFICE_HEAD)
    head.post("/language/", {"language": "en"})
    Cycle.objects.update(state="published")
    page = head.post(page_of(run.cycle, "propose")).content.decode()
    assert "it is &quot;published&quot;: cannot be proposed" in page
    assert "现在是“已公布”，不能提出建议等次" in AuditEntry.objects.latest("number").detail


def test_what_will_be_refused_is_not_offered_as_a_button(run: Run):
    head, address = signed_in(Role.OFFICE_HEAD), "/admin/scoring/run/{}/change/"
    second = queue_run(cycle=run.cycle, actor=CLERK)
    page = head.get(f"/admin/evaluation/cycle/{run.cycle.pk}/change/").content.decode()
    assert page_of(run.cycle, "score") not in page
    assert "请等它结束" in page
    assert page_of(second, "fail_run") in head.get(address.format(second.pk)).content.decode()
    execute_run(run=second, actor=CLERK)
    assert page_of(second, "adopt_run") in head.get(address.format(second.pk)).content.decode()
    Cycle.objects.update(state="published")
    assert page_of(second, "adopt_run") not in head.get(address.format(second.pk)).content.decode()


@pytest.mark.parametrize("action", ["begin_run", "resume_run", "supersede_run", "nothing"])
def test_a5_what_the_product_does_itself_has_no_button(run: Run, action: str):
    assert signed_in(Role.OFFICE_HEAD).post(page_of(run, action)).status_code == 404


def seen_on(page: str) -> str:
    """The revision that stands in the form of a step."""
    [found] = re.findall(r'<input type="hidden" name="seen" value="(\d+)">', page)
    return found


def test_c8_whoever_looked_at_an_earlier_state_is_told_even_where_it_is_the_same_again(run: Run):
    first, second = (committing(person(Role.OFFICE_HEAD, username=name)) for name in ("first", "second"))
    old = seen_on(first.get(page_of(run.cycle, "propose")).content.decode())
    for action in ("collect_again", "begin_scoring"):
        asked = seen_on(second.get(page_of(run.cycle, action)).content.decode())
        assert second.post(page_of(run.cycle, action), {"reason": "核对", "seen": asked}).status_code == 302
    told = first.post(page_of(run.cycle, "propose"), {"seen": old}).content.decode()
    assert "您打开之后，别人已改动这一项" in told
    assert Cycle.objects.get().state == "scoring"
    assert AuditEntry.objects.latest("number").action == "refuse"
    assert first.post(page_of(run.cycle, "propose"), {"seen": seen_on(told)}).status_code == 302
    assert Cycle.objects.get().state == "proposed"


def test_c8_a_scoring_is_asked_for_by_whoever_has_seen_the_cycle_as_it_is(run: Run):
    clerk = signed_in(Role.OFFICE_CLERK)
    old = seen_on(clerk.get(page_of(run.cycle, "score")).content.decode())
    advance(cycle=run.cycle, action="collect_again", actor=CLERK, reason="数据有误")
    assert "别人已改动这一项" in clerk.post(page_of(run.cycle, "score"), {"seen": old}).content.decode()
    assert run.cycle.runs.count() == 1
    new = seen_on(clerk.get(page_of(run.cycle, "score")).content.decode())
    assert clerk.post(page_of(run.cycle, "score"), {"seen": new}).status_code == 302
    assert run.cycle.runs.count() == 2


def test_c8_a_run_that_was_begun_again_meanwhile_is_not_given_up_unseen(run: Run):
    head = signed_in(Role.OFFICE_HEAD)
    queued = queue_run(cycle=run.cycle, actor=CLERK)
    old = seen_on(head.get(page_of(queued, "fail_run")).content.decode())
    assert begin(run=queued, actor=CLERK)
    told = head.post(page_of(queued, "fail_run"), {"reason": "以为已停", "seen": old}).content.decode()
    assert "别人已改动这一项" in told
    assert Run.objects.get(pk=queued.pk).state == RunState.RUNNING
    assert head.post(page_of(queued, "fail_run"), {"reason": "以为已停", "seen": seen_on(told)}).status_code == 302


def test_c8_a_run_is_adopted_by_whoever_has_seen_it_as_it_is(run: Run):
    second = queue_run(cycle=run.cycle, actor=CLERK)
    execute_run(run=second, actor=CLERK)
    with pytest.raises(Refused, match="别人已改动"):
        adopt_run(run=second, actor=CLERK, seen=second.revision - 1)
    adopt_run(run=second, actor=CLERK, seen=second.revision)
    assert run.cycle.runs.get(state=RunState.ADOPTED) == second
