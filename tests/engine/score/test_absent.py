"""R7: where there is no reading. Missing, not applicable, not drawn, left out by category: each in all its ways."""

from __future__ import annotations

import numpy as np
import pytest

from engine.facts import EvaluatedUnit
from engine.score import score
from engine.text import Problems
from tests.engine.making import (
    MISSING,
    NA,
    NOT_DRAWN,
    derived,
    facts_of,
    judged,
    lines,
    node_points,
    outcome_of,
    own_rows,
    plan_of,
    run,
    set_facts,
    tally,
    totals,
)

TWO = judged(("x", 60), ("y", 40))


# Missing.


@pytest.mark.parametrize("said", ["", "missing: block\n"])
def test_r7_missing_blocks_the_run_by_default_and_names_unit_and_indicator(said):
    with pytest.raises(Problems) as stop:
        run(said + TWO, "u1 u2", {"x": [30, MISSING], "y": [20, 20]})
    (problem,) = stop.value.found
    assert "u2" in problem.what.zh
    assert "x" in problem.what.zh
    assert "缺数据" in problem.what.zh


def test_r7_a_column_that_is_not_there_at_all_is_missing():
    with pytest.raises(Problems) as stop:
        run(TWO, "u1 u2", {"x": [30, 1]})
    assert len(stop.value.found) == 2


def test_r7_missing_is_zero_where_the_scheme_says_so():
    outcome = outcome_of("missing: zero\n" + TWO, "u1 u2", {"x": [30, MISSING], "y": [20, 20]})
    assert totals(outcome.sets[0]) == ["50", "20"]
    assert "没有数据，按方案计 0 分" in lines(derived(outcome, 1), "x")


def test_r7_missing_is_the_mean_of_the_points_of_the_category():
    # category a: (30 + 41) ÷ 2 = 35.5; category b has 10; u5 is listed separately and does not count in the mean
    columns = {"x": [30, 41, MISSING, 60, 10, MISSING], "y": [20] * 6}
    outcome = outcome_of("missing: mean\n" + TWO, "u1 u2 u3 u4* b:u5 b:u6", columns)
    assert node_points(outcome.sets[0], "x") == ["30", "41", "35.5", "60", "10", "10"]
    assert "没有数据，按同类单位得分的平均计 35.5 分" in lines(derived(outcome, 2), "x")


def test_r7_the_mean_is_of_points_not_of_facts():
    text = "missing: mean\nindicators:\n  - {code: x, name: x, full_marks: 100, rule: {ratio: {to: target}}}\n"
    # points 100 (capped) and 50, facts 900 and 50
    columns = {"x": [900, 50, MISSING], "x actual target": [100, 100, 100]}
    assert totals(run(text, "u1 u2 u3", columns)) == ["100", "50", "75"]


@pytest.mark.parametrize(("places", "mean"), [("2", "33.33"), ("none", "33.3333333333")])
def test_r7_a_mean_is_rounded_where_the_leaf_is(places, mean):
    text = f"rounding: {{leaf: {places}, node: 2, panel: 2, total: none}}\nmissing: mean\n" + TWO
    result = run(text, "u1 u2 u3 u4", {"x": [30, 30, 40, MISSING], "y": [0] * 4})
    assert node_points(result, "x")[3].startswith(mean)
    assert (len(node_points(result, "x")[3]) > 10) == (places == "none")


def test_r7_a_mean_of_nobody_stops_the_run():
    with pytest.raises(Problems, match="没有一个单位有分"):
        run("missing: mean\n" + TWO, "u1 b:u2", {"x": [MISSING, 5], "y": [1, 1]})


@pytest.mark.parametrize("other", [NA, NOT_DRAWN])
def test_r7_a_leaf_of_two_facts_is_missing_if_either_is_and_not_applicable_first(other):
    text = """
missing: zero
not_applicable: full
indicators:
  - {code: x, name: x, full_marks: 100, not_drawn: mean, rule: {ratio: {to: target}}}
"""
    columns = {"x": [50, MISSING, other], "x actual target": [100, 100, MISSING]}
    expected = "100" if other is NA else "50"
    assert totals(run(text, "u1 u2 u3", columns)) == ["50", "0", expected]


# Not applicable: four ways.


def test_r7_not_applicable_stops_the_run_if_the_scheme_is_silent():
    for said in ("", "not_applicable: refuse\n"):
        with pytest.raises(Problems, match="不涉及"):
            run(said + TWO, "u1", {"x": [NA], "y": [1]})


