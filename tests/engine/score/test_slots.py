"""Periods and assessors, worked by hand: each slot like the leaf by itself, then together."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.score import score
from engine.score.result import SetResult
from engine.text import Problems
from tests.engine.making import (
    MISSING,
    NA,
    Value,
    derived,
    facts_of,
    lines,
    node_points,
    outcome_of,
    plan_of,
    run,
    set_facts,
)


def leaf(keys: str, rule: str = "judged", full: int = 100) -> str:
    return f"indicators: [{{code: x, name: x, full_marks: {full}, rule: {rule}, {keys}}}]"


def quarters(*values: list[Value], name: str = "x") -> dict[str, list[Value]]:
    return {f"{name}/{number}季度": column for number, column in enumerate(values, start=1)}


def points(result: SetResult) -> list[str]:
    return node_points(result, "x")


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        ("mean", "77.5"),  # (70 + 80 + 90 + 70) ÷ 4
        ("best", "90"),
        ("last", "70"),
    ],
)
def test_r6_what_the_periods_make(take: str, expected: str):
    columns = quarters([70], [80], [90], [70])
    assert points(run(leaf(f"periods: {{of: quarter, take: {take}}}"), "u1", columns)) == [expected]


def test_r6_a_sum_divides_full_marks_cap_and_floor():
    # each quarter is out of 25, between −2.5 and 30 (cap 120 of 100, floor −10): 40 ÷ 20 × 25 = 50 → 30; 25; 0 → 0;
    # −4 ÷ 20 × 25 = −5 → −2.5: 52.5
    text = leaf("fact: {name: 数}, cap: 120, floor: -10, periods: {of: quarter, take: sum}", "{ratio: {to: 20}}")
    assert points(run(text, "u1", quarters([40], [20], [0], [-4]))) == ["52.5"]


def test_r6_nothing_is_rounded_in_a_slot():
    text = leaf("fact: {name: 数}, periods: {of: quarter, take: sum}", "{ratio: {to: 3}}", full=10)
    # out of 2.5 each: 2.5 ÷ 3 = 0.8333… three times is 2.5; rounded in the slots it would be 3 × 0.83 = 2.49
    assert points(run(text, "u1", quarters([1], [1], [1], [0]))) == ["2.5"]


def test_a_period_that_does_not_apply_drops_out():
    # u1: (60 + 90) ÷ 2 = 75; u2 has nothing at all: n/a
    text = "not_applicable: renormalise\n" + leaf("periods: {of: quarter, take: mean}").replace(
        "full_marks: 100", "full_marks: 50"
    ).replace("}]", "}, {code: y, name: y, full_marks: 50, rule: judged}]")
    columns = quarters([30, NA], [NA, NA], [45, NA], [NA, NA]) | {"y": [50, 50]}
    assert points(run(text, "u1 u2", columns)) == ["37.5", "–"]


def test_a_sum_is_scaled_up_for_what_does_not_apply():
    # each quarter out of 25: (20 + 10) ÷ 2 × 4 = 60
    text = "not_applicable: renormalise\n" + leaf("periods: {of: quarter, take: sum}")
    assert points(run(text, "u1", quarters([20], [NA], [10], [NA]))) == ["60"]


def test_the_last_period_is_the_last_that_counts():
    text = "not_applicable: renormalise\n" + leaf("periods: {of: quarter, take: last}")
    assert points(run(text, "u1", quarters([20], [70], [10], [NA]))) == ["10"]


def test_a_missing_period_is_as_a_missing_figure():
    columns = quarters([80], [MISSING], [60], [60])
    # zero: (80 + 0 + 60 + 60) ÷ 4 = 50
    assert points(run("missing: zero\n" + leaf("periods: {of: quarter, take: mean}"), "u1", columns)) == ["50"]
    with pytest.raises(Problems) as stopped:
        run(leaf("periods: {of: quarter, take: mean}"), "u1", columns)
    [problem] = stopped.value.found
    assert "（2季度）：缺数据" in problem.what.zh
    assert problem.subject
    assert problem.subject.slot == "2季度"


def test_a_mean_of_points_is_taken_period_by_period():
    # u2 lacks the 2nd quarter, in which u1 has 90: (50 + 90 + 50 + 50) ÷ 4 = 60
    text = "missing: mean\n" + leaf("periods: {of: quarter, take: mean}")
    assert points(run(text, "u1 u2", quarters([50, 50], [90, MISSING], [50, 50], [50, 50]))) == ["60", "60"]


def test_a_comparison_is_made_period_by_period():
    # share of best: 1st quarter 50 and 100, then 100 and 25 …: means 75 and 62.5 (halves)
    rule = "{share_of_best: {best_not_positive: 0}}"
    text = leaf("fact: {name: 数}, periods: {of: half_year, take: mean}", rule)
    columns: dict[str, list[Value]] = {"x/上半年": [5, 10], "x/下半年": [8, 2]}
    assert points(run(text, "u1 u2", columns)) == ["75", "62.5"]


def test_a_target_holds_for_every_period_unless_one_has_its_own():
    # 45 ÷ 50 × 100 = 90 and 45 ÷ 60 × 100 = 75
    text = leaf("fact: {name: 数}, periods: {of: half_year, take: mean}", "{ratio: {to: target}}")
    columns: dict[str, list[Value]] = {"x/上半年": [45], "x/下半年": [45], "x actual target": [50]}
    columns["x actual target/下半年"] = [60]
    assert points(run(text, "u1", columns)) == ["82.5"]


FACTS = "facts: {done: {name: 办结}, due: {name: 应办}}"
POOLED = leaf(
    f"{FACTS}, periods: {{of: half_year, take: pooled}}, not_applicable: renormalise",
    "{ratio: {of: {share: {part: done, whole: due}}, to: 100%}}",
)


def test_r6_percentages_are_pooled_by_numerator_and_denominator():
    # u1: (1 + 89) ÷ (2 + 98) = 90 %; u2: only the second half year applies, 3 ÷ 4
    columns: dict[str, list[Value]] = {
        "x done/上半年": [1, NA],
        "x due/上半年": [2, NA],
        "x done/下半年": [89, 3],
        "x due/下半年": [98, 4],
    }
    outcome = outcome_of(POOLED, "u1 u2", columns)
    assert points(outcome.sets[0]) == ["90", "75"]
    assert "办结各期合计：1 + 89 = 90" in lines(derived(outcome), "x")


def test_r5_one_missing_period_makes_pooled_figures_missing():
    columns: dict[str, list[Value]] = {"x done/上半年": [1], "x due/上半年": [2], "x done/下半年": [5]}
    with pytest.raises(Problems) as stopped:
        run(POOLED, "u1", columns)
    assert "缺数据" in stopped.value.found[0].what.zh


def test_a_target_of_pooled_figures_stands_for_all_periods_together():
    # (30 + 60) ÷ 100 × 100 = 90; with targets of the periods (30 + 60) ÷ (40 + 80) × 100 = 75
    text = leaf("fact: {name: 数}, periods: {of: half_year, take: pooled}", "{ratio: {to: target}}")
    columns: dict[str, list[Value]] = {"x/上半年": [30], "x/下半年": [60]}
    assert points(run(text, "u1", columns | {"x actual target": [100]})) == ["90"]
    each: dict[str, list[Value]] = {"x actual target/上半年": [40], "x actual target/下半年": [80]}
    assert points(run(text, "u1", columns | each)) == ["75"]


def test_units_may_differ_in_how_the_targets_of_pooled_figures_are_told():
    # both have 90: u1 of 100 for the year, u2 of 40 + 80
    text = leaf("fact: {name: 数}, periods: {of: half_year, take: pooled}", "{ratio: {to: target}}")
    columns: dict[str, list[Value]] = {"x/上半年": [30, 30], "x/下半年": [60, 60], "x actual target": [100, MISSING]}
    columns |= {"x actual target/上半年": [MISSING, 40], "x actual target/下半年": [MISSING, 80]}
    assert points(run(text, "u1 u2", columns)) == ["90", "75"]


LEAD = leaf("not_applicable: renormalise, assessors: {lead: 统计局, assist: [u2, 财政局], lead_share: 60%}")


def test_r6_lead_and_assistants_count_by_share_and_nobody_assesses_itself():
    # u1: 80 × 60 % + 70 × 20 % + 50 × 20 % = 72; u2 assists: (80 × 60 % + 50 × 20 %) ÷ 80 % = 72.5
    columns: dict[str, list[Value]] = {"x/统计局": [80, 80], "x/u2": [70, MISSING], "x/财政局": [50, 50]}
    outcome = outcome_of(LEAD, "u1 u2", columns)
    assert points(outcome.sets[0]) == ["72", "72.5"]
    assert "按比例：80 × 60% + 70 × 20% + 50 × 20% = 72" in lines(derived(outcome), "x")
    own = derived(outcome, 1)
    assert "不计：u2\n按比例：(80 × 60% + 50 × 20%) ÷ 80% = 72.5" in lines(own, "x")
    assert "本单位就是采集单位" in lines(own, "x/u2")
    assert [child.brings for child in own.children[0].children] == [60, 0, Fraction("12.5")]


def test_r6_assessors_alike_count_by_their_mean():
    columns: dict[str, list[Value]] = {"x/统计局": [80], "x/财政局": [75]}
    outcome = outcome_of(leaf("assessors: {mean: [统计局, 财政局]}"), "u1", columns)
    assert points(outcome.sets[0]) == ["77.5"]
    assert "取平均：(80 + 75) ÷ 2 = 77.5" in lines(derived(outcome), "x")


def test_r6_factor_cap_and_rounding_come_after_the_slots():
    # (95.05 + 80) ÷ 2 = 87.525; × 1.2 = 105.03 → 100; of category b × 0.9 = 78.7725 → 78.77
    text = "factors: {f: {name: 难度, by_category: {a: 1.2, b: 0.9}}}\n"
    text += leaf("factor: f, periods: {of: half_year, take: mean}")
    columns: dict[str, list[Value]] = {"x/上半年": ["95.05", "95.05"], "x/下半年": [80, 80]}
    outcome = outcome_of(text, "u1 b:u2", columns)
    assert points(outcome.sets[0]) == ["100", "78.77"]
    assert lines(derived(outcome, 1), "x").splitlines()[:3] == [
        "取平均：(95.05 + 80) ÷ 2 = 87.525",
        "难度 0.9：87.525 × 0.9 = 78.7725",
        "四舍五入保留 2 位小数：78.7725 → 78.77",
    ]


def test_r9_each_period_is_derived_by_itself():
    outcome = outcome_of(leaf("periods: {of: half_year, take: best}"), "u1", {"x/上半年": [70], "x/下半年": [90]})
    assert "取最高的一期，下半年：90 分" in lines(derived(outcome), "x")
    assert "评分人评定 70 分" in lines(derived(outcome), "x/上半年")


def test_r1_a_trace_is_not_needed_to_score():
    facts = facts_of(set_facts("u1", {"x/上半年": [70], "x/下半年": [90]}))
    assert points(score(plan_of(leaf("periods: {of: half_year, take: last}")), facts).sets[0]) == ["90"]
