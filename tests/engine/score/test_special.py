"""A node fed by another evaluation: conversion, limits, units that took no part or are missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.facts import OtherResult
from engine.score.result import Outcome
from engine.text import Problems
from tests.engine.making import derived, lines, node_points, outcome_of, totals

TEXT = """
special: {eco: {name: 生态考核}}
not_applicable: renormalise
indicators:
  - {code: x, name: 工作, full_marks: 80, rule: judged}
  - {code: e, name: 生态, full_marks: 20, evaluation: eco%s}
"""


def scored(rest: str = "", **found: tuple[object, object]) -> Outcome:
    units = [f"u{number}" for number in range(1, 3)]
    others = {(unit, "eco"): OtherResult(Decimal(str(a)), Decimal(str(b))) for unit, (a, b) in found.items()}
    others |= {(unit, "eco"): OtherResult() for unit in units if unit not in found}
    return outcome_of(TEXT % rest, " ".join(units), {"x": [72, 72]}, other_results=others)


def test_a_total_is_converted_from_its_own_full_marks():
    # 276 ÷ 300 × 20 = 18.4; 200 ÷ 300 × 20 = 13.333…, rounded at the leaf to 13.33
    result = scored(u1=(276, 300), u2=(200, 300)).sets[0]
    assert node_points(result, "e") == ["18.4", "13.33"]
    assert totals(result) == ["90.4", "85.33"]


def test_its_limits_are_those_of_a_leaf():
    assert node_points(scored(u1=(310, 300), u2=(-5, 300)).sets[0], "e") == ["20", "0"]
    assert node_points(scored(", cap: 25, floor: -10", u1=(360, 300), u2=(-30, 300)).sets[0], "e") == ["24", "-2"]


def test_a_unit_that_took_no_part_is_not_applicable():
    result = scored(u1=(300, 300)).sets[0]
    assert node_points(result, "e") == ["20", "–"]
    assert totals(result) == ["92", "90"]  # 72 ÷ 80 × 100


@pytest.mark.parametrize("told", [{}, {("u1", "eco"): OtherResult(Decimal(80), None)}])
def test_r5_a_missing_total_goes_the_way_of_a_missing_figure(told):
    with pytest.raises(Problems) as stopped:
        outcome_of(TEXT % "", "u1", {"x": [72]}, other_results=told)
    [problem] = stopped.value.found
    assert "单位“u1 u1”，指标“e 生态”：缺数据" in problem.what.zh
    assert totals(outcome_of(TEXT % ", missing: zero", "u1", {"x": [72]}, other_results=told).sets[0]) == ["72"]
    floored = outcome_of(TEXT % ", missing: zero, floor: 2", "u1", {"x": [72]}, other_results=told)
    assert totals(floored.sets[0]) == ["72"]  # zero is what is said, whatever the floor of a figure


def test_the_derivation_shows_the_conversion():
    outcome = scored(u1=(310, 300))
    assert lines(derived(outcome), "e").splitlines() == [
        "“生态考核”总分 310，满分 300；310 ÷ 300 × 20 = 20.666666…",
        "高于上限 20 分，计 20 分",
    ]
    assert lines(derived(outcome, 1), "e").splitlines()[0] == "不涉及"
