"""Children → node: sums, weights, means, extremes and roots, worked by hand."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.irrational import rounded_root
from engine.text import Problems
from tests.engine.making import MISSING, NA, derived, judged, lines, node_points, outcome_of, run, totals


def test_children_add_up():
    assert totals(run(judged(("x", 60), ("y", 40)), "u1 u2", {"x": [50, 10], "y": [30, "0.5"]})) == ["80", "10.5"]


NESTED = """
indicators:
  - code: left
    name: 左
    weight: 30
    full_marks: 100
    indicators:
      - {code: x, name: x, weight: 10, full_marks: 20, rule: judged}
      - {code: y, name: y, weight: 20, full_marks: 50, rule: judged}
  - {code: right, name: 右, weight: 70, full_marks: 10, rule: judged}
"""


def test_nested_weights_convert_each_child_from_its_own_full_marks():
    # left = (15 ÷ 20 × 10 + 40 ÷ 50 × 20) × 100 ÷ 30 = 23.5 × 100 ÷ 30 = 78.333… → 78.33
    # total = 78.33 × 30 ÷ 100 + 7 × 70 ÷ 10 = 23.499 + 49 = 72.499 → 72.5
    result = run(NESTED, "u1", {"x": [15], "y": [40], "right": [7]})
    assert node_points(result, "left") == ["78.33"]
    assert totals(result) == ["72.5"]


def test_the_rounded_value_replaces_the_exact_one_from_there_on():
    unrounded = "rounding: {leaf: 2, node: none, panel: 2, total: 2}\n" + NESTED
    # 23.5 + 7 × 7 = 72.5 exactly
    assert run(unrounded, "u1", {"x": [15], "y": [40], "right": [7]}).exact_total[0] == Fraction("72.5")
    assert run(NESTED, "u1", {"x": [15], "y": [40], "right": [7]}).exact_total[0] == Fraction("72.499")


GROUP = """
rounding: {{leaf: 2, node: 3, panel: 2, total: 2}}
indicators:
  - code: group
    name: 组
    full_marks: 100
    not_applicable: renormalise
    roll_up: {way}
    indicators:
      - {{code: x, name: x, full_marks: 10, rule: judged}}
      - {{code: y, name: y, full_marks: 40, rule: judged}}
      - {{code: z, name: z, full_marks: 50, rule: judged}}
"""


@pytest.mark.parametrize(
    ("way", "points"),
    [
        ("sum", "46"),  # 8 + 8 + 30
        ("mean", "53.333"),  # 160 ÷ 3
        ("minimum", "20"),
        ("maximum", "80"),
        ("geometric_mean", "45.789"),  # ∛(0.8 × 0.2 × 0.6) × 100 = ∛96000 = 45.7886
    ],
)
def test_roll_up_of_shares(way, points):
    # shares 80 %, 20 %, 60 %
    result = run(GROUP.format(way=way), "u1", {"x": [8], "y": [8], "z": [30]})
    assert node_points(result, "group") == [points]


@pytest.mark.parametrize(
    ("way", "points"),
    [("mean", "70"), ("minimum", "60"), ("maximum", "80"), ("geometric_mean", "69.282"), ("sum", "63.333")],
)
def test_r7_what_does_not_apply_takes_no_part_in_any_roll_up(way, points):
    # shares 80 % and 60 %: √(0.8 × 0.6) = 0.69282; sum (8 + 30) ÷ 60 × 100
    result = run(GROUP.format(way=way), "u1", {"x": [8], "y": [NA], "z": [30]})
    assert node_points(result, "group") == [points]


@pytest.mark.parametrize("way", ["mean", "minimum", "maximum", "geometric_mean"])
def test_a_derivation_says_which_way_and_claims_no_conversion(way):
    outcome = outcome_of(GROUP.format(way=way), "u1", {"x": [8], "y": [8], "z": [30]})
    said = {"mean": "平均", "minimum": "最低", "maximum": "最高", "geometric_mean": "几何平均"}[way]
    assert said in lines(derived(outcome), "group")
    assert "折算" not in lines(derived(outcome), "x")


def test_r7_a_node_of_which_nothing_applies_does_not_apply():
    text = """
indicators:
  - code: group
    name: 组
    not_applicable: renormalise
    indicators:
      - {code: x, name: x, full_marks: 10, rule: judged}
      - {code: y, name: y, full_marks: 40, rule: judged}
  - {code: z, name: z, full_marks: 50, rule: judged}
"""
    outcome = outcome_of(text, "u1 u2", {"x": [NA, 5], "y": [NA, 20], "z": [40, 40]})
    assert node_points(outcome.sets[0], "group") == ["–", "25"]
    assert totals(outcome.sets[0]) == ["80", "65"]  # 40 ÷ 50 × 100
    whole = derived(outcome)
    assert whole.find("group").points is None  # type: ignore[union-attr]
    assert "权重由同级其他指标分担" in lines(whole, "group")
    assert "权重由同级其他指标分担" in lines(whole, "x")
    assert lines(whole, "z").startswith("评分人评定 40 分")


def test_r7_a_unit_to_which_nothing_applies_stops_the_run():
    text = "not_applicable: renormalise\n" + judged(("x", 60), ("y", 40))
    with pytest.raises(Problems, match=r"u2.*没有一项指标适用"):
        run(text, "u1 u2", {"x": [1, NA], "y": [1, NA]})


@pytest.mark.parametrize("way", ["mean", "minimum", "maximum", "geometric_mean"])
def test_r7_nothing_applies_under_any_roll_up(way):
    text = GROUP.format(way=way) + "  - {code: w, name: w, full_marks: 50, rule: judged}\n"
    result = run(text, "u1", {"x": [NA], "y": [NA], "z": [NA], "w": [25]})
    assert node_points(result, "group") == ["–"]
    assert totals(result) == ["50"]


@pytest.mark.parametrize(
    ("limits", "points"),
    [("cap: 70", "70"), ("cap: 70%", "70"), ("floor: 85", "85"), ("floor: 85%, cap: 90%", "85"), ("cap: 75", "75")],
)
def test_r6_a_node_has_a_cap_and_a_floor(limits, points):
    text = f"""
