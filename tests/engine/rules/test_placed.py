"""Rules that go by the place in the comparison set, worked by hand."""

from __future__ import annotations

import pytest

from tests.engine.making import MISSING, apply, points, raw, rule_of

STEPS = "rank_steps: {each: %s, at_least: %s}"


@pytest.mark.parametrize(
    ("each", "least", "values", "earned"),
    [
        ("2", "0", [9, 7, 5], ["10", "8", "6"]),
        ("5%", "0", [9, 7, 5], ["10", "9.5", "9"]),  # 5 % of 10 each time, not of what is left
        ("3", "5", [9, 7, 5, 3], ["10", "7", "5", "5"]),  # 10 − 6 = 4 and 10 − 9 = 1: at least 5
        ("2", "40%", [9, 7, 7, 5, 4], ["10", "8", "8", "4", "4"]),  # 1, 2, 2, 4, 5: 10 − 6, then 10 − 8 = 2
        ("2", "0", [4], ["10"]),
    ],
)
def test_the_first_has_full_marks_and_each_later_place_less(each, least, values, earned):
    assert points(STEPS % (each, least), actual=values) == earned


def test_places_may_go_below_zero_where_the_leaf_does():
    assert raw(STEPS % ("6", "-10"), actual=[9, 7, 5]) == [10, 4, -2]


def test_rank_steps_say_place_and_subtraction():
    applied = apply(STEPS % ("3", "5"), actual=[9, 7, 5])
    assert applied.said(1).splitlines() == ["实际值 7，同类 3 个单位中第 2 名", "10 − 1 × 3 = 7"]
    assert applied.said(2).splitlines()[1] == "10 − 2 × 3 = 4，低于下限 5，计 5 分"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (STEPS % ("0", "0"), "each"),
        (STEPS % ("-1", "0"), "each"),
        (STEPS % ("1", "100%"), "at_least"),
        ("rank_linear: {first: 10, last: 10}", "last"),
        ("rank_linear: {first: 60%, last: 100%}", "last"),
        ("rank_change: {base: 5, up: 0, down: 0, no_place: 5}", "up"),
        ("rank_change: {of: growth, base: 5, up: 1, down: 1, no_place: 5}", "of"),
        ("rank_change: {of: increment, base: 5, up: 1, down: 1, no_place: 5}", "of"),
    ],
)
def test_places_that_decide_nothing_are_refused(text, key):
    assert [found for found, _ in rule_of(text).mistakes()] == [key]


LINEAR = "rank_linear: {first: 100%, last: 6}"


@pytest.mark.parametrize(
    ("values", "earned"),
    [
        ([9, 8, 7, 6, 5], ["10", "9", "8", "7", "6"]),  # 10 − k ÷ 4 × 4
        ([9, 8, 7, 6], ["10", "8.67", "7.33", "6"]),
        ([9, 8, 8, 6, 5], ["10", "9", "9", "7", "6"]),  # 1, 2, 2, 4, 5
        ([9, 5, 5], ["10", "8", "8"]),  # two tied second of three
        ([4], ["10"]),
        ([9, 8], ["10", "6"]),
    ],
)
def test_evenly_from_the_first_to_the_last(values, earned):
    assert points(LINEAR, actual=values) == earned


def test_a_unit_listed_separately_has_the_place_it_would_take_and_never_less_than_the_last():
    # three ranked: 9, 7, 5; 8 would be second, 1 would be fourth
    applied = apply(LINEAR, actual=[9, 7, 5, 8, 1], separately=[3, 4])
    assert applied.raw.fractions() == [10, 8, 6, 8, 6]
    assert applied.said(4).splitlines()[1] == "在末名之后，同末名，得 6 分"
    assert applied.said(1).splitlines()[1] == "10 − (2 − 1) ÷ (3 − 1) × (10 − 6) = 8"
    assert points(LINEAR, actual=[5], separately=[0]) == ["10"]  # nobody to be compared with: it would be first


def test_a_single_unit_gets_the_points_of_the_first():
    assert apply(LINEAR, actual=[4]).said().splitlines()[1] == "只有一个单位，得第 1 名的 10 分"


CHANGE = "rank_change: {base: 5, up: 1, down: 0.5, no_place: 40%}"


def test_places_gained_and_lost_against_last_year():
    # this year 1, 2, 3, 4; last year 3, 1, 2, 4
    given = {"actual": [9, 8, 7, 6], "last_year": [5, 8, 7, 1]}
    assert points(CHANGE, **given) == ["7", "4.5", "4.5", "5"]
    applied = apply(CHANGE, **given)
    assert applied.said(0).splitlines() == [
        "实际值 9，同类 4 个单位中第 1 名",
        "上年 5，同类 4 个单位中第 3 名",
        "进 2 名：5 + 2 × 1 = 7",
    ]
    assert applied.said(1).splitlines()[2] == "退 1 名：5 − 1 × 0.5 = 4.5"
    assert applied.said(3).splitlines()[2] == "名次未变，得 5 分"


def test_a_unit_without_a_place_last_year_gets_what_is_stated_and_was_nobodys_measure_then():
    # this year 9 8 7 6: places 1 to 4; last year without the first: 8 was 2 of 3, 7 was 1, 6 was 3
    given = {"actual": [9, 8, 7, 6], "last_year": [MISSING, 4, 5, 3]}
    assert points(CHANGE, **given) == ["4", "5", "4", "4.5"]
    assert apply(CHANGE, **given).said(0).splitlines()[1] == "上年没有名次，按方案得 4 分"
    assert apply(CHANGE, **given).said(2).splitlines()[1:] == [
        "上年 5，同类 3 个单位中第 1 名",
        "退 2 名：5 − 2 × 0.5 = 4",
    ]


def test_nobody_had_a_place_last_year():
    assert points(CHANGE, actual=[9, 8]) == ["4", "4"]


def test_rank_change_where_less_is_better_by_category_and_beside_one_listed_separately():
    text = CHANGE.replace("{base", "{less_is_better: true, base")
    # category a: 3 before 4, last year 6 after 5; b: 2 alone; the unit listed separately would be 1 now and 3 then
    given = {"actual": [3, 4, 2, 1], "last_year": [6, 5, 9, 7], "category": "aaba", "separately": [3]}
    assert points(text, **given) == ["6", "4.5", "5", "7"]


def test_a_share_is_ranked_in_both_years_and_refused_only_where_it_is_read():
    text = "rank_change: {of: {share: {part: done, whole: due}}, base: 5, up: 1, down: 1, no_place: 0}"
    assert {need.source for need in rule_of(text).may_need()} == {"last_year"}
    assert apply(text, done=[1, 1], due=[2, 4]).raw.fractions() == [0, 0]
