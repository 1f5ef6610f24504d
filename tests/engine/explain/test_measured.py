"""Measures worked out before the reader, facts and series called by their names; figures by hand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from engine.text import Problems
from tests.engine.making import apply, derived, lines, outcome_of

PROFIT = """
series: {national: 全国平均增速}
indicators: [{code: x, name: x, full_marks: 100, fact: {name: 利润}, rule: {%s}}]
"""
DONE = """
indicators:
  - code: x
    name: x
    full_marks: 100
    facts: {done: {name: 完成次数}, planned: {name: 计划次数}}
    rule: {%s}
"""


def growth(rule: str, now: object, last: object, language: str = "zh", **rest: object) -> list[str]:
    columns = {"x": [now], "x actual last_year": [last]}
    columns |= {f"x actual {name}": [value] for name, value in rest.items()}
    outcome = outcome_of(PROFIT % rule, "u1", columns, series={"national": Fraction("5.2")})  # type: ignore[arg-type]
    return lines(derived(outcome), "x", language).splitlines()


def done(rule: str, part: Sequence[object], whole: Sequence[object], language: str = "zh") -> list[str]:
    columns = {"x done": part, "x planned": whole}
    outcome = outcome_of(DONE % rule, " ".join(f"u{n}" for n in range(len(part))), columns)  # type: ignore[arg-type]
    return lines(derived(outcome), "x", language).splitlines()


def test_growth_shows_both_years():
    # (210 − 200) ÷ 200 = 5 %; 5 ÷ 8 × 100 = 62.5
    said = growth("ratio: {of: growth, to: 8%}", 210, 200)
    assert said[2:4] == ["增速 (210 − 200) ÷ 200 = 5%，规定值 8%", "5% ÷ 8% × 100 = 62.5（62.5%）"]
    assert "growth (210 − 200) ÷ 200 = 5%, stated value 8%" in growth("ratio: {of: growth, to: 8%}", 210, 200, "en")


def test_growth_from_a_negative_year_is_over_its_size():
    # (−46 + 50) ÷ 50 = 8 %
    assert growth("ratio: {of: growth, to: 8%}", -46, -50)[2] == (
        "增速 ((-46) − (-50)) ÷ 50 = 8%（除以上年值的绝对值），规定值 8%"
    )


def test_growth_from_zero_says_that_it_is_the_stated_one():
    # 4 ÷ 8 × 100 = 50
    said = growth("ratio: {of: {growth: {from_zero: 4%}}, to: 8%}", 3, 0)
    assert said[2:4] == ["增速 4%（上年为 0，按方案计），规定值 8%", "4% ÷ 8% × 100 = 50（50%）"]


def test_a_target_is_measured_as_the_actual_value_is():
    # 210 − 200 = 10 of the 25 that the target asks for
    said = growth("ratio: {of: increment, to: target}", 210, 200, target=225)
    assert said[3:5] == ["增量 210 − 200 = 10，目标值 225 − 200 = 25", "10 ÷ 25 × 100 = 40（40%）"]


def test_a_mean_of_years_shows_the_years():
    # (200 + 160) ÷ 2 = 180
    said = growth("ratio: {to: {mean_of_years: 2}}", 90, 200, two_years_ago=160)
    assert said[3] == "实际值 90，近2年平均值 (200 + 160) ÷ 2 = 180"


def test_a_share_shows_part_and_whole_with_their_names():
    # 47 ÷ 50 = 94 %
    share = "{share: {part: done, whole: planned, of_nothing: 100%}}"
    said = done(f"step_table: {{of: {share}, steps: [{{from: 90%, points: 80}}], otherwise: 0}}", [47], [50])
    assert said[2] == "占比（完成次数 ÷ 计划次数）47 ÷ 50 = 94%，≥ 90%，得 80 分"
    said = done(f"step_table: {{of: {share}, steps: [{{from: 90%, points: 80}}], otherwise: 0}}", [0], [0])
    assert said[2] == "占比（完成次数 ÷ 计划次数）100%（计划次数为 0，按方案计），≥ 90%，得 80 分"
    assert "share (完成次数 ÷ 计划次数) 47 ÷ 50 = 94%" in done(f"ratio: {{of: {share}, to: 100%}}", [47], [50], "en")[2]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("ratio: {of: {fact: done}, to: {fact: planned}}", "完成次数 9，计划次数 12"),
        ("base_steps: {of: {fact: done}, to: {fact: planned}, base: 50, step: 1, up: 1, down: 1, count: completed, "
         "at_least: 0, at_most: 100}", "完成次数 9，计划次数 12"),
        ("above_both: {of: {fact: done}, to: [{fact: planned}, 5], points: 50, otherwise: 0}",
         "完成次数 9，计划次数 12，规定值 5"),
        ("step_table: {of: {fact: done}, on: difference, to: {fact: planned}, steps: [{from: 0, points: 9}],"
         " otherwise: 0}", "完成次数 9，计划次数 12"),
    ],
)  # fmt: skip
def test_named_facts_are_called_by_their_names(rule: str, said: str):
    assert said in done(rule, [9], [12])


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("efficacy: {of: {fact: done}, base: 60%, all_equal: 100%}",
         "完成次数 9，甲类 2 个单位中最好 9（u0）、最差 3（u1）"),
        ("share_of_best: {of: {fact: done}, best_not_positive: 0}", "完成次数 9，甲类 2 个单位中最好 9（u0）"),
        ("rank_table: {of: {fact: done}, places: [100]}", "完成次数 9，甲类 2 个单位中第 1 名，得 100 分"),
        ("rank_steps: {of: {share: {part: done, whole: planned}}, each: 1, at_least: 0}",
         "占比（完成次数 ÷ 计划次数）9 ÷ 12 = 75%，甲类 2 个单位中第 1 名"),
    ],
)  # fmt: skip
def test_so_they_are_among_others(rule: str, said: str):
    assert said in done(rule, [9, 3], [12, 12])


def test_a_refusal_calls_the_other_fact_by_its_name_too():
    with pytest.raises(Problems, match="计划次数 0 不大于 0"):
        done("ratio: {of: {fact: done}, to: {fact: planned}}", [9], [0])


def test_an_outside_figure_is_called_by_its_name():
    # 5.2 published in percent: 5 % is 0.2 points below
    said = growth("step_table: {of: growth, on: difference, to: {series: national}, steps: [{from: 0%, points: 9}],"
                  " otherwise: 1}", 210, 200)  # fmt: skip
    assert said[2:4] == [
        "增速 (210 − 200) ÷ 200 = 5%，外部数据“全国平均增速” 5.2%",
        "差值 5% − 5.2% = -0.2%，其余情况，得 1 分",
    ]


def test_places_of_last_year_show_their_sums_too():
    text = "rank_change: {of: {share: {part: a, whole: b}}, base: 5, up: 1, down: 1, no_place: 0}"
    names = {"a": [8, 5], "b": [10, 10]}
    assert apply(text, **names).said(0).startswith("占比（a ÷ b）8 ÷ 10 = 80%，同类 2 个单位中第 1 名")


TABLE = "rank_table: {places: [10, 9, 8], last: [4, 6], overlap: from_below}"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (0, "实际值 60，同类 6 个单位中第 1 名，得 10 分"),
        (3, "实际值 30，同类 6 个单位中第 4 名，同第 3 名，得 8 分"),
        (4, "实际值 20，同类 6 个单位中第 5 名，按倒数第 2 名，得 6 分"),
        (5, "实际值 10，同类 6 个单位中第 6 名，按倒数第 1 名，得 4 分"),
    ],
)
def test_a_rank_table_says_when_it_counts_from_below(row: int, said: str):
    assert apply(TABLE, actual=[60, 50, 40, 30, 20, 10]).said(row) == said


def test_a_rank_table_that_overlaps_says_which_end_counted():
    above = TABLE.replace("from_below", "from_above")
    assert apply(TABLE, actual=[3, 2]).said(1) == "实际值 2，同类 2 个单位中第 2 名，按倒数第 1 名，得 4 分"
    assert apply(above, actual=[3, 2]).said(1) == "实际值 2，同类 2 个单位中第 2 名，得 9 分"


def test_a_unit_apart_behind_everybody_is_as_the_last():
    said = apply(TABLE, actual=[3, 2, 1], separately=[2]).said(2)
    assert said == "实际值 1，单列不占名次，相当于同类 2 个单位中第 3 名，在末名之后，按倒数第 1 名，得 4 分"
