"""Marginal bands and straight lines between fixed points, worked by hand."""

from __future__ import annotations

import pytest

from tests.engine.making import apply, points, raw, rule_of

BANDS = (
    "marginal_bands: {to: target, base: 10, step: 2, count: %s, "
    "up: [{steps: 2, points: 1}, {points: 0.2}], down: [{steps: 1, points: 0.5}, {steps: 2, points: 2}]}"
)


@pytest.mark.parametrize(
    ("actual", "earned"),
    [
        (50, "10"),
        (53, "11.5"),  # 1.5 steps of the first band: 10 + 1.5 × 1
        (54, "12"),  # both steps of it
        (59, "12.5"),  # 4.5 steps: 2 × 1 + 2.5 × 0.2
        (49, "9.75"),  # 0.5 steps down: 10 − 0.5 × 0.5
        (45, "6.5"),  # 2.5 steps: 1 × 0.5 + 1.5 × 2
        (30, "5.5"),  # 10 steps: 1 × 0.5 + 2 × 2, and nothing for the other 7
    ],
)
def test_each_band_pays_its_own_rate(actual, earned):
    assert points(BANDS % "proportional", full=20, actual=[actual], target=[50]) == [earned]


@pytest.mark.parametrize(
    ("count", "earned"),
    [
        ("completed", ["12.4", "7.5"]),  # 4 steps up: 2 + 2 × 0.2; 2 steps down: 0.5 + 1 × 2
        ("started", ["12.6", "5.5"]),  # 5 steps up: 2 + 3 × 0.2; 3 steps down: 0.5 + 2 × 2
    ],
)
def test_steps_are_counted_outward_from_the_reference(count, earned):
    assert points(BANDS % count, full=20, actual=[59, 45], target=[50, 50]) == earned


def test_where_less_is_better_up_pays_for_what_is_lower():
    text = "marginal_bands: {to: 4, less_is_better: true, base: 50%, step: 1, count: completed, up: [{points: 2}]}"
    assert raw(text, actual=[1, 4, 9]) == [11, 5, 5]  # 3 steps better; level; worse, of which nothing is said


def test_bands_say_what_each_of_them_pays():
    said = apply(BANDS % "proportional", full=20, actual=[59, 30, 50, 40], target=[50] * 4)
    assert said.said(0).splitlines()[1] == "比参照好 9，每 2 为一步（按比例）共 4.5 步：10 + 2 × 1 + 2.5 × 0.2 = 12.5"
    assert said.said(1).splitlines()[1] == "比参照差 20，每 2 为一步（按比例）共 10 步：10 − 1 × 0.5 − 2 × 2 = 5.5"
    assert said.said(2).splitlines()[1] == "与参照持平，得 10 分"
    one_sided = "marginal_bands: {to: 4, base: 5, step: 1, count: completed, up: [{points: 2}]}"
    assert apply(one_sided, actual=[1]).said().splitlines()[1] == "比参照差 3，方案没有定加减分，得 5 分"
    assert apply(one_sided, actual=["4.5"]).said().splitlines()[1].endswith("共 0 步：5 + 0 = 5")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("step: 2", "step: 0"), "step"),
        (("step: 2", "step: 2%"), "step"),
        (("up: [{steps: 2, points: 1}, {points: 0.2}]", "up: [{points: 1}, {points: 0.2}]"), "up"),
        (("down: [{steps: 1, points: 0.5}, {steps: 2, points: 2}]", "down: [{points: 0}]"), "down"),
        (("base: 10", "of: growth, base: 10"), "step"),
    ],
)
def test_bands_that_mean_nothing_are_refused(change, key):
    text = BANDS % "completed"
    assert list(rule_of(text).mistakes()) == []
    assert [found for found, _ in rule_of(text.replace(*change)).mistakes()] == [key]


def test_bands_on_no_side_are_refused():
    text = "marginal_bands: {to: target, base: 10, step: 2, count: completed}"
    assert [found for found, _ in rule_of(text).mistakes()] == ["base"]


def test_the_most_that_bands_pay_is_known_where_they_end():
    assert rule_of(BANDS.replace("{points: 0.2}", "{steps: 5, points: 0.2}") % "completed").highest(20) == 13
    assert rule_of(BANDS % "completed").highest(20) == 10  # endless: full marks bound it


