"""Rules that compare units of a set, worked by hand."""

from __future__ import annotations

import pytest

from tests.engine.making import apply, points, raw

EFFICACY = "efficacy: {base: 60%, all_equal: 80%}"


def test_efficacy_from_the_worst_to_the_best():
    # 6 + (x − 10) ÷ (40 − 10) × 4
    assert points(EFFICACY, actual=[10, 40, 25, 20]) == ["6", "10", "8", "7.33"]


def test_efficacy_where_less_is_better():
    text = "efficacy: {less_is_better: true, base: 60%, all_equal: 80%}"
    assert points(text, actual=[10, 40, 25]) == ["10", "6", "8"]


@pytest.mark.parametrize(("stated", "earned"), [("80%", "8"), ("3", "3"), ("100%", "10")])
def test_r5_efficacy_where_best_and_worst_are_equal_gives_what_is_stated(stated, earned):
    text = EFFICACY.replace("80%", stated)
    assert points(text, actual=[7, 7, 7]) == [earned] * 3
    assert points(text, actual=[7]) == [earned]  # a category of one
    assert f"各单位相同，按方案得 {earned} 分" in apply(text, actual=[7]).said()


def test_efficacy_where_all_are_equal_gives_full_marks_unless_the_scheme_says():
    assert points("efficacy: {base: 60%}", actual=[7, 7]) == ["10", "10"]


def test_efficacy_in_a_category_of_two_gives_both_ends():
    assert points(EFFICACY, actual=[7, 9]) == ["6", "10"]


def test_efficacy_of_negative_growth():
    # growth −50 %, 0, 50 %
    text = "efficacy: {of: growth, base: 0%, all_equal: 100%}"
    assert points(text, actual=[50, 100, 150], last_year=[100, 100, 100]) == ["0", "5", "10"]


def test_r6_a_unit_listed_separately_is_measured_against_the_others_only():
    # best 40, worst 10 among the ranked; 70 gives 6 + 60 ÷ 30 × 4 = 14, capped at the leaf
    assert raw(EFFICACY, actual=[10, 40, 70, -20], separately=[2, 3]) == [6, 10, 14, 2]
    assert points(EFFICACY, actual=[10, 40, 70], separately=[2]) == ["6", "10", "10"]


def test_categories_are_compared_apart_unless_all_are_one_set():
    assert points(EFFICACY, actual=[10, 20, 30, 40], category="abab") == ["6", "6", "10", "10"]
    text = "efficacy: {among: all, base: 60%, all_equal: 80%}"
    assert points(text, actual=[10, 20, 30, 40], category="abab") == ["6", "7.33", "8.67", "10"]


def test_efficacy_says_best_worst_and_the_sum():
    assert apply(EFFICACY, actual=[10, 40, 25]).said(2).splitlines() == [
        "实际值 25，同类 3 个单位中最好 40、最差 10",
        "最差得满分 10 分的 60%，即 6 分；比最差好的部分按比例得其余的 4 分",
        "6 + (25 − 10) ÷ (40 − 10) × 4 = 8",
    ]


SHARE = "share_of_best: {best_not_positive: 50%}"


def test_share_of_best():
    assert points(SHARE, actual=[30, 40, -5, 0]) == ["7.5", "10", "0", "0"]
    assert apply(SHARE, actual=[30, 40]).said().splitlines() == [
        "实际值 30，同类 2 个单位中最好 40",
        "30 ÷ 40 × 10 = 7.5",
    ]


def test_share_of_best_where_less_is_better_turns_the_quotient_round():
    text = "share_of_best: {less_is_better: true, best_not_positive: 50%}"
    assert points(text, actual=[30, 40, 60]) == ["10", "7.5", "5"]
    assert apply(text, actual=[30, 40]).said(1).splitlines() == [
        "实际值 40，同类 2 个单位中最好 30",
        "30 ÷ 40 × 10 = 7.5",
    ]


@pytest.mark.parametrize("less", ["true", "false"])
@pytest.mark.parametrize("values", [[0, 0], [-4, -2]])
def test_r5_share_of_a_best_that_is_not_positive_gives_what_is_stated(less, values):
    text = f"share_of_best: {{less_is_better: {less}, best_not_positive: 50%}}"
    assert points(text, actual=values) == ["5", "5"]
    assert "不大于 0，按方案得 5 分" in apply(text, actual=values).said()


