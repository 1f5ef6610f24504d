"""Panels: a tally becomes points, worked by hand."""

from __future__ import annotations

import re

import pytest

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


def dropping(text: str) -> str:
    """The panel with 60 of 100 points beside a judged leaf of 40; too few ballots drop it."""
    return (
        text % ("weight: 60", "below_minimum: drop")
    ) + "  - {code: x, name: x, weight: 40, full_marks: 10, rule: judged}\n"


def test_r7_too_few_ballots_may_drop_the_panel():
    votes = tally("满意 基本满意 不满意", [3, 0, 0], [2, 0, 0], [0, 0, 0])
    outcome = outcome_of(dropping(TIERS), "u1 u2 u3", {"x": [5, 5, 5]}, tallies={"p": votes})
    assert node_points(outcome.sets[0], "p") == ["100", "–", "–"]
    assert totals(outcome.sets[0]) == ["80", "50", "50"]
    assert "有效票 2 张，少于规定的 3 张" in lines(derived(outcome, 1), "p")
    assert "÷" not in lines(derived(outcome, 1), "p")


def test_r7_no_ballots_at_all_block_or_drop_the_panel():
    with pytest.raises(Problems, match="没有测评票"):
        run(TIERS % ("", ""), "u1")
    outcome = outcome_of(dropping(TIERS), "u1", {"x": [5]})
    assert totals(outcome.sets[0]) == ["50"]
    assert "没有测评票" in lines(derived(outcome), "p")


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
    with pytest.raises(Problems, match=r"u2.*副市长.*有效票 0 张"):
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
