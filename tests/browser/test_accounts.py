"""In a real browser: a second factor is set up and used, under the same policy as every other page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from evaluation.models import Cycle, Role
from scoring.models import Run
from tests.browser.visit import Visit
from tests.little import little_run, person
from tests.signing import code_now

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
PASSWORD = "it is long enough"
SIZES = [("zh-CN", 1280), ("en-GB", 390)]


@pytest.fixture
def run(live_server, tmp_path: Path, settings) -> Run:
    settings.SECOND_FACTOR_REQUIRED = True
    return little_run(tmp_path)


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}-{size[1]}")
def there(request: pytest.FixtureRequest, browser: Browser, live_server, run: Run) -> Iterator[Visit]:
    person(Role.OFFICE_HEAD)
    language, width = request.param
    found = Visit(browser, live_server.url, language, width)
    yield found
    found.close()


def enter(page: Page) -> None:
    page.goto("/sign-in/")
    page.fill("[name=login]", Role.OFFICE_HEAD.value)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def say_again(page: Page) -> None:
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def seen(visit: Visit, name: str) -> None:
    width = visit.page.viewport_size["width"]  # type: ignore[index]
    visit.look(f"accounts-{name}-{width}")
    assert not visit.is_too_wide()


def test_u5_an_app_is_set_up_and_opens_the_door(there: Visit):
    page = there.page
    enter(page)
    page.wait_for_url("**/account/security/")
    seen(there, "index-nothing-yet")
    page.locator("a[href='/account/security/app/']").click()
    seen(there, "password-again")
    say_again(page)
    page.wait_for_url("**/account/security/app/")
    expect(page.locator("img.qr")).to_be_visible()
    seen(there, "app")
    secret = page.locator(".one-time-key code").inner_text()
    page.fill("[name=code]", code_now(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/account/security/recovery-codes/")
    seen(there, "recovery-codes")
    spare = page.locator(".codes code").first.inner_text()
    page.goto("/account/security/password/")
    seen(there, "change-password")
    page.goto("/account/security/")
    seen(there, "index")
    page.context.clear_cookies()
    enter(page)
    page.wait_for_url("**/sign-in/second-factor/")
    page.fill("[name=code]", "000000")
    page.press("[name=code]", "Enter")
    expect(page.get_by_role("alert").first).to_be_visible()
    seen(there, "second-factor-wrong")
    page.fill("[name=code]", spare)
    page.press("[name=code]", "Enter")
    page.wait_for_url(f"{there.origin}/")


def test_u5_a_security_key_is_added_opens_the_door_and_is_asked_for_again(there: Visit):
    page = there.page
    there.with_key()
    enter(page)
    page.goto("/account/security/keys/add/")
    say_again(page)
    page.wait_for_url("**/account/security/keys/add/")
    page.fill("[name=name]", "KEY-1")
    seen(there, "key-add")
    page.locator("form[data-key] button").click()
    page.wait_for_url("**/account/security/recovery-codes/")
    page.goto("/account/security/")
    expect(page.get_by_text("KEY-1")).to_be_visible()
    page.context.clear_cookies()
    enter(page)
    page.wait_for_url("**/sign-in/second-factor/")
    page.locator("form[data-key] button").click()
    page.wait_for_url(f"{there.origin}/")
    Cycle.objects.update(state="confirmed")
    step = f"/admin/evaluation/cycle/{Cycle.objects.get().pk}/steps/publish/"
    page.goto(step)
    page.locator("a[href^='/sign-in/again/key/']").click()
    seen(there, "key-again")
    page.locator("form[data-key] button").click()
    page.wait_for_url(f"**{step}")
    assert [*there.foreign, *there.violations] == []


def test_a_key_that_does_not_answer_is_said_so(there: Visit):
    page = there.page
    enter(page)
    page.goto("/account/security/keys/add/")
    say_again(page)
    page.wait_for_url("**/account/security/keys/add/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no key')) }")
    page.locator("form[data-key] button").click()
    expect(page.locator("form[data-key] p[role=alert]")).to_be_visible()
    seen(there, "key-silent")
