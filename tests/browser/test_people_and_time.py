"""In a real browser: a cycle gets its people and its time, and its units name who is responsible.

The office imports people and opens a window, a new liaison comes in by a one-time link and names the people of the
unit, a deputy acts for a while, the office has the cycle scored; the auditor finds each step in the trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from evaluation.models import AuditEntry, Cycle, EvaluatedUnit, Role, User
from evaluation.states import CycleState
from tests.browser.visit import Visit
from tests.little import SCHEME, little_cycle, person
from tests.signing import code_now

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
PASSWORD, CHOSEN = "it is long enough", "Chosen-long-2026"
PHONE, ZOOMED, WIDE = 390, 640, 1280  # 640 is 1280 at twice the size
TIMETABLE = """timetable:
      - {phase: collection, opens: next 01-01, closes: next 03-31}
      - {phase: judgement, opens: next 04-01, closes: next 04-30}
      - {phase: appeals, days: 5, count: working}
    collectors:"""
TODAY, YEAR = timezone.localdate(), timezone.localdate().year
CODE = f"little-{YEAR}"
PEOPLE = [
    ("zhouli", "周丽", "C001", "liaison"),
    ("wuhao", "吴昊", "C001", "collector"),
    ("qianjin", "钱进", "D001", "liaison"),
]
NAMED = {
    "head": "林敏", "head_post": "县长", "deputy": "何山", "deputy_post": "副县长",
    "liaison": "周丽", "phone": "0438-1234567",
}  # fmt: skip
Opens = Callable[[], Visit]


@pytest.fixture(params=["zh-CN", "en-GB"])
def language(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def cycle(live_server, tmp_path: Path, settings) -> Cycle:
    settings.SECOND_FACTOR_REQUIRED = True
    scheme = SCHEME.replace("collectors:", TIMETABLE)
    found = little_cycle(tmp_path, counties=3, year=YEAR, scheme=scheme)
    Cycle.objects.update(state=CycleState.SCORING)
    return found


@pytest.fixture
def opens(browser: Browser, live_server, language: str, cycle: Cycle) -> Iterator[Opens]:
    open_: list[Visit] = []

    def one() -> Visit:
        found = Visit(browser, live_server.url, language)
        open_.append(found)
        return found

    yield one
    for found in open_:
        found.close()


def official(role: Role, name: str) -> str:
    """Somebody of the office with an authenticator app; its secret."""
    user, secret = person(role), generate_totp_secret()
    User.objects.filter(pk=user.pk).update(name=name)
    TOTP.activate(user, secret)
    return secret


def seen(there: Visit, name: str) -> None:
    """Keep the page as it is on a screen and on a phone; at no size has it to be pushed sideways."""
    page = there.page
    page.wait_for_load_state()
    language = str(page.evaluate("document.documentElement.lang"))[:2]
    for width in (PHONE, ZOOMED, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        assert not there.is_too_wide(), f"{name} at {width}"
        if width != ZOOMED:
            there.look(f"time-{name}-{language}-{width}")


def onward(page: Page, to: str) -> None:
    """Click on what leads to another page, and be there."""
    with page.expect_navigation():
        page.locator(to).first.click()


def enter(there: Visit, username: str, password: str) -> None:
    there.page.goto("/sign-in/")
    there.page.fill("[name=login]", username)
    there.page.fill("[name=password]", password)
    there.page.press("[name=password]", "Enter")


def sign_in(there: Visit, role: Role, secret: str) -> None:
    """By password and code, as everybody of the office does."""
    enter(there, role.value, PASSWORD)
    there.page.wait_for_url("**/sign-in/second-factor/")
    there.page.fill("[name=code]", code_now(secret))
    there.page.press("[name=code]", "Enter")
    there.page.wait_for_url(f"{there.origin}/")


def say_again(page: Page, password: str = PASSWORD) -> None:
    """The password, where a page asks for it again."""
    page.wait_for_url("**/sign-in/again/**")
    if page.locator("a[href^='/sign-in/again/?']").count():
        page.click("a[href^='/sign-in/again/?']")
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")


def people_come_by_a_workbook(there: Visit, folder: Path) -> None:
    page, file = there.page, folder / "people.xlsx"
    page.goto("/admin/evaluation/membership/")
    seen(there, "registers-roles")
    page.goto("/admin/evaluation/membership/import/")
    seen(there, "asked-again")
    say_again(page)
    page.wait_for_url("**/membership/import/")
    columns = page.locator("form p code").all_inner_texts()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([columns, *PEOPLE]):
            sheet.write_row(number, 0, row)
    page.set_input_files("[name=import_file]", file)
    seen(there, "import")
    page.click("[type=submit]")
    shown = page.locator(".import-preview tbody tr")
    expect(shown).to_have_count(len(PEOPLE))
    assert shown.first.locator("td").all_inner_texts()[1:4] == list(PEOPLE[0][:3])  # each under its heading
    seen(there, "import-preview")
    page.click("[name=confirm]")
    expect(page.locator(".messagelist")).to_be_visible()
    seen(there, "imported")


def one_time_link(there: Visit, username: str) -> str:
    page = there.page
    page.goto(f"/admin/evaluation/user/{User.objects.get(username=username).pk}/change/")
    seen(there, "person")
    onward(page, ".link-form button")
    seen(there, "one-time-link")
    return page.locator(".one-time-link").inner_text().strip()


def time_is_set(there: Visit) -> None:
    page = there.page
    page.goto("/")
    seen(there, "office-to-do")
    onward(page, f".task a[href='/cycles/{CODE}/timetable/'], .cycle a[href='/cycles/{CODE}/timetable/']")
    seen(there, "timetable-empty")
    page.locator("form[action$='/timetable/plan/'] button").click()
    expect(page.get_by_role("status")).to_be_visible()
    onward(page, "a[href$='/timetable/naming/']")
    page.fill("[name=opens]", TODAY.isoformat())
    page.fill("[name=days]", "9")
    page.locator("[name=kind]").select_option("calendar")
    seen(there, "window-form")
    page.locator("form.part .btn-primary").click()
    expect(page.get_by_role("status")).to_be_visible()
    seen(there, "timetable-set")


def a_unit_has_more_time(there: Visit) -> None:
    page = there.page
    page.goto(f"/cycles/{CODE}/timetable/naming/extend/")
    say_again(page)
    page.locator("[name=unit]").select_option(label="县1")
    page.fill("[name=last]", (TODAY + timedelta(days=14)).isoformat())
    page.fill("[name=reason]", "县政府换届，责任人尚未明确")
    seen(there, "extend-form")
    page.locator("form.part .btn-primary").click()
    page.locator(".timetable details summary").click()
    expect(page.locator(".timetable .bar rect.longer")).to_have_count(1)
    seen(there, "timetable-extended")


def a_new_colleague_comes_in(there: Visit, link: str, username: str) -> None:
    page = there.page
    page.goto(link)
    seen(there, "choose-password")
    for name in ("new_password1", "new_password2"):
        page.fill(f"[name={name}]", CHOSEN)
    page.keyboard.press("Enter")
    expect(page.locator("a[href='/sign-in/']")).to_be_visible()
    seen(there, "password-chosen")
    enter(there, username, CHOSEN)
    page.wait_for_url(f"{there.origin}/")


def an_app_is_set_up(there: Visit) -> None:
    page = there.page
    page.goto("/account/security/")
    seen(there, "security-nothing-yet")
    page.click("a[href='/account/security/app/']")
    say_again(page, CHOSEN)
    page.wait_for_url("**/account/security/app/")
    seen(there, "app")
    page.fill("[name=code]", code_now(page.locator(".one-time-key code").inner_text()))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/recovery-codes/")
    expect(page.locator(".codes code")).to_have_count(10)
    seen(there, "recovery-codes")
    page.goto("/account/security/")
    seen(there, "security")


def people_are_named(there: Visit, unit: EvaluatedUnit) -> None:
    """By the keyboard alone, from the to-do to the button that submits."""
    page = there.page
    seen(there, "unit-to-do")
    link = page.locator(f".task a[href='/cycles/{CODE}/units/{unit.pk}/naming/']")
    tab_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_url("**/naming/")
    seen(there, "naming-empty")
    for name, said in NAMED.items():
        tab_to(page, page.locator(f"[name={name}]"))
        page.keyboard.type(said)
    seen(there, "naming-filled")
    tab_to(page, page.locator("[name=action][value=submit_naming]"))
    page.keyboard.press("Enter")
    expect(page.locator(".badge.state-submitted")).to_be_visible()
    seen(there, "naming-submitted")


def tab_to(page: Page, wanted: object) -> None:
    """Press the tabulator until something has the focus, and see that it shows."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):  # type: ignore[attr-defined]
            assert wanted.evaluate("one => getComputedStyle(one).outlineStyle !== 'none'")  # type: ignore[attr-defined]
            return
    raise AssertionError(f"not to be reached by the keyboard: {wanted}")


