"""Panels: a tally becomes points, worked by hand."""

from __future__ import annotations

import re

import pytest

from engine.facts import EvaluatedUnit
from engine.panels.methods import VOID
from engine.text import Problems
from tests.engine.making import derived, lines, node_points, outcome_of, run, tally, totals

TIERS = """
not_applicable: renormalise
indicators:
  - code: p
    name: 评议
    full_marks: 100
    %s
    panel:
      voters: 代表
      secrecy: anonymous
      method: {tiers: {满意: 100, 基本满意: 80, 不满意: 50}}
      not_counted: [不了解]
      minimum_ballots: 3
      %s
"""
NESTED = """
indicators:
  - code: leaders
    name: 领导
    full_marks: 100
    indicators:
      - code: mayor
        name: 市长
        weight: 15
        full_marks: 100
        panel: {voters: 市长, secrecy: signed, method: {tiers: {一: 100, 二: 90}}}
      - code: vice
        name: 副市长
        weight: 10
        full_marks: 100
        panel:
          voters: 副市长
          secrecy: signed
          subjects: in_charge
          method: {ranking: {points: [100, 95, 90], unequal_lists: same_points}}
"""


def test_tiers_are_worth_their_points_and_the_mean_leaves_out_what_is_not_counted():
    votes = tally(f"满意 基本满意 不满意 不了解 {VOID}", [2, 1, 0, 9, 4], [0, 1, 2, 0, 0])
    outcome = outcome_of(TIERS % ("", ""), "u1 u2", tallies={"p": votes})
    assert totals(outcome.sets[0]) == ["93.33", "60"]  # 280 ÷ 3; 180 ÷ 3
    assert lines(derived(outcome), "p").splitlines()[:4] == [
        "代表：满意 2 票（每票 100 分）、基本满意 1 票（每票 80 分）",
        "不计入：不了解 9",
        "废票 4 张",
        "(100 × 2 + 80 × 1) ÷ 3 = 93.333333…",
    ]


def test_nothing_is_rounded_before_the_result_of_the_panel():
    text = TIERS.replace("代表", "代表 ") % ("rounding: 0", "")
    assert totals(run(text, "u1", tallies={"p": tally("满意 基本满意", [1, 2])})) == ["87"]  # 86.67


def test_too_few_valid_ballots_stop_the_run_with_both_figures():
    votes = tally("满意 不了解", [3, 0], [2, 50])
    with pytest.raises(Problems, match=r"u2.*有效票 2 张，少于规定的 3 张"):
        run(TIERS % ("", ""), "u1 u2", tallies={"p": votes})


def dropping(text: str, said: str = "below_minimum: drop") -> str:
    """The panel with 60 of 100 points beside a judged leaf of 40; too few ballots drop it."""
    return text % ("weight: 60", said) + "  - {code: x, name: x, weight: 40, full_marks: 10, rule: judged}\n"


def test_r7_too_few_ballots_may_drop_the_panel():
    votes = tally("满意 不满意 不了解", [3, 0, 0], [2, 0, 0], [0, 0, 8])
    outcome = outcome_of(dropping(TIERS), "u1 u2 u3", {"x": [5, 5, 5]}, tallies={"p": votes})
    assert node_points(outcome.sets[0], "p") == ["100", "–", "–"]
    assert totals(outcome.sets[0]) == ["80", "50", "50"]
    assert "有效票 2 张，少于规定的 3 张" in lines(derived(outcome, 1), "p")
    assert "÷" not in lines(derived(outcome, 1), "p")


def test_r7_no_ballots_at_all_block_or_drop_the_panel():
    with pytest.raises(Problems, match="没有测评票"):
        run(TIERS % ("", ""), "u1")
    with pytest.raises(Problems, match="没有测评票"):
        run(dropping(TIERS), "u1", {"x": [5]})
    outcome = outcome_of(dropping(TIERS, "no_ballots: drop"), "u1", {"x": [5]})
    assert totals(outcome.sets[0]) == ["50"]
    assert "没有测评票" in lines(derived(outcome), "p")


