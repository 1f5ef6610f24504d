"""Grades: thresholds, quotas, ties at the cut, and what vetoes and promotions change."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.facts import Move
from engine.language.grades import Quota
from engine.score.grading import seats
from tests.engine.making import derived, lines, outcome_of, yaml

NAMES = ["优", "良", "中", "差"]
ONE = """
rounding: {leaf: %s, node: none, panel: 2, total: 2}
indicators:
  - {code: x, name: x, full_marks: 100, rule: judged}
"""
QUOTA = """
grades:
  - {name: 优, %s quota: {share: %s, rounding: half_up, ties: %s}}
  - {name: 良, from: 80}
  - {name: 中, from: 60}
  - {name: 差}
"""


def graded(x: Sequence[object], rest: str = "", units: str = "", leaf: str = "2", **given_facts: object) -> str:
    units = units or " ".join(f"u{number:02}" for number in range(len(x)))
    outcome = outcome_of(ONE % leaf + rest, units, {"x": list(x)}, **given_facts)  # type: ignore[arg-type]
    return "".join(NAMES[int(grade)] for grade in outcome.sets[0].grade)


def test_r4_thresholds_are_closed_below_and_open_above():
    assert graded([100, 90, "89.99", 80, "79.99", 60, "59.99", 0]) == "优优良良中中差差"


def test_thresholds_look_at_the_rounded_total():
    assert graded(["89.994", "89.995", "79.5"], leaf="none") == "良优中"


def test_a_threshold_may_be_a_share_of_full_marks():
    assert graded([90, "89.99"], "grades: [{name: 优, from: 90%}, {name: 良, from: 80%}, {name: 中}]\n") == "优良"


@pytest.mark.parametrize(
    ("share", "rounding", "at_least", "members", "found"),
    [
        ("30%", "half_up", 0, 5, 2),  # 1.5
        ("30%", "half_up", 0, 4, 1),  # 1.2
        ("30%", "down", 0, 5, 1),
        ("30%", "down", 0, 10, 3),
        ("30%", "up", 0, 4, 2),
        ("30%", "up", 0, 10, 3),  # exactly 3 needs no rounding
        ("30%", "down", 1, 2, 1),  # 0.6: at least one
        ("30%", "half_up", 0, 1, 0),
        ("30%", "half_up", 2, 3, 2),
        ("33.3%", "half_up", 0, 3, 1),
        ("100%", "down", 0, 7, 7),
        ("0%", "up", 0, 7, 0),
    ],
)
def test_seats_of_a_quota(share, rounding, at_least, members, found):
    quota = Quota.model_validate(yaml(f"{{share: {share}, rounding: {rounding}, ties: all_in, at_least: {at_least}}}"))
    assert seats(quota, members) == found


def test_quota_and_threshold_together():
    # 3 of 10; the fourth has 95 and no seat, and falls into the next grade by its line
    values = [99, 98, 97, 95, 85, 84, 70, 70, 50, 40]
    assert graded(values, QUOTA % ("from: 90,", "30%", "all_in")) == "优优优良良良中中差差"
    # three seats, two above the line
    assert (
        graded([99, 98, 89, 85, 85, 84, 70, 70, 50, 40], QUOTA % ("from: 90,", "30%", "all_in"))
        == "优优良良良良中中差差"
    )


def test_a_quota_alone():
    assert graded([50, 40, 30, 20], QUOTA % ("", "50%", "all_in")) == "优优差差"


@pytest.mark.parametrize(("ties", "expected"), [("all_in", "优优优优良"), ("all_out", "优良良良良")])
def test_equals_at_the_cut_are_all_in_or_all_out(ties, expected):
    assert graded([99, 95, 95, 95, 85], QUOTA % ("from: 90,", "40%", ties)) == expected  # two seats


@pytest.mark.parametrize("ties", ["all_in", "all_out"])
def test_equals_that_just_fit_are_in_either_way(ties):
    assert graded([99, 95, 95, 90, 85], QUOTA % ("from: 90,", "60%", ties)) == "优优优良良"


def test_tie_breakers_settle_the_cut():
    text = (
        """
indicators:
  - {code: x, name: x, full_marks: 60, rule: judged}
  - {code: y, name: y, full_marks: 40, rule: judged}
ranking: {break_ties_by: [y]}
"""
        + QUOTA % ("", "50%", "all_out")
    )
    result = outcome_of(text, "u1 u2", {"x": [50, 60], "y": [40, 30]}).sets[0]
    assert result.grade.tolist() == [0, 1]


def test_quotas_are_per_category():
    units = "u1 u2 b:u3 b:u4"
    assert graded([99, 98, 91, 90], QUOTA % ("from: 90,", "50%", "all_in"), units) == "优良优良"


def test_shares_are_per_grade_not_cumulative():
    grades = """
grades:
  - {name: 优, quota: {share: 20%, rounding: half_up, ties: all_in}}
  - {name: 良, quota: {share: 40%, rounding: half_up, ties: all_in}}
  - {name: 中}
