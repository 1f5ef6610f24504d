"""In a real browser: the office lays documents beside a decision, a leader takes one out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from evaluation.evidence.folder import kept_files
from evaluation.models import Decision, Role
from tests.browser.visit import Visit
from tests.evaluation.evidence.files import docx, kept_file, pdf, png
from tests.little import person

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


PASSWORD = "it is long enough"
Opens = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, live_server) -> Iterator[Opens]:
    open_: list[Visit] = []

    def opens(role: Role, **how: object) -> Visit:
        person(role)
        found = Visit(browser, live_server.url, **how)  # type: ignore[arg-type]
        open_.append(found)
        found.sign_in(role.value, PASSWORD)
        return found

    yield opens
    for one in open_:
        one.close()


@pytest.fixture
def decision(db, settings, tmp_path: Path) -> Decision:
    settings.FILES = tmp_path / "kept"
    other = Decision.objects.create(body="某市委员会", number="某委〔2025〕17号", day="2025-12-20", decides="表扬。")
    other.files.add(kept_file(name="某委〔2025〕17号.pdf"))
    return Decision.objects.create(
        body="市绩效评估委员会", number="〔2025〕1号", day="2025-12-30", document="第一次会议纪要",
        decides="同意市审计局年度考评降一等次。",
    )  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_documents_go_up_and_come_down(visit: Opens, decision: Decision, tmp_path: Path, language: str, width: int):
    sent = {"会议纪要扫描件.pdf": pdf(), "附表.docx": docx(), "现场照片.png": png(), "程序.pdf": b"MZ"}
    for name, data in sent.items():
        (tmp_path / name).write_bytes(data)
    good = [str(tmp_path / name) for name in list(sent)[:3]]
    office = visit(Role.OFFICE_HEAD, language=language, width=width)
    page = office.page
    page.goto(f"/decisions/{decision.pk}/")
    page.set_input_files("#files", [*good, str(tmp_path / "程序.pdf")])
    page.click("form[enctype] button")
    expect(page.locator(".problems li")).to_have_count(1)
    assert list(kept_files()) == kept_before(decision)
    office.look(f"decision-refused-{language}-{width}")
    page.set_input_files("#files", good)
    page.click("form[enctype] button")
    expect(page.locator(".documents > li")).to_have_count(3)
    expect(page.locator(".documents .warning a")).to_have_text("某市委员会 某委〔2025〕17号")
    page.locator(".documents summary").first.click()
    assert not office.is_too_wide()
    office.look(f"decision-{language}-{width}")
    leader = visit(Role.LEADER, language=language, width=width)
    leader.page.goto("/decisions/")
    assert not leader.is_too_wide()
    leader.look(f"decisions-{language}-{width}")
    with leader.page.expect_download() as taken:
        leader.page.click("text=附表.docx")
    assert taken.value.suggested_filename == "附表.docx"
    assert Path(taken.value.path()).read_bytes() == (tmp_path / "附表.docx").read_bytes()


def kept_before(decision: Decision) -> list[Path]:
    """The file of the other decision alone."""
    assert decision.files.count() == 0
    return [path for path in kept_files() if path.read_bytes() == pdf()]
