"""Formulas, worked by hand; every mistake at its place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.rules.inputs import Need
from tests.engine.language.test_lint import problems
from tests.engine.making import apply, points, raw, rule_of


def value(expression: str, **given: object) -> Fraction:
    """The raw points of one row."""
    [found] = raw(f"formula: {{points: '{expression}'}}", **(given or {"actual": [0]}))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("1 + 2 × 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("12 / 4 ÷ 3", "1"),
        ("2 ÷ 3 × 3", "2"),  # nothing is rounded on the way
        ("-2 − -5", "3"),
        ("60% × 5", "3"),
        ("min(3, 1, 2) + max(3, 4)", "5"),
        ("abs(2 - 5)", "3"),
        ("round(2 ÷ 3, 2)", "0.67"),
        ("round(-0.125, 2)", "-0.13"),
        ("round(1234.5, 0)", "1235"),
        ("ln(2, 4)", "0.6931"),
        ("sqrt(2, 3)", "1.414"),
        ("sqrt(0, 3)", "0"),
        ("power(1.1, 2)", "1.21"),
        ("power(2, -2)", "0.25"),
        ("power(-2, 3)", "-8"),
        ("power(0, 0)", "1"),
        ("power(1.1, 2, 1)", "1.2"),
        ("power(2, 0.5, 3)", "1.414"),
        ("power(0, 0.5, 3)", "0"),
        ("if(3 >= 3, 1, 2)", "1"),
        ("if(3 > 3, 1, 2)", "2"),
        ("if(2 <= 3, 1, 2)", "1"),
        ("if(2 < 2, 1, 2)", "2"),
        ("if(0.50 == 1 / 2, 1, 2)", "1"),
        ("if(0.5 != 50%, 1, 2)", "2"),
        ("if(1 ≠ 2，1，2)", "1"),  # full-width commas are commas
        ("if(1 < 2, 5, 1 ÷ 0)", "5"),  # the other branch is not looked at
    ],
)
def test_r6_arithmetic(expression: str, found: str):
    assert value(f"{expression} + 0 × actual") == Fraction(found)


def test_r6_a_row_that_the_formula_has_no_value_for_stops_alone():
    # 8 ÷ 4 × 10 = 20; the second unit has nothing to divide by
    applied = apply("formula: done ÷ due × full", done=[8, 8], due=[4, 0])
    assert applied.refused == [1]
    assert applied.raw[0] == 20
    assert "除数为 0" in applied.inputs.refusals[0][1].zh


@pytest.mark.parametrize(
    "expression",
    [
        "ln(actual, 2)",
        "sqrt(actual - 1, 2)",
        "power(actual, -1)",
        "power(actual - 2, 0.5, 2)",
        "power(actual + 2, 0.5)",
        "power(10, 999999 + actual)",
        "power(10, 99999.5 + actual, 2)",
    ],
)
def test_r5_what_has_no_value_stops_the_row(expression: str):
    assert apply(f"formula: {{points: '{expression}'}}", actual=[0]).refused == [0]


def test_it_reads_facts_targets_full_marks_and_series():
    # 45 ÷ 60 × 12 + 6.6 − 30 ÷ 10 = 9 + 6.6 − 3
    text = "formula: actual ÷ actual.target × full + series.national − done ÷ 10"
    assert raw(text, full=12, actual=[45], target=[60], done=[30], series={"national": "6.6"}) == [Fraction("12.6")]
    assert rule_of(text).needs() == {Need("actual", "actual"), Need("actual", "target"), Need("done", "actual")}


def test_it_reads_the_figures_of_all_the_units():
    # category a has 10 and 30 (20 listed separately does not count), b has 50
    given = {"actual": [10, 30, 20, 50], "category": "aaab", "separately": [2]}
    assert raw("formula: mean(actual)", **given) == [20, 20, 20, 50]
    assert raw("formula: median_all(actual)", **given) == [30] * 4
    assert raw("formula: best(actual) - worst(actual)", **given) == [20, 20, 20, 0]
    assert raw("formula: {points: best_all(actual), less_is_better: true}", **given) == [10] * 4
    assert rule_of("formula: mean(actual)").comparative()
    assert not rule_of("formula: min(actual, full)").comparative()


def test_the_leafs_cap_and_floor_hold_it():
    assert points("formula: actual × 2", actual=[3, 6, -1]) == ["6", "10", "0"]


def test_r9_the_derivation_puts_the_numbers_in():
    text = "formula: if(done >= mean(done), min(full, done ÷ actual.target × full), -1)"
    applied = apply(text, actual=[0, 0], done=[6, 4], target=[9, 8])
    assert applied.said(0) == (
        "done的平均值 5（同类 2 个单位）\n按公式：如果(6 ≥ 5，取最小(10，6 ÷ 9 × 10)，−1) = 6.666666…"
    )
    assert applied.said(1, "en").endswith("by the formula: if(4 ≥ 5, min(10, 4 ÷ 8 × 10), −1) = -1")


def test_r9_negative_numbers_stand_in_brackets():
    assert "5 − (-3) = 8" in apply("formula: 5 − actual", actual=[-3]).said()


SCHEME = """\
language: 1
scheme: t
title: 题
source: 文
evaluations:
  - code: annual
    title: 年度
    full_marks: 100
    rounding: {leaf: 2, node: 2, panel: 2, total: 2}
    collectors: [统计局]
    series: {nation: 全国}
    sets: {s: {name: 单位, categories: {a: 甲}}}
    indicators:
      - code: work
        name: 工作
        full_marks: 100
        collector: 统计局
        facts: {done: {name: 完成数}, due: {name: 应完成数}}
        rule:
          formula:
            points: "%s"
    grades: [{name: 好, from: 60}, {name: 差}]
