"""Scales of grades: seats by number and tie-breaker, vetoes and promotions of every kind, second grades."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings

from engine.facts import Move
from engine.score import score
from engine.score.grading import seats
from engine.score.result import NOT_GRADED, Outcome
from engine.text import Problems
from tests.engine.making import NA, derived, lines, outcome_of
from tests.engine.score.random_schemes import cases

NAMES = "优良中差"
ONE = "indicators: [{code: x, name: 工作, full_marks: 100, rule: judged}]\n"
GRADES = "grades: [{name: 优, from: 90, quota: {%s}}, {name: 良, from: 80%s}, {name: 中, from: 60}, {name: 差}]\n"
SHARE = "share: %s, rounding: half_up, ties: all_out"


def scored(text: str, x: Sequence[object], units: str = "", **facts: object) -> Outcome:
    units = units or " ".join(f"u{number}" for number in range(1, len(x) + 1))
    return outcome_of(ONE + text, units, {"x": list(x)}, **facts)  # type: ignore[arg-type]


def graded(text: str, x: Sequence[object], units: str = "", **facts: object) -> str:
    result = scored(text, x, units, **facts).sets[0]
    return "".join("—" if grade == NOT_GRADED else NAMES[int(grade)] for grade in result.grade)


def decided(*moves: str) -> tuple[Move, ...]:
    """`u1:事故`: decided; `u1:事故?`: only proposed."""
    found = [move.split(":") for move in moves]
    return tuple(Move(unit, ground.rstrip("?"), "会", "" if "?" in ground else "1号") for unit, ground in found)


def said(text: str, x: Sequence[object], row: int, units: str = "", **facts: object) -> str:
    return lines(derived(scored(text, x, units, **facts), row), "annual")


# Seats.


def test_a_number_of_seats_for_every_category_or_for_each():
    units = "u1 u2 u3 b:u4 b:u5"
    both = GRADES % ("number: 2, ties: all_out", "")
    assert graded(both, [99, 98, 97, 96, 95], units) == "优优良优优"
    each = GRADES % ("number: {a: 1, b: 0}, ties: all_out", "")
    assert graded(each, [99, 98, 97, 96, 95], units) == "优良良良良"


def test_a_share_for_each_category():
    # 50 % of 2 is 1; 25 % of 3 is 0.75, half up 1
    text = GRADES % ("share: {a: 50%, b: 25%}, rounding: half_up, ties: all_out", "")
    assert graded(text, [99, 98, 97, 96, 95], "u1 u2 b:u3 b:u4 b:u5") == "优良优良良"


@pytest.mark.parametrize(
    ("units", "x", "expected"),
    [("u1", [95], "优"), ("u1 u2", [95, 94], "优良"), ("u1 u2", [95, 95], "良良"), ("u1*", [95], "优")],
)
def test_r4_a_category_of_one_or_two_units(units, x, expected):
    # half of 1 is 0.5, half up 1; half of 2 is 1, and two equals do not fit; listed separately: the line alone
    assert graded(GRADES % (SHARE % "50%", ""), x, units) == expected


BROKEN = """
indicators:
  - {code: x, name: 经济, full_marks: 50, rule: judged}
  - {code: y, name: 安全, full_marks: 50, rule: judged, not_applicable: renormalise}