def test_r7_not_applicable_renormalises():
    # u2: 20 ÷ 40 × 100
    outcome = outcome_of("not_applicable: renormalise\n" + TWO, "u1 u2", {"x": [30, NA], "y": [20, 20]})
    assert totals(outcome.sets[0]) == ["50", "50"]
    assert node_points(outcome.sets[0], "x") == ["30", "–"]
    assert "折算计入上级：20 ÷ 40 × 100 = 50" in lines(derived(outcome, 1), "y")
    assert "不涉及" in lines(derived(outcome, 1), "x")


def test_r7_not_applicable_is_the_mean_of_the_points():
    outcome = outcome_of("not_applicable: mean\n" + TWO, "u1 u2 u3", {"x": [30, 45, NA], "y": [20] * 3})
    assert totals(outcome.sets[0]) == ["50", "65", "57.5"]
    assert "不涉及，按同类单位得分的平均计 37.5 分" in lines(derived(outcome, 2), "x")


def test_r7_not_applicable_is_full_marks():
    outcome = outcome_of("not_applicable: full\n" + TWO, "u1 u2", {"x": [30, NA], "y": [20, 20]})
    assert totals(outcome.sets[0]) == ["50", "80"]
    assert "不涉及，按满分计 60 分" in lines(derived(outcome, 1), "x")


@pytest.mark.parametrize(("how", "weights"), [("full_marks", ""), ("weight", ", full_marks: 100")])
def test_r7_a_category_leaves_an_indicator_out_by_full_marks_or_weight_0(how, weights):
    text = f"""
indicators:
  - {{code: x, name: x, {how}: {{a: 60, b: 0}}{weights}, rule: judged}}
  - {{code: y, name: y, {how}: {{a: 40, b: 100}}{weights}, rule: judged}}
"""
    outcome = outcome_of(text, "u1 b:u2", {"x": [30, MISSING], "y": [20, 80]})
    expected = "50" if how == "full_marks" else "26"  # 30 % × 60 + 20 % × 40
    assert totals(outcome.sets[0]) == [expected, "80"]
    assert node_points(outcome.sets[0], "x") == ["30", "–"]
    assert lines(derived(outcome, 1), "x") == "本类别不设此项"


@pytest.mark.parametrize("full_marks", ["100", "{a: 100, b: 0}"])
def test_r7_nothing_below_a_part_left_out_is_asked_for(full_marks):
    text = f"""
indicators:
  - code: part
    name: 部分
    weight: {{a: 60, b: 0}}
    full_marks: {full_marks}
    indicators:
      - {{code: x, name: x, weight: 50, full_marks: 10, rule: judged}}
      - code: p
        name: p
        weight: 50
        full_marks: 10
        panel: {{voters: 人, secrecy: signed, method: {{tiers: {{好: 10, 差: 0}}}}}}
  - {{code: y, name: y, weight: {{a: 40, b: 100}}, full_marks: 100, rule: judged}}
"""
    columns = {"x": [5, MISSING], "y": [50, 80]}
    result = run(text, "u1 b:u2", columns, tallies={"p": tally("好 差", [1, 0], [0, 0])})
    assert node_points(result, "part") == ["75", "–"]
    assert node_points(result, "x") == ["5", "–"]
    assert totals(result) == ["65", "80"]  # 75 % × 60 + 50 % × 40


def test_r7_points_of_a_category_without_the_indicator_do_not_enter_a_mean():
    text = """
missing: mean
indicators:
  - {code: x, name: x, full_marks: {a: 60, b: 0}, rule: judged}
  - {code: y, name: y, full_marks: {a: 40, b: 100}, rule: judged}
"""
    assert totals(run(text, "u1 u2 b:u3", {"x": [30, MISSING, MISSING], "y": [0, 0, 90]})) == ["30", "30", "90"]


# Not drawn.

SAMPLED = """
indicators:
  - {code: x, name: x, full_marks: 60, rule: judged, not_drawn: %s}
  - {code: y, name: y, full_marks: 40, rule: judged}
"""


def test_r7_not_drawn_stops_the_run_if_the_scheme_is_silent():
    with pytest.raises(Problems, match="未抽中"):
        run("not_applicable: renormalise\n" + TWO, "u1", {"x": [NOT_DRAWN], "y": [1]})


@pytest.mark.parametrize(
    ("way", "total", "said"), [("renormalise", "50", "抽查未抽中"), ("mean", "57.5", "平均计 37.5 分")]
)
def test_r7_not_drawn_renormalises_or_gets_the_mean_of_the_drawn(way, total, said):
    outcome = outcome_of(SAMPLED % way, "u1 u2 u3", {"x": [30, 45, NOT_DRAWN], "y": [20] * 3})
    assert totals(outcome.sets[0]) == ["50", "65", total]
    assert said in lines(derived(outcome, 2), "x")


