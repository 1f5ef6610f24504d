"""In a real browser: the office keeps its registers, under the same policy as every other page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from evaluation.models import Role, Unit, User
from scoring.models import Run
from tests.browser.visit import Visit
from tests.little import little_run, person

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
PASSWORD = "it is long enough"


@pytest.fixture
def run(live_server, tmp_path: Path) -> Run:
    return little_run(tmp_path, counties=6, offices=3)


@pytest.fixture
def there(browser: Browser, live_server, run: Run) -> Iterator[Visit]:
    person(Role.OFFICE_HEAD)
    found = Visit(browser, live_server.url)
    found.sign_in(Role.OFFICE_HEAD.value, PASSWORD)
    yield found
    found.close()


def say_again(page: Page) -> None:
    """The password, before a weighty step."""
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def test_q2_the_office_looks_up_enters_and_changes(there: Visit):
    page = there.page
    page.get_by_role("link", name="后台管理").click()
    there.look("registers-index")
    page.locator("#content-main").get_by_role("link", name="单位", exact=True).click()
    page.fill("#searchbar", "县2")
    page.keyboard.press("Enter")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    there.look("registers-units")
    page.goto("/admin/evaluation/unit/add/")
    page.fill("[name=code]", "S001")
    page.fill("[name=name]", "县2的所")
    page.locator(".field-parent .select2-selection").click()
    page.locator(".select2-search__field").last.fill("县2")
    page.get_by_role("option", name="县2").click()
    there.look("registers-unit-form")
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("县2的所")
    there.look("registers-saved")
    assert Unit.objects.get(code="S001").parent.name == "县2"


def test_q2_process_and_frozen_rows_are_shown_under_the_policy_too(there: Visit, run: Run):
    page = there.page
    for name in ("evaluation/cycle", "evaluation/evaluatedunit", "indicators/reading", "scoring/scoresheet"):
        page.goto(f"/admin/{name}/")
        there.look(f"registers-{name.replace('/', '-')}")
        page.locator("#result_list tbody a").first.click()
        there.look(f"registers-{name.replace('/', '-')}-one")


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_q2_a_cycle_is_scored_taken_back_and_proposed(browser: Browser, live_server, run: Run, language: str):
    person(Role.OFFICE_HEAD)
    there = Visit(browser, live_server.url, language)
    there.sign_in(Role.OFFICE_HEAD.value, PASSWORD)
    page, steps = there.page, there.page.locator(".steps")
    page.locator("article a[href*='/admin/']").click()
    there.look(f"steps-{language}")
    steps.locator("a[href*='/collect_again/']").click()
    there.look(f"step-with-reason-{language}")
    page.fill("[name=reason]", "数据有误")
    page.locator("[type=submit].default").click()
    expect(page.locator(".messagelist")).to_be_visible()
    for action in ("score", "propose"):
        steps.locator(f"a[href*='/{action}/']").click()
        if action == "score":
            say_again(page)
        there.look(f"step-{action}-{language}")
        page.keyboard.press("Tab")
        page.locator("[type=submit].default").focus()
        page.keyboard.press("Enter")
        if action == "score":
            expect(page.locator(".going .state-adopted")).to_be_visible()
            there.look(f"run-{language}")
            page.goto(f"/admin/evaluation/cycle/{run.cycle.pk}/change/")
    expect(page.locator(".messagelist")).to_be_visible()
    there.look(f"steps-after-{language}")
    run.cycle.refresh_from_db()
    assert run.cycle.state == "proposed"
    assert [one.state for one in run.cycle.runs.order_by("number")] == ["superseded", "adopted"]
    there.close()


def test_q2_a_file_is_previewed_and_imported(there: Visit, tmp_path: Path):
    page = there.page
    good, bad = tmp_path / "单位.csv", tmp_path / "坏.csv"
    good.write_text("代码,名称,类型\nC001,县一,\nN001,新设局,市直单位\n", encoding="utf-8")
    bad.write_text("代码,名称,类型\nC001,,\nN001,新设局,什么\n", encoding="utf-8")
    page.goto("/admin/evaluation/unit/import/")
    there.look("registers-import")
    page.set_input_files("[name=import_file]", bad)
    page.click("[type=submit]")
    expect(page.locator(".import-problems tbody tr")).to_have_count(2)
    there.look("registers-import-problems")
    page.set_input_files("[name=import_file]", good)
    page.click("[type=submit]")
    expect(page.locator(".import-preview ins")).to_contain_text(["县一"])
    there.look("registers-import-preview")
    page.click("[name=confirm]")
    expect(page.locator(".messagelist")).to_be_visible()
    there.look("registers-imported")
    assert Unit.objects.get(code="N001").kind == "department"


def test_a_new_colleague_is_entered_and_chooses_a_password(there: Visit, browser: Browser):
    page = there.page
    page.goto("/admin/evaluation/user/add/")
    page.fill("[name=username]", "lihua")
    page.fill("[name=name]", "李华")
    page.click("[name=_continue]")
    there.look("registers-person")
    page.get_by_role("button", name="发放一次性链接").click()
    say_again(page)
    page.get_by_role("button", name="发放一次性链接").click()
    there.look("registers-link")
    link = page.locator(".one-time-link").inner_text().strip()
    other = Visit(browser, there.origin)
    other.page.goto(link)
    other.look("choose-password")
    for name in ("new_password1", "new_password2"):
        other.page.fill(f"[name={name}]", "Long-enough-2026")
    other.page.keyboard.press("Enter")
    other.page.get_by_role("link", name="去登录").click()
    other.page.fill("[name=login]", "lihua")
    other.page.fill("[name=password]", "Long-enough-2026")
    other.page.keyboard.press("Enter")
    expect(other.page.get_by_text("李华")).to_be_visible()
    other.close()
    assert User.objects.get(username="lihua").has_usable_password()


def test_the_registers_speak_english(there: Visit):
    page = there.page
    page.get_by_role("button", name="English").click()
    page.get_by_role("link", name="Registers").click()
    there.look("registers-en")
    page.goto("/admin/evaluation/unit/import/")
    there.look("registers-en-import")