grades: [{name: 优, quota: {number: 2, ties: {break_by: [y], then: %s}}}, {name: 良}]
"""


@pytest.mark.parametrize(
    ("then", "y", "expected"),
    [
        ("all_out", [45, 40, 41, 42, 20], "优良良优良"),  # three of 90 behind the first: 42 is the best of them
        ("all_out", [45, 40, 42, 42, 20], "优良良良良"),  # two of them still equal, one seat
        ("all_in", [45, 40, 42, 42, 20], "优良优优良"),
    ],
)
def test_equals_at_the_cut_are_told_apart_by_a_node(then, y, expected):
    x = [50, *(90 - mark for mark in y[1:4]), 20]
    result = outcome_of(BROKEN % then, "u1 u2 u3 u4 u5", {"x": x, "y": y}).sets[0]
    assert result.place.tolist() == [1, 2, 2, 2, 5]
    assert "".join(NAMES[int(grade)] for grade in result.grade) == expected


def test_the_derivation_says_by_what_equals_were_told_apart():
    outcome = outcome_of(BROKEN % "all_out", "u1 u2 u3", {"x": [50, 50, 49], "y": [45, 40, 41]})
    told = [lines(derived(outcome, row), "annual") for row in (0, 1, 2)]
    both = "“优”名额 2 个，同名次的 2 个单位比“安全”"
    assert f"{both}，与u2相比，按“安全”得分 41 > 40 排在前，本单位在够条件的单位中第 2 名 → “优”" in told[2]
    assert f"{both}，与u3相比，按“安全”得分 40 < 41 排在后，前 2 名已满" in told[1]
    assert "相比" not in told[0]


def test_where_all_of_a_place_are_in_or_out_nothing_is_compared():
    # u2 and u3 share place 2, both find a seat of the three
    outcome = outcome_of(
        BROKEN.replace("number: 2", "number: 3") % "all_out", "u1 u2 u3", {"x": [50, 50, 49], "y": [45, 40, 41]}
    )
    assert "相比" not in lines(derived(outcome, 1), "annual") + lines(derived(outcome, 2), "annual")


# Vetoes.

VETO = "veto: {effect: down_one, by: decision, grounds: [事故]%s}\n"


def test_a_place_that_a_veto_frees_is_lost_or_goes_to_the_next():
    # two seats of five, the first unit has a veto
    quota, x = GRADES % (SHARE % "40%", ""), [99, 98, 97, 96, 50]
    assert graded(quota + VETO % "", x, moves=decided("u1:事故")) == "良优良良差"
    refill = quota + VETO % ", refill: true"
    assert graded(refill, x, moves=decided("u1:事故")) == "良优优良差"
    assert graded(refill, x, moves=decided("u1:事故?")) == "优优良良差"


def test_a_refilled_place_opens_the_one_below_too():
    # 优 1 of 5, 良 2 of 5 by quota alone: u1 is lowered, u2 moves up to 优 and u4 into 良
    text = GRADES % (SHARE % "20%", ", quota: {number: 2, ties: all_out}") + VETO % ", refill: true"
    assert graded(text, [99, 98, 97, 96, 95]) == "优良良中中"
    assert graded(text, [99, 98, 97, 96, 95], moves=decided("u1:事故")) == "良优良良中"


def test_the_derivation_of_a_refilled_place():
    refill, x = GRADES % (SHARE % "40%", "") + VETO % ", refill: true", [99, 98, 97, 96, 50]
    assert "等次由“优”调整为“良”；空出的名额递补给下一名" in said(refill, x, 0, moves=decided("u1:事故"))
    assert "“优”名额 40% × 5 = 2 个，本单位在够条件的单位中第 1 名 → “优”" in said(
        refill, x, 0, moves=decided("u1:事故")
    )
    assert "“优”名额 40% × 5 = 2 个，本单位在够条件的单位中第 2 名 → “优”" in said(
        refill, x, 2, moves=decided("u1:事故")
    )


BLOCKS = """
veto:
  - {effect: down_one, by: decision, grounds: [事故, 造假]}
  - {effect: {to: 中}, by: decision, grounds: [违纪]}
  - {effect: not_graded, by: automatic, grounds: [停评]}
"""


@pytest.mark.parametrize(
    ("grounds", "x", "expected"),
    [
        (["事故", "造假"], 95, "良"),  # one block: once
        (["事故", "违纪"], 95, "中"),  # two blocks: the lowest of 良 and 中, not one after the other
        (["事故", "违纪"], 65, "差"),  # 差 by the one, 中 by the other
        (["违纪"], 50, "差"),  # straight to a grade does not lift
        (["停评", "事故"], 95, "—"),
        (["停评?"], 95, "—"),  # takes effect by itself
        (["违纪?"], 95, "优"),
    ],
)
def test_grounds_of_one_block_and_of_several(grounds, x, expected):
    assert graded(BLOCKS, [x], moves=decided(*(f"u1:{ground}" for ground in grounds))) == expected


def test_a_unit_without_a_grade_keeps_its_total_and_place():
    outcome = scored(BLOCKS, [95, 90], moves=decided("u1:停评?"))
    result = outcome.sets[0]
    assert result.place.tolist() == [1, 2]
    assert result.main.final(0).zh == "不定等次"
    told = lines(derived(outcome), "annual")
    assert "一票否决（不定等次）：停评；自动生效" in told
    assert "等次由“优”调整为不定等次" in told


WHEN = """
indicators:
  - {code: x, name: 经济, full_marks: 60, rule: judged}
  - {code: y, name: 安全, full_marks: 40, rule: judged, not_applicable: renormalise}
