"""The trail as the auditor reads it; who signs in and out is in it, a password never."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from evaluation.actor import Actor
from evaluation.models import AuditEntry, Membership, Role, Unit, User
from evaluation.services.audit import problems_of_the_trail, record
from evaluation.trail import told

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return Unit.objects.create(code="D01", name="市审计局")


@pytest.fixture
def auditor(unit: Unit) -> Client:
    cache.clear()
    user = User.objects.create_user("auditor", password=PASSWORD, name="赵审")
    Membership.objects.create(user=user, unit=unit, role=Role.AUDITOR)
    client = Client()
    client.force_login(user)
    return client


def numbers(client: Client, **asked: object) -> list[int]:
    return [entry.number for entry in client.get(reverse("trail"), asked).context["entries"]]


def sign_in(client: Client, username: str, password: str):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_the_trail_is_paged_newest_first(auditor: Client, unit: Unit):
    for _ in range(120):
        record("touch", unit, actor=Actor("李华", "here"), key=unit.code)
    assert numbers(auditor) == list(range(120, 70, -1))
    assert numbers(auditor, page=3) == list(range(20, 0, -1))
    assert numbers(auditor, page="nonsense") == numbers(auditor)
    page = auditor.get(reverse("trail"), {"page": 2, "person": "李"}).content.decode()
    assert "?page=3&amp;person=%E6%9D%8E" in page


def test_the_trail_is_filtered_by_action_object_and_person(auditor: Client, unit: Unit):
    record("load_scheme", unit, actor=Actor("李华", "here"), key="songyuan-2025")
    record("enter_facts", unit, actor=Actor("王芳", "here"), key="songyuan-2025")
    record("enter_facts", unit, actor=Actor("王芳", "here"), key="yiyang-2025")
    assert numbers(auditor, action="enter_facts") == [3, 2]
    assert numbers(auditor, object="songyuan") == [2, 1]
    assert numbers(auditor, object="evaluation.unit") == [3, 2, 1]
    assert numbers(auditor, object="单位") == [3, 2, 1]
    assert numbers(auditor, object="评估周期") == []
    assert numbers(auditor, person="王", object="yiyang") == [3]
    assert numbers(auditor, person="李华\x00", action="load_scheme") == [1]
    assert numbers(auditor, action="nothing") == []
    assert numbers(auditor, nonsense="1") == [3, 2, 1]


def test_an_entry_is_told_in_words_with_what_it_says(auditor: Client, unit: Unit):
    record("enter_facts", unit, actor=Actor("李华", "127.0.0.1"), key="D01", changes={"Units": [1, 0, 0]}, note="<b>")
    page = auditor.get(reverse("trail")).content.decode()
    for said in ("录入数据", "单位 <b>D01</b>", "李华", "127.0.0.1", "改动", "note", "&quot;Units&quot;", "&lt;b&gt;"):
        assert said in page, said


def test_an_entry_about_a_kind_that_is_gone_is_still_told(auditor: Client, unit: Unit):
    entry = record("touch", unit, actor=Actor("李华", "here"))
    entry.object_kind = "evaluation.gone"
    assert (told(entry).kind, told(entry).action) == ("evaluation.gone", "touch")


def test_d1_signing_in_and_out_and_failing_to_are_in_the_trail(auditor: Client):
    client = Client()
    assert sign_in(client, "auditor", "wrong password 1").status_code == 200
    assert sign_in(client, "auditor", PASSWORD).status_code == 302
    client.post(reverse("account_logout"))
    entries = list(AuditEntry.objects.order_by("number"))
    assert [entry.action for entry in entries] == ["sign_in_failed", "sign_in", "sign_out"]
    assert {entry.object_key for entry in entries} == {"auditor"}
    assert [entry.actor_name for entry in entries] == ["auditor", "赵审", "赵审"]
    assert entries[1].origin == "127.0.0.1 POST /sign-in/"
    assert list(problems_of_the_trail()) == []


def test_d5_neither_a_password_nor_what_is_no_account_is_kept(auditor: Client, caplog):
    sign_in(Client(), "auditor", "secret of mine")
    sign_in(Client(), "secret in the wrong field", "whatever it was")
    kept = " ".join(f"{vars(entry)}" for entry in AuditEntry.objects.all()) + caplog.text
    assert "secret" not in kept
    assert AuditEntry.objects.latest("number").object_key == "—"


def test_the_same_answer_for_a_wrong_password_and_an_unknown_user(auditor: Client):
    pages = [sign_in(Client(), name, "wrong password 1") for name in ("auditor", "nobody there")]
    wrong = [page.context["form"].non_field_errors() for page in pages]
    assert wrong[0] == wrong[1] == ["用户名或密码不正确。"]


def test_after_five_failures_even_the_right_password_waits(auditor: Client):
    client = Client()
    for _ in range(5):
        sign_in(client, "auditor", "wrong password 1")
    assert sign_in(client, "auditor", PASSWORD).status_code == 200
    assert not AuditEntry.objects.filter(action="sign_in").exists()


def test_nobody_signs_up(client: Client):
    assert client.get("/sign-up/").status_code == 404
    assert "sign-up" not in client.get(reverse("account_login")).content.decode()


def test_a_form_without_its_token_is_refused_with_a_reason(auditor: Client):
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post(reverse("account_login"), {"login": "auditor", "password": PASSWORD})
    assert refused.status_code == 403
    assert "表单已过期" in refused.content.decode()


def test_what_was_and_what_is_are_told_field_by_field_in_words(db):
    unit = Unit.objects.create(code="D01", name="市审计局")
    with transaction.atomic():
        record("change", unit, actor=Actor("x", "y"), key="D01", old={"name": "旧", "gone": 1}, new={"parent": None})
    [entry] = AuditEntry.objects.all()
    assert told(entry).detail == {"原来": "gone：1；名称：旧", "现在": "主管部门：null"}