def test_a_panel_without_ballots_is_one_problem_and_no_other():
    with pytest.raises(Problems) as stopped:
        run(TIERS % ("", ""), "u1")
    assert [problem.what.zh for problem in stopped.value.found] == ["单位“u1 u1”，指标“p 评议”：没有测评票"]


def test_r7_a_unit_without_any_ballot_goes_another_way_than_one_with_too_few():
    votes = tally(f"满意 {VOID}", [3, 0], [0, 0])
    outcome = outcome_of(dropping(TIERS, "no_ballots: drop"), "u1 u2", {"x": [5, 5]}, tallies={"p": votes})
    assert node_points(outcome.sets[0], "p") == ["100", "–"]
    for few in ([2, 0], [0, 5]):  # a void ballot is a ballot, but not a valid one
        votes = tally(f"满意 {VOID}", [3, 0], few)
        with pytest.raises(Problems, match=r"有效票 . 张，少于规定的 3 张"):
            run(dropping(TIERS, "no_ballots: drop"), "u1 u2", {"x": [5, 5]}, tallies={"p": votes})


def test_r7_too_few_ballots_may_earn_the_mean_of_the_category():
    text = TIERS % ("", "below_minimum: mean")
    # u1 (100 × 2 + 80) ÷ 3 = 93.33; u2 80; u4 100 in another category, u5 50 listed separately: neither is in the mean
    votes = tally("满意 基本满意 不满意", [2, 1, 0], [0, 3, 0], [1, 0, 0], [3, 0, 0], [0, 0, 3])
    outcome = outcome_of(text, "u1 u2 u3 b:u4 u5*", tallies={"p": votes})
    assert totals(outcome.sets[0]) == ["93.33", "80", "86.67", "100", "50"]  # (93.33 + 80) ÷ 2 = 86.665
    assert lines(derived(outcome, 2), "p").splitlines() == [
        "代表：满意 1 票（每票 100 分）",
        "有效票 1 张，少于规定的 3 张",
        "按同类单位得分的平均计 86.67 分",
        "同类有分的 2 个单位得分合计 173.33：173.33 ÷ 2 = 86.665",
        "四舍五入保留 2 位小数：86.665 → 86.67",
    ]


def test_a_mean_of_nobody_stops_the_run():
    with pytest.raises(Problems, match="同类没有一个单位有分，无法取平均"):
        run(TIERS % ("", "below_minimum: mean"), "u1", tallies={"p": tally("满意 不满意", [1, 1])})


def test_the_mean_is_for_too_few_ballots_and_not_for_none():
    votes = tally("满意 不满意", [3, 0], [0, 0])
    with pytest.raises(Problems, match=r"u2.*没有测评票"):
        run(TIERS % ("", "below_minimum: mean"), "u1 u2", tallies={"p": votes})


def test_r5_a_panel_of_which_all_say_they_do_not_know_has_no_points():
    with pytest.raises(Problems, match="有效票 0 张"):
        run(TIERS % ("", ""), "u1", tallies={"p": tally("满意 不了解", [0, 9])})


def test_panels_nest_by_weight_and_places_have_points():
    votes = {"mayor": tally("一 二", [1, 0], [0, 1]), "vice": tally("1 2 3", [1, 1, 0], [0, 0, 1])}
    # 100 × 15 ÷ 25 + 97.5 × 10 ÷ 25 = 60 + 39; 90 × 0.6 + 90 × 0.4
    assert totals(run(NESTED, "u1 u2", tallies=votes)) == ["99", "90"]


def test_r7_a_subject_on_nobodys_list_renormalises_inside_the_parent_panel():
    votes = {
        "mayor": tally("一 二", [1, 0], [0, 1]),
        "vice": tally("1 2 3", [1, 0, 0], [0, 0, 0], listed=[True, False]),
    }
    outcome = outcome_of(NESTED, "u1 u2", tallies=votes)
    assert totals(outcome.sets[0]) == ["100", "90"]
    assert node_points(outcome.sets[0], "vice") == ["100", "–"]
    assert "没有人负责评这个单位" in lines(derived(outcome, 1), "vice")