def it_is_returned(there: Visit, unit: EvaluatedUnit) -> None:
    page = there.page
    page.goto("/")
    seen(there, "office-to-do-review")
    onward(page, ".task a[href*='?state=submitted']")
    seen(there, "namings")
    onward(page, f"a[href='/cycles/{CODE}/units/{unit.pk}/naming/']")
    seen(there, "naming-at-the-office")
    page.fill("#reason-return_naming", "联络员电话缺少分机号")
    page.click("[name=action][value=return_naming]")
    expect(page.locator(".badge.state-returned")).to_be_visible()
    seen(there, "naming-returned-by-the-office")


def it_is_mended(there: Visit) -> None:
    page = there.page
    page.goto("/")
    seen(there, "unit-to-do-returned")
    page.goto("/notifications/")
    seen(there, "notifications")
    onward(page, "li.unread a")
    expect(page.get_by_text("联络员电话缺少分机号").first).to_be_visible()
    seen(there, "naming-returned")
    page.fill("[name=phone]", "0438-1234567-8012")
    page.click("[name=action][value=submit_naming]")
    expect(page.locator(".badge.state-submitted")).to_be_visible()


def it_is_confirmed_from_the_list(there: Visit) -> None:
    page = there.page
    page.goto(f"/cycles/{CODE}/naming/")
    onward(page, "[name=action][value=confirm_naming]")
    expect(page.locator("tbody .up")).to_have_count(1)
    seen(there, "bulk-preview")
    onward(page, "[name=action][value=confirm_naming]")
    expect(page.locator("tbody .up")).to_have_count(1)
    seen(there, "bulk-done")
    page.goto(f"/cycles/{CODE}/naming/?state=confirmed")
    expect(page.locator("tbody tr")).to_have_count(1)
    seen(there, "namings-confirmed")


