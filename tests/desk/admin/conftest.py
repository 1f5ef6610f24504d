"""A small city in the registers, and the people who stand at their door."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from evaluation.models import Category, Cycle, Decision, EvaluatedUnit, Membership, Role, Unit, User, WorkingDay
from indicators.models import (
    CycleScheme,
    Fact,
    Indicator,
    LastResult,
    OwnIndicator,
    Reading,
    Series,
    Target,
    UnitFactor,
)
from scoring.models import Bonus, BonusPool, Deduction, GradeMove, PanelTally, Recipient, Run


def person(unit: Unit, role: str, username: str = "") -> User:
    user = User.objects.create(username=username or role, name=f"某{role}", password="!")
    Membership.objects.create(user=user, unit=unit, role=role)
    return user


@pytest.fixture
def city(db) -> SimpleNamespace:
    """One of everything, and one person for each role."""
    unit = Unit.objects.create(code="D01", name="市审计局")
    office = Unit.objects.create(code="B01", name="市绩效办")
    cycle = Cycle.objects.create(code="c-2025", title="年度", year=2025, state="running")
    category = Category.objects.create(cycle=cycle, set_code="s", code="a", name="甲类", position=0)
    evaluated = EvaluatedUnit.objects.create(cycle=cycle, unit=unit, category=category, name="市审计局")
    decision = Decision.objects.create(body="市绩效委", number="〔2025〕1号")
    scheme = CycleScheme.objects.create(cycle=cycle, version=1, text="x", sha256="0" * 64, code="s", evaluation="e")
    node = Indicator.objects.create(scheme=scheme, set_code="s", code="n", name="n", position=0, body="rule")
    fact = Fact.objects.create(indicator=node, code="actual", decimals=2)
    matter = {"evaluated_unit": evaluated, "standard": "a", "matter": "甲", "document": "文", "decision": decision}
    return SimpleNamespace(
        unit=unit, office=office, cycle=cycle, category=category, evaluated=evaluated, decision=decision,
        day=WorkingDay.objects.create(day=date(2025, 1, 1), works=False),
        series=Series.objects.create(cycle=cycle, code="gdp", value="5.1"),
        last=LastResult.objects.create(evaluated_unit=evaluated, total="90.5", place=1),
        factor=UnitFactor.objects.create(evaluated_unit=evaluated, code="scale", value="1.05"),
        scheme=scheme, node=node, fact=fact,
        own=OwnIndicator.objects.create(
            evaluated_unit=evaluated, node=node, code="1", position=0, name="事", full_marks=5, rule="r"
        ),
        target=Target.objects.create(evaluated_unit=evaluated, fact=fact, value=100, source="target"),
        reading=Reading.objects.create(evaluated_unit=evaluated, fact=fact, value=100),
        bonus=Bonus.objects.create(**matter), deduction=Deduction.objects.create(**matter),
        move=GradeMove.objects.create(evaluated_unit=evaluated, ground="事故", decision=decision),
        tally=PanelTally.objects.create(category=category, node=node, answers=["好"], counts={"D01": [3]}),
        pool=BonusPool.objects.create(cycle=cycle, code="p", amount=1),
        recipient=Recipient.objects.create(evaluated_unit=evaluated, code="1", name="n", coefficient=1),
        run=Run.objects.create(cycle=cycle, scheme=scheme, number=1, engine="1", state="adopted"),
        people={role: person(office, role) for role in Role.values},
    )  # fmt: skip


@pytest.fixture
def sign_in(city):
    """A browser in which somebody with this role has signed in."""

    def of(role: str) -> Client:
        client = Client()
        client.force_login(city.people[role])
        return client

    return of


@pytest.fixture
def office(sign_in) -> Client:
    return sign_in(Role.OFFICE_CLERK)


@pytest.fixture
def system(sign_in) -> Client:
    return sign_in(Role.SYSTEM)