def test_a_listed_unit_nobody_voted_on_stops_the_run():
    votes = {"mayor": tally("一 二", [1, 0], [0, 1]), "vice": tally("1 2 3", [1, 0, 0], [0, 0, 0])}
    with pytest.raises(Problems, match=r"u2.*副市长.*没有测评票"):
        run(NESTED, "u1 u2", tallies=votes)


SCORED = """
indicators:
  - code: p
    name: 评议
    full_marks: 10
    weight: 100
    %s
    panel: {voters: 代表, secrecy: signed, method: {score: {from: 0, to: 10, step: 0.5}}}
"""


def test_scores_out_of_ten_are_converted_by_the_panels_full_marks():
    votes = tally("8.5 9 10", [1, 1, 1])
    result = run(SCORED % "", "u1", tallies={"p": votes})
    assert node_points(result, "p") == ["9.17"]  # 27.5 ÷ 3
    assert totals(result) == ["91.7"]


@pytest.mark.parametrize(("limit", "points"), [("cap: 9", "9"), ("floor: 95%", "9.5"), ("cap: 95%", "9.17")])
def test_r6_a_panel_has_a_cap_and_a_floor(limit, points):
    outcome = outcome_of(SCORED % limit, "u1", tallies={"p": tally("8.5 9 10", [1, 1, 1])})
    assert node_points(outcome.sets[0], "p") == [points]
    assert bool(re.search("高于上限|低于下限", lines(derived(outcome), "p"))) == (points != "9.17")


def test_a_category_without_the_panel_needs_no_ballots():
    text = """
indicators:
  - code: p
    name: 评议
    full_marks: {a: 50, b: 0}
    panel: {voters: 人, secrecy: signed, method: {tiers: {好: 50, 差: 0}}}
  - {code: x, name: x, full_marks: {a: 50, b: 100}, rule: judged}
"""
    votes = tally("好 差", [1, 0], [0, 0])
    assert totals(run(text, "u1 b:u2", {"x": [50, 70]}, tallies={"p": votes})) == ["100", "70"]
    assert totals(run(text, "b:u2", {"x": [70]})) == ["70"]


@pytest.mark.parametrize(
    ("way", "counts", "points", "said"),
    [
        # 50, 80, 100, 100, 100 → 100
        ("median", [3, 1, 1], "100", "5 票由低到高排，取中间的第 3 票：100"),
        # 50, 80, 100, 100 → (80 + 100) ÷ 2
        ("median", [2, 1, 1], "90", "4 票由低到高排，取中间的第 2、3 票平均：(100 × 1 + 80 × 1) ÷ 2 = 90"),
        ("median", [2, 0, 0], "100", "2 票由低到高排，取中间的第 1、2 票平均：100"),
        ("median", [0, 1, 0], "80", "1 票由低到高排，取中间的第 1 票：80"),
        # one 100 and one 50 off: (100 + 100 + 80) ÷ 3
        (
            "{trimmed: {drop: 1, when_more_than: 4}}",
            [3, 1, 1],
            "93.33",
            "有效票 5 张，超过 4 张，去掉 1 个最高、1 个最低后平均：(100 × 2 + 80 × 1) ÷ 3 = 93.333333…",
        ),
        # four votes stay together: (200 + 80 + 50) ÷ 4
        (
            "{trimmed: {drop: 1, when_more_than: 4}}",
            [2, 1, 1],
            "82.5",
            "有效票 4 张，不超过 4 张，不去最高最低，直接平均：(100 × 2 + 80 × 1 + 50 × 1) ÷ 4 = 82.5",
        ),
        # two of three 100 and both 50 off: 100, 80
        (
            "{trimmed: {drop: 2, when_more_than: 5}}",
            [3, 1, 2],
            "90",
            "有效票 6 张，超过 5 张，去掉 2 个最高、2 个最低后平均：(100 × 1 + 80 × 1) ÷ 2 = 90",
        ),
    ],
)
def test_r7_votes_are_aggregated_as_the_scheme_says(way, counts, points, said):
    text = TIERS.replace("minimum_ballots: 3", "") % ("", f"aggregate: {way}")
    outcome = outcome_of(text, "u1", tallies={"p": tally("满意 基本满意 不满意", counts)})
    assert node_points(outcome.sets[0], "p") == [points]
    assert lines(derived(outcome), "p").splitlines()[1] == said


