"""Signing in by the city's own provider: whom it names must have an account; no account is ever made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import NoReverseMatch, reverse

from evaluation.actor import Actor
from evaluation.models import AuditEntry, Role, User
from evaluation.services.people import keep_person
from tests.accounts import urls_with_provider  # before a setting says that there is one
from tests.accounts.conftest import answers
from tests.accounts.provider import Provider, provider
from tests.signing import code_now, with_app

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
START, BACK = "/sign-in/city/", "/sign-in/city/back/"


@pytest.fixture
def city(settings, people) -> Iterator[Provider]:
    """The city's provider, and the product with the settings for it."""
    with provider() as running:
        app = {"provider_id": "city", "name": "市统一认证", "client_id": "evaluation", "secret": "secret"}
        app["settings"] = {"server_url": running.url}
        settings.ROOT_URLCONF = urls_with_provider.__name__
        settings.OIDC_NAME = "市统一认证"
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield running


def comes_back(client: Client, code: str = "good", **more: str):
    """The way to the provider and back, as a browser goes it."""
    there = client.post(START, more)
    assert there.status_code == 302
    asked = parse_qs(urlsplit(there["Location"]).query)
    return client.get(BACK, {"code": code, "state": asked["state"][0]})


def called(name: str | None) -> dict[str, str]:
    return {"sub": "4711", "name": "某人", **({"preferred_username": name} if name is not None else {})}


def test_whom_the_provider_names_is_let_in(city, client):
    city.claims = called(Role.LIAISON)
    assert "用市统一认证登录" in client.get("/sign-in/").content.decode()
    assert comes_back(client, next="/account/security/")["Location"] == "/account/security/"
    assert answers(client)
    assert client.get("/").context["user"].username == Role.LIAISON
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor.username) == ("sign_in", Role.LIAISON)
    assert AuditEntry.objects.filter(action="bind_to_provider", object_key=Role.LIAISON).count() == 1
    assert "code_verifier" in city.asked[0]
    kept = SocialAccount.objects.get()
    assert (kept.user.username, kept.uid, kept.extra_data) == (Role.LIAISON, "4711", {})


def test_another_person_who_got_the_name_is_not_let_in_before_an_administrator_says_so(city, client, people):
    city.claims = called(Role.LIAISON)
    assert comes_back(client)["Location"] == "/"
    city.claims = called(Role.LIAISON) | {"sub": "4712"}
    other = Client()
    assert comes_back(other)["Location"] == "/sign-in/"
    assert "属于另一个人" in other.get("/sign-in/").content.decode()
    assert not answers(other)
    user = User.objects.get(username=Role.LIAISON)
    for active in (False, True):
        user.is_active = active
        keep_person(user, ["is_active"], actor=Actor("x", "test"))
    assert comes_back(Client())["Location"] == "/"


def test_who_is_bound_keeps_his_account_though_the_provider_calls_him_otherwise(city, client, people):
    city.claims = called(Role.LIAISON)
    comes_back(client)
    city.claims = called(Role.OFFICE_HEAD)
    again = Client()
    assert comes_back(again)["Location"] == "/"
    assert again.get("/").context["user"].username == Role.LIAISON


@pytest.mark.parametrize("name", ["stranger", "LIAISON", "", None])
def test_whom_it_names_and_nobody_knows_is_not_let_in_and_gets_no_account(city, client, name):
    city.claims = called(name)
    before = User.objects.count()
    assert comes_back(client)["Location"] == "/sign-in/"
    assert "没有可用的账号" in client.get("/sign-in/").content.decode()
    assert not answers(client)
    assert User.objects.count() == before
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_key, entry.actor) == ("sign_in_failed", name or "—", None)


def test_a_disabled_account_is_not_let_in(city, client):
    city.claims = called(Role.LIAISON)
    User.objects.filter(username=Role.LIAISON).update(is_active=False)
    assert comes_back(client)["Location"] == "/sign-in/"
    assert not answers(client)


def test_u5_the_second_factor_is_asked_for_here_too(city, people, client):
    first = Client()
    first.force_login(people[Role.OFFICE_HEAD])
    secret = with_app(first)
    city.claims = called(Role.OFFICE_HEAD)
    assert comes_back(client)["Location"] == "/sign-in/second-factor/"
    assert not answers(client)
    client.post("/sign-in/second-factor/", {"code": code_now(secret)})
    assert answers(client)


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_nothing_but_signing_in_is_done_by_the_provider(city, client, process):
    city.claims = called(Role.LIAISON)
    assert comes_back(client, process=process)["Location"] == "/sign-in/"
    assert not SocialAccount.objects.exists()
    assert not answers(client)


def test_a_wrong_code_a_refusal_and_a_strange_state_lead_to_the_door(city, client):
    city.claims = called(Role.LIAISON)
    assert comes_back(client, code="bad")["Location"] == "/sign-in/"
    for asked in ({"code": "good", "state": "made up"}, {"code": "good"}, {"error": "access_denied"}, {}):
        assert client.get(BACK, asked)["Location"] == "/sign-in/", asked
        assert "登录未完成" in client.get("/sign-in/").content.decode()
    assert not answers(client)
    assert AuditEntry.objects.filter(action="sign_in_failed").count() == 5


def test_an_address_fills_the_trail_with_twenty_failures_a_minute_and_no_more(city, client):
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(20):
            assert client.get(BACK, {"error": "x"}).status_code == 302
        got = client.get(BACK, {"error": "x"})
        assert (got.status_code, "操作过于频繁" in got.content.decode()) == (429, True)
        assert client.get(BACK, {"error": "x"}, REMOTE_ADDR="10.0.0.9").status_code == 302
        assert AuditEntry.objects.filter(action="sign_in_failed").count() == 21
        clock.shift(61)
        assert client.get(BACK, {"error": "x"}).status_code == 302
    assert AuditEntry.objects.filter(action="sign_in_failed").count() == 22


def test_the_way_there_is_a_form_and_no_link(city, client):
    assert client.get(START).status_code == 405
    assert client.post("/sign-in/another/").status_code == 404


def test_a_provider_that_is_gone_leads_to_the_door(city, settings, client):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    assert client.post(START)["Location"] == "/sign-in/"
    assert "登录未完成" in client.get("/sign-in/").content.decode()


def test_without_a_provider_there_is_no_button_and_no_address(db, client):
    assert client.get("/sign-in/").content.decode().count("<form") == 2  # the language and the password
    assert client.post(START).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("openid_connect_login", args=["city"])
