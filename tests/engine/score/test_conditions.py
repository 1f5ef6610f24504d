"""Conditions of a grade: no veto, points at a node, a grade in another evaluation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.facts import Move, OtherResult
from engine.text import Problems
from tests.engine.making import NA, derived, lines, outcome_of

NAMES = "优良中差"
TWO = """
indicators:
  - {code: x, name: 经济, full_marks: 60, rule: judged}
  - {code: y, name: 安全, full_marks: 40, rule: judged, not_applicable: renormalise}
special: {eco: {name: 生态考核, grades: [优秀, 合格, 不合格]}}
veto: {effect: down_one, by: decision, grounds: [事故]}
grades:
  - {name: 优, from: 90, %s only_if: [%s]}
  - {name: 良, from: 80}
  - {name: 中, from: 60}
  - {name: 差}
"""
VETO = (Move("u1", "事故", "会", "1"),)
Y = "{node: y, at_least: %s}"
ECO = "{evaluation: eco, grade: %s}"


def graded(condition: str, x: list[object], y: list[object], quota: str = "", **facts: object) -> str:
    units = " ".join(f"u{number}" for number in range(1, len(x) + 1))
    outcome = outcome_of(TWO % (quota, condition), units, {"x": x, "y": y}, **facts)  # type: ignore[dict-item, arg-type]
    return "".join(NAMES[int(grade)] for grade in outcome.sets[0].grade)


def others(*grades: str | None) -> dict[tuple[str, str], OtherResult]:
    """The grades of u1, u2 … in the other evaluation; none: the unit took no part."""
    return {
        (f"u{number}", "eco"): OtherResult(Decimal(80), Decimal(100), grade) if grade else OtherResult()
        for number, grade in enumerate(grades, start=1)
    }


@pytest.mark.parametrize(
    ("at_least", "expected"), [("36", "优良"), ("90%", "优良"), ("35.5", "优优"), ("36.1", "良良")]
)
def test_points_at_a_node_in_points_or_as_a_share(at_least, expected):
    # 90 % of 40 is 36; both have 60 + 36 and 60 + 35.5, above the line of 90
    assert graded(Y % at_least, [60, 60], [36, "35.5"]) == expected


def test_a_node_that_does_not_count_asks_nothing():
    assert graded(Y % 36, [60, 60], [NA, 30]) == "优良"


def test_a_veto_in_force_fails_no_veto_and_a_proposed_one_does_not():
    # 92 without the condition: 优, and down one is 良; failing it first, 良 and then down one is 中
    assert graded("no_veto", [56], [36], moves=VETO) == "中"
    assert graded("no_veto", [56], [36], moves=(Move("u1", "事故"),)) == "优"


def test_another_evaluation_must_give_the_grade_or_a_better_one():
    found = graded(ECO % "合格", [60] * 4, [40] * 4, other_results=others("优秀", "合格", "不合格", None))
    assert found == "优优良优"
    assert graded(ECO % "优秀", [60] * 2, [40] * 2, other_results=others("优秀", "合格")) == "优良"


def test_r5_an_untold_grade_stops_the_run():
    for told in ({}, {("u1", "eco"): OtherResult(Decimal(80), None, "")}):
        with pytest.raises(Problems) as stopped:
            graded(ECO % "合格", [60], [40], other_results=told)
        [problem] = stopped.value.found
        assert "单位“u1 u1”没有“生态考核”的等次" in problem.what.zh


def test_who_fails_a_condition_takes_no_seat():
    quota = "quota: {share: 50%, rounding: down, ties: all_out},"
    # two seats of four; the best unit fails, so the second and third have them
    assert graded(Y % 36, [60, 58, 57, 56], [35, 38, 38, 38], quota) == "良优优良"


def test_every_condition_must_hold():
    both = f"{Y % 36}, {ECO % '合格'}"
    found = graded(both, [60] * 3, [36, 36, 35], other_results=others("合格", "不合格", "优秀"))
    assert found == "优良良"


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Y % 36, "“安全”35 分 < 36"),
        (ECO % "优秀", "“生态考核”为“合格”，未达到“优秀”"),
        ("no_veto", "有一票否决"),
        (f"no_veto, {Y % 36}", "有一票否决、“安全”35 分 < 36"),
    ],
)
def test_the_derivation_says_which_condition_fails(condition, said):
    outcome = outcome_of(TWO % ("", condition), "u1", {"x": [60], "y": [35]}, moves=VETO, other_results=others("合格"))
    assert f"等次：95.00 ≥ 90，不符合“优”的条件：{said}；≥ 80 → “良”" in lines(derived(outcome), "annual")
