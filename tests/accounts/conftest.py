"""People with passwords who come in by the door, as a browser does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from evaluation.models import Membership, Role, Unit, User

PASSWORD = "Correct-horse-7"
Enter = Callable[..., Client]


@pytest.fixture
def people(db) -> dict[str, User]:
    """One person for each role, by the name of the role, and one without."""
    unit = Unit.objects.create(code="B01", name="市绩效办")
    made = {}
    for role in (*Role.values, "nobody"):
        made[role] = User.objects.create_user(role, password=PASSWORD, name=f"某{role}")
        if role != "nobody":
            Membership.objects.create(user=made[role], unit=unit, role=role)
    return made


@pytest.fixture
def enter(people) -> Enter:
    """A browser in which this person has signed in by the door."""

    def of(role: str, password: str = PASSWORD) -> Client:
        client = Client()
        client.post("/sign-in/", {"login": people[role].username, "password": password})
        return client

    return of


def answers(client: Client) -> bool:
    """Whether this browser gets the page of the cycles."""
    return client.get("/").status_code == 200
