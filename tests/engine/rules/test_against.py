"""Rules against a reference, worked by hand from what the rule book would say."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engine.making import apply, points, raw, rule_of

RATIO = "ratio: {to: target}"
LESS = "ratio: {to: target, less_is_better: true}"


@pytest.mark.parametrize(
    ("actual", "target", "full", "earned"),
    [
        (430, 470, 20, "18.3"),  # 430 ÷ 470 × 20 = 18.2978… → 18.30
        (2, 3, 10, "6.67"),  # multiply first: 20 ÷ 3
        (1, 8, 1, "0.13"),  # 0.125: the tie goes up
        (3, 2, 10, "10"),  # 15, capped
        (0, 3, 10, "0"),
        (-1, 3, 10, "0"),  # −3.33, floor 0
        ("0.001", "0.003", 10, "3.33"),
    ],
)
def test_ratio(actual, target, full, earned):
    assert points(RATIO, full=full, actual=[actual], target=[target]) == [earned]


@pytest.mark.parametrize(
    ("actual", "target", "earned"),
    [
        (40, 30, "7.5"),  # 30 ÷ 40 × 10
        (30, 30, "10"),
        (20, 30, "10"),  # 15, capped
        (7, 2, "2.86"),  # 20 ÷ 7 = 2.857…
    ],
)
def test_ratio_where_less_is_better(actual, target, earned):
    assert points(LESS, actual=[actual], target=[target]) == [earned]


@pytest.mark.parametrize("actual", [0, -3])
@pytest.mark.parametrize("target", [5, 0, -5])
def test_r5_less_is_better_and_not_above_0_earns_the_cap(actual, target):
    applied = apply(LESS, cap=12, actual=[actual], target=[target])
    assert applied.raw.fractions() == [12]
    assert applied.refused == []
    assert "不大于 0" in applied.said()


@pytest.mark.parametrize("text", [RATIO, LESS])
@pytest.mark.parametrize("target", [0, -5])
def test_r5_a_target_not_above_0_stops_the_run_unless_the_scheme_says(text, target):
    assert apply(text, actual=[1, 1], target=[5, target]).refused == [1]
    said = text.replace("target", "target, reference_not_positive: 30%", 1)
    applied = apply(said, actual=[1], target=[target])
    assert applied.raw.fractions() == [3]
    assert "按方案得 3 分" in applied.said()
    points_said = text.replace("target", "target, reference_not_positive: 4", 1)
    assert apply(points_said, actual=[1], target=[target]).raw.fractions() == [4]


@pytest.mark.parametrize(
    ("actual", "earned"),
    [(50, "5"), ("49.9999", "0"), ("50.0001", "5"), (0, "0")],  # 49.9999 % would round to 5.00: looked at unrounded
)
def test_a_ratio_below_the_gate_earns_nothing(actual, earned):
    text = "ratio: {to: target, nothing_below: 50%}"
    applied = apply(text, actual=[actual], target=[100])
    assert points(text, actual=[actual], target=[100]) == [earned]
    if earned == "0":
        assert "低于 50%，得 0 分" in applied.said()


def test_r6_ratio_itself_has_no_cap():
    assert raw(RATIO, actual=[30, -30], target=[10, 10]) == [30, -30]


def test_ratio_says_both_figures_the_quotient_and_the_points():
    assert apply(RATIO, full=20, actual=[430], target=[470]).said().splitlines() == [
        "实际值 430，目标值 470",
        "430 ÷ 470 × 20 = 18.297872…（91.4893…%）",
    ]
    assert "30 ÷ 40 × 10 = 7.5（75%）" in apply(LESS, actual=[40], target=[30]).said()


@pytest.mark.parametrize(
    ("to", "columns", "earned"),
    [
        ("stretch", {"stretch": [8]}, "5"),
        ("baseline", {"baseline": [5]}, "8"),
        ("last_year", {"last_year": [16]}, "2.5"),
        ("100%", {}, "10"),  # 4 ÷ 1, capped
        ("{constant: 40}", {}, "1"),
        ("{fact: planned}", {"planned": [10]}, "4"),
        ("{series: national}", {"series": {"national": "6.4"}}, "6.25"),
        ("{mean_of_years: 2}", {"last_year": [6], "two_years_ago": [10]}, "5"),
        ("{mean_of_years: 3}", {"last_year": [6], "two_years_ago": [10], "three_years_ago": [8]}, "5"),
    ],
)
def test_ratio_to_every_reference_of_the_unit(to, columns, earned):
    assert points(f"ratio: {{to: {to}}}", actual=[4], **columns) == [earned]


@pytest.mark.parametrize(
    ("to", "less", "earned"),
    [
        ("mean", False, ["2", "4", "10"]),  # (1 + 2 + 12) ÷ 3 = 5
        ("median", False, ["5", "10", "10"]),  # 2
        ("best", False, ["0.83", "1.67", "10"]),  # 12
        ("worst", False, ["10", "10", "10"]),  # 1
        ("best", True, ["10", "5", "0.83"]),  # 1
        ("worst", True, ["10", "10", "10"]),  # 12
    ],
)
def test_ratio_to_a_figure_of_the_category(to, less, earned):
    text = f"ratio: {{to: {to}, less_is_better: {'true' if less else 'false'}}}"
    assert points(text, actual=[1, 2, 12]) == earned


def test_the_comparison_set_is_the_category_or_everybody():
    assert points("ratio: {to: mean}", actual=[1, 3, 5, 15], category="aabb") == ["5", "10", "5", "10"]
    text = "ratio: {to: {mean: {among: all}}}"
    assert points(text, actual=[1, 3, 5, 15], category="aabb") == ["1.67", "5", "8.33", "10"]  # 24 ÷ 4 = 6


@pytest.mark.parametrize(
    ("values", "middle"), [([7], 7), ([4, 7], Fraction(11, 2)), ([9, 4, 7], 7), ([9, 4, 7, 6], Fraction(13, 2))]
)
def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two(values, middle):
    assert apply("ratio: {to: median}", actual=values).inputs.notes["reference"][0] == middle


def test_units_listed_separately_are_measured_but_take_no_part_in_the_figure():
    applied = apply("ratio: {to: mean}", actual=[2, 4, 90], separately=[2])
    assert applied.inputs.notes["reference"].fractions() == [3, 3, 3]
    assert apply("ratio: {to: best}", actual=[2, 4, 90], separately=[2]).inputs.notes["reference"][0] == 4


def test_r5_a_category_of_units_listed_separately_has_nobody_to_compare_with():
    assert apply("ratio: {to: mean}", actual=[1, 2, 3], category="aab", separately=[2]).refused == [2]


@pytest.mark.parametrize(
    ("actual", "last", "target", "earned"),
    [
        (110, 100, 120, "5"),  # growth 10 %, the target's growth 20 %
        (-90, -100, -80, "5"),  # (−90 + 100) ÷ 100 = 10 % against 20 %
        (100, 100, 120, "0"),
    ],
)
def test_growth_is_over_the_size_of_last_year_and_the_target_is_measured_alike(actual, last, target, earned):
    text = "ratio: {of: growth, to: target}"
    assert points(text, actual=[actual], last_year=[last], target=[target]) == [earned]


def test_r5_growth_from_zero_stops_the_run_unless_the_scheme_says():
    assert apply("ratio: {of: growth, to: 10%}", actual=[5, 5], last_year=[4, 0]).refused == [1]
    said = "ratio: {of: {growth: {from_zero: 5%}}, to: 10%}"
    assert points(said, actual=[5], last_year=[0]) == ["5"]


def test_increment():
    assert points("ratio: {of: increment, to: 20}", actual=[115], last_year=[100]) == ["7.5"]


SHARE = "ratio: {of: {share: {part: done, whole: due}}, to: 100%}"


def test_r5_a_share_of_nothing_stops_the_run_unless_the_scheme_says():
    assert points(SHARE, done=[3], due=[4]) == ["7.5"]
    assert apply(SHARE, done=[3, 0], due=[4, 0]).refused == [1]
    said = SHARE.replace("whole: due", "whole: due, of_nothing: 100%")
    assert points(said, done=[0], due=[0]) == ["10"]


# Step tables.

GROWTH_STEPS = """
step_table:
  steps:
    - {from: 90, points: 100%}
    - {above: 80, points: 8}
    - {from: 60, points: 50%}
  otherwise: 1
