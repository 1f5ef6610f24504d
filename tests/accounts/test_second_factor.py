"""U5: the office, the administrators and the auditor need a second factor, and get in with it alone."""

from __future__ import annotations

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from evaluation.actor import Actor
from evaluation.models import AuditEntry, Role, User
from evaluation.rules import WITH_SECOND_FACTOR
from evaluation.services.access import take_second_factor
from evaluation.verdict import Refused
from tests.accounts.conftest import PASSWORD, answers
from tests.signing import SoftKey, code_now, say_again, with_app, with_key

OPERATOR = Actor("root@server", "test")
SECOND = "/sign-in/second-factor/"


@pytest.fixture
def required(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def set_up(user: User) -> tuple[str, list[str]]:
    """An authenticator app for a person, and his recovery codes."""
    client = Client()
    client.force_login(user)
    secret = with_app(client)
    return secret, client.get("/account/security/recovery-codes/").context["unused_codes"]


def test_u5_it_is_the_office_the_administrators_and_the_auditor():
    assert {"office_clerk", "office_head", "system", "security", "auditor"} == WITH_SECOND_FACTOR


@pytest.mark.parametrize("role", [*Role.values, "nobody"])
def test_u5_who_needs_one_and_has_none_reaches_the_page_for_it_and_nothing_else(required, enter, role):
    client = enter(role)
    for page in (
        "/",
        "/trail/",
        "/admin/",
        "/admin/evaluation/user/",
        "/account/security/password/",
        "/account/security/recovery-codes/",
    ):
        got = client.get(page)
        led = got.status_code == 302 and got["Location"] == "/account/security/"
        assert led is (role in WITH_SECOND_FACTOR), (page, got.status_code)
    assert client.post("/admin/evaluation/unit/add/", {"code": "X"}).status_code in (302, 403)
    assert ("双因素认证" in client.get("/account/security/").content.decode()) is (role in WITH_SECOND_FACTOR)
    assert client.get("/healthz").status_code == 200


def test_u5_where_it_is_optional_nobody_is_led_anywhere(enter):
    assert answers(enter(Role.OFFICE_HEAD))


def test_u5_the_way_from_the_first_sign_in_to_the_first_page(required, enter):
    client = enter(Role.OFFICE_HEAD)
    assert client.get("/account/security/app/")["Location"] == "/sign-in/again/?next=%2Faccount%2Fsecurity%2Fapp%2F"
    assert (
        client.post("/sign-in/again/", {"password": PASSWORD, "next": "/account/security/app/"})["Location"]
        == "/account/security/app/"
    )
    page = client.get("/account/security/app/")
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    secret = page.context["form"].secret
    wrong = client.post("/account/security/app/", {"code": "000000"}).content.decode()
    assert 'role="alert"' in wrong
    assert not answers(client)
    assert (
        client.post("/account/security/app/", {"code": code_now(secret)})["Location"]
        == "/account/security/recovery-codes/"
    )
    assert (
        len(re.findall(r"<code>\d{8}</code>", client.get("/account/security/recovery-codes/").content.decode())) == 10
    )
    assert not re.search(r"<code>\d{8}</code>", client.get("/account/security/recovery-codes/").content.decode()), (
        "shown once"
    )
    assert answers(client)


def test_u5_password_alone_opens_nothing_once_there_is_a_second_factor(people, enter):
    secret, _ = set_up(people[Role.OFFICE_HEAD])
    client = enter(Role.OFFICE_HEAD)
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert "验证未通过" in client.post(SECOND, {"code": "000000"}).content.decode()
    assert not answers(client)
    assert client.post(SECOND, {"code": code_now(secret)})["Location"] == "/"
    assert answers(client)


def test_u5_a_code_opens_once(people, enter):
    secret, _ = set_up(people[Role.OFFICE_HEAD])
    with time_machine.travel(time.time(), tick=False):
        code = code_now(secret)
        first, second = enter(Role.OFFICE_HEAD), enter(Role.OFFICE_HEAD)
        assert first.post(SECOND, {"code": code}).status_code == 302
        assert second.post(SECOND, {"code": code}).status_code == 200


@pytest.mark.parametrize(("seconds", "good"), [(-30, True), (30, True), (-90, False), (90, False)])
def test_u5_a_clock_that_is_a_little_off_is_forgiven(people, enter, seconds, good):
    secret, _ = set_up(people[Role.OFFICE_HEAD])
    with time_machine.travel(time.time(), tick=False):
        code = code_now(secret, time.time() + seconds)
        assert (enter(Role.OFFICE_HEAD).post(SECOND, {"code": code}).status_code == 302) is good


def test_u5_a_recovery_code_opens_once_and_is_told(people, enter):
    _, codes = set_up(people[Role.OFFICE_HEAD])
    assert enter(Role.OFFICE_HEAD).post(SECOND, {"code": codes[3]}).status_code == 302
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_key, entry.detail) == ("use_recovery_code", Role.OFFICE_HEAD, "{}")
    assert enter(Role.OFFICE_HEAD).post(SECOND, {"code": codes[3]}).status_code == 200
    assert enter(Role.OFFICE_HEAD).post(SECOND, {"code": codes[4]}).status_code == 302


def test_u5_the_codes_of_somebody_else_open_nothing(people, enter):
    set_up(people[Role.OFFICE_HEAD])
    secret, codes = set_up(people[Role.AUDITOR])
    for code in (code_now(secret), codes[0]):
        assert enter(Role.OFFICE_HEAD).post(SECOND, {"code": code}).status_code == 200


