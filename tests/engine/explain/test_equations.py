"""R9: every equation that a derivation prints holds, to the last digit shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.explain import Explainer
from engine.rules.base import FactSpec, Row
from engine.score import score
from engine.score.result import Outcome
from indicators.facts import load_facts
from tests.engine.explain.equations import false_in
from tests.engine.explain.test_adds_up import many, scored
from tests.engine.rules.test_bounds import TEXTS, answer
from tests.engine.rules.test_bounds import cases as facts_for
from tests.engine.score.random_schemes import Case, cases
from tests.sample import SCHEMES, plan_of, sample_of


def false_lines(outcome: Outcome) -> Iterator[str]:
    for result in outcome.sets:
        explainer = Explainer(outcome, result)
        for row in range(len(result.units)):
            for one in explainer.total(row).walk():
                for line in one.lines:
                    yield from false_in(line.zh)
                    yield from false_in(line.en)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_of(tmp_path_factory)


@pytest.mark.parametrize("name", SCHEMES)
def test_r9_every_equation_of_the_sample_city_holds(name: str, city: Path):
    facts, _ = load_facts(city / name, plan_of(name))
    assert list(false_lines(score(plan_of(name), facts, trace=True))) == []


@many
@given(cases())
def test_r9_every_equation_of_a_random_evaluation_holds(case: Case):
    assert list(false_lines(scored(case))) == []


@pytest.mark.parametrize("text", TEXTS)
@settings(max_examples=25)
@given(data=st.data())
def test_r9_every_equation_of_a_rule_holds(text: str, data: st.DataObject):
    applied = answer(text, data.draw(facts_for(text)))
    facts = {need.fact: FactSpec() for need in applied.rule.reads()}
    for row in set(range(len(applied.raw))) - set(applied.refused):
        for line in applied.rule.explain(Row(applied.inputs, row, facts)):
            assert list(false_in(line.zh)) == []
            assert list(false_in(line.en)) == []


@pytest.mark.parametrize(
    "line",
    [
        "比参照好 9.582，每 1 为一步（按比例）共 9.582 步：2.4 + 9.582 × 0.1 = 3（限 1.2 至 3）",
        "20 ÷ 3 = 6.666667…",
        "(100 × 2 + 80) ÷ 3 = 93.3",
        "错报 2 次 × 2 分 = 3 分",
        "二 × 二 = 4",
        "四舍五入保留 2 位小数：66.666666… → 66.66",
        "舍去尾数，保留 2 位小数：66.666666… → 66.67",
        "rounded up to 1 places: 66.61 → 66.6",
        "等次：88 ≥ 90 → “优”",
        "按公式：取最小(10，60 ÷ 80 × 10) = 7.6",
        "by the formula: if(4 ≥ 5, 10, 3) = 10",
        "占比 85.7142…%，≥ 86%，得 3 分",
        "1 − (-2) = -1",
    ],
)
def test_what_is_false_is_found(line: str):
    assert list(false_in(line))


@pytest.mark.parametrize(
    "line",
    [
        "2.4 + 9.582 × 0.1 = 3.3582，高于上限 3，计 3 分",
        "20 ÷ 3 = 6.666666…",
        "舍去尾数，保留 2 位小数：66.666666… → 66.66",
        "折算计入上级：91.5 ÷ 100 × 8 ÷ 15 × 100 = 48.8",
        "1.2 + (7.8977…% − 5.2998…%) ÷ (11.8989…% − 5.2998…%) × 0.8 = 1.514937…",
        "1 − (-2) = 3",
        "占比 85.7142…%，≥ 80%，得 3 分",
        "按公式：取最小(10，60 ÷ 80 × 10) = 7.5",
        "by the formula: if(4 ≥ 5, 10 ÷ 0, 2 ÷ 3) − round(2 ÷ 3, 1 places) = -0.033333…",
        "依据：《1 + 1 = 3》",
    ],
)
def test_what_holds_is_let_through(line: str):
    assert list(false_in(line)) == []
