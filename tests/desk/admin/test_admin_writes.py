"""Every write in the registers goes through a service and leaves one entry that says the old and the new."""

from __future__ import annotations

import json
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from desk.admin import registers
from desk.admin.base import Kept
from evaluation.models import (
    Acting,
    AuditEntry,
    Category,
    Decision,
    EvaluatedUnit,
    Membership,
    Role,
    Unit,
    User,
    WorkingDay,
)  # fmt: skip
from indicators.models import LastResult, Series, UnitFactor
from tests.desk.admin.forms import address, changed
from tests.desk.admin.test_admin_access import MODELS, admin_patterns

SHANGHAI = ZoneInfo("Asia/Shanghai")


def entry() -> tuple[str, str, dict]:
    last = AuditEntry.objects.latest("number")
    return last.action, last.object_key, json.loads(last.detail)


def adds(city) -> dict:
    """For each register: what to post to its form, the action and the key in the trail."""
    fresh = EvaluatedUnit.objects.create(
        cycle=city.cycle, unit=Unit.objects.create(code="D09", name="新"), category=city.category, name="新"
    )
    return {
        Unit: ({"code": "D02", "name": "市财政局", "kind": "department", "parent": "", "predecessors": [city.unit.pk]},
               "add", "D02"),
        User: ({"username": "lihua", "name": "李华", "is_active": "on"}, "add", "lihua"),
        Membership: ({"user": city.people["liaison"].pk, "unit": city.unit.pk, "role": "collector", "active": "on"},
                     "add", "liaison/D01/collector"),
        EvaluatedUnit: ({"cycle": city.cycle.pk, "unit": city.office.pk, "category": city.category.pk, "name": "办",
                         "leader": "", "supervisor": "", "groups": "甲、乙", "headcount": "3"},
                        "add", "c-2025/B01"),
        Decision: ({"body": "市委", "number": "2", "document": "", "day": "2025-03-01", "decides": "授予"},
                   "add", "市委 2"),
        WorkingDay: ({"day": "2025-10-11", "works": "on", "notice": "国办发"}, "add", "2025-10-11"),
        Series: ({"cycle": city.cycle.pk, "code": "cpi", "value": "0.1"}, "add", "c-2025/cpi"),
        LastResult: ({"evaluated_unit": fresh.pk, "total": "88.10", "place": "2", "grade": "", "members": "9"},
                     "add", "c-2025/D09"),
        UnitFactor: ({"evaluated_unit": fresh.pk, "code": "f", "value": "1.10"}, "add", "c-2025/D09/f"),
        Acting: ({"membership": Membership.objects.get(role="liaison").pk, "deputy": city.people["unit_head"].pk,
                  "since_0": "2030-03-01", "since_1": "00:00:00", "until_0": "2030-03-08", "until_1": "00:00:00"},
                 "hand_over", "unit_head → liaison/B01/liaison"),
    }  # fmt: skip


def test_d1_every_form_that_adds_leaves_an_entry(city, office):
    cases = adds(city)
    kept = {
        model for model in MODELS if isinstance(registers._registry[model], Kept) and registers._registry[model].adds
    }
    assert cases.keys() == kept  # a new register needs a case
    for number, (model, (data, action, key)) in enumerate(cases.items(), 1):
        response = office.post(address(model, "add"), data)
        assert response.status_code == 302, re.findall("errorlist.*", response.content.decode())
        assert entry()[:2] == (action, key)
        assert entry()[2]["old"] == {}
        assert AuditEntry.objects.count() == number
        last = AuditEntry.objects.latest("number")
        assert (last.actor, last.origin) == (city.people["office_clerk"], f"127.0.0.1 POST {address(model, 'add')}")


def changes(city) -> dict:
    """For each register: a row, what to post, and the old and new values in the trail."""
    held = Membership.objects.get(role="liaison")
    acting = Acting.objects.create(
        membership=Membership.objects.get(role="collector"), deputy=city.people["unit_head"], by_name="某人",
        since=datetime(2030, 3, 1, tzinfo=SHANGHAI), until=datetime(2030, 3, 8, tzinfo=SHANGHAI),
    )  # fmt: skip
    return {
        city.unit: ({"name": "审计局", "kind": "department", "parent": city.office.pk, "predecessors": []},
                    {"name": "市审计局", "kind": "unsaid", "parent": None},
                    {"name": "审计局", "kind": "department", "parent": "B01"}),
        city.people["liaison"]: ({"username": "liaison", "name": "李华"},
                                 {"name": "某liaison", "is_active": True}, {"name": "李华", "is_active": False}),
        held: ({}, {"active": True}, {"active": False}),
        city.cycle: ({"title": "新", "organizer": city.office.pk}, {"title": "年度", "organizer": None},
                     {"title": "新", "organizer": "B01"}),
        city.evaluated: ({"category": city.category.pk, "name": "市审计局", "leader": "王", "groups": "b a"},
                         {"leader": "", "groups": []}, {"leader": "王", "groups": ["a", "b"]}),
        city.decision: ({"body": "市绩效委", "number": "〔2025〕1号", "document": "d.pdf", "day": "", "decides": ""},
                        {"document": ""}, {"document": "d.pdf"}),
        city.day: ({"works": "on", "notice": ""}, {"works": False}, {"works": True}),
        city.series: ({"value": "5.20"}, {"value": "5.1"}, {"value": "5.2"}),
        city.last: ({"total": "90.5", "place": "2", "grade": ""}, {"place": 1}, {"place": 2}),
        acting: ({"until_0": "2030-03-05", "until_1": "00:00:00"}, {"until": "2030-03-08T00:00:00+08:00"},
                 {"until": "2030-03-05T00:00:00+08:00"}),
        city.factor: ({"value": "1.1"}, {"value": "1.05"}, {"value": "1.1"}),
    }  # fmt: skip