veto: {effect: lowest, by: automatic, when: {node: y, below: 60%}}
"""


def test_a_node_below_a_line_is_a_veto_by_itself():
    # 60 % of 40 is 24
    outcome = outcome_of(WHEN, "u1 u2 u3", {"x": [60, 60, 60], "y": ["23.99", 24, NA]})
    assert "".join(NAMES[int(grade)] for grade in outcome.sets[0].grade) == "差良优"
    assert "“安全”23.99 分 < 24，自动生效" in lines(derived(outcome), "annual")


# Promotions.

PROMOTION = "promotion: {effect: top, by: decision, grounds: [表彰]%s}\n"


def test_a_promotion_outside_and_inside_the_quota():
    # two seats of five; the fourth is promoted
    quota, x = GRADES % (SHARE % "40%", ""), [99, 98, 97, 85, 50]
    assert graded(quota + PROMOTION % "", x, moves=decided("u4:表彰")) == "优优良优差"
    inside = quota + PROMOTION % ", inside_quota: true"
    assert graded(inside, x, moves=decided("u4:表彰")) == "优良良优差"
    assert "“优”名额 40% × 5 = 2 个，其中 1 个由提档的单位占用，前 1 名已满" in said(
        inside, x, 1, moves=decided("u4:表彰")
    )


def test_promotions_beyond_the_seats_leave_none_to_the_others():
    text = GRADES % ("number: 1, ties: all_out", "") + PROMOTION % ", inside_quota: true"
    moves = decided("u2:表彰", "u3:表彰")
    assert graded(text, [99, 85, 70], moves=moves) == "良优优"
    assert "没有名额" in said(text, [99, 85, 70], 0, moves=moves)


def test_a_promotion_to_the_grade_that_is_earned_takes_no_second_seat():
    text = GRADES % ("number: 2, ties: all_out", "") + PROMOTION % ", inside_quota: true"
    assert graded(text, [99, 98, 97], moves=decided("u1:表彰")) == "优优良"


def test_straight_to_a_grade_and_the_best_of_several():
    text = """
promotion:
  - {effect: {to: 良}, by: decision, grounds: [表彰]}
  - {effect: up_one, by: automatic, grounds: [进位]}
