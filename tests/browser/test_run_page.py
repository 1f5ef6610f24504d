"""In a real browser: the page of a run goes on by itself, under the policy of every other page; the page of health."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from desk.tick import DECIDED
from evaluation.models import Heartbeat, Role
from indicators.models import Reading
from scoring.models import Run
from scoring.services.attempts import begin, go_on
from scoring.services.running import asker_of, execute_run, queue_run
from scoring.states import Stage
from tests.browser.visit import Visit
from tests.little import CLERK, CODE, little_cycle, person

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
PASSWORD, PAGE = "it is long enough", f"/cycles/{CODE}/runs/1/"
LOOKS = [("zh-CN", 1280), ("zh-CN", 390), ("en-GB", 1280), ("en-GB", 390)]


@pytest.fixture
def queued(live_server, tmp_path: Path) -> Run:
    return queue_run(cycle=little_cycle(tmp_path, counties=6, offices=6), actor=CLERK, adopt=True)


@pytest.fixture
def visit(browser: Browser, live_server) -> Iterator[Callable[..., Visit]]:
    opened: list[Visit] = []

    def opens(role: Role, *how: object) -> Visit:
        found = Visit(browser, live_server.url, *how)  # type: ignore[arg-type]
        opened.append(found)
        person(role)
        found.sign_in(role.value, PASSWORD)
        return found

    yield opens
    for found in opened:
        found.close()


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_q2_a_run_goes_on_before_the_reader_without_loading_the_page_again(
    visit, queued: Run, language: str, width: int
):
    there, zh = visit(Role.OFFICE_CLERK, language, width), language == "zh-CN"
    page, name = there.page, f"{language}-{width}"
    page.get_by_role("link", name="第 1 批正在计分" if zh else "Run 1 is under way").click()
    there.look(f"run-queued-{name}")
    page.evaluate("window.stays = true")
    begin(run=queued, actor=CLERK)
    go_on(queued, Stage.KEEPING)
    expect(page.get_by_role("status")).to_contain_text("保存结果" if zh else "keeping the results")
    Run.objects.filter(pk=queued.pk).update(beat=timezone.now() - timedelta(hours=1))
    expect(page.locator(".warning")).to_be_visible()
    there.look(f"run-silent-{name}")
    execute_run(run=queued, actor=asker_of(queued))
    expect(page.locator(".state-adopted")).to_be_visible()
    assert page.evaluate("window.stays") is True
    asked = len(page.evaluate("performance.getEntriesByType('resource')"))
    page.wait_for_timeout(1500)
    assert len(page.evaluate("performance.getEntriesByType('resource')")) == asked
    there.look(f"run-adopted-{name}")
    assert not there.is_too_wide()
    page.get_by_role("link", name="县区", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("县区")


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_why_a_run_failed_can_be_read(visit, queued: Run, language: str, width: int):
    Reading.objects.filter(evaluated_unit__name__in=("县2", "局3")).delete()
    with pytest.raises(Exception, match="局3"):
        execute_run(run=queued, actor=CLERK)
    there = visit(Role.AUDITOR, language, width)
    there.page.goto(PAGE)
    expect(there.page.locator(".problems li").first).to_contain_text("缺数据" if language == "zh-CN" else "no data")
    there.look(f"run-failed-{language}-{width}")
    assert not there.is_too_wide()


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_the_page_of_health_in_green_and_red(visit, live_server, language: str, width: int):
    there = visit(Role.SYSTEM, language, width)
    there.page.get_by_role("link", name="运行状态" if language == "zh-CN" else "Health", exact=True).click()
    expect(there.page.locator(".check-fine")).to_have_count(4)
    there.look(f"health-green-{language}-{width}")
    Heartbeat.objects.filter(name=next(iter(DECIDED)).__name__).update(at=timezone.now() - timedelta(hours=1))
    there.page.reload()
    expect(there.page.locator(".check-wrong")).to_have_count(1)
    there.look(f"health-red-{language}-{width}")
    assert not there.is_too_wide()
