"""The lists of the registers: the same cost however long they are; searched and filtered."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evaluation.models import Cycle, EvaluatedUnit, Membership, Role, Unit, UnitKind, User
from indicators.models import CycleScheme, Indicator, LastResult, Reading, Series, UnitFactor
from scoring.models import Run
from tests.desk.admin.forms import address
from tests.desk.admin.test_admin_access import MODELS
from tests.little import little_run, person


def many(city, numbers: range) -> None:
    for number in numbers:
        unit = Unit.objects.create(code=f"X{number}", name=f"第{number}", parent=city.unit)
        user = User.objects.create(username=f"u{number}", name="n")
        Membership.objects.create(user=user, unit=unit, role="liaison")
        row = EvaluatedUnit.objects.create(cycle=city.cycle, unit=unit, category=city.category, name=unit.name)
        LastResult.objects.create(evaluated_unit=row)
        UnitFactor.objects.create(evaluated_unit=row, code="f", value=1)
        Series.objects.create(cycle=city.cycle, code=f"s{number}", value=1)
        Reading.objects.create(evaluated_unit=row, fact=city.fact, value=1)
        Indicator.objects.create(
            scheme=city.scheme, set_code="s", code=f"i{number}", name="n", position=number, body="rule",
            parent=city.node,
        )  # fmt: skip


COUNTED = [Unit, User, Membership, EvaluatedUnit, LastResult, UnitFactor, Series, Reading, Indicator]


def queries(client, model) -> int:
    with CaptureQueriesContext(connection) as seen:
        page = client.get(address(model, "changelist"))
    assert page.status_code == 200
    return len(seen)


def test_q5_lists_ask_the_same_number_of_questions_for_3_and_30_rows(city, office):
    many(city, range(2))
    few = {model: queries(office, model) for model in COUNTED}
    many(city, range(2, 29))
    assert {model: queries(office, model) for model in COUNTED} == few
    assert max(few.values()) <= 14


def test_registers_are_searched_and_filtered(city, office):
    Unit.objects.create(code="D77", name="市水务局", kind=UnitKind.DEPARTMENT)
    page = office.get(address(Unit, "changelist"), {"q": "水务"}).content.decode()
    assert "D77" in page
    assert "D01" not in page
    page = office.get(address(Unit, "changelist"), {"kind__exact": "department"}).content.decode()
    assert "D77" in page
    assert "市审计局" not in page


@pytest.mark.parametrize("units", [3, 30])
def test_q5_every_list_over_a_scored_cycle_stays_below_the_same_number(tmp_path, db, units):
    little_run(tmp_path, counties=units)
    client = Client()
    client.force_login(person(Role.OFFICE_HEAD))
    asked = {model.__name__: queries(client, model) for model in MODELS if model.__name__ != "AuditEntry"}
    assert {name: count for name, count in asked.items() if count > 14} == {}


@pytest.mark.parametrize("model", [Cycle, CycleScheme, Run], ids=lambda model: model.__name__)
def test_what_goes_through_states_shows_its_own(city, office, model):
    row = model.objects.get()
    assert row.get_state_display() in office.get(address(model, "change", row.pk)).content.decode().split("<main")[1]