def test_d1_every_form_that_changes_tells_old_and_new(city, office):
    cases = changes(city)
    assert {type(row) for row in cases} == {m for m in MODELS if isinstance(registers._registry[m], Kept)}
    for row, (data, old, new) in cases.items():
        response = changed(office, row, data)
        assert response.status_code == 302, (row, re.findall("errorlist.*", response.content.decode()))
        assert entry()[2] == {"old": old, "new": new}
        before = AuditEntry.objects.count()
        assert changed(office, row, data).status_code == 302
        assert AuditEntry.objects.count() == before, "what changes nothing is no event"


def test_d1_no_address_that_writes_is_left_out(city):
    writing = {one.name for one in admin_patterns() if one.name and not one.name.endswith(("_changelist", "_export"))}
    known = {"index", "jsi18n", "autocomplete", "app_list", "evaluation_user_link", "evaluation_user_second_factor"}
    known |= {f"{m._meta.app_label}_{m._meta.model_name}_{what}" for m in MODELS for what in ("add", "change")}
    known |= {"evaluation_cycle_step", "scoring_run_step"}
    known |= {f"evaluation_{name}_{what}" for name in ("unit", "membership", "workingday")
              for what in ("import", "process_import")}  # fmt: skip
    assert writing == known


def test_django_keeps_no_log_of_its_own(city, office):
    from django.contrib.admin.models import LogEntry

    office.post(address(Unit, "add"), {"code": "D02", "name": "市财政局", "kind": "unsaid"})
    assert Unit.objects.filter(code="D02").exists()
    assert not LogEntry.objects.exists()


def test_a_unit_stands_neither_below_itself_nor_comes_from_itself(city, office):
    child = Unit.objects.create(code="S1", name="所", parent=city.unit)
    for more in ({"parent": child.pk}, {"parent": city.unit.pk}, {"predecessors": [city.unit.pk]}):
        page = changed(office, city.unit, {"name": "x", "kind": "unsaid", **more})
        assert page.status_code == 200
        assert "单位不能" in page.content.decode()
    assert Unit.objects.get(pk=city.unit.pk).name == "市审计局"
    assert [one.action for one in AuditEntry.objects.all()] == ["refuse"] * 3


def test_a_category_is_one_of_the_cycle_and_of_the_same_indicator_set(city, office):
    other = Category.objects.create(cycle=city.cycle, set_code="t", code="b", name="乙类", position=1)
    data = {"category": other.pk, "name": "x", "groups": ""}
    page = changed(office, city.evaluated, data)
    assert "另一套指标" in page.content.decode()


GIVEN = {
    "office_clerk": {"commission", "collector", "reviewer", "liaison", "unit_head", "leader"},
    "office_head": {"office_clerk", "commission", "collector", "reviewer", "liaison", "unit_head", "leader"},
    "system": set(Role.values) - {"auditor"},
    "security": set(Role.values),
}


@pytest.mark.parametrize("role", GIVEN)
def test_nobody_gives_a_role_that_stands_above_his_own(city, sign_in, role):
    client = sign_in(role)
    for wanted in Role.values:
        someone = User.objects.create(username=f"new {wanted}", name="新")
        data = {"user": someone.pk, "unit": city.unit.pk, "role": wanted, "active": "on"}
        client.post(address(Membership, "add"), data)
    given = Membership.objects.filter(user__username__startswith="new ")
    assert set(given.values_list("role", flat=True)) == GIVEN[role]


def test_nobody_gives_himself_a_role_or_disables_himself(city, system):
    me = city.people["system"]
    data = {"user": me.pk, "unit": city.unit.pk, "role": "office_head", "active": "on"}
    assert "自己" in system.post(address(Membership, "add"), data).content.decode()
    assert "自己" in changed(system, me, {"username": "system", "name": "x"}).content.decode()
    assert User.objects.get(pk=me.pk).is_active


def test_the_office_changes_no_administrator(city, office):
    above = city.people["security"]
    page = changed(office, above, {"username": "mine", "name": "x", "is_active": "on"})
    assert "您无权管理" in page.content.decode()
    link = office.post(reverse("admin:evaluation_user_link", args=[above.pk]))
    assert link.status_code == 403
    assert not AuditEntry.objects.exclude(action="refuse").exists()


def test_a_one_time_link_is_shown_once_and_leads_to_a_password(city, office, client):
    user = city.people["liaison"]
    address_ = reverse("admin:evaluation_user_link", args=[user.pk])
    assert office.get(address_).status_code == 405
    page = office.post(address_)
    assert page["Cache-Control"].startswith("max-age=0")
    [key] = re.findall(r"\?key=([^<\s]+)", page.content.decode())
    assert entry()[:2] == ("issue_link", "liaison")
    assert key not in AuditEntry.objects.latest("number").detail
    assert "liaison" in client.get(reverse("choose_password"), {"key": key}).content.decode()
