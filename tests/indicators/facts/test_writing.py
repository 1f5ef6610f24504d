"""What is read from sheets that were written is what was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.city import TURNS
from indicators.facts import load_facts
from indicators.facts.writing import csv_files, rows_of
from scoring.freezing import freeze
from tests.sample import SCHEMES, city_of, plan_of


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_facts_survive_being_written(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, scheme: str, turn: str):
    plan = plan_of(scheme)
    facts, _ = load_facts(city_of(tmp_path_factory) / turn / scheme, plan)
    for name, data in csv_files(rows_of(facts, plan)).items():
        (tmp_path / name).write_bytes(data)
    again, _ = load_facts(tmp_path, plan)
    assert freeze(again) == freeze(facts)