def test_r7_each_way_of_having_no_reading_is_its_own():
    text = """
missing: zero
not_applicable: full
indicators:
  - {code: x, name: x, full_marks: 60, rule: judged, not_drawn: mean}
  - {code: y, name: y, full_marks: 40, rule: judged}
"""
    result = run(text, "u1 u2 u3 u4", {"x": [30, MISSING, NA, NOT_DRAWN], "y": [0] * 4})
    assert totals(result) == ["30", "0", "60", "30"]  # the mean is of those with a reading


# A collector's own row.

COLLECTED = """
not_applicable: renormalise
indicators:
  - {code: x, name: x, full_marks: 60, collector: 甲局, %s rule: judged}
  - {code: y, name: y, full_marks: 40, collector: 统计局, rule: judged}
"""
UNITS = (EvaluatedUnit("u1", "甲局", "a"), EvaluatedUnit("u2", "乙局", "a"))


def collected(text: str):
    return score(plan_of(text), facts_of(set_facts(UNITS, {"x": [60, 30], "y": [20, 20]})), trace=True)


def test_r7_a_collectors_own_row_does_not_apply():
    outcome = collected(COLLECTED % "")
    assert node_points(outcome.sets[0], "x") == ["–", "30"]
    assert totals(outcome.sets[0]) == ["50", "50"]


@pytest.mark.parametrize("rest", ["rule: judged", "own: {rules: {评分: judged}}"])
def test_r7_a_collectors_own_row_without_a_substitute_or_a_way_says_what_the_scheme_lacks(rest: str):
    text = (COLLECTED % "").replace("not_applicable: renormalise\n", "").replace("rule: judged}", f"{rest}}}", 1)
    own = {"x": own_rows((0, "1", 60, "评分", 50), (1, "1", 60, "评分", 30))} if rest.startswith("own") else {}
    with pytest.raises(Problems) as stopped:
        score(plan_of(text), facts_of(set_facts(UNITS, {"x": [60, 30], "y": [20, 20]}, own)))
    (problem,) = stopped.value.found
    assert problem.what.zh.startswith("单位“u1 甲局”，指标“x x”")
    assert "本单位就是这项指标的采集单位，方案没有指定代为采集的单位（substitute）" in problem.what.zh
    assert "报了" not in problem.what.zh


def test_r7_a_collectors_own_row_goes_to_the_substitute():
    outcome = collected(COLLECTED % "substitute: 丙局,")
    assert node_points(outcome.sets[0], "x") == ["60", "30"]
    assert "采集：丙局（甲局回避）" in lines(derived(outcome, 0), "x")
    assert "采集：甲局" in lines(derived(outcome, 1), "x")


def test_r7_a_leaf_marked_self_scored_counts_for_its_scorer():
    text = COLLECTED.replace("collector: 甲局, %s", "by: self,")
    outcome = collected(text)
    assert totals(outcome.sets[0]) == ["80", "50"]
    assert "被评估单位自评" in lines(derived(outcome, 0), "x")


def test_r7_a_collectors_own_row_is_outside_the_comparison():
    text = """
not_applicable: renormalise
indicators:
  - {code: x, name: x, full_marks: 60, collector: 甲局, rule: {share_of_best: {best_not_positive: 0}}}
  - {code: y, name: y, full_marks: 40, collector: 统计局, rule: judged}
"""
    assert node_points(collected(text).sets[0], "x") == ["–", "60"]


def test_r5_each_refusal_is_said_once():
    text = """
indicators:
  - code: x
    name: x
    full_marks: 100
    rule:
      composite:
        parts:
          - {name: 一, share: 50%, rule: {efficacy: {of: growth, base: 0%, all_equal: 0}}}
          - {name: 二, share: 50%, rule: {ratio: {of: growth, to: mean}}}
"""
    with pytest.raises(Problems) as stop:
        run(text, "u1 u2", {"x": [1, 2], "x actual last_year": [0, 1]})
    growth = [problem for problem in stop.value.found if "上年值为 0" in problem.what.zh]
    assert len(growth) == 1
    assert "u1" in growth[0].what.zh


def test_r5_a_set_without_units_scores():
    result = run(TWO, "", {})
    assert totals(result) == []
    assert np.array_equal(result.place, [])
