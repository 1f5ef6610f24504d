"""Rules that look at one unit alone, worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engine.making import apply, points, raw

OFFENCES = "deduct: {each: {late: {name: 迟报, points: 0.5}, wrong: {name: 错报, points: 2, at_most: 3}}}"


def test_judged_points_stand_as_given():
    assert points("judged", actual=[0, "7.25", 10]) == ["0", "7.25", "10"]
    assert apply("judged", actual=["7.25"]).said() == "评分人评定 7.25 分（满分 10 分）"


@pytest.mark.parametrize("given", ["-0.01", "10.01", 10**30])
def test_r5_judged_points_outside_0_to_full_stop_the_run(given):
    assert apply("judged", actual=[5, given]).refused == [1]


@pytest.mark.parametrize(("met", "earned"), [(1, "10"), (0, "0")])
def test_all_or_nothing(met, earned):
    assert points("all_or_nothing", actual=[met]) == [earned]
    assert f"{earned} 分" in apply("all_or_nothing", actual=[met]).said()


@pytest.mark.parametrize(
    ("late", "wrong", "left"),
    [
        (0, 0, "10"),
        (1, 0, "9.5"),  # 10 − 1 × 0.5
        (3, 1, "6.5"),  # 10 − 3 × 0.5 − 2
        (0, 2, "7"),  # 2 × 2 = 4, this kind costs at most 3
        (20, 0, "0"),  # 10 − 20 × 0.5 = 0
        (25, 9, "0"),  # 10 − 12.5 − 3 < 0: the floor of the leaf
    ],
)
def test_r6_deduct_with_a_cap_per_kind(late, wrong, left):
    assert points(OFFENCES, late=[late], wrong=[wrong]) == [left]


def test_r6_deduct_goes_below_zero_before_the_floor_of_the_leaf():
    assert raw(OFFENCES, late=[25], wrong=[9]) == [Fraction("-5.5")]


def test_deduct_says_each_kind_its_cap_and_what_is_left():
    said = apply(OFFENCES, late=[3, 0], wrong=[2, 0])
    assert said.said(0).splitlines() == [
        "迟报 3 次 × 0.5 分，扣 1.5 分",
        "错报 2 次 × 2 分 = 4 分，此项最多 3 分，扣 3 分",
        "10 − 1.5 − 3 = 5.5",
    ]
    assert said.said(1) == "没有扣分情形，得满分 10 分"


NOTHING = "deduct: {nothing_from: 3, each: {late: {name: 迟报, points: 1}, wrong: {name: 错报, points: 1}}}"


@pytest.mark.parametrize(("late", "wrong", "left"), [(2, 0, "8"), (1, 1, "8"), (3, 0, "0"), (2, 1, "0"), (9, 9, "0")])
def test_deduct_from_the_nth_occurrence_of_anything_nothing_is_left(late, wrong, left):
    assert points(NOTHING, late=[late], wrong=[wrong]) == [left]


def test_deduct_says_that_nothing_is_left():
    assert apply(NOTHING, late=[2], wrong=[2]).said() == "合计 4 次，达到 3 次即不得分"


GRAVE = """deduct: {nothing_from: 6, each: {grave: {name: 重大事故, points: 0, nothing_from: 1},
  late: {name: 迟报, points: 2, nothing_from: 4}, wrong: {name: 错报, points: 0.5}}}"""


@pytest.mark.parametrize(
    ("grave", "late", "wrong", "left"),
    [
        (0, 0, 0, "10"),
        (1, 0, 0, "0"),
        (0, 3, 0, "4"),  # 10 − 3 × 2
        (0, 4, 0, "0"),  # 10 − 4 × 2 would leave 2
        (0, 0, 5, "7.5"),
        (0, 1, 5, "0"),  # six of all kinds
    ],
)
def test_deduct_from_the_nth_occurrence_of_one_kind_nothing_is_left(grave, late, wrong, left):
    applied = apply(GRAVE, grave=[grave], late=[late], wrong=[wrong])
    assert applied.raw[0] == Fraction(left)
    assert ("即不得分" in applied.said()) == (left == "0")


def test_deduct_says_which_kind_leaves_nothing():
    assert apply(GRAVE, grave=[1], late=[5], wrong=[0]).said().splitlines() == [
        "重大事故 1 次，达到 1 次即不得分",
        "迟报 5 次，达到 4 次即不得分",
        "合计 6 次，达到 6 次即不得分",
    ]
    assert apply(GRAVE, grave=[1], late=[0], wrong=[0]).said(language="en") == "重大事故: 1; from 1 on, no points"


def test_deduct_by_kinds_that_cost_nothing_reads_well():
    free = "deduct: {each: {noted: {name: 提醒, points: 0}}}"
    assert apply(free, noted=[2]).said().splitlines()[-1] == "10 − 0 = 10"


AWARDS = "add: {each: {city: {name: 市级, points: 1, at_most: 2}, state: {name: 国家级, points: 4}}}"


@pytest.mark.parametrize(
    ("city", "state", "earned"), [(0, 0, "0"), (1, 1, "5"), (5, 0, "2"), (5, 1, "6"), (0, 3, "10")]
)
def test_r6_add_per_occurrence_up_to_the_caps(city, state, earned):
    assert points(AWARDS, city=[city], state=[state]) == [earned]


def test_add_says_what_each_kind_gives():
    assert apply(AWARDS, city=[5], state=[1]).said().splitlines() == [
        "市级 5 次 × 1 分 = 5 分，此项最多 2 分，得 2 分",
        "国家级 1 次 × 4 分，得 4 分",
        "2 + 4 = 6",
    ]
    assert apply(AWARDS, city=[0], state=[0]).said() == "没有加分情形，得 0 分"


@pytest.mark.parametrize("text", [AWARDS, OFFENCES.replace("late", "city").replace("wrong", "state")])
def test_r5_a_negative_count_stops_the_run(text):
    assert apply(text, city=[0, -1], state=[0, 0]).refused == [1]
