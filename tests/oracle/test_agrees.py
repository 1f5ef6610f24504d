"""Ten thousand drawn cases: the engine and the slow obvious way agree on every number, or stop at the same places."""

from __future__ import annotations

import pytest

from tests.oracle import figures, standing
from tests.oracle.bridge import disagreements, plain, planned
from tests.oracle.drawing import draw

CHUNKS, SCHEMES = 35, 100  # times four draws of facts, less the schemes that the linter refuses


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_engine_agrees_with_the_oracle(chunk: int):
    seeds = range(chunk * SCHEMES, (chunk + 1) * SCHEMES)
    found = [one for seed in seeds for one in disagreements(seed).found]
    assert not found, found[0]


def test_most_drawn_schemes_are_sound_and_most_cases_go_through():
    drawn = [disagreements(seed) for seed in range(100)]
    assert sum(one.cases for one in drawn) > 310
    assert sum(one.stopped for one in drawn) < sum(one.cases for one in drawn) / 2


def test_the_text_of_a_drawn_scheme_says_what_the_oracle_reads():
    for seed in range(20):
        case = draw(seed, times=0)
        assert plain(case.text) == case.scheme["evaluations"][0]
        assert case.text == draw(seed).text


def test_another_rounding_would_be_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(figures, "whole_half_up", round)  # 银行家舍入
    assert any(disagreements(seed).found for seed in range(60))


def test_another_way_with_ties_would_be_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(standing, "ranked", lambda units, category: units)
    assert any(disagreements(seed).found for seed in range(60))


def test_a_scheme_that_the_linter_refuses_is_no_case():
    with pytest.raises(Exception, match="full_mark"):
        planned("full_mark: 100")
