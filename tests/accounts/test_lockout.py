"""U3: five failures lock for fifteen minutes, whoever it is, and a restart does not help."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from evaluation.accounts import lockout
from evaluation.models import AuditEntry, Role
from tests.accounts.conftest import PASSWORD, answers
from tests.signing import code_now, with_app

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
TOO_MANY = "失败次数过多，请 15 分钟后再试"
WRONG = "用户名或密码不正确"


def tried(login: str, password: str) -> tuple[Client, str]:
    client = Client()
    answer = client.post("/sign-in/", {"login": login, "password": password})
    return client, answer.content.decode()


def fail(login: str = Role.LIAISON, times: int = 5) -> list[str]:
    return [tried(login, "wrong")[1].split("<main")[1].replace(login, "…") for _ in range(times)]


def test_u3_four_failures_do_not_lock(people):
    fail(times=4)
    assert answers(tried(Role.LIAISON, PASSWORD)[0])


def test_u3_after_five_failures_the_right_password_opens_nothing(people):
    fail()
    client, page = tried(Role.LIAISON, PASSWORD)
    assert TOO_MANY in page
    assert not answers(client)
    assert answers(tried(Role.UNIT_HEAD, PASSWORD)[0]), "nobody else is locked out"


def test_u3_another_spelling_of_the_name_is_the_same_account(people):
    fail(login="LIAISON")
    assert TOO_MANY in tried(Role.LIAISON, PASSWORD)[1]


@pytest.mark.parametrize("login", [Role.LIAISON.value, "nobody-of-that-name"])
def test_u3_who_is_unknown_gets_the_same_answers(people, login):
    said = fail(login, times=7)
    assert [WRONG in page for page in said] == [True] * 5 + [False] * 2
    assert [TOO_MANY in page for page in said] == [False] * 5 + [True] * 2


def test_u3_the_lock_lasts_fifteen_minutes_from_the_fifth_failure(people):
    with time_machine.travel(NOON, tick=False) as clock:
        for minute in (0, 3, 6, 9, 12):
            clock.move_to(NOON + timedelta(minutes=minute))
            fail(times=1)
        clock.move_to(NOON + timedelta(minutes=26, seconds=59))
        assert not answers(tried(Role.LIAISON, PASSWORD)[0])
        clock.move_to(NOON + timedelta(minutes=27, seconds=1))
        assert answers(tried(Role.LIAISON, PASSWORD)[0])


def test_u3_the_lock_stands_in_the_database_and_not_in_a_process(people):
    fail()
    fresh = caches.create_connection("default")
    assert fresh is not caches["default"]
    assert fresh.get(lockout._key(Role.LIAISON))
    assert not fresh.get(lockout._key(Role.UNIT_HEAD))


def test_u3_the_trail_says_which_failure_locked_and_no_password(people):
    fail(times=6)
    told = list(AuditEntry.objects.values_list("action", "object_key"))
    assert told == [("sign_in_failed", Role.LIAISON)] * 4 + [
        ("lock_account", Role.LIAISON),
        ("sign_in_failed", Role.LIAISON),
    ]
    assert not AuditEntry.objects.filter(detail__contains="wrong").exists()


def test_u3_five_wrong_codes_lock_as_well(people, client):
    client.force_login(people[Role.LIAISON])
    secret = with_app(client)
    browser, _ = tried(Role.LIAISON, PASSWORD)
    for _ in range(5):
        assert "验证未通过" in browser.post("/sign-in/second-factor/", {"code": "000000"}).content.decode()
    assert TOO_MANY in browser.post("/sign-in/second-factor/", {"code": code_now(secret)}).content.decode()
    assert not answers(browser)
    assert AuditEntry.objects.filter(action="second_factor_failed", actor=None).count() == 6


def test_u3_the_password_that_is_asked_again_counts_too(people, enter):
    client = enter(Role.LIAISON)
    for _ in range(5):
        client.post("/sign-in/again/", {"password": "wrong"})
    assert TOO_MANY in client.post("/sign-in/again/", {"password": PASSWORD}).content.decode()
