"""Who may enter the registers, what is read-only there, and that no state rule is passed by."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from desk.admin import registers
from desk.admin.base import Kept
from evaluation.models import AuditEntry, Cycle, EvaluatedUnit, Membership, Role, User
from evaluation.services.registry import keep_evaluated_unit
from evaluation.states import CycleState
from evaluation.verdict import Refused
from indicators.models import Series, UnitFactor
from indicators.services.registry import keep_factor, keep_series
from tests.desk.admin.forms import address, changed
from tests.little import CLERK

ENTER = {Role.OFFICE_CLERK, Role.OFFICE_HEAD, Role.SYSTEM, Role.SECURITY}
MODELS = sorted(registers._registry, key=lambda model: model._meta.label)
PROCESS = [model for model in MODELS if not isinstance(registers._registry[model], Kept)]
PAST_SCORING = ["proposed", "publicity", "confirmed", "published", "archived"]


def admin_patterns() -> list:
    [admin] = [one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "admin"]
    found = []
    for one in admin.url_patterns:
        found += one.url_patterns if hasattr(one, "url_patterns") else [one]
    return found


@pytest.mark.parametrize("role", Role.values)
def test_a1_the_registers_are_open_to_office_and_administrators_alone(sign_in, role):
    response = sign_in(role).get(reverse("admin:index"))
    assert response.status_code == (200 if role in ENTER else 403)
    if role not in ENTER:
        assert "后台管理只供绩效办和系统、安全管理员使用" in response.content.decode()


def test_whoever_has_not_signed_in_is_sent_to_the_door(client, db):
    response = client.get(reverse("admin:index"))
    assert response.status_code == 302
    assert "next=/admin/" in response["Location"]


def test_a_role_that_has_ended_opens_nothing(city, sign_in):
    city.people[Role.OFFICE_CLERK].memberships.update(active=False)
    assert sign_in(Role.OFFICE_CLERK).get(reverse("admin:index")).status_code == 403


def test_to_be_a_superuser_of_the_framework_is_no_role(db):
    client = Client()
    client.force_login(
        User.objects.create(username="root", name="r", is_superuser=True, is_staff=True),
    )
    assert client.get(reverse("admin:index")).status_code == 403


IN_AN_ADDRESS = {"action": "score", "app_label": "evaluation"}


def filled(pattern) -> str:
    """An address of the registers with something in it."""
    values = {name: IN_AN_ADDRESS.get(name, "1") for name in pattern.pattern.regex.groupindex}
    return reverse(f"admin:{pattern.name}", kwargs=values)


@pytest.mark.parametrize("role", sorted(set(Role.values) - ENTER))
def test_a1_every_address_of_the_registers_refuses_others(city, sign_in, role):
    client = sign_in(role)
    named = [one for one in admin_patterns() if one.name]
    assert len(named) > 60
    for one in named:
        for method in (client.get, client.post):
            assert method(filled(one)).status_code == 403, one.name


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.SECURITY])
def test_administrators_see_no_facts_and_no_results(sign_in, role):
    client = sign_in(role)
    seen = {model._meta.model_name for model in MODELS if client.get(address(model, "changelist")).status_code == 200}
    assert seen == {"unit", "user", "membership", "acting"}


def test_the_trail_stays_with_the_auditor(city, sign_in, office):
    assert office.get(address(AuditEntry, "changelist")).status_code == 403


def test_nothing_can_be_deleted_and_no_second_log_is_shown(city, office):
    names = {one.name for one in admin_patterns() if one.name}
    assert not [name for name in names if "delete" in name or "history" in name]
    for model in MODELS:
        with pytest.raises(NoReverseMatch):
            address(model, "delete", 1)
    for model, row in ((type(one), one) for one in (city.unit, city.series, city.reading)):
        assert office.post(f"{address(model, 'changelist')}{row.pk}/delete/", {"post": "yes"}).status_code in (302, 404)
        office.post(address(model, "changelist"), {"action": "delete_selected", "_selected_action": [row.pk]})
        assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", PROCESS, ids=lambda model: model.__name__)
def test_a5_what_the_process_writes_is_read_only(city, office, model):
    seen = office if model is not AuditEntry else None
    if seen is None:
        return
    before = list(model.objects.values())
    assert seen.get(address(model, "changelist")).status_code == 200
    assert seen.get(address(model, "add")).status_code == 403
    if (row := model.objects.first()) is not None:
        assert seen.get(address(model, "change", row.pk)).status_code == 200
        assert seen.post(address(model, "change", row.pk), {"name": "x", "state": "draft"}).status_code == 403
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("state", CycleState.values)
def test_a5_what_a_cycle_rests_on_is_frozen_once_it_is_past_scoring(city, office, state):
    Cycle.objects.update(state=state)
    frozen = state in PAST_SCORING
    changes = {
        city.evaluated: {"category": city.category.pk, "name": "新名", "leader": "", "supervisor": "", "groups": ""},
        city.series: {"value": "6"},
        city.last: {"total": "1", "place": "2", "grade": "", "members": ""},
        city.factor: {"value": "2"},
        city.decision: {"body": "市绩效委", "number": "〔2025〕1号", "document": "换了", "day": "", "decides": ""},
        city.cycle: {"title": "新名", "organizer": ""},
    }
    for row, data in changes.items():
        before = type(row).objects.values().get(pk=row.pk)
        response = changed(office, row, data)
        assert response.status_code == (403 if frozen else 302), (row, response.content.decode()[-3000:])
        assert (type(row).objects.values().get(pk=row.pk) == before) is frozen
    assert office.get(address(EvaluatedUnit, "change", city.evaluated.pk)).status_code == 200


def test_a5_nothing_is_added_to_a_frozen_cycle(city, office):
    Cycle.objects.update(state="proposed")
    asked = {"cycle": city.cycle.pk, "unit": city.office.pk, "category": city.category.pk, "name": "新", "groups": ""}
    page = office.post(address(EvaluatedUnit, "add"), asked).content.decode()
    assert "数据已冻结" in page
    assert EvaluatedUnit.objects.count() == 1


def test_a5_the_state_in_the_database_counts_and_not_the_one_in_hand(city):
    """Somebody proposes a cycle while somebody else fills in what is to be added to it."""
    fresh = EvaluatedUnit(cycle=city.cycle, unit=city.office, category=city.category, name="新")
    adds = {
        lambda: keep_evaluated_unit(fresh, ["cycle", "unit", "category", "name"], actor=CLERK),
        lambda: keep_series(Series(cycle=city.cycle, code="cpi", value=1), ["cycle", "code", "value"], actor=CLERK),
        lambda: keep_factor(
            UnitFactor(evaluated_unit=city.evaluated, code="f", value=1), ["evaluated_unit", "code"], actor=CLERK
        ),
    }
    assert city.evaluated.cycle.state == "running"
    Cycle.objects.update(state="proposed")
    for add in adds:
        with pytest.raises(Refused, match="数据已冻结"):
            add()


def test_a_frozen_row_says_why(city, office):
    Cycle.objects.update(state="published")
    assert "数据已冻结" in office.get(address(EvaluatedUnit, "change", city.evaluated.pk)).content.decode()


def test_a3_fields_that_the_form_does_not_have_are_ignored(city, office, system):
    user = city.people[Role.LIAISON]
    sent = {"username": "lihua", "name": "李华", "is_active": "on"}
    more = {"is_superuser": "on", "is_staff": "on", "password": "x", "id": "999", "date_joined": "2000-01-01"}
    assert changed(system, user, sent | more).status_code == 302
    stored = User.objects.get(pk=user.pk)
    assert (stored.username, stored.is_superuser, stored.is_staff, stored.password) == ("lihua", False, False, "!")
    assert stored.date_joined.year != 2000
    sent = {"title": "新名", "organizer": "", "state": "archived", "code": "x", "year": "1999"}
    assert changed(office, city.cycle, sent).status_code == 302
    cycle = Cycle.objects.get()
    assert (cycle.title, cycle.state, cycle.code, cycle.year) == ("新名", "running", "c-2025", 2025)


def test_to_disable_an_account_ends_its_visits_and_to_end_a_role_closes_its_pages(city, system, sign_in):
    theirs, held = sign_in(Role.OFFICE_CLERK), Membership.objects.get(role=Role.OFFICE_CLERK)
    user = city.people[Role.OFFICE_CLERK]
    assert theirs.get(reverse("admin:index")).status_code == 200
    assert changed(system, held, {}).status_code == 302
    assert theirs.get(reverse("admin:index")).status_code == 403
    assert changed(system, user, {"username": "x", "name": "某"}).status_code == 302
    assert theirs.get(reverse("admin:index")).status_code == 302