def test_what_is_not_counted_is_not_trimmed_either():
    votes = tally(f"满意 基本满意 不满意 不了解 {VOID}", [2, 1, 1, 5, 5])
    text = TIERS % ("", "aggregate: {trimmed: {drop: 1, when_more_than: 4}}")
    assert totals(run(text, "u1", tallies={"p": votes})) == [
        "82.5"
    ]  # four valid votes of fourteen: (200 + 80 + 50) ÷ 4


def test_a_median_is_rounded_only_at_the_panel():
    text = SCORED.replace("method:", "aggregate: median, method:") % "rounding: 0"
    result = run(text, "u1", tallies={"p": tally("8 8.5 9", [0, 1, 1])})
    assert node_points(result, "p") == ["9"]  # (8.5 + 9) ÷ 2 = 8.75


SCALED = """
indicators:
  - code: p
    name: 评议
    full_marks: 100
    panel: {voters: 代表, secrecy: signed, scaled_to_best: %s, method: {score: {from: 0, to: 10, step: 1}}}
"""


def test_r7_the_best_of_the_category_becomes_full_marks():
    votes = tally("0 4 8 9 10", [0, 0, 1, 1, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 1], [0, 1, 0, 0, 0])
    outcome = outcome_of(SCALED % "category", "u1 u2 u3* b:u4", tallies={"p": votes})
    # 8.5 is the best of category a; 8 × 100 ÷ 8.5 = 94.1176…; u3 is listed separately: 117.6…, held at 100
    assert totals(outcome.sets[0]) == ["100", "94.12", "100", "100"]
    assert lines(derived(outcome, 1), "p").splitlines()[1:3] == [
        "甲类最高 8.5（u1），折为满分 100 分：8 × 100 ÷ 8.5 = 94.117647…",
        "四舍五入保留 2 位小数：94.117647… → 94.12",
    ]
    assert "高于上限 100 分，计 100 分" in lines(derived(outcome, 2), "p")
    everybody = outcome_of(SCALED % "all", "u1 u2 u3* b:u4", tallies={"p": votes})
    assert totals(everybody.sets[0]) == ["100", "94.12", "100", "47.06"]  # 4 × 100 ÷ 8.5
    assert "全部单位最高 8.5（u1）" in lines(derived(everybody, 3), "p")


def test_who_is_the_best_is_said_in_the_order_of_names():
    units = tuple(EvaluatedUnit(code, name, "a") for code, name in [("u1", "Z"), ("u2", "A"), ("u3", "M")])
    votes = tally("5 8", [0, 1], [0, 1], [1, 0])
    outcome = outcome_of(SCALED % "category", units, tallies={"p": votes})  # type: ignore[arg-type]
    assert "甲类最高 8（A、Z），折为满分 100 分：5 × 100 ÷ 8 = 62.5" in lines(derived(outcome, 2), "p")


def test_where_the_best_is_nothing_everybody_has_nothing():
    outcome = outcome_of(SCALED % "category", "u1 u2", tallies={"p": tally("0 10", [1, 0], [1, 0])})
    assert totals(outcome.sets[0]) == ["0", "0"]
    assert "甲类最高 0 分，不折算" in lines(derived(outcome), "p")


def test_a_unit_with_nobody_to_be_compared_with_stops_the_run():
    with pytest.raises(Problems, match=r"u1.*没有可比较的单位"):
        run(SCALED % "category", "u1* b:u2", tallies={"p": tally("8", [1], [1])})


def test_a_panel_with_too_few_ballots_is_nobodys_measure():
    text = SCALED.replace("scaled_to_best", "minimum_ballots: 2, below_minimum: mean, scaled_to_best") % "category"
    votes = tally("6 8 10", [0, 2, 0], [0, 0, 1], [2, 0, 0])
    assert totals(run(text, "u1 u2 u3", tallies={"p": votes})) == ["100", "87.5", "75"]  # 6 × 100 ÷ 8; (100 + 75) ÷ 2