def test_r5_less_is_better_and_nothing_at_all_earns_the_cap_beside_a_positive_best():
    text = "share_of_best: {less_is_better: true, best_not_positive: 50%}"
    applied = apply(text, cap=12, actual=[30, 40, 0], separately=[2])
    assert applied.raw.fractions()[2] == 12
    assert "不大于 0" in applied.said(2)


TABLE = "rank_table: {places: [10, 8, 6]}"


@pytest.mark.parametrize(
    ("values", "earned"),
    [
        ([9, 7, 5], ["10", "8", "6"]),
        ([9, 7, 5, 3, 1], ["10", "8", "6", "6", "6"]),  # beyond the table: its last row
        ([9, 9, 5], ["10", "10", "6"]),  # 1, 1, 3
        ([9, 7, 7, 5], ["10", "8", "8", "6"]),  # 1, 2, 2, 4
        ([4, 4, 4], ["10", "10", "10"]),
        ([4], ["10"]),
    ],
)
def test_rank_table_gives_ties_the_points_of_the_competition_place(values, earned):
    assert points(TABLE, actual=values) == earned


def test_rank_table_where_less_is_better():
    text = "rank_table: {less_is_better: true, places: [10, 8, 6]}"
    assert points(text, actual=[9, 7, 5]) == ["6", "8", "10"]


def test_rank_table_in_shares_of_full_marks():
    assert points("rank_table: {places: [100%, 75%, 2]}", full=8, actual=[3, 2, 1]) == ["8", "6", "2"]


LAST = "rank_table: {places: [10, 8], last: [1, 3], overlap: %s}"


@pytest.mark.parametrize(
    ("overlap", "values", "earned"),
    [
        ("from_above", [9, 8, 7, 6, 5], ["10", "8", "8", "3", "1"]),
        ("from_below", [9, 8, 7, 6, 5], ["10", "8", "8", "3", "1"]),
        ("from_above", [9, 8, 7], ["10", "8", "1"]),  # second from above and second from below
        ("from_below", [9, 8, 7], ["10", "3", "1"]),
        ("from_above", [9, 8], ["10", "8"]),
        ("from_below", [9, 8], ["3", "1"]),
        ("from_above", [9], ["10"]),
        ("from_below", [9], ["1"]),
        ("from_above", [9, 8, 7, 5, 5], ["10", "8", "8", "3", "3"]),  # both fourth of five: second from below
    ],
)
def test_rank_table_from_below_and_what_counts_where_the_ends_meet(overlap, values, earned):
    assert points(LAST % overlap, actual=values) == earned


def test_rank_table_by_category():
    assert points(TABLE, actual=[1, 2, 3, 4], category="aabb") == ["8", "10", "8", "10"]


def test_a_unit_listed_separately_earns_the_place_it_would_take_and_takes_none():
    # 9 would be first and 5 third; 8 and 7 stay first and second
    applied = apply(TABLE, actual=[9, 8, 7, 5], separately=[0, 3])
    assert applied.inputs.notes["place"].fractions() == [1, 1, 2, 3]
    assert points(TABLE, actual=[9, 8, 7, 5], separately=[0, 3]) == ["10", "10", "8", "6"]
    assert points(TABLE, actual=[9, 5], category="ab", separately=[1]) == ["10", "10"]  # nobody else in its category


def test_rank_table_ranks_numbers_beyond_63_bits_and_quotients():
    assert points(TABLE, actual=[10**30, 10**30 + 1, 5]) == ["8", "10", "6"]
    text = "rank_table: {of: growth, places: [10, 8, 6]}"
    assert points(text, actual=[10, 20, 31], last_year=[3, 7, 9]) == ["8", "6", "10"]  # 2.33, 1.86, 2.44


def test_rank_table_says_place_of_how_many_and_points():
    assert apply(TABLE, actual=[9, 7, 7]).said(1) == "实际值 7，同类 3 个单位中第 2 名，得 8 分"
