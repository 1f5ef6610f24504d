"""C5: the same button pressed fifty times at once is one record."""

from __future__ import annotations

import tempfile
from pathlib import Path

from evaluation.models import AuditEntry, Naming
from evaluation.services.audit import problems_of_the_trail
from evaluation.services.naming import name_people
from evaluation.verdict import Refused
from scoring.models import Run
from scoring.services.running import queue_run
from tests.at_once import PRESSES, at_once
from tests.at_once.town import SAID, cycle_of, liaison
from tests.little import CLERK, little_cycle


def naming() -> None:
    """Fifty times the same form: one naming, one entry; nobody is told of a mistake."""
    rows = cycle_of(1)
    actor = liaison(rows)
    wrong = at_once([lambda: name_people(evaluated_unit=rows[0], people=SAID, actor=actor)] * PRESSES)
    assert wrong == [], "\n".join(wrong)
    assert Naming.objects.get().revision == 1
    assert AuditEntry.objects.filter(action="name_people").count() == 1
    assert list(problems_of_the_trail()) == []
    print(Naming.objects.count())


def scoring() -> None:
    """Fifty times the button that scores: one run; the others are told to wait for it."""
    cycle = little_cycle(Path(tempfile.mkdtemp()))
    runs: list[Run] = []
    told: list[str] = []

    def press() -> None:
        try:
            runs.append(queue_run(cycle=cycle, actor=CLERK))
        except Refused as refused:
            told.append(refused.reason.zh)

    wrong = at_once([press] * PRESSES)
    assert wrong == [], "\n".join(wrong)
    assert [run.number for run in runs] == list(cycle.runs.values_list("number", flat=True)) == [1]
    assert told == ["正在计分（第 1 批），请等它结束"] * (PRESSES - 1)
    assert AuditEntry.objects.filter(action="begin_scoring").count() == 1
    print(len(runs))
