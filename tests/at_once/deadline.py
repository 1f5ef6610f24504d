"""C9: the moment that counts is the one under the lock: who has waited for it past the closing is too late."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Event

from django.db import transaction
from django.utils import timezone

from evaluation.models import EvaluatedUnit, Naming
from evaluation.rules.windows import phase_open
from evaluation.services.naming import name_people
from evaluation.verdict import Refused
from tests.at_once import at_once
from tests.at_once.town import SAID, cycle_of, liaison

LEFT = timedelta(seconds=4)


def play() -> None:
    """Somebody holds the row of a unit; its liaison begins to file while it is open, and gets it before or after."""
    print(_filed("before", LEFT / 2), _filed("after", LEFT + timedelta(seconds=0.3)))


def _filed(code: str, held: timedelta) -> int:
    """How many namings there are once the row has been held for so long; whoever came too late was told."""
    opened = timezone.now()
    [row] = rows = cycle_of(1, code=code, closes=opened + LEFT)
    actor, holding, told = liaison(rows, code), Event(), list[str]()

    def hold() -> None:
        with transaction.atomic():
            EvaluatedUnit.objects.select_for_update().get(pk=row.pk)
            holding.set()
            time.sleep(max((opened + held - timezone.now()).total_seconds(), 0))

    def file() -> None:
        assert holding.wait(10)
        assert phase_open(row.cycle, "naming")
        try:
            name_people(evaluated_unit=row, people=SAID, actor=actor)
        except Refused as refused:
            told.append(refused.reason.zh)
        assert timezone.now() >= opened + held

    wrong = at_once([hold, file])
    assert wrong == [], "\n".join(wrong)
    filed = Naming.objects.filter(evaluated_unit=row).count()
    assert [filed, *("已于" in one for one in told)] in ([1], [0, True])
    return filed