"""


@pytest.mark.parametrize(
    ("actual", "earned"),
    [("90", "10"), ("89.999", "8"), ("80.001", "8"), ("80", "5"), ("60", "5"), ("59.999", "1"), ("-5", "1")],
)
def test_a_step_says_at_or_above(actual, earned):
    assert points(GROWTH_STEPS, actual=[actual]) == [earned]


FALLING = "step_table: {steps: [{up_to: 5, points: 10}, {below: 8, points: 6}], otherwise: 0}"


@pytest.mark.parametrize(("actual", "earned"), [(-1, "10"), (5, "10"), ("5.01", "6"), ("7.99", "6"), (8, "0")])
def test_a_falling_table_says_up_to_or_below(actual, earned):
    assert points(FALLING, actual=[actual]) == [earned]


@pytest.mark.parametrize(("actual", "earned"), [(100, "10"), (90, "6"), ("89.999", "0")])
def test_a_table_on_the_ratio_looks_at_it_unrounded(actual, earned):
    text = (
        "step_table: {on: ratio, to: target, steps: [{from: 100%, points: 10}, {from: 90%, points: 6}], otherwise: 0}"
    )
    assert points(text, actual=[actual], target=[100]) == [earned]


@pytest.mark.parametrize(("actual", "earned"), [(15, "10"), (14, "6"), (10, "6"), (9, "0")])
def test_a_table_on_the_difference(actual, earned):
    text = (
        "step_table: {on: difference, to: target, steps: [{from: 5, points: 10}, {from: 0, points: 6}], otherwise: 0}"
    )
    assert points(text, actual=[actual], target=[10]) == [earned]


def test_r5_a_table_on_a_ratio_to_nothing_stops_the_run():
    text = "step_table: {on: ratio, to: target, steps: [{from: 90%, points: 6}], otherwise: 0}"
    assert apply(text, actual=[1, 1, 1], target=[1, 0, -1]).refused == [1, 2]


def test_a_table_gives_what_is_stated_where_there_is_no_ratio():
    text = "step_table: {on: ratio, to: target, reference_not_positive: 40%, steps: [{from: 90%, points: 6}],"
    text += " otherwise: 0}"
    applied = apply(text, actual=[1, 5, 1], target=[1, 0, -1])
    assert (applied.raw.fractions(), applied.refused) == ([6, 4, 4], [])
    assert applied.said(1).splitlines() == ["实际值 5，目标值 0", "参照值不大于 0，按方案得 4 分"]


def test_a_table_says_the_step():
    assert apply(GROWTH_STEPS, actual=[85]).said() == "实际值 85，> 80，得 8 分"
    assert apply(GROWTH_STEPS, actual=[10]).said() == "实际值 10，其余情况，得 1 分"
    text = "step_table: {on: ratio, to: target, steps: [{from: 90%, points: 6}], otherwise: 0}"
    assert apply(text, actual=[19], target=[20]).said().splitlines() == [
        "实际值 19，目标值 20",
        "完成率 19 ÷ 20 = 95%，≥ 90%，得 6 分",
    ]


# Base ± steps.

STEPS = "base_steps: {to: {constant: 40}, base: 15, step: 0.5, up: 0.5, down: 1, count: %s, at_least: 12, at_most: 18}"


@pytest.mark.parametrize(
    ("count", "actual", "earned"),
    [
        ("proportional", "40", "15"),
        ("proportional", "40.75", "15.75"),  # 1.5 steps × 0.5
        ("proportional", "39.25", "13.5"),  # 1.5 steps × 1
        ("completed", "40.99", "15.5"),  # one whole step
        ("completed", "40.49", "15"),
        ("completed", "39.01", "14"),  # one whole step, outward from the reference
        ("completed", "39.51", "15"),
        ("started", "40.01", "15.5"),
        ("started", "40.5", "15.5"),  # exactly one step
        ("started", "39.99", "14"),  # a step begun downward counts whole
        ("started", "39.49", "13"),
        ("started", "40", "15"),
        ("proportional", "44", "18"),  # 8 steps would give 19: at most 18
        ("proportional", "30", "12"),  # 20 steps would cost 20: at least 12
        ("completed", "-1000", "12"),
    ],
)
def test_r6_base_and_steps_outward_in_both_directions(count, actual, earned):
    assert points(STEPS % count, full=20, actual=[actual]) == [earned]


@pytest.mark.parametrize(("actual", "earned"), [("39.49", "15.5"), ("40.51", "14"), ("40", "15")])
def test_base_and_steps_where_less_is_better(actual, earned):
    text = STEPS.replace("base: 15", "less_is_better: true, base: 15") % "completed"
    assert points(text, full=20, actual=[actual]) == [earned]


def test_base_and_steps_from_the_mean_of_the_category():
    text = STEPS.replace("{constant: 40}", "mean").replace("down: 1", "down: 0.5") % "proportional"
    assert points(text, full=18, actual=["1", "2", "3"]) == ["14", "15", "16"]


def test_base_and_steps_say_the_steps_and_the_limits():
    said = apply(STEPS % "started", full=20, actual=["39.49"]).said().splitlines()
    assert said[0] == "实际值 39.49，规定值 40"
    expected = "比参照差 0.51，每 0.5 为一步（不足一步按一步计）共 2 步：15 − 2 × 1 = 13"
    assert said[1] == expected


def test_a_difference_from_the_best_where_less_is_better():
    # best is 10: 10 − 10 = 0 ≤ 0; 12 − 10 = 2 ≤ 5; 30 − 10 = 20
    text = (
        "step_table: {on: difference, to: best, less_is_better: true, "
        "steps: [{up_to: 0, points: 10}, {up_to: 5, points: 6}], otherwise: 1}"
    )
    assert points(text, actual=[10, 12, 30]) == ["10", "6", "1"]
    assert points(text.replace("less_is_better: true", "less_is_better: false"), actual=[10, 30]) == ["10", "10"]


REST = "base: 6, up: 1, down: 1, count: completed, at_least: 0, at_most: 9"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ratio: {of: {share: {part: a, whole: b}}, to: 95}", "to"),
        ("ratio: {of: growth, to: 8}", "to"),
        ("ratio: {to: 95%}", "to"),
        (f"base_steps: {{of: growth, to: 0%, step: 1, {REST}}}", "step"),
        (f"base_steps: {{to: 50, step: 1%, {REST}}}", "step"),
        ("step_table: {on: ratio, to: target, steps: [{from: 95, points: 9}], otherwise: 0}", "steps"),
        ("step_table: {of: {share: {part: a, whole: b}}, steps: [{from: 95, points: 9}], otherwise: 0}", "steps"),
        ("step_table: {steps: [{from: 95%, points: 9}], otherwise: 0}", "steps"),
    ],
)
def test_a_percentage_is_written_with_its_sign_and_a_number_without(text, key):
    assert [found for found, _ in rule_of(text).mistakes()] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "ratio: {of: {share: {part: a, whole: b}}, to: 95%}",
        "ratio: {to: 95}",
        f"base_steps: {{of: growth, to: 0%, step: 0.5%, {REST}}}",
        "step_table: {on: ratio, to: target, steps: [{from: 95%, points: 9}], otherwise: 0}",
        "step_table: {of: {share: {part: a, whole: b}}, steps: [{above: 0, points: 9}], otherwise: 0}",
    ],
)
def test_a_figure_that_fits_its_measure_is_fine(text):
    assert list(rule_of(text).mistakes()) == []


def test_a_published_percentage_is_held_against_computed_growth():
    # growth 8 %, published 5.2 %: 2.8 points above, whole steps of 1 %: 2 → 6 + 2; against 12.5 %: −4.5, 4 steps → 2
    text = (
        "base_steps: {of: growth, to: {series: nation}, base: 6, step: 1%, up: 1, down: 1, "
        "count: completed, at_least: 0, at_most: 9}"
    )
    assert points(text, actual=[108], last_year=[100], series={"nation": "5.2"}) == ["8"]
    assert points(text, actual=[108], last_year=[100], series={"nation": "12.5"}) == ["2"]
    plain = "ratio: {to: {series: nation}}"  # a fact as it stands: 4 ÷ 5 × 10
    assert points(plain, actual=[4], series={"nation": 5}) == ["8"]


TABLE = "steps: [{from: %s, points: 6}], otherwise: 0"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ratio: {of: growth, to: {fact: planned}}", "to"),
        ("ratio: {of: {share: {part: a, whole: b}}, to: {fact: c}}", "to"),
        (f"step_table: {{on: ratio, to: target, less_is_better: true, {TABLE % '90%'}}}", "less_is_better"),
        (f"step_table: {{less_is_better: true, {TABLE % 90}}}", "less_is_better"),
        (f"step_table: {{reference_not_positive: 0, {TABLE % 90}}}", "reference_not_positive"),
        (f"step_table: {{on: ratio, to: 0, {TABLE % '90%'}}}", "to"),
        ("rank_table: {places: [10, 8], overlap: from_above}", "overlap"),
    ],
)
def test_keys_and_pairs_without_meaning_are_refused(text, key):
    assert [found for found, _ in rule_of(text).mistakes()] == [key]


def test_steps_may_cost_more_than_there_is_where_the_rule_says_so():
    # 3 whole steps of 1 below: 0 − 3 × 2 = −6, at least −5
    text = "base_steps: {to: 4, base: 0, step: 1, up: 1, down: 2, count: completed, at_least: -5, at_most: 3}"
    assert raw(text, actual=[1, 2, 9]) == [-5, -4, 3]
