"""The first account, and the link by which its password is chosen: once, within a day."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from evaluation.models import AuditEntry, Role, User

pytestmark = pytest.mark.django_db
GOOD = "长度足够的Password2026"


def create(capsys, *more: str, username: str = "admin", name: str = "王工") -> str:
    """The link that the command prints."""
    call_command("create_administrator", *more, username=username, name=name)
    [link] = re.findall(r"^(http\S+)$", capsys.readouterr().out, re.MULTILINE)
    return link


def choose(link: str, password: str = GOOD, again: str = ""):
    key = link.partition("/password/?key=")[2]
    sent = {"key": key, "new_password1": password, "new_password2": again or password}
    return Client().post("/password/", sent)


def test_u1_the_first_administrator_has_no_password_until_the_link_is_used(capsys):
    link = create(capsys)
    user = User.objects.get()
    assert re.match(r"https?://[^/]+/password/\?key=\S+$", link)
    assert not user.has_usable_password()
    assert (user.is_superuser, user.is_staff) == (False, False)
    assert list(user.memberships.values_list("role", flat=True)) == [Role.SYSTEM]
    page = Client().get(link)
    assert "王工" in page.content.decode()
    assert Client().get(link).status_code == 200, "to look does not use it up"
    assert choose(link).status_code == 200
    assert authenticate(username="admin", password=GOOD) == user
    actions = list(AuditEntry.objects.values_list("action", flat=True))
    assert actions == ["add_unit", "add_person", "issue_link", "set_password"]
    key = link.partition("?key=")[2]
    assert not AuditEntry.objects.filter(detail__contains=key).exists()
    assert not AuditEntry.objects.filter(origin__contains=key).exists()


def test_the_link_is_good_once(capsys):
    link = create(capsys)
    choose(link)
    for answer in (Client().get(link), choose(link, "另一个够长的Password1")):
        assert answer.status_code == 410
        assert "链接已用过" in answer.content.decode()
    assert authenticate(username="admin", password=GOOD)


def test_the_link_is_good_for_a_day(capsys):
    link = create(capsys)
    with time_machine.travel(timezone.now() + timedelta(hours=23, minutes=59)):
        assert Client().get(link).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        for answer in (Client().get(link), choose(link)):
            assert answer.status_code == 410
            assert "链接已过期" in answer.content.decode()
    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize("key", ["", "x", "a:b:c", "\x00", "x" * 5000])
def test_a_link_that_is_none_says_so(key):
    answer = Client().get("/password/", {"key": key})
    assert answer.status_code == 410
    assert "链接无效" in answer.content.decode()


def test_links_made_up_fill_the_trail_twenty_times_a_minute_and_no_more(capsys):
    good = create(capsys)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        told = [choose("/password/?key=x").status_code for _ in range(22)]
        assert (told.count(410), told.count(429)) == (20, 2)
        assert AuditEntry.objects.filter(action="refuse").count() == 20
        clock.shift(61)
        assert choose("/password/?key=x").status_code == 410
        assert AuditEntry.objects.filter(action="refuse").count() == 21
    assert choose(good).status_code == 200


def test_a_link_that_was_tampered_with_is_none(capsys):
    link = create(capsys)
    assert Client().get(link[:-1] + ("a" if link[-1] != "a" else "b")).status_code == 410


def test_a_disabled_account_opens_with_no_link(capsys):
    link = create(capsys)
    User.objects.update(is_active=False)
    assert choose(link).status_code == 410


@pytest.mark.parametrize(("password", "again"), [("123", ""), ("12345678", ""), ("password", ""), (GOOD, "anders")])
def test_a_weak_password_is_refused_and_the_link_stays_good(capsys, password, again):
    link = create(capsys)
    answer = choose(link, password, again)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not User.objects.get().has_usable_password()
    assert choose(link).status_code == 200
    assert User.objects.get().has_usable_password()


def test_a_second_administrator_is_refused_unless_it_is_meant(capsys):
    create(capsys)
    with pytest.raises(SystemExit) as stopped:
        create(capsys, username="second")
    assert stopped.value.code == 1
    assert "--again" in capsys.readouterr().err
    assert User.objects.count() == 1
    create(capsys, "--again", username="second")
    assert User.objects.filter(memberships__role=Role.SYSTEM).count() == 2


def test_again_gives_a_new_link_and_the_old_one_is_worth_nothing(capsys):
    old = create(capsys)
    new = create(capsys, "--again")
    assert User.objects.count() == 1
    assert choose(old).status_code == 410
    assert choose(new).status_code == 200


def test_the_name_of_somebody_else_is_not_taken(capsys):
    User.objects.create(username="lihua", name="李华")
    with pytest.raises(SystemExit):
        create(capsys, username="lihua")
    assert not User.objects.get().memberships.exists()


def test_a_user_name_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit):
        create(capsys, username="不 行")
    assert not User.objects.exists()


def test_the_address_is_that_of_the_city(capsys):
    call_command("create_administrator", username="a", name="b", url="https://jx.city.example/")
    assert "\nhttps://jx.city.example/password/?key=" in capsys.readouterr().out


def test_q2_the_page_keeps_the_policy_and_is_kept_nowhere(capsys):
    page = Client().get(create(capsys))
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", page.content.decode())
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"


def test_the_page_speaks_english(capsys):
    page = Client().get(create(capsys), headers={"Accept-Language": "en"}).content.decode()
    assert "Choose a password" in page
    assert not re.search("[\u3400-\u9fff]", page.split("<main")[1].replace("王工", ""))
