"""In a real browser: office, unit, leader and auditor walk from the cycles to the document behind a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from evaluation import context
from evaluation.models import AuditEntry, Cycle, Role
from evaluation.states import CycleState
from scoring.models import Run
from tests.browser.visit import Visit
from tests.little import little_run, person
from tests.notices import NOTICES, NUMBERS

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
PASSWORD = "it is long enough"
Opens = Callable[..., Visit]


@pytest.fixture
def run(live_server, tmp_path: Path) -> Run:
    found = little_run(tmp_path, counties=6, offices=3)
    Cycle.objects.update(state=CycleState.PUBLISHED)
    for role, of in ((Role.OFFICE_HEAD, ""), (Role.LEADER, ""), (Role.AUDITOR, ""), (Role.LIAISON, "县3")):
        person(role, of=of)
    return found


@pytest.fixture
def visit(browser: Browser, live_server, run: Run) -> Iterator[Opens]:
    open_: list[Visit] = []

    def opens(role: Role, **how: object) -> Visit:
        found = Visit(browser, live_server.url, **how)  # type: ignore[arg-type]
        open_.append(found)
        found.sign_in(role.value, PASSWORD)
        return found

    yield opens
    for found in open_:
        found.close()


def walk(there: Visit, name: str, ranking: str, *, unit: str) -> None:
    """Cycles → ranking → sheet → derivation, down to the document."""
    page = there.page
    there.look(f"{name}-cycles")
    page.get_by_role("link", name="县区", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ranking)
    there.look(f"{name}-ranking")
    page.get_by_role("link", name=unit, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(unit)
    opened(there)
    there.look(f"{name}-derivation")


def opened(there: Visit) -> None:
    """A part and a leaf below it, by the keyboard: what they rest on can be read then and not before."""
    document = there.page.get_by_text("《核查表》").last
    expect(document).to_be_hidden()
    for code in ("service", "hotline"):
        there.page.locator(f"#node-{code} > summary").focus()
        there.page.keyboard.press("Enter")
    expect(document).to_be_visible()


def switched(there: Visit, to: str) -> None:
    there.page.get_by_role("button", name=to, exact=True).click()


@pytest.mark.parametrize("role", [Role.OFFICE_HEAD, Role.LEADER, Role.AUDITOR], ids=str)
def test_a_walk_from_the_cycles_to_a_document_in_both_languages(visit: Opens, role: Role):
    there = visit(role)
    walk(there, f"{role.value}-zh", "县区排名", unit="县2")
    there.page.get_by_role("link", name="与同类比较").click()
    there.look(f"{role.value}-zh-beside")
    there.page.get_by_role("link", name="评估周期").first.click()
    switched(there, "English")
    walk(there, f"{role.value}-en", "Ranking: 县区", unit="县2")
    there.page.get_by_role("link", name="Beside its category").click()
    there.look(f"{role.value}-en-beside")


def test_a_unit_opens_its_own_sheet_and_no_other(visit: Opens):
    there = visit(Role.LIAISON)
    there.look("unit-zh-cycles")
    there.page.get_by_role("link", name="县区", exact=True).click()
    there.look("unit-zh-ranking")
    expect(there.page.get_by_role("link", name="县2", exact=True)).to_have_count(0)
    there.page.get_by_role("link", name="县3", exact=True).click()
    opened(there)
    there.look("unit-zh-derivation")
    switched(there, "English")
    there.look("unit-en-sheet")
    there.page.goto("/trail/")
    expect(there.page.get_by_text("open to the audit administrator only")).to_be_visible()
    there.look("unit-en-refused")


def test_the_auditor_reads_and_filters_the_trail(visit: Opens):
    there = visit(Role.AUDITOR)
    there.page.get_by_role("link", name="操作日志").click()
    there.look("auditor-zh-trail")
    there.page.get_by_label("操作", exact=True).select_option("load_scheme")
    there.page.get_by_role("button", name="筛选").click()
    expect(there.page.locator("table.trail tbody tr")).to_have_count(1)
    there.page.get_by_text("查看").last.click()
    expect(there.page.get_by_text("SHA-256")).to_be_visible()
    there.look("auditor-zh-entry")


def test_signing_out_ends_the_visit(visit: Opens):
    there = visit(Role.OFFICE_HEAD)
    there.page.get_by_role("button", name="退出").click()
    there.page.wait_for_url("**/sign-in/")
    there.look("door")
    there.page.goto("/")
    expect(there.page.get_by_role("heading", level=1)).to_have_text("登录")
    assert AuditEntry.objects.latest("number").action == "sign_out"


@pytest.mark.parametrize("tabler", [True, False], ids=["with Tabler", "without"])
def test_q6_at_twice_the_size_and_without_tabler_pages_stay_usable(visit: Opens, monkeypatch, tabler: bool):
    if not tabler:
        monkeypatch.setattr(context, "vendor_css", lambda: "")
    there = visit(Role.OFFICE_HEAD, width=640)
    name = "narrow" if tabler else "alone"
    walk(there, name, "县区排名", unit="县2")
    assert not there.is_too_wide()
    there.page.go_back()
    assert not there.is_too_wide()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_office_pastes_a_notice_and_everybody_looks_at_the_year(visit: Opens, width: int):
    there = visit(Role.OFFICE_HEAD, width=width)
    page = there.page
    page.goto("/calendar/2026/")
    expect(page.get_by_text("2026 年的放假通知还没有录入")).to_be_visible()
    there.look(f"calendar-unknown-{width}")
    page.get_by_role("link", name="录入放假通知").click()
    page.get_by_label("年份").fill("2026")
    page.get_by_label("通知文号").fill(NUMBERS[2026])
    for text, shown in (NOTICES[2026].replace("共9天", "共8天"), "通知有误，不能录入"), (NOTICES[2026], "从通知中读到"):
        page.get_by_label("通知全文").fill(text)
        page.get_by_role("button", name="读取通知").click()
        expect(page.get_by_role("heading", name=shown)).to_be_visible()
        there.look(f"calendar-{'wrong' if '有误' in shown else 'read'}-{width}")
        assert not there.is_too_wide()
    page.get_by_role("button", name="确认录入").click()
    expect(page.get_by_role("status")).to_have_text("通知已录入。")
    there.look(f"calendar-zh-{width}")
    assert not there.is_too_wide()
    switched(there, "English")
    there.look(f"calendar-en-{width}")