"""
    assert graded(text, [50], moves=decided("u1:表彰")) == "良"
    assert graded(text, [95], moves=decided("u1:表彰")) == "优"
    assert graded(text, [50], moves=decided("u1:进位?")) == "中"
    assert graded(text, [50], moves=decided("u1:表彰", "u1:进位?")) == "良"


def test_a_veto_cancels_a_promotion_unless_said():
    both = decided("u1:事故", "u1:表彰")
    assert graded(VETO % "" + PROMOTION % "", [85], moves=both) == "中"
    assert "有否决在先，提档不生效" in said(VETO % "" + PROMOTION % "", [85], 0, moves=both)
    despite = VETO % "" + PROMOTION.replace("top", "up_one") % ", despite_veto: true"
    assert graded(despite, [85], moves=both) == "良"  # down to 中, then up one
    assert "提档不生效" not in said(despite, [85], 0, moves=both)
    none = VETO.replace("down_one", "not_graded") % "" + PROMOTION % ", despite_veto: true"
    assert graded(none, [85], moves=both) == "—"


# Several moves at once: the seats are counted until nobody leaves the count any more.

FREE = "grades: [{name: 优, quota: {number: %s, ties: %s}}, {name: 良, from: 80}, {name: 中, from: 60}, {name: 差}]\n"
BAR = "veto: {effect: %s, by: decision, grounds: [事故], refill: true}\n"
INSIDE = PROMOTION % ", inside_quota: true"


@pytest.mark.parametrize(("effect", "expected"), [("bar_from_top", "良良优中"), ("down_one", "良中优中")])
def test_a_freed_seat_passes_by_every_unit_that_may_not_have_it(effect, expected):
    # u1 frees the seat; u2 is next and may not have it either: u3. down_one: u2 goes from 良 (85 ≥ 80) to 中
    moves = decided("u1:事故", "u2:事故")
    assert graded(FREE % (1, "all_out") + BAR % effect, [95, 85, 70, 60], moves=moves) == expected
    only_first = FREE % (1, "all_out") + BAR % effect
    assert graded(only_first, [95, 85, 70, 60], moves=decided("u1:事故", "u2:事故?")) == "良优中中"


def test_the_derivations_of_a_seat_that_is_freed_twice_agree():
    text, x, moves = FREE % (1, "all_out") + BAR % "bar_from_top", [95, 85, 70, 60], decided("u1:事故", "u2:事故")
    for row in (0, 1):
        told = said(text, x, row, moves=moves)
        assert "等次：“优”名额 1 个，本单位在够条件的单位中第 1 名 → “优”" in told
        assert "等次由“优”调整为“良”；空出的名额递补给下一名" in told
    told = said(text, x, 2, moves=moves)
    assert "等次：“优”名额 1 个，本单位在够条件的单位中第 1 名 → “优”" in told
    assert "调整" not in told
    assert "“优”名额 1 个，前 1 名已满" in said(text, x, 3, moves=moves)


def test_promotions_inside_the_quota_never_overfill_it():
    # u4 takes one of two seats, u1 the other by its place; that leaves u2 its promotion, which takes u1's
    text, x, moves = FREE % (2, "all_out") + INSIDE, [90, 80, 70, 60], decided("u2:表彰", "u4:表彰")
    assert graded(text, x, moves=moves) == "良优中优"
    assert graded(text, x, moves=decided("u2:表彰", "u4:表彰?")) == "优优中中"
    assert "“优”名额 2 个，其中 2 个由提档的单位占用，没有名额" in said(text, x, 0, moves=moves)
    told = said(text, x, 1, moves=moves)
    assert "“优”名额 2 个，其中 1 个由提档的单位占用，前 1 名已满；80.00 ≥ 80 → “良”" in told
    assert "等次由“良”调整为“优”" in told
    assert "等次由“中”调整为“优”" in said(text, x, 3, moves=moves)


@pytest.mark.parametrize("ties", ["all_out", "all_in"])
def test_equals_that_may_not_have_the_seats_leave_them_to_the_next(ties):
    # two seats. all_out: u1 has one, u2 = u3 do not fit; u1 leaves, they fit, and leave too. all_in: all three leave
    moves = decided("u1:事故", "u2:事故", "u3:事故")
    text = FREE % (2, ties) + BAR % "bar_from_top"
    assert graded(text, [95, 90, 90, 85, 82, 81], moves=moves) == "良良良优优良"


def test_equals_at_the_cut_that_may_not_have_the_seat_keep_nobody_from_it():
    # u5 takes one of two seats; u1 frees the other; u2 = u3 do not fit into it and may not have it: u4
    text, x = FREE % (2, "all_out") + BAR % "bar_from_top" + INSIDE, [95, 90, 90, 85, 70]
    moves = decided("u1:事故", "u2:事故", "u3:事故", "u5:表彰")
    assert graded(text, x, moves=moves) == "良良良优优"
    assert "“优”名额 2 个，末位 2 个单位并列超出名额，都不算" in said(text, x, 1, moves=moves)
    assert "其中 1 个由提档的单位占用，本单位在够条件的单位中第 1 名 → “优”" in said(text, x, 3, moves=moves)
    # of the equals only u2 is barred: u3 has the seat
    assert graded(text, x, moves=decided("u1:事故", "u2:事故", "u5:表彰")) == "良良优良优"


def test_equals_that_are_all_in_stay_so_beside_one_with_a_promotion():
    # one seat, u1 = u2: both in; the promotion of u1 brings it nothing and takes nothing from u2
    assert graded(FREE % (1, "all_in") + INSIDE, [95, 95, 70], moves=decided("u1:表彰")) == "优优中"


def test_a_veto_that_changes_nothing_frees_no_seat():
    # 优 1, 良 1 by quota alone; u2 may not be 优 and is not: it keeps the seat of 良
    text = "grades: [{name: 优, quota: {number: 1, ties: all_out}}, {name: 良, quota: {number: 1, ties: all_out}},"
    text += " {name: 中}]\n" + BAR % "bar_from_top"
    assert graded(text, [95, 85, 70], moves=decided("u2:事故")) == "优良中"


# Whatever the scheme.


@settings(max_examples=30, deadline=None)
@given(cases())
def test_r4_seats_are_never_exceeded_unless_equals_or_promotions_say_so(case):
    try:
        result = score(case.plan, case.facts()).sets[0]
    except Problems:  # what the engine refuses has no grades
        return
    main = result.main
    for number, grade in enumerate(main.scale.grades):
        for category, code in enumerate(result.plan.categories) if grade.quota else ():
            assert grade.quota
            held = (result.category == category) & (main.place > 0) & (main.earned == number) & ~main.apart
            most = seats(grade.quota, int(((result.category == category) & (main.place > 0)).sum()), code)
            worst = main.place[held].max(initial=0)
            assert int((held & (main.place < worst)).sum()) < max(most, 1)
            assert grade.quota.all_in or int(held.sum()) <= most
    assert set(main.grade.tolist()) <= {NOT_GRADED, *range(len(main.scale.grades))}


# Second grades.

TEAM = """
indicators:
  - {code: x, name: 工作, full_marks: 60, rule: judged}
  - {code: y, name: 班子, full_marks: {a: 40, b: 0}, rule: judged, not_applicable: renormalise}
