"""Q5: the same number of queries however many units there are."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from evaluation.models import Cycle, EvaluatedUnit, Role
from evaluation.states import CycleState
from tests.little import CODE, little_run, person, unit_called

# Session, user and roles; then the page. Written down, so that one more is a decision.
MOST = {"start": 9, "ranking": 9, "sheet": 18, "beside": 11, "trail": 7}


def address(page: str) -> str:
    if page in ("start", "trail"):
        return reverse(page)
    return reverse(page, args=[CODE, "county" if page == "ranking" else unit_called("县1").pk])


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LIAISON], ids=str)
@pytest.mark.parametrize("units", [3, 300])
def test_q5_pages_ask_the_same_of_few_units_and_of_many(
    tmp_path, django_assert_max_num_queries, units: int, role: Role
):
    little_run(tmp_path, counties=units)
    Cycle.objects.update(state=CycleState.PUBLISHED)
    client = Client()
    client.force_login(person(role, of="县1" if role == Role.LIAISON else ""))
    for page, most in MOST.items():
        if page == "trail" and role != Role.AUDITOR:
            continue
        client.get(address(page))  # the run is executed and kept
        with django_assert_max_num_queries(most):
            client.get(address(page))
    assert EvaluatedUnit.objects.count() == units + 2