indicators:
  - code: group
    name: 组
    {limits.replace(", ", chr(10) + "    ")}
    indicators:
      - {{code: x, name: x, full_marks: 60, rule: judged}}
      - {{code: y, name: y, full_marks: 40, rule: judged}}
"""
    outcome = outcome_of(text, "u1", {"x": [50], "y": [30]})
    assert node_points(outcome.sets[0], "group") == [points]
    assert bool(re.search("高于上限|低于下限", lines(derived(outcome), "group"))) == (points != "80")


def test_a_leaf_may_go_above_full_and_below_zero_where_its_limits_say_so():
    text = """
indicators:
  - {code: x, name: x, full_marks: 60, cap: 120%, rule: {ratio: {to: target}}}
  - {code: y, name: y, full_marks: 40, floor: -10, rule: {deduct: {each: {late: {name: 迟, points: 30}}}}}
"""
    columns = {"x": [2, 3, 0], "x actual target": [2, 2, 2], "y late": [0, 2, 9]}
    # 60 + 40 · min(90, 72) + max(−20, −10) · 0 − 10
    result = run(text, "u1 u2 u3", columns)
    assert node_points(result, "x") == ["60", "72", "0"]
    assert node_points(result, "y") == ["40", "-10", "-10"]
    assert totals(result) == ["100", "62", "-10"]


def test_r5_a_negative_share_has_no_geometric_mean():
    text = """
indicators:
  - code: group
    name: 组
    full_marks: 100
    roll_up: geometric_mean
    indicators:
      - {code: x, name: x, full_marks: 50, floor: -10, rule: {deduct: {each: {late: {name: 迟, points: 30}}}}}
      - {code: y, name: y, full_marks: 50, rule: judged}
"""
    assert totals(run(text, "u1 u2", {"x late": [0, 1], "y": [50, 0]})) == ["100", "0"]
    with pytest.raises(Problems, match=r"u2.*几何平均"):
        run(text, "u1 u2", {"x late": [0, 2], "y": [50, 10]})


def test_full_marks_of_1200():
    text = "full_marks: 1200\n" + judged(("x", 700), ("y", 500))
    assert totals(run(text, "u1", {"x": [650], "y": [433]})) == ["1083"]


def test_a_category_may_have_other_full_marks():
    text = """
indicators:
  - {code: x, name: x, full_marks: {a: 60, b: 30}, rule: {ratio: {to: 100}}}
  - {code: y, name: y, full_marks: {a: 40, b: 70}, rule: judged}
"""
    assert totals(run(text, "u1 b:u2", {"x": [50, 50], "y": [10, 60]})) == ["40", "75"]


# Roots by whole numbers.


def by_search(value: Fraction, degree: int, places: int) -> Fraction:
    """The rounded root by trying: the largest k with k − ½ at or below the root."""
    k = 0
    while Fraction(2 * k + 1, 2 * 10**places) ** degree <= value:
        k += 1
    return Fraction(k, 10**places)


@given(st.builds(Fraction, st.integers(0, 300), st.integers(1, 40)), st.integers(1, 5), st.integers(0, 2))
def test_r2_roots_are_rounded_half_up_exactly(value, degree, places):
    assert rounded_root(value, degree, places) == by_search(value, degree, places)


@pytest.mark.parametrize(
    ("value", "degree", "places", "root"),
    [
        (Fraction(1, 4), 2, 0, "1"),  # the root is exactly 0.5
        (Fraction(1, 4) - Fraction(1, 10**40), 2, 0, "0"),
        (Fraction("0.125") ** 3, 3, 2, "0.13"),
        (Fraction(10) ** 60, 3, 9, "100000000000000000000"),
        (Fraction(0), 7, 2, "0"),
        (Fraction(5), 1, 2, "5"),
        (Fraction(5), 0, 2, "0"),
        (Fraction(2), 2, 9, "1.414213562"),
    ],
)
def test_r2_roots_at_the_edges(value, degree, places, root):
    assert rounded_root(value, degree, places) == Fraction(root)


def test_r7_missing_names_every_unit_and_indicator_at_once():
    with pytest.raises(Problems) as stop:
        run(judged(("x", 60), ("y", 40)), "u1 u2", {"x": [MISSING, 3], "y": [MISSING, MISSING]})
    said = [str(problem.what) for problem in stop.value.found]
    assert len(said) == 3
    assert all("缺数据" in text for text in said)
    assert [("u1" in text, "x x" in text) for text in said] == [(True, True), (True, False), (False, False)]