also_graded:
  - code: team
    name: 领导班子
    on: y
    grades: [{name: 好, from: 90%, quota: {number: 1, ties: all_out}}, {name: 较好, from: 50%}, {name: 一般}]
    veto: {effect: down_one, by: decision, grounds: [班子违纪]}
  - {code: all, name: 总评, on: total, grades: [{name: 好, from: 90}, {name: 差}]}
"""


def test_a_second_grade_goes_by_its_own_points_places_and_moves():
    # 90 % of 40 is 36: u1 and u2 reach it, u2 is better; u3 has no such node, u4's does not apply, category b has none
    y = [36, 38, 20, NA, 0]
    moves = decided("u3:班子违纪")
    outcome = outcome_of(TEAM, "u1 u2 u3 u4 b:u5", {"x": [60, 30, 30, 60, 60], "y": y}, moves=moves)
    result = outcome.sets[0]
    assert [result.also["team"].final(row).zh for row in range(5)] == ["较好", "好", "一般", "不定等次", "不定等次"]
    assert [result.also["all"].final(row).zh for row in range(5)] == ["好", "差", "差", "好", "好"]
    assert [NAMES[int(grade)] for grade in result.grade] == ["优", "中", "差", "优", "优"]  # 96, 68, 50, 100, 100


def test_the_derivation_tells_a_second_grade_apart():
    moves = decided("u1:班子违纪")
    outcome = outcome_of(TEAM, "u1 u2", {"x": [60, 30], "y": [36, NA]}, moves=moves)
    told = lines(derived(outcome), "annual").splitlines()
    assert "领导班子：等次：36 ≥ 36，达到“好”线；“好”名额 1 个，本单位在够条件的单位中第 1 名 → “好”" in told
    assert "领导班子：降等（降低一个等次）：班子违纪；会决定，文号 1号" in told
    assert "领导班子：等次由“好”调整为“较好”" in told
    assert "降等（降低一个等次）：班子违纪；会决定，文号 1号" not in told
    assert "领导班子：等次：这项不计，不定等次" in lines(derived(outcome, 1), "annual")
