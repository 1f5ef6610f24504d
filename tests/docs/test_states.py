"""docs/states.md is what the tables of states give, and no table is left out."""

from __future__ import annotations

import importlib
from io import StringIO

from django.core.management import call_command

from desk.diagrams import OBJECTS
from evaluation.states import Transition
from tests.sample import ROOT

TEXT = (ROOT / "docs" / "states.md").read_text(encoding="utf-8")


def test_w1_the_document_of_states_is_what_the_tables_give():
    out = StringIO()
    call_command("state_diagrams", stdout=out)
    assert out.getvalue() == TEXT, "manage.py state_diagrams > docs/states.md"


def test_every_step_of_every_table_stands_in_it():
    found = set()
    for app in ("evaluation", "indicators", "scoring", "appeals", "desk"):
        if (ROOT / app / "states.py").exists():
            module = vars(importlib.import_module(f"{app}.states"))
            tables = [one if isinstance(one, tuple) else (one,) for one in module.values()]
            found |= {step.action for table in tables for step in table if isinstance(step, Transition)}
    assert found == {step.action for one in OBJECTS for step in one.steps}


def test_a_row_and_an_arrow_as_people_read_them():
    row = "| `score_again` | 重新计分 | proposed, publicity, confirmed | scoring | 绩效办负责人 head of the office |"
    assert f"{row} yes | yes |\n" in TEXT
    assert "    submitted --> returned: 退回 Return\n" in TEXT
    assert "    archived --> [*]\n" in TEXT
