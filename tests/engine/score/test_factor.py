"""R6: rule → factor → cap and floor → rounding, at a leaf, a group and an own list."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.text import Problems
from tests.engine.making import MISSING, NA, derived, lines, node_points, outcome_of, own_rows, run

CATEGORY = "factors: {hard: {name: 难度系数, by_category: {a: 1.1, b: 0.9}}}\n"
UNIT = "factors: {size: {name: 规模系数}}\n"


def leaf(keys: str) -> str:
    return f"indicators: [{{code: x, name: x, full_marks: 100, rule: judged, {keys}}}]"


def test_r6_the_factor_of_a_category_comes_before_cap_and_rounding():
    # 50.05 × 1.1 = 55.055 → 55.06; 95 × 1.1 = 104.5 → 100; 50.05 × 0.9 = 45.045 → 45.05
    result = run(CATEGORY + leaf("factor: hard"), "u1 u2 b:u3", {"x": ["50.05", 95, "50.05"]})
    assert node_points(result, "x") == ["55.06", "100", "45.05"]


def test_r6_with_a_higher_cap_it_brings_more_than_full_marks():
    # 95 × 1.1 = 104.5, above the cap of 104; 40 × 1.1 = 44, below the floor of 45
    result = run(CATEGORY + leaf("factor: hard, cap: 104, floor: 45"), "u1 u2", {"x": [95, 40]})
    assert node_points(result, "x") == ["104", "45"]


def test_r6_a_group_is_multiplied_after_its_children_are_rounded():
    # a: 1 ÷ 3 × 60 = 20; b: 10.005 → 10.01; (20 + 10.01) × 1.05 = 31.5105 → 31.51
    text = UNIT + (
        "indicators: [{code: g, name: g, full_marks: 100, factor: size, indicators: ["
        "{code: a, name: a, full_marks: 60, fact: {name: 数}, rule: {ratio: {to: 3}}},"
        "{code: b, name: b, full_marks: 40, rule: judged}]}]"
    )
    factors = {("u1", "size"): Fraction("1.05")}
    outcome = outcome_of(text, "u1", {"a": [1], "b": ["10.005"]}, factors=factors)
    assert node_points(outcome.sets[0], "g") == ["31.51"]
    assert lines(derived(outcome), "g").splitlines()[:2] == [
        "20 + 10.01 = 30.01",
        "规模系数 1.05：30.01 × 1.05 = 31.5105",
    ]


def test_r6_an_own_list_is_multiplied_as_a_whole():
    # 60 + 30 = 90; × 0.9 = 81
    text = CATEGORY + "indicators: [{code: o, name: o, full_marks: 100, factor: hard, own: {rules: {评定: judged}}}]"
    own = {"o": own_rows((0, "1", 65, "评定", 60), (0, "2", 35, "评定", 30))}
    outcome = outcome_of(text, "b:u1", own=own)
    assert node_points(outcome.sets[0], "o") == ["81"]
    assert "难度系数 0.9：90 × 0.9 = 81" in lines(derived(outcome), "o")


def test_r9_the_derivation_says_what_the_factor_makes():
    outcome = outcome_of(CATEGORY + leaf("factor: hard"), "u1", {"x": [95]})
    said = lines(derived(outcome), "x")
    assert "难度系数 1.1：95 × 1.1 = 104.5" in said
    assert "高于上限 100 分，计 100 分" in said


def test_what_is_filled_in_is_not_multiplied():
    # u1 earns 50 × 0.5 = 25; u2 lacks its figure and gets the mean of points, 25; u3 has full marks for n/a
    text = UNIT + "missing: mean\nnot_applicable: full\n" + leaf("factor: size")
    factors = {(unit, "size"): Fraction("0.5") for unit in ("u1", "u2", "u3")}
    result = run(text, "u1 u2 u3", {"x": [50, MISSING, NA]}, factors=factors)
    assert node_points(result, "x") == ["25", "25", "100"]


def test_r5_a_unit_without_its_factor_stops_the_run_only_where_it_needs_one():
    text = UNIT + "not_applicable: full\n" + leaf("factor: size")
    with pytest.raises(Problems) as stopped:
        run(text, "u1 u2", {"x": [50, NA]})
    [problem] = stopped.value.found
    assert "u1" in problem.what.zh
    assert "缺系数“规模系数”" in problem.what.zh


def test_r6_a_geometric_mean_is_rounded_once_with_its_factor():
    # √(0.5 × 0.7) × 33 × 1.1 = 21.475… → 21; the root alone is 19.523… → 20, and 20 × 1.1 would be 22
    text = UNIT + (
        "indicators: [{code: g, name: g, full_marks: 33, factor: size, roll_up: geometric_mean, rounding: 0,"
        " indicators: ["
        "{code: a, name: a, full_marks: 10, rule: judged}, {code: b, name: b, full_marks: 10, rule: judged}]},"
        "{code: c, name: c, full_marks: 67, rule: judged}]"
    )
    factors = {("u1", "size"): Fraction("1.1")}
    outcome = outcome_of(text, "u1", {"a": [5], "b": [7], "c": [60]}, factors=factors)
    assert node_points(outcome.sets[0], "g") == ["21"]
    assert "× 满分 33 × 规模系数 1.1，得 21" in lines(derived(outcome), "g")