LINE = (
    "interpolated: {knots: [{at: 60, points: 0}, {at: 80, points: 50%%}, {at: 90, points: 10}], below: %s, above: %s}"
)


@pytest.mark.parametrize(
    ("actual", "earned"),
    [
        (60, "0"),
        (70, "2.5"),  # 0 + 10 ÷ 20 × 5
        (80, "5"),
        (84, "7"),  # 5 + 4 ÷ 10 × 5
        (90, "10"),
        (59, "0"),
        (100, "10"),
    ],
)
def test_a_straight_line_between_fixed_points(actual, earned):
    assert points(LINE % ("hold", "hold"), actual=[actual]) == [earned]


@pytest.mark.parametrize(
    ("below", "above", "earned"),
    [
        ("hold", "hold", [0, 10]),
        ("extend", "extend", [-5, 15]),  # 0 − 20 ÷ 20 × 5; 10 + 10 ÷ 10 × 5
        ("3", "120%", [3, 12]),
        ("-2", "0", [-2, 0]),
    ],
)
def test_beyond_both_ends_it_goes_as_stated(below, above, earned):
    assert raw(LINE % (below, above), actual=[40, 100]) == earned


def test_points_may_fall_along_the_line():
    text = "interpolated: {knots: [{at: 2, points: 10}, {at: 6, points: 2}], below: hold, above: 0}"
    assert points(text, actual=[1, 3, 6, "6.01"]) == ["10", "8", "2", "0"]  # 10 − 1 ÷ 4 × 8


def test_the_line_may_run_over_a_ratio_or_a_difference():
    knots = "[{at: 50%, points: 0}, {at: 100%, points: 8}]"
    ratio = f"interpolated: {{on: ratio, to: target, knots: {knots}, below: 0, above: hold}}"
    assert points(ratio, actual=[30, 50], target=[40, 40]) == ["4", "8"]  # 75 %: half way
    assert apply(ratio, actual=[30], target=[0]).refused == [0]
    difference = ratio.replace("ratio", "difference").replace("50%", "-10").replace("100%", "10")
    assert points(difference, actual=[35, 60], target=[40, 40]) == ["2", "8"]  # −5: a quarter of the way


def test_the_line_says_between_which_points_it_runs():
    applied = apply(LINE % ("hold", "extend"), actual=[84, 59, 92])
    assert applied.said(0) == "实际值 84；在 80 与 90 之间：5 + (84 − 80) ÷ (90 − 80) × (10 − 5) = 7"
    assert applied.said(1) == "实际值 59，低于 60，按 60 计，得 0 分"
    assert applied.said(2) == "实际值 92；高于 90，沿直线延伸：5 + (92 − 80) ÷ (90 − 80) × (10 − 5) = 11"
    assert apply(LINE % ("3", "hold"), actual=[50]).said() == "实际值 50，低于 60，按方案得 3 分"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("interpolated: {knots: [{at: 9, points: 0}, {at: 8, points: 5}], below: hold, above: hold}", "knots"),
        ("interpolated: {knots: [{at: 8, points: 0}, {at: 8, points: 5}], below: hold, above: hold}", "knots"),
        ("interpolated: {knots: [{at: 7, points: 5}, {at: 8, points: 5}], below: hold, above: hold}", "knots"),
        ("interpolated: {knots: [{at: 7%, points: 4}, {at: 8, points: 5}], below: hold, above: hold}", "knots"),
        ("interpolated: {on: ratio, knots: [{at: 7%, points: 4}, {at: 8%, points: 5}], below: 0, above: hold}", "on"),
        (
            "interpolated: {less_is_better: true, knots: [{at: 7, points: 4}, {at: 8, points: 5}], below: 0, above: 9}",
            "less_is_better",
        ),
    ],
)
def test_lines_that_mean_nothing_are_refused(text, key):
    assert [found for found, _ in rule_of(text).mistakes()] == [key]


def test_the_most_that_a_line_gives_is_its_highest_stated_point():
    assert rule_of(LINE % ("hold", "12")).highest(10) == 12
    assert rule_of(LINE % ("extend", "extend")).highest(10) == 10