def handed_over(there: Visit, name: str) -> None:
    page = there.page
    page.goto("/account/")
    page.locator("[name=membership]").select_option(index=1)
    page.locator("[name=deputy]").select_option(label=name)
    page.fill("[name=last]", (TODAY + timedelta(days=7)).isoformat())
    seen(there, "hand-over")
    page.locator("#hand-over ~ form .btn-primary").click()
    expect(page.get_by_role("status")).to_be_visible()
    seen(there, "handed-over")


def a_deputy_acts(there: Visit, unit: EvaluatedUnit) -> None:
    page = there.page
    page.goto("/")
    expect(page.locator(".task")).to_have_count(1)
    seen(there, "deputy-to-do")
    onward(page, ".task a")
    expect(page.locator("[name=head]")).to_be_visible()
    seen(there, "deputy-naming")


def taken_back(there: Visit, deputy: Visit, unit: EvaluatedUnit) -> None:
    page = there.page
    page.goto("/account/")
    page.locator(".acting button").click()
    expect(page.locator(".acting .badge")).to_be_visible()
    seen(there, "taken-back")
    deputy.page.reload()
    expect(deputy.page.locator("[name=head]")).to_have_count(0)
    seen(deputy, "deputy-no-more")


def a_run_goes_on(there: Visit, cycle: Cycle) -> None:
    page = there.page
    page.goto("/")
    onward(page, f".cycle a[href='/admin/evaluation/cycle/{cycle.pk}/change/']")
    seen(there, "cycle-in-the-registers")
    onward(page, ".steps a[href*='/score/']")
    seen(there, "run-asked")
    onward(page, "[type=submit].default")
    page.wait_for_url(f"**/cycles/{CODE}/runs/1/")
    expect(page.locator(".state-adopted")).to_be_visible(timeout=20_000)
    seen(there, "run")
    onward(page, ".links a")
    seen(there, "ranking")


def the_auditor_finds_each_step(there: Visit) -> None:
    page = there.page
    page.goto("/trail/")
    seen(there, "trail")
    page.locator("table.trail details summary").first.click()
    seen(there, "trail-entry")
    done = set(AuditEntry.objects.values_list("action", flat=True))
    assert done >= {
        "sign_in", "use_authenticator_app", "reauthenticate", "import", "issue_link", "set_password", "set_window",
        "extend_window", "add_authenticator_app", "name_people", "submit_naming", "return_naming", "confirm_naming",
        "hand_over", "end_acting", "adopt_run",
    }  # fmt: skip
    for action in ("extend_window", "return_naming", "hand_over"):
        page.locator("#f-action").select_option(action)
        page.locator(".filter .btn-primary").click()
        expect(page.locator("table.trail tbody tr")).to_have_count(1)


def test_a_cycle_gets_its_people_and_its_time(opens: Opens, cycle: Cycle, tmp_path: Path):
    unit = EvaluatedUnit.objects.get(cycle=cycle, name="县1")
    secrets = {role: official(role, name) for role, name in
               ((Role.OFFICE_CLERK, "陈静"), (Role.OFFICE_HEAD, "赵刚"), (Role.AUDITOR, "孙梅"))}  # fmt: skip
    clerk = opens()
    sign_in(clerk, Role.OFFICE_CLERK, secrets[Role.OFFICE_CLERK])
    people_come_by_a_workbook(clerk, tmp_path)
    links = {name: one_time_link(clerk, name) for name in ("zhouli", "wuhao")}
    time_is_set(clerk)
    head = opens()
    sign_in(head, Role.OFFICE_HEAD, secrets[Role.OFFICE_HEAD])
    a_unit_has_more_time(head)
    liaison = opens()
    a_new_colleague_comes_in(liaison, links["zhouli"], "zhouli")
    an_app_is_set_up(liaison)
    handed_over(liaison, "吴昊（wuhao）")
    deputy = opens()
    a_new_colleague_comes_in(deputy, links["wuhao"], "wuhao")
    a_deputy_acts(deputy, unit)
    taken_back(liaison, deputy, unit)
    liaison.page.goto("/")
    people_are_named(liaison, unit)
    it_is_returned(clerk, unit)
    it_is_mended(liaison)
    it_is_confirmed_from_the_list(clerk)
    a_run_goes_on(clerk, cycle)
    for path, name in (("/health/", "health"), ("/admin/", "registers")):
        clerk.page.goto(path)
        seen(clerk, name)
    auditor = opens()
    sign_in(auditor, Role.AUDITOR, secrets[Role.AUDITOR])
    the_auditor_finds_each_step(auditor)
