"""D1: whatever is refused in the registers says why, and stands in the trail."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from evaluation.models import AuditEntry, Cycle, Membership, Role, Unit, WorkingDay
from indicators.models import Reading, Series
from scoring.models import Run
from tests.desk.admin.forms import address


def refusal() -> tuple[str, str, str]:
    """About what, and why: of the one entry that there is."""
    [entry] = AuditEntry.objects.all()
    assert entry.action == "refuse"
    return entry.object_kind, entry.object_key, json.loads(entry.detail)["reason"]


@pytest.mark.parametrize("what", ["changelist", "add"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_d1_a_register_that_is_not_ones_own(city, system, what, method):
    response = getattr(system, method)(address(Series, what))
    assert response.status_code == 403
    assert "这项数据由绩效办维护" in response.content.decode()
    user = city.people[Role.SYSTEM]
    assert refusal() == ("evaluation.user", user.username, "这项数据由绩效办维护")


def test_d1_a_row_of_a_register_that_is_not_ones_own(city, system):
    assert system.get(address(WorkingDay, "change", city.day.pk)).status_code == 403
    assert refusal() == ("evaluation.workingday", str(city.day.pk), "这项数据由绩效办维护")


def test_d1_a_row_that_is_frozen(city, office):
    Cycle.objects.update(state="proposed")
    response = office.post(address(Cycle, "change", city.cycle.pk), {"title": "新"})
    assert response.status_code == 403
    assert "数据已冻结" in response.content.decode()
    assert refusal() == ("evaluation.cycle", "c-2025", "周期“c-2025”已是“建议等次”，数据已冻结")


@pytest.mark.parametrize("model", [Cycle, Reading, Run], ids=lambda model: model.__name__)
def test_d1_what_the_process_alone_enters(city, office, model):
    assert office.post(address(model, "add"), {}).status_code == 403
    assert refusal()[2] == "这里不能新增或修改：由业务流程写入"


def test_d1_what_the_process_alone_changes(city, office):
    response = office.post(address(Reading, "change", city.reading.pk), {"value": "1"})
    assert (response.status_code, refusal()[1]) == (403, str(city.reading.pk))
    assert "由业务流程写入" in response.content.decode()


def test_d1_what_a_rule_says_against_a_form(city, office):
    held = {"user": city.people[Role.LIAISON].pk, "unit": city.unit.pk, "role": "system", "active": "on"}
    page = office.post(address(Membership, "add"), held)
    assert "您无权授予或收回“系统管理员”" in page.content.decode()
    assert refusal()[2] == "您无权授予或收回“系统管理员”"


def test_what_is_merely_wrong_is_no_refusal(city, office):
    assert office.post(address(Unit, "add"), {"code": "", "name": "x", "kind": "unsaid"}).status_code == 200
    assert office.post(address(Unit, "add"), {"code": "D01", "name": "x", "kind": "unsaid"}).status_code == 200
    assert not AuditEntry.objects.exists()


def test_d1_names_of_a_register_that_is_not_ones_own(city, system):
    asked = {"app_label": "evaluation", "model_name": "evaluatedunit", "field_name": "cycle"}
    assert system.get(reverse("admin:autocomplete"), asked).status_code == 403
    assert refusal()[2] == "您的角色不能打开这一项"


def test_a_refusal_in_the_registers_speaks_english_and_is_kept_in_chinese(city, system):
    system.post("/language/", {"language": "en"})
    page = system.get(address(Series, "changelist"))
    assert "this data is kept by the office" in page.content.decode()
    assert refusal()[2] == "这项数据由绩效办维护"


def test_d1_a_form_without_its_token_is_a_refusal_of_whoever_has_signed_in(city):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("account_login"), {"login": "x", "password": "y"}).status_code == 403
    assert not AuditEntry.objects.exists()
    strict.force_login(city.people[Role.OFFICE_CLERK])
    assert strict.post(address(Unit, "add"), {"code": "D02", "name": "x"}).status_code == 403
    assert "表单已过期" in refusal()[2]
    assert not Unit.objects.filter(code="D02").exists()


def test_d1_a_link_that_is_not_valid_is_refused_to_whoever_chooses_a_password_by_it(client, db):
    assert client.get(reverse("choose_password"), {"key": "x"}).status_code == 410
    assert not AuditEntry.objects.exists()
    assert client.post(reverse("choose_password"), {"key": "x", "new_password1": "a"}).status_code == 410
    assert refusal()[2].startswith("链接无效")
