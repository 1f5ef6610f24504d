"""Equal totals and equal places at a cut: by which points one stands before the other."""

from __future__ import annotations

import pytest

from engine.facts import EvaluatedUnit
from tests.engine.making import NA, derived, lines, outcome_of

TEXT = """
not_applicable: renormalise
ranking: {break_ties_by: [key, daily]%s}
indicators:
  - {code: key, name: 重点工作, full_marks: 100, weight: 50, rule: judged}
  - {code: daily, name: 日常工作, full_marks: 100, weight: 50, rule: judged}
"""


def told(key: list[object], daily: list[object], row: int, language: str = "zh", rest: str = "") -> list[str]:
    units = tuple(EvaluatedUnit(f"u{n}", name, "a") for n, name in enumerate("甲乙丙丁"[: len(key)]))
    columns = {"key": key, "daily": daily}
    outcome = outcome_of(TEXT % rest, units, columns)  # type: ignore[arg-type]
    head = ("与", "乙:", "甲:", "丙:")
    return [line for line in lines(derived(outcome, row), "annual", language).splitlines() if line.startswith(head)]


def test_equal_totals_say_what_decided():
    # (88 + 72) ÷ 2 = (86 + 74) ÷ 2 = 80
    assert told([88, 86], [72, 74], 0) == ["与乙总分相同（80 分），按“重点工作”得分 88 > 86 排在前"]
    assert told([88, 86], [72, 74], 1) == ["与甲总分相同（80 分），按“重点工作”得分 86 < 88 排在后"]
    assert told([88, 86], [72, 74], 0, "en") == ['乙: the same total of 80; before by "重点工作", 88 > 86']


def test_the_second_tie_breaker_is_named_where_the_first_is_equal():
    # 81 and 85 are both held at 70
    text = """
cap: 70
ranking: {break_ties_by: [key, daily]}
indicators:
  - {code: key, name: 重点工作, full_marks: 50, rule: judged}
  - {code: daily, name: 日常工作, full_marks: 50, rule: judged}
"""
    outcome = outcome_of(text, "u1 u2", {"key": [40, 40], "daily": [41, 45]})
    said = lines(derived(outcome, 1), "annual")
    assert "与u1总分相同（70 分），按“日常工作”得分 45 > 41 排在前" in said


def test_in_the_middle_both_neighbours_are_told_and_equals_share_a_place():
    key, daily = [90, 80, 80, 70], [70, 80, 80, 90]
    assert told(key, daily, 1) == [
        "与甲总分相同（80 分），按“重点工作”得分 80 < 90 排在后",
        "与丁总分相同（80 分），按“重点工作”得分 80 > 70 排在前",
    ]
    assert told(key, daily, 0) == ["与乙、丙总分相同（80 分），按“重点工作”得分 90 > 80 排在前"]


def test_an_indicator_that_does_not_count_for_a_unit_stands_at_0():
    # 乙 has 80 by daily work alone
    assert told([88, NA], [72, 80], 0) == [
        "与乙总分相同（80 分），按“重点工作”得分 88 > 0 排在前（乙不涉及这一项，按 0 分比）"
    ]


@pytest.mark.parametrize(("key", "daily"), [([88, 86], [72, 70]), ([80, 80], [80, 80])])
def test_without_a_tie_that_is_broken_nothing_is_said(key: list[object], daily: list[object]):
    assert told(key, daily, 0) == []


def test_unrounded_totals_that_only_look_equal_are_no_tie():
    # 160.01 ÷ 2 = 80.005 and 160.02 ÷ 2 = 80.01 are both rounded to 80.01, but ranked unrounded
    rest = ", on: unrounded"
    assert told(["80.01", 80], [80, "80.02"], 0, rest=rest) == []
