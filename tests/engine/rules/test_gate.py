"""Gates, worked by hand: one rule for those who meet a condition, another for the rest."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.rules.inputs import Need
from engine.rules.wording import Words
from engine.text import Problems
from tests.engine.making import MISSING, NA, apply, derived, lines, node_points, outcome_of, raw, rule_of, run

RANK = "{rank_table: {among: passed, places: [10, 8, 6]}}"
REACHED = f"gate: {{if: {{on: ratio, to: target, from: 100%}}, then: {RANK}, else: {{ratio: {{to: stretch}}}}}}"


def test_those_who_reach_the_target_are_ranked_among_themselves():
    # 12, 10 and 15 of 10 pass: places 2, 3 and 1; 9 does not: 9 ÷ 20 × 10 = 4.5
    given = {"actual": [12, 9, 10, 15], "target": [10] * 4, "stretch": [20] * 4}
    assert raw(REACHED, **given) == [8, Fraction("4.5"), 6, 10]


def test_the_whole_category_is_still_there_to_compare_with():
    # the mean of 12, 9 and 15 is 12, not the 13.5 of those who passed; 12 ÷ 12 × 10 = 10
    text = "gate: {if: {from: 10}, then: {ratio: {to: mean}}, else: {ratio: {to: {best: {among: all}}}}}"
    assert raw(text, actual=[12, 9, 15]) == [10, 6, Fraction(25, 2)]
    passed = "gate: {if: {from: 10}, then: {ratio: {to: {mean: {among: passed}}}}, else: {ratio: {to: 10}}}"
    assert raw(passed, actual=[12, 9, 15]) == [Fraction(80, 9), 9, Fraction(100, 9)]
    assert raw("gate: {if: {from: 10}, then: {formula: mean_passed(actual)}, else: {formula: mean(actual)}}",
               actual=[12, 9, 15]) == [Fraction("13.5"), 12, Fraction("13.5")]  # fmt: skip


def test_a_unit_without_a_value_in_the_other_branch_is_not_compared_with():
    # the growth of the first, from 0, has no value: the best of the others is 10 %, and 5 % is half of it
    text = "gate: {if: {from: 50}, then: judged, else: {share_of_best: {of: growth, best_not_positive: 0}}}"
    assert raw(text, full=100, actual=[50, 22, 21], last_year=[0, 20, 20]) == [50, 100, 50]
    worst = "gate: {if: {from: 50}, then: judged, else: {base_steps: {of: growth, to: worst, base: 5, step: 1%, up: 1,"
    worst += " down: 1, count: completed, at_least: 0, at_most: 99}}}"
    assert raw(worst, full=100, actual=[50, 22, 21], last_year=[0, 20, 20]) == [50, 10, 5]


def test_a_unit_listed_separately_that_passes_is_nobodys_measure():
    given = {"actual": [12, 20, 15], "target": [10] * 3, "stretch": [20] * 3, "separately": [1]}
    assert raw(REACHED, **given) == [8, 10, 10]


@pytest.mark.parametrize(
    ("condition", "holds"), [("from: 5", True), ("above: 5", False), ("up_to: 5", True), ("below: 5", False)]
)
def test_every_sign_of_a_threshold(condition: str, holds: bool):
    text = f"gate: {{if: {{{condition}}}, then: {{formula: actual × 2}}, else: {{formula: actual}}}}"
    assert raw(text, actual=[5]) == [10 if holds else 5]


def test_only_the_branch_taken_can_refuse_a_row():
    # the first row passes and divides by its target of 0; the second does not pass and is not looked at there
    text = "gate: {if: {from: 10}, then: {ratio: {to: target}}, else: {formula: actual}}"
    applied = apply(text, actual=[12, 9], target=[0, 0])
    assert applied.refused == [0]
    assert applied.raw[1] == 9


def leaf(rule: str, rest: str = "") -> str:
    facts = "facts: {done: {name: 完成数}, grade: {name: 评分}, loss: {name: 扣分}}"
    return f"indicators: [{{code: x, name: x, full_marks: 100, {facts}, rule: {rule}{rest}}}]"


GATE = "{gate: {if: {of: {fact: done}, from: 10}, then: {formula: grade}, else: {formula: full - loss}}}"


def test_only_the_columns_of_the_branch_taken_must_be_given():
    # u1 passes and needs its grade; u2 does not and needs its loss: 100 − 30; u3 passes and its grade is missing: 0
    columns = {"x done": [12, 9, 20], "x grade": [80, MISSING, MISSING], "x loss": [MISSING, 30, 5]}
    assert node_points(run("missing: zero\n" + leaf(GATE), "u1 u2 u3", columns), "x") == ["80", "70", "0"]
    with pytest.raises(Problems) as stopped:
        run(leaf(GATE), "u1 u2 u3", columns)
    assert [problem.subject and problem.subject.unit for problem in stopped.value.found] == ["u3"]
    assert rule_of(GATE.removeprefix("{").removesuffix("}")).needs() == {Need("done", "actual")}


def test_a_missing_condition_is_a_missing_figure():
    columns = {"x done": [MISSING, NA], "x grade": [80, 80], "x loss": [0, 0]}
    text = "missing: zero\nnot_applicable: full\n" + leaf(GATE)
    assert node_points(run(text, "u1 u2", columns), "x") == ["0", "100"]


def test_a_condition_without_an_answer_stops_the_run_whatever_is_missing_behind_it():
    # a target of 0 has no ratio: whether the unit passes is unknown, and so is whether its reason is missing
    text = (
        "missing: zero\nindicators: [{code: x, name: x, full_marks: 100, facts: {done: 完成, why: 说明}, rule: {gate: "
    )
    text += "{if: {of: {fact: done}, on: ratio, to: target, from: 100%}, then: {ratio: {of: {fact: done}, to: 9}},"
    text += " else: {ratio: {of: {fact: why}, to: 9}}}}}]"
    columns = {"x done": [5, 5], "x done target": [0, 6], "x why": [MISSING, MISSING]}
    with pytest.raises(Problems) as stopped:
        run(text, "u1 u2", columns)
    assert [one.subject.unit for one in stopped.value.found if one.subject] == ["u1"]


@pytest.mark.parametrize(("way", "points", "said"), [("met", 8, "算达到条件"), ("not_met", 3, "算未达到条件")])
def test_whether_it_is_met_may_be_stated_where_there_is_no_ratio(way: str, points: int, said: str):
    # 5 of a target of 0 is no ratio; 5 of 10 is 50 %, 5 of 5 is 100 %
    text = f"gate: {{if: {{on: ratio, to: target, from: 100%, reference_not_positive: {way}}},"
    text += " then: {formula: 8 + 0 × actual}, else: {formula: 3 + 0 × actual}}"
    applied = apply(text, actual=[5, 5, 5], target=[0, 10, 5])
    assert applied.raw.fractions() == [points, 3, 8]
    assert applied.said(0).splitlines()[:2] == ["实际值 5，目标值 0", f"参照值不大于 0，按方案{said}"]
    assert applied.said(1).splitlines()[1] == "完成率 5 ÷ 10 = 50%，未达到条件“≥ 100%”"


def test_r9_what_is_stated_where_there_is_no_ratio_is_said():
    text = (
        "gate: {if: {on: ratio, to: target, from: 100%, reference_not_positive: met}, then: judged, else: {fixed: 0}}"
    )
    assert rule_of(text).in_words(Words()).zh.startswith("实际值 ÷ 目标值 ≥ 100%（目标值不大于 0 的算达到）的：")


def test_a_condition_that_compares_asks_for_both_branches():
    # the mean of 12 and 9 stays 10.5 whoever lacks what: u3, whose loss is missing, is out of it
    text = leaf("{gate: {if: {of: {fact: done}, on: ratio, to: mean, from: 100%}, then: {formula: grade}, "
                "else: {formula: full - loss}}}")  # fmt: skip
    columns = {"x done": [12, 9, 60], "x grade": [80, 80, 80], "x loss": [10, 30, MISSING]}
    assert node_points(run("missing: zero\n" + text, "u1 u2 u3", columns), "x") == ["80", "70", "0"]


def test_gates_inside_gates_and_inside_composites():
    # 4 for reaching 10, and of 6 more: 2.5 from 20 on
    inner = "{gate: {if: {from: 20}, then: {formula: '2.5'}, else: {formula: 0 × actual}}}"
    text = f"gate: {{if: {{from: 10}}, then: {inner}, else: {{formula: -1 × actual}}}}"
    assert raw(text, actual=[25, 15, 5]) == [Fraction("2.5"), 0, -5]
    both = (
        "composite: {parts: [{name: 一, share: 50%, rule: {gate: {if: {from: 10}, then: {ratio: {to: target}}, "
        "else: {formula: actual ÷ 10}}}}, {name: 二, share: 50%, rule: {ratio: {to: 20}}}]}"
    )
    # 12: 12 ÷ 24 × 5 + 12 ÷ 20 × 5 = 5.5; 8: 0.8 + 2 = 2.8
    assert raw(both, actual=[12, 8], target=[24, MISSING]) == [Fraction("5.5"), Fraction("2.8")]


def test_r9_the_derivation_says_which_way_it_went():
    given = {"actual": [12, 9, 10, 15], "target": [10] * 4, "stretch": [20] * 4}
    applied = apply(REACHED, **given)
    assert applied.said(0).splitlines() == [
        "实际值 12，目标值 10",
        "完成率 12 ÷ 10 = 120%，≥ 100%，达到条件",
        "实际值 12，同类达到条件的 3 个单位中第 2 名，得 8 分",
    ]
    assert "完成率 9 ÷ 10 = 90%，未达到条件“≥ 100%”" in applied.said(1)
    assert applied.said(1).splitlines()[-1] == "9 ÷ 20 × 10 = 4.5（45%）"
    assert 'the condition "≥ 100%" is not met' in applied.said(1, "en")


def test_r9_a_derivation_shows_only_what_was_given():
    columns = {"x done": [12], "x grade": [80], "x loss": [MISSING]}
    said = lines(derived(outcome_of(leaf(GATE), "u1", columns)), "x")
    assert "完成数：12" in said
    assert "扣分" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gate: {if: {to: target, from: 1}, then: judged, else: {formula: actual}}", "要写 to，为 value 时不写"),
        ("gate: {if: {}, then: judged, else: {formula: actual}}", "要写且只写 from、above、up_to、below 之一"),
        ("gate: {if: {from: 1, below: 3}, then: judged, else: {formula: actual}}", "要写且只写 from"),
        ("gate: {if: {from: 90%}, then: judged, else: {formula: actual}}", "“if”写了百分号"),
        ("gate: {if: {from: 9, reference_not_positive: met}, then: judged, else: {fixed: 0}}", "只在 on: ratio 时有用"),
        ("gate: {if: {from: 9}, then: judged, else: judged}", "then 和 else 一样，条件不起作用"),
    ],
)
def test_a_mistake_is_told(text: str, said: str):
    [(_, found)] = rule_of(text).mistakes()
    assert said in found.zh


def test_the_most_that_a_gate_gives_is_that_of_its_branches():
    text = f"gate: {{if: {{from: 1}}, then: {RANK}, else: judged}}"
    assert rule_of(text).highest(Fraction(10)) == 10
