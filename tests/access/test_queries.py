"""Q5: the same number of queries however many units there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.models import Cycle, Decision, EvaluatedUnit, Extension, Naming, Role, Window
from evaluation.services.naming import PEOPLE
from evaluation.states import CycleState
from tests.evaluation.evidence.files import kept_file
from tests.little import CODE, little_run, person, unit_called

# Session, user and roles; then the page. Written down, so that one more is a decision.
MOST = {
    "start": 16,
    "ranking": 9,
    "sheet": 18,
    "beside": 11,
    "trail": 7,
    "timetable": 9,
    "namings": 8,
    "naming": 18,
    "calendar_year": 4,
    "run": 6,
    "decisions": 6,
    "decision": 11,
}
OF_ALL_UNITS = {"trail", "namings", "run", "decisions", "decision"}


def address(page: str) -> str:
    if page in ("start", "trail", "decisions"):
        return reverse(page)
    if page in ("timetable", "namings"):
        return reverse(page, args=[CODE])
    if page == "calendar_year":
        return reverse(page, args=[2026])
    if page == "decision":
        return reverse(page, args=[Decision.objects.first().pk])
    if page == "run":
        return reverse(page, args=[CODE, 1])
    return reverse(page, args=[CODE, "county" if page == "ranking" else unit_called("县1").pk])


def all_have_named(*, extended: bool) -> None:
    """A window that is open, in the large cycle longer for everybody; everybody has submitted."""
    now, cycle = timezone.now(), Cycle.objects.get(code=CODE)
    window = Window.objects.create(cycle=cycle, phase="naming", opens=now, closes=now + timedelta(days=5))
    for row in EvaluatedUnit.objects.filter(cycle=cycle):
        Naming.objects.create(evaluated_unit=row, state="draft", **dict.fromkeys(PEOPLE, "某人"))
        if extended:
            Extension.objects.create(
                window=window, unit=row.unit, until=now + timedelta(days=9), reason="暴雨", by_name="x"
            )


def decided(decisions: int) -> None:
    """Each decision with three files that all the others have, too."""
    for n in range(decisions):
        decision = Decision.objects.create(body="市绩效委", number=str(n), day="2025-12-30")
        decision.files.add(*(kept_file() for _ in range(3)))


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LIAISON], ids=str)
@pytest.mark.parametrize("units", [3, 300])
def test_q5_pages_ask_the_same_of_few_units_and_of_many(
    tmp_path, django_assert_max_num_queries, units: int, role: Role
):
    little_run(tmp_path, counties=units)
    Cycle.objects.update(state=CycleState.PUBLISHED)
    all_have_named(extended=units > 3)
    decided(1 if units == 3 else 30)
    client = Client()
    client.force_login(person(role, of="县1" if role == Role.LIAISON else ""))
    for page, most in MOST.items():
        if page in OF_ALL_UNITS and role != Role.AUDITOR:
            continue
        client.get(address(page))  # the run is executed and kept
        with django_assert_max_num_queries(most):
            client.get(address(page))
    assert EvaluatedUnit.objects.count() == units + 2
