"""Sixty writers, one chain; they are one person, who is meanwhile sent links to choose a password by."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from evaluation.actor import Actor
from evaluation.models import AuditEntry, User
from evaluation.services.access import issue_link
from evaluation.services.audit import problems_of_the_trail, record
from tests.at_once import ENTRIES, ROUNDS, WRITERS, at_once


def play() -> None:
    def writer(number: int) -> Callable[[], None]:
        def work() -> None:
            for turn in range(ENTRIES):
                with transaction.atomic():
                    record("try", User(), actor=Actor(str(number), "at_once", user), key=str(turn))

        return work

    def sending() -> None:
        for _ in range(ROUNDS):
            issue_link(user, actor=Actor("sender", "at_once"))

    user = User.objects.create(username="writer", name="写手")
    wrong = at_once([*(writer(number) for number in range(WRITERS)), sending, sending])
    assert wrong == [], "\n".join(wrong)
    assert list(problems_of_the_trail()) == []
    found = set(AuditEntry.objects.filter(action="try").values_list("actor_name", "object_key"))
    assert found == {(str(number), str(turn)) for number in range(WRITERS) for turn in range(ENTRIES)}
    print(AuditEntry.objects.filter(action="try").count())
