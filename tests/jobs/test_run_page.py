"""The page of a run: how it goes on, why it failed, and for whom it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from evaluation.models import Cycle, Role
from scoring.models import Run
from scoring.services.attempts import begin, go_on
from scoring.services.running import execute_run, queue_run
from scoring.states import RunState, Stage
from tests.little import CLERK, CODE, little_cycle, person

pytestmark = pytest.mark.django_db
PAGE = f"/cycles/{CODE}/runs/1/"


@pytest.fixture
def queued(tmp_path: Path) -> Run:
    return queue_run(cycle=little_cycle(tmp_path), actor=CLERK, adopt=True)


@pytest.fixture
def office(queued: Run) -> Client:
    client = Client()
    client.force_login(person(Role.OFFICE_CLERK))
    return client


def asked(client: Client, **headers: str) -> str:
    return client.get(PAGE, headers=headers).content.decode()


def test_a_run_under_way_says_how_far_it_is_and_asks_for_more_by_itself(office: Client, queued: Run):
    assert "排队" in asked(office)
    begin(run=queued, actor=CLERK)
    for stage, said in ((Stage.READING, "读取数据"), (Stage.SCORING, "计分中"), (Stage.KEEPING, "保存结果")):
        go_on(queued, stage)
        page = asked(office)
        assert said in page
        assert f'hx-get="{PAGE}" hx-trigger="every 2s"' in page
        assert "htmx-2.min.js" in page
        assert f'<a href="{PAGE}">刷新</a>' in page


def test_what_the_page_asks_for_is_its_part_alone(office: Client, queued: Run):
    part = asked(office, **{"HX-Request": "true"})
    assert part.startswith("<section")
    assert "<html" not in part


def test_a_run_that_is_over_asks_no_more_and_leads_to_its_rankings(office: Client, queued: Run):
    execute_run(run=queued, actor=CLERK)
    page = asked(office)
    assert "hx-get" not in page
    assert "htmx" not in page
    assert f"/cycles/{CODE}/rankings/county/" in page
    assert queued.result in page


def test_a_run_that_was_begun_twice_says_so(office: Client, queued: Run):
    for _ in range(2):
        begin(run=queued, actor=CLERK)
    assert "有工作进程中途停止" in asked(office)


def test_the_first_page_leads_to_a_run_under_way_and_to_no_other(office: Client, queued: Run):
    assert PAGE in office.get("/").content.decode()
    Cycle.objects.update(state="published")
    unit = Client()
    unit.force_login(person(Role.LIAISON, of="县1"))
    assert PAGE not in unit.get("/").content.decode()
    Run.objects.update(state=RunState.FAILED)
    assert PAGE not in office.get("/").content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 200), (Role.LEADER, 403), (Role.LIAISON, 403)])
def test_how_a_scoring_goes_on_is_for_office_and_auditor(queued: Run, role: Role, status: int):
    client = Client()
    client.force_login(person(role, of="县1" if role == Role.LIAISON else ""))
    got = client.get(PAGE)
    assert got.status_code == status
    assert ("计分过程只供绩效办和审计管理员查看" in got.content.decode()) is (status == 403)
    assert client.post(PAGE).status_code == 405
