"""What a use brings says what it goes by: the band, the grade, two years, a weight; figures by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from engine.facts import LastResult
from engine.score import score
from tests.engine.explain.equations import false_in
from tests.engine.making import derived, facts_of, lines, plan_of, set_facts, units_of

ONE = "indicators: [{code: x, name: x, full_marks: 100, rule: judged}]\n"


def told(use: str, x: Sequence[int], row: int = 0, language: str = "zh", heads: int | None = None, **facts: Any) -> str:
    units = units_of(" ".join(f"u{number}" for number in range(1, len(x) + 1)))
    units = tuple(replace(unit, headcount=heads) for unit in units)
    plan = plan_of(f"{ONE}use: [{{code: it, name: 用, {use}}}]\n")
    outcome = score(plan, facts_of(set_facts(units, {"x": list(x)}), **facts), trace=True)
    said = lines(derived(outcome, row), "annual", language).splitlines()[-1]
    assert list(false_in(said)) == []
    return said


BANDS = "by_rank: [{first: 2, gives: 1.2}, {first: 1, gives: 1.1}, {last: 1, gives: 0.8}], otherwise: 1"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (0, "用：1.2（第 1—2 名）"),
        (1, "用：1.2（第 1—2 名）"),
        (2, "用：1.1（第 3 名）"),
        (3, "用：1（其余单位）"),
        (4, "用：0.8（倒数第 1 名）"),
    ],
)
def test_a_band_is_named_by_its_places(row: int, said: str):
    assert told(BANDS, [90, 80, 70, 60, 50], row) == said


def test_a_band_that_is_a_share_says_how_many_that_are():
    share = "by_rank: [{first: 30%, rounding: half_up, gives: 多}, {last: 40%, rounding: down, gives: 少}]"
    assert told(share, [90, 80, 70, 60, 50]) == "用：多（第 1—2 名：30% × 5 = 1.5，四舍五入 2 个）"
    assert told(share, [90, 80, 70, 60, 50], 4) == "用：少（倒数第 1—2 名：40% × 5 = 2）"
    assert told(share, [90, 80, 70, 60, 50], 0, "en") == "用: 多; numbers 1 to 2: 30% × 5 = 1.5, rounded half up to 2"


def test_a_grade_is_named_and_the_persons_are_counted():
    # 30 % of 3 is 0.9
    use = "of: headcount, rounding: half_up, by_grade: {优: 30%}"
    assert told(use, [95, 50], heads=3) == "用：1（等次“优”；30% × 3 = 0.9，四舍五入 1 个）"
    assert told("by_grade: {优: 1.2}", [95]) == "用：1.2（等次“优”）"
    assert told(use, [95, 50], heads=10) == "用：3（等次“优”；30% × 10 = 3）"


def test_two_years_running_says_both_years():
    grade = {"u2": LastResult(None, 2, "差")}
    said = "用：约谈（上年和今年等次都是“差”）"
    assert told("by_repeat: {grade: 差, gives: 约谈}", [95, 5], 1, last_results=grade) == said
    places = {"u3": LastResult(None, 11, "", 12)}
    said = "用：约谈（上年 12 个单位中第 11 名，今年 3 个单位中第 3 名，连续两年在末 2 名）"
    assert told("by_repeat: {last: 2, gives: 约谈}", [95, 80, 5], 2, last_results=places) == said


@pytest.mark.parametrize(
    ("by", "row", "said"),
    [
        # 1.2 of 2.2: 1100 × 1.2 ÷ 2.2 = 600
        ("by: {grade: {优: 1.2, 良: 1}}", 0, "等次“优”，权重 1.2；1100.00 × 1.2 ÷ 2.2 = 600"),
        ("by: {grade: {优: 1.2, 良: 1}}", 2, "等次“差”，权重 0；1100.00 × 0 ÷ 2.2 = 0"),
        # 2 + 1 + 1 = 4: 1100 × 2 ÷ 4 = 550
        ("by: {rank: [{first: 1, gives: 2}], otherwise: 1}", 0, "第 1 名，权重 2；1100.00 × 2 ÷ 4 = 550"),
        ("by: {rank: [{first: 1, gives: 2}], otherwise: 1}", 1, "其余单位，权重 1；1100.00 × 1 ÷ 4 = 275"),
        # 95 + 85 + 40 = 220: 1100 × 95 ÷ 220 = 475
        ("by: total", 0, "权重为总分 95；1100.00 × 95 ÷ 220 = 475"),
    ],
)
def test_a_share_of_a_pool_says_where_its_weight_is_from(by: str, row: int, said: str):
    found = told(f"distribute: {{pool: p, {by}}}", [95, 85, 40], row, pools={"p": Decimal(1100)})
    assert found.endswith(f"（{said}，按最大余数法取到分）")
