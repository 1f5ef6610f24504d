"""Better than every one of several references, worked by hand."""

from __future__ import annotations

import pytest

from tests.engine.making import apply, points, rule_of

POINTS = "above_both: {to: [target, mean], points: 80%, otherwise: 1}"


@pytest.mark.parametrize(
    ("actual", "target", "earned"),
    [
        # the mean is 6
        ([8, 4], [7, 3], ["8", "1"]),  # 8 above both; 4 above its target, below the mean
        ([8, 4], [8, 3], ["1", "1"]),  # level with the target is not above it
        ([6, 6], [5, 5], ["1", "1"]),  # level with the mean
    ],
)
def test_higher_than_both_earns_the_points(actual, target, earned):
    assert points(POINTS, actual=actual, target=target) == earned


RATE = "above_both: {to: [target, 5], rate: {step: 2, each: 0.5, count: %s}, otherwise: 0}"


@pytest.mark.parametrize(
    ("count", "earned"),
    [
        ("proportional", ["0.75", "1.25", "0", "0"]),  # 3 above 7: 1.5 steps; 5 above 5: 2.5 steps
        ("completed", ["0.5", "1", "0", "0"]),
        ("started", ["1", "1.5", "0", "0"]),
    ],
)
def test_a_rate_is_paid_on_the_excess_over_the_higher_of_the_two(count, earned):
    # the higher of the two: 7, 5, 12, 5
    assert points(RATE % count, actual=[10, 10, 10, 5], target=[7, 3, 12, 2]) == earned


def test_where_less_is_better_it_is_the_lower_that_counts():
    rate = "rate: {step: 1, each: 2, count: proportional}"
    text = f"above_both: {{less_is_better: true, to: [target, 5, 8], {rate}, otherwise: 0}}"
    assert points(text, actual=[3, 5, 1], target=[4, 9, 2]) == ["2", "0", "2"]  # 4 − 3; 5 is not below 5; 2 − 1


def test_both_references_and_the_way_to_the_points_are_said():
    applied = apply(RATE % "completed", actual=[10, 4], target=[7, 3])
    assert applied.said(0).splitlines() == [
        "实际值 10，目标值 7，规定值 5",
        "高于全部参照，比其中最高的 7 相差 3，每 2 为一步（只计满步）共 1 步：1 × 0.5 = 0.5",
    ]
    assert applied.said(1).splitlines()[1] == "没有高于全部参照，按方案得 0 分"
    said = apply(POINTS, actual=[8, 4], target=[7, 3]).said()
    assert said.splitlines() == ["实际值 8，目标值 7，平均值 6（同类 2 个单位）", "高于全部参照，得 8 分"]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("otherwise", "points: 3, otherwise"), "points"),
        (("rate: {step: 2, each: 0.5, count: completed}, ", ""), "points"),
        (("[target, 5]", "[target, target]"), "to"),
        (("[target, 5]", "[target, 5%]"), "to"),
        (("step: 2", "step: -2"), "rate"),
        (("step: 2", "step: 2%"), "rate"),
        (("each: 0.5", "each: 0"), "rate"),
    ],
)
def test_what_contradicts_itself_is_refused(change, key):
    text = RATE % "completed"
    assert list(rule_of(text).mistakes()) == []
    assert [found for found, _ in rule_of(text.replace(*change)).mistakes()] == [key]
