"""U4: a session ends when nothing is done, when it is old, and when its account is disabled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from django.contrib.sessions.models import Session

from evaluation.actor import Actor
from evaluation.models import AuditEntry, Role, User
from evaluation.services.people import keep_person
from tests.accounts.conftest import PASSWORD, answers

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
OPERATOR = Actor("root@server", "test")


def test_u4_who_does_nothing_for_thirty_minutes_is_led_to_the_door_and_told_why(people, enter):
    with time_machine.travel(NOON, tick=False) as clock:
        client = enter(Role.LIAISON)
        assert answers(client)
        clock.move_to(NOON + timedelta(minutes=29))
        assert answers(client)
        clock.move_to(NOON + timedelta(minutes=59, seconds=1))
        assert client.get("/account/security/")["Location"] == "/sign-in/?next=/account/security/"
        door = client.get("/sign-in/?next=/account/security/").content.decode()
        assert "您已30分钟没有操作" in door
        assert "没有操作" not in client.get("/sign-in/").content.decode(), "it is said once"
        entry = AuditEntry.objects.latest("number")
        assert (entry.action, entry.actor.username, entry.origin) == (
            "end_session",
            Role.LIAISON,
            "127.0.0.1 GET /account/security/",
        )
        back = client.post("/sign-in/", {"login": Role.LIAISON, "password": PASSWORD, "next": "/account/security/"})
        assert back["Location"] == "/account/security/"


def test_u4_a_page_that_asks_by_itself_does_not_keep_a_session_alive(people, enter):
    asks = {"HX-Request": "true", "HX-Trigger": "run"}
    with time_machine.travel(NOON, tick=False) as clock:
        client, other = enter(Role.LIAISON), enter(Role.LIAISON)
        assert answers(client)
        for minute in (10, 20, 29):
            clock.move_to(NOON + timedelta(minutes=minute))
            assert client.get("/", headers=asks).status_code == 200
            assert other.get("/", headers={"HX-Request": "true"}).status_code == 200
        clock.move_to(NOON + timedelta(minutes=31))
        got = client.get("/", headers=asks)
        assert (got.status_code, got.headers.get("HX-Refresh")) == (200, "true"), "the whole page is loaded again"
        assert client.get("/")["Location"] == "/sign-in/?next=/"
        assert "您已30分钟没有操作" in client.get("/sign-in/").content.decode()
        assert answers(other), "what somebody does counts"


def test_u4_a_session_ends_after_twelve_hours_however_busy(people, enter):
    with time_machine.travel(NOON, tick=False) as clock:
        client = enter(Role.LIAISON)
        for minute in range(0, 720, 20):
            clock.move_to(NOON + timedelta(minutes=minute))
            assert answers(client), minute
        clock.move_to(NOON + timedelta(hours=12))
        assert not answers(client)
        assert "登录已满12小时" in client.get("/sign-in/").content.decode()


def test_u4_the_limits_are_those_of_the_settings(settings, people, enter):
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 5, 1
    with time_machine.travel(NOON, tick=False) as clock:
        client = enter(Role.LIAISON)
        assert answers(client)
        clock.move_to(NOON + timedelta(minutes=5))
        assert client.get("/", headers={"Accept-Language": "en"}).status_code == 302
        assert "nothing was done for 5 minutes" in client.get("/sign-in/").content.decode()


def disable(user: User, *, active: bool = False) -> None:
    keep_person(
        User(pk=user.pk, username=user.username, name=user.name, is_active=active), ["is_active"], actor=OPERATOR
    )


def test_u4_to_disable_an_account_ends_its_sessions_at_once_and_for_good(people, enter):
    mine, other = [enter(Role.LIAISON), enter(Role.LIAISON)], enter(Role.UNIT_HEAD)
    assert all(map(answers, [*mine, other]))
    assert Session.objects.count() == 3
    disable(people[Role.LIAISON])
    assert Session.objects.count() == 1
    assert not any(map(answers, mine))
    assert answers(other)
    disable(people[Role.LIAISON], active=True)
    assert not any(map(answers, mine)), "to enable it again brings nothing back"
    assert answers(enter(Role.LIAISON))


def test_u4_a_disabled_account_is_told_so_to_whoever_knows_its_password_alone(people, client):
    disable(people[Role.LIAISON])
    assert client.post("/sign-in/", {"login": Role.LIAISON, "password": PASSWORD})["Location"] == "/sign-in/"
    assert "账号已停用" in client.get("/sign-in/").content.decode()
    assert not answers(client)
    wrong = client.post("/sign-in/", {"login": Role.LIAISON, "password": "wrong"}).content.decode()
    assert "用户名或密码不正确" in wrong
    assert AuditEntry.objects.filter(action="sign_in_failed").count() == 2