"""
    assert graded([50, 40, 30, 20, 10], grades) == "优良良中中"


def test_units_listed_separately_take_no_seat_and_count_for_no_quota():
    # four ranked, half of them: two seats; u05 has its grade by the line, u06 none that only a quota gives
    units = "u1 u2 u3 u4 u5* u6*"
    with_line = QUOTA % ("from: 90,", "50%", "all_in")
    assert graded([99, 98, 97, 96, 95, 89], with_line, units) == "优优良良优良"
    assert graded([99, 98, 97, 96, 100, 89], QUOTA % ("", "50%", "all_in"), units) == "优优良良良良"


def test_a_category_of_units_listed_separately_only():
    assert graded([95, 85], QUOTA % ("from: 90,", "50%", "all_out"), "u1* u2*") == "优良"


def test_r4_one_unit_one_seat_or_none():
    assert graded([95], QUOTA % ("from: 90,", "50%", "all_in")) == "优"
    assert graded([95], QUOTA % ("from: 90,", "49%", "all_in")) == "良"


@settings(max_examples=60)
@given(st.lists(st.integers(80, 100), min_size=1, max_size=12), st.sampled_from(["all_in", "all_out"]), st.data())
def test_r1_seats_are_filled_from_above_whatever_the_order(values, ties, data):
    found = graded(values, QUOTA % ("from: 90,", "30%", ties))
    room = (3 * len(values) + 5) // 10
    for value, grade in zip(values, found, strict=True):
        above, equal = sum(other > value for other in values), values.count(value)
        fits = above < room if ties == "all_in" else above + equal <= room
        assert (grade == "优") == (value >= 90 and fits)
    order = data.draw(st.permutations(range(len(values))))
    turned = graded([values[row] for row in order], QUOTA % ("from: 90,", "30%", ties))
    assert turned == "".join(found[row] for row in order)


# Vetoes and promotions.

MOVES = """
veto: {effect: %s, by: decision, grounds: [事故, 造假]}
promotion: {effect: %s, by: decision, grounds: [突出贡献]}
"""


def decided(*grounds: str) -> tuple[Move, ...]:
    return tuple(Move("u00", ground, "常委会", "第 5 号") for ground in grounds)


@pytest.mark.parametrize(
    ("effect", "points", "grade"),
    [
        ("down_one", 95, "良"),
        ("down_one", 85, "中"),
        ("down_one", 10, "差"),  # the lowest stays
        ("bar_from_top", 95, "良"),
        ("bar_from_top", 85, "良"),
        ("bar_from_top", 10, "差"),
        ("lowest", 95, "差"),
    ],
)
def test_veto_effects(effect, points, grade):
    assert graded([points], MOVES % (effect, "top"), moves=decided("事故")) == grade


def test_several_grounds_lower_once():
    assert graded([95], MOVES % ("down_one", "top"), moves=decided("事故", "造假", "事故")) == "良"


@pytest.mark.parametrize(
    ("effect", "points", "grade"), [("up_one", 85, "优"), ("up_one", 95, "优"), ("up_one", 10, "中"), ("top", 10, "优")]
)
def test_promotion_effects(effect, points, grade):
    assert graded([points], MOVES % ("down_one", effect), moves=decided("突出贡献")) == grade


def test_a_veto_cancels_a_promotion():
    assert graded([85], MOVES % ("down_one", "top"), moves=decided("突出贡献", "事故")) == "中"
    assert graded([85], MOVES % ("bar_from_top", "top"), moves=decided("突出贡献", "事故")) == "良"


@pytest.mark.parametrize("ground", ["事故", "突出贡献"])
def test_an_undecided_move_changes_nothing(ground):
    open_move = (Move("u00", ground, "常委会", ""),)
    assert graded([85], MOVES % ("down_one", "top"), moves=open_move) == "良"
    outcome = outcome_of(ONE % "2" + MOVES % ("down_one", "top"), "u00", {"x": [85]}, moves=open_move)
    assert f"：{ground}；尚未决定，不影响等次" in lines(derived(outcome), "annual")


def test_an_undecided_veto_does_not_cancel_a_decided_promotion():
    moves = (Move("u00", "事故"), *decided("突出贡献"))
    assert graded([85], MOVES % ("down_one", "top"), moves=moves) == "优"


def test_a_place_lost_to_a_veto_is_not_refilled_and_a_promotion_takes_none():
    text = QUOTA % ("from: 90,", "40%", "all_in") + MOVES % ("down_one", "top")
    values = [99, 98, 97, 85, 70]
    assert graded(values, text) == "优优良良中"
    assert graded(values, text, moves=decided("事故")) == "良优良良中"
    assert graded(values, text, moves=(Move("u04", "突出贡献", "会", "1"),)) == "优优良良优"


def test_a_ground_the_scheme_does_not_name_changes_nothing():
    assert graded([95], moves=decided("事故")) == "优"


def test_a_derivation_says_the_ground_the_body_and_both_grades():
    outcome = outcome_of(ONE % "2" + MOVES % ("down_one", "top"), "u00", {"x": [95]}, moves=decided("事故"))
    said = lines(derived(outcome), "annual").splitlines()
    assert said[-3:] == [
        "等次：95.00 ≥ 90 → “优”",
        "降等（降低一个等次）：事故；常委会决定，文号 第 5 号",
        "等次由“优”调整为“良”",
    ]
    assert outcome.sets[0].total[0] == Fraction(95)