SPREAD = """
indicators:
  - code: p
    name: 评议
    full_marks: 100
    panel:
      voters: 副市长
      secrecy: signed
      subjects: in_charge
      method: {ranking: {points: [100, 90, 60], unequal_lists: spread}}
"""


def test_r7_places_on_lists_of_unequal_length_are_spread_over_the_table():
    votes = tally("1/3 2/3 2/5 4/5 2/2", [1, 0, 1, 0, 0], [0, 1, 0, 0, 1], [0, 0, 0, 1, 0])
    outcome = outcome_of(SPREAD, "u1 u2 u3", tallies={"p": votes})
    # (100 + 95) ÷ 2; (90 + 60) ÷ 2; 4 of 5 stands at 2.5
    assert totals(outcome.sets[0]) == ["97.5", "75", "75"]
    assert lines(derived(outcome), "p").splitlines() == [
        "副市长：3 个中第 1 名 1 票（每票 100 分）、5 个中第 2 名（折合第 1.5 名）1 票（每票 95 分）",
        "(100 × 1 + 95 × 1) ÷ 2 = 97.5",
    ]
    assert "place 2 of 5 (stands at place 1.5): 1 (95 points each)" in lines(derived(outcome), "p", "en")


ASKED = """
indicators:
  - code: p
    name: 评议
    full_marks: 100
    panel:
      voters: 服务对象
      secrecy: anonymous
      minimum_ballots: 2
      below_minimum: mean
      not_counted: [不了解]
      method:
        questionnaire:
          items: [{code: a, name: 态度, weight: 60}, {code: b, name: 效率, weight: 40}]
          scale: {满意: 100, 一般: 60}
"""
ANSWERS = f"a/满意 a/一般 b/满意 b/一般 a/不了解 b/不了解 {VOID}"


def test_r7_a_questionnaire_is_averaged_item_by_item_and_then_by_weight():
    votes = tally(ANSWERS, [3, 1, 1, 2, 0, 1, 2])
    outcome = outcome_of(ASKED, "u1", tallies={"p": votes})
    # 态度 360 ÷ 4 = 90; 效率 220 ÷ 3 = 73.333…; 90 × 60 % + 73.333… × 40 % = 54 + 29.333…
    assert totals(outcome.sets[0]) == ["83.33"]
    assert lines(derived(outcome), "p").splitlines() == [
        "服务对象，“态度”（权重 60）：满意 3 票（每票 100 分）、一般 1 票（每票 60 分）",
        "服务对象，“效率”（权重 40）：满意 1 票（每票 100 分）、一般 2 票（每票 60 分）",
        "不计入：效率不了解 1",
        "废票 2 张",
        "“态度”：(100 × 3 + 60 × 1) ÷ 4 = 90",
        "“效率”：(100 × 1 + 60 × 2) ÷ 3 = 73.333333…",
        "按权重合计：(90 × 60 + 73.333333… × 40) ÷ 100 = 83.333333…",
        "四舍五入保留 2 位小数：83.333333… → 83.33",
    ]


def test_r7_an_item_that_nobody_answered_drops_out():
    votes = tally(ANSWERS, [1, 1, 0, 0, 0, 9, 0])
    outcome = outcome_of(ASKED, "u1", tallies={"p": votes})
    assert totals(outcome.sets[0]) == ["80"]  # (100 + 60) ÷ 2, the other item has don't-knows only
    said = lines(derived(outcome), "p").splitlines()
    assert said[1] == "服务对象，“效率”（权重 40）：没有人回答，不计"
    assert said[-1] == "“态度”：(100 × 1 + 60 × 1) ÷ 2 = 80"


def test_the_valid_ballots_of_a_questionnaire_are_those_of_its_most_answered_item():
    votes = tally(ANSWERS, [2, 0, 0, 1, 0, 1, 0], [1, 0, 1, 0, 1, 1, 3])
    outcome = outcome_of(ASKED, "u1 u2", tallies={"p": votes})
    assert totals(outcome.sets[0]) == ["84", "84"]  # 100 × 60 % + 60 × 40 %; u2 has one ballot of two: the mean
    assert "有效票 1 张，少于规定的 2 张" in lines(derived(outcome, 1), "p")