"""
RIGHT = "done ÷ due × full + series.nation"


def test_a_right_formula_is_let_through():
    assert problems(SCHEME % RIGHT) == []


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("done ÷", "公式第 7 个字：这里应是数、数据的代码或左括号，却是末尾"),
        ("done due", "公式第 6 个字：这里应是末尾，却是due"),
        ("(done + due", "公式第 12 个字：这里应是“)”，却是末尾"),
        ("done ^ 2 + due", "公式第 6 个字：看不懂“^”"),
        ("done = due", "公式第 6 个字：看不懂“=”"),
        ("done > due", "公式第 6 个字：比较只能写在 if 的第一项"),
        ("if(done, due, 1)", "公式第 8 个字：这里应是比较符号"),
        ("sqr(done, 2) + due", "公式第 1 个字：没有叫“sqr”的函数；可用的有：abs、best"),
        ("sqr(done, 2) + due", "是不是“sqrt”？"),
        ("done.taget + due", "公式第 1 个字：“done.taget”：点号后只能是 actual、"),
        ("done.taget + due", "是不是“target”？"),
        ("done ÷ target + due", "“target”没有写明是哪个数据的"),
        ("done ÷ mean + due", "公式第 8 个字：函数“mean”后面要有括号"),
        ("mean(done + 1) + due", "“mean”的括号里只写一个数据"),
        ("mean(full) + done + due", "“mean”的括号里只写一个数据"),
        ("abs(done, due)", "“abs”的括号里应有 1 项，现在是 2 项"),
        ("min(done) + due", "“min”的括号里应有 2 项以上，现在是 1 项"),
        ("round(done) + due", "“round”的括号里应有 2 项（最后一项是小数位数），现在是 1 项"),
        ("power(done) + due", "“power”的括号里应有 2 项（后面可再写小数位数），现在是 1 项"),
        ("power(done, 2, 3, 4) + due", "“power”的括号里应有 2 项（后面可再写小数位数），现在是 4 项"),
        ("ln(done, due)", "公式第 10 个字：“ln”的最后一项是保留的小数位数，应是 0 至 9"),
        ("round(done, 12) + due", "“round”的最后一项是保留的小数位数，应是 0 至 9"),
        ("(" * 30 + "done" + ")" * 30 + "+ due", "括号套得太深，最多 20 层"),
        ("done + due" + " + 1" * 200, "公式过长，最多 500 字"),
        ("done + due + doe", "计分方法用到数据“doe”，但 facts 里没有"),
        ("done ÷ due × ful", "是不是“full”？"),
    ],
)
def test_a_mistake_is_told_at_its_place(expression: str, said: str):
    found = problems(SCHEME % expression)
    told = [problem for problem in found if said in problem.what.zh]
    assert len(told) == 1, [problem.what.zh for problem in found]
    assert told[0].place.row == (19 if "facts" in said or "full" in said else 21)


def test_a_series_that_is_not_declared():
    assert "外部数据“nations”没有登记" in problems(SCHEME % "done ÷ due × series.nations")[0].what.zh


def test_a_formula_of_nothing():
    text = SCHEME.replace("        facts: {done: {name: 完成数}, due: {name: 应完成数}}\n", "")
    assert "公式没有用到任何数据，各单位得分会完全一样" in [
        one.what.zh for one in problems(text % "full × series.nation")
    ]


def test_a_direction_without_a_best_is_useless():
    text = (SCHEME % RIGHT).replace("            points", "            less_is_better: true\n            points")
    [found] = problems(text)
    assert "less_is_better 只在公式用到 best 或 worst 时有用" in found.what.zh