def test_u5_a_security_key_opens_and_another_one_does_not(people, enter):
    first = Client()
    first.force_login(people[Role.AUDITOR])
    key = with_key(first, "蓝色钥匙")
    assert "蓝色钥匙" in first.get("/account/security/").content.decode()
    for used, opens in ((SoftKey(), False), (key, True)):
        client = enter(Role.AUDITOR)
        options = client.get(SECOND).context["js_data"]["request_options"]
        assert (client.post(SECOND, {"credential": used.sign(options)}).status_code == 302) is opens
        assert answers(client) is opens
    assert AuditEntry.objects.latest("number").action == "use_security_key"


def test_u5_an_answer_to_another_challenge_opens_nothing(people, enter):
    first = Client()
    first.force_login(people[Role.AUDITOR])
    key, client = with_key(first), enter(Role.AUDITOR)
    old = client.get(SECOND).context["js_data"]["request_options"]
    client.get(SECOND)
    assert client.post(SECOND, {"credential": key.sign(old)}).status_code == 200
    assert not answers(client)


NONSENSE = ("{}", "x", "[]", '{"id": 1}', '{"id": "a", "rawId": "a", "response": {"clientDataJSON": "a"}}')


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_u5_an_answer_that_is_none_is_a_wrong_one(people, enter, client, nonsense):
    client.force_login(people[Role.AUDITOR])
    with_key(client)
    for page in ("/account/security/keys/add/", "/sign-in/again/key/"):
        client.get(page)
        assert 'role="alert">' in client.post(page, {"name": "x", "credential": nonsense}).content.decode(), page
    browser = enter(Role.AUDITOR)
    browser.get(SECOND)
    assert browser.post(SECOND, {"credential": nonsense}).status_code == 200
    assert not answers(browser)
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_u5_who_removes_the_last_one_is_led_to_set_up_another(required, people, client):
    client.force_login(people[Role.SYSTEM])
    with_app(client)
    assert answers(client)
    assert client.post("/account/security/app/remove/")["Location"] == "/account/security/"
    assert not Authenticator.objects.exists(), "the recovery codes are gone, too"
    assert client.get("/")["Location"] == "/account/security/"


def test_u5_nobody_removes_the_key_of_somebody_else(people, client):
    other = Client()
    other.force_login(people[Role.SYSTEM])
    with_key(other)
    client.force_login(people[Role.SECURITY])
    pk = Authenticator.objects.get(type="webauthn").pk
    assert client.post(f"/account/security/keys/{pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=pk).exists()


def test_u5_a_second_factor_is_not_changed_without_the_password_again(people, client):
    client.force_login(people[Role.SYSTEM])
    with_app(client)
    say_again(client, people[Role.SYSTEM], ago=601)
    for page in (
        "/account/security/app/remove/",
        "/account/security/keys/add/",
        "/account/security/recovery-codes/new/",
    ):
        assert client.get(page)["Location"].startswith("/sign-in/again/?next=")


def test_u5_no_secret_stands_in_the_trail_or_in_the_clear_in_the_database(people):
    secret, codes = set_up(people[Role.OFFICE_HEAD])
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    told = str(list(AuditEntry.objects.values_list("detail", "origin", "object_key")))
    for one in (secret, *codes):
        assert one not in kept
        assert one not in told


def test_u5_under_another_key_of_the_product_no_code_is_good_and_nothing_breaks(settings, people, enter):
    secret, codes = set_up(people[Role.OFFICE_HEAD])
    settings.SECRET_KEY = "another key of the product, long enough for anybody"
    client = enter(Role.OFFICE_HEAD)
    for code in (code_now(secret), codes[0]):
        assert client.post(SECOND, {"code": code}).status_code == 200


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.SECURITY])
def test_u5_an_administrator_takes_away_a_lost_one_with_a_reason(required, people, enter, client, role):
    user = people[Role.OFFICE_HEAD]
    secret, _ = set_up(user)
    theirs = enter(Role.OFFICE_HEAD)
    theirs.post(SECOND, {"code": code_now(secret)})
    assert answers(theirs)
    set_up(people[role])
    client.force_login(people[role])
    page = reverse("admin:evaluation_user_second_factor", args=[user.pk])
    assert page in client.get(reverse("admin:evaluation_user_change", args=[user.pk])).content.decode()
    assert "请写明理由" in client.post(page, {"reason": "  "}).content.decode()
    assert answers(theirs)
    assert client.post(page, {"reason": "手机丢失，已当面核实"}).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert not answers(theirs), "what was open is closed"
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_key, entry.actor.username) == ("take_second_factor", Role.OFFICE_HEAD, role)
    assert "已当面核实" in entry.detail
    assert enter(Role.OFFICE_HEAD).get("/")["Location"] == "/account/security/"
    assert "没有启用" in client.post(page, {"reason": "再来"}).content.decode()
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_key, "没有启用" in entry.detail) == ("refuse", user.username, True)


@pytest.mark.parametrize("role", [*Role.values, "nobody"])
def test_u5_nobody_else_takes_one_away(people, client, role):
    set_up(people[Role.LIAISON])
    client.force_login(people[role])
    page = reverse("admin:evaluation_user_second_factor", args=[people[Role.LIAISON].pk])
    got = client.post(page, {"reason": "手机丢失"}).status_code
    assert (got == 302) is (role in (Role.SYSTEM, Role.SECURITY)), got
    assert Authenticator.objects.filter(user=people[Role.LIAISON]).exists() is (got == 403)


def test_u5_nobody_takes_away_his_own_and_passes_the_password_by(people):
    user = people[Role.SYSTEM]
    set_up(user)
    with pytest.raises(Refused, match="账号安全"):
        take_second_factor(user, reason="x", actor=Actor("x", "x", user))
    take_second_factor(user, reason="遗失", actor=OPERATOR)
    assert not Authenticator.objects.exists()
