"""R9 of the textbook, which says everything that can be said: it adds up, and every equation holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.city import write_city
from engine.score import score
from engine.score.result import Outcome
from indicators.command import read_scheme_file
from indicators.facts import load_facts
from tests.engine.explain.test_adds_up import wrong_totals
from tests.engine.explain.test_equations import false_lines
from tests.sample import ROOT


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    scheme = read_scheme_file(Path(ROOT / "schemes" / "examples" / "qiquan-2025.yaml"))
    years = write_city(scheme, 2025, tmp_path_factory.mktemp("textbook"))
    return [score(year.plan, load_facts(year.folder, year.plan)[0], trace=True) for year in years]


def test_r9_every_derivation_of_the_textbook_adds_up(outcomes: list[Outcome]):
    assert [line for outcome in outcomes for line in wrong_totals(outcome)] == []


def test_r9_every_equation_of_the_textbook_holds(outcomes: list[Outcome]):
    assert [line for outcome in outcomes for line in false_lines(outcome)] == []
