"""R6: what a leaf earns beyond full marks goes to the bonus, at its rate and inside its caps."""

from __future__ import annotations

import pytest

from engine.facts import Claim
from tests.engine.making import MISSING, NA, derived, lines, node_points, outcome_of, plain, run, totals

BONUS = "bonus: {highest_only: true, %sover_fulfilment: {at_most: 5}%s}\n"
RULE = "rule: {ratio: {to: target}}, fact: {name: 数}"


def text(over: str, rest: str = "", inside: str = "", after: str = "") -> str:
    leaves = (
        f"{{code: x, name: 投资, full_marks: 60, {RULE}, over_fulfilment: {over}}},"
        f"{{code: y, name: 出口, full_marks: 40, {RULE}, over_fulfilment: {{at_most: 10%}}}}"
    )
    return BONUS % (inside, after) + rest + f"indicators: [{leaves}]"


def columns(x: object, y: object) -> dict[str, list[object]]:
    return {"x": [x], "x actual target": [10], "y": [y], "y actual target": [10]}


@pytest.mark.parametrize(
    ("over", "x", "y", "bonus"),
    [
        ("{at_most: 10}", "10.5", 10, "3"),  # 10.5 ÷ 10 × 60 − 60 = 3
        ("{rate: 50%, at_most: 10}", "10.5", 10, "1.5"),
        ("{rate: 50%, at_most: 1}", "10.5", 10, "1"),  # 1.5, at most 1
        ("{at_most: 5%}", "11", 10, "3"),  # 6, at most 5 % of 60
        ("{at_most: 10}", "9", 10, "0"),
        ("{at_most: 10}", "10.5", "10.4", "4.6"),  # 3 + 41.6 − 40
        ("{at_most: 10}", "10.5", "12", "5"),  # 3 + 4 (8, at most 10 % of 40) = 7, of which 5 count
        ("{rate: 33%, at_most: 10}", "10.0333", 10, "0.07"),  # 0.1998 × 33 % = 0.065934, rounded as the leaf
    ],
)
def test_r6_what_is_beyond_full_marks_is_a_bonus(over: str, x: str, y: str, bonus: str):
    result = run(text(over), "u1", columns(x, y))
    assert plain(result.bonuses[0].total) == bonus
    assert node_points(result, "x") == (["60"] if x != "9" else ["54"])


def test_the_total_has_it_and_all_bonuses_stay_inside_their_cap():
    # 100 + (3 for the award + 3) = 106, but no more than 5 in all
    award = ", standards: [{code: award, name: 表彰, levels: {省: 3}}]"
    claims = (Claim("u1", "award", "省", "甲"),)
    assert totals(run(text("{at_most: 10}", after=award), "u1", columns("10.5", 10), bonuses=claims)) == ["106"]
    both = run(text("{at_most: 10}", inside="at_most: 5, ", after=award), "u1", columns("10.5", 10), bonuses=claims)
    assert totals(both) == ["105"]


def test_the_factor_comes_first():
    # 9.5 ÷ 10 × 60 × 1.2 = 68.4: 60 at the leaf, 8.4 beyond, of which 5 count
    factored = text("{at_most: 10}", "factors: {f: {name: 难度, by_category: {a: 1.2, b: 1}}}\n").replace(
        "full_marks: 60", "full_marks: 60, factor: f"
    )
    outcome = outcome_of(factored, "u1", columns("9.5", 10))
    assert plain(outcome.sets[0].bonuses[0].over["x"]) == "8.4"
    assert "超额部分：(68.4 − 60) = 8.4，记入加分" in lines(derived(outcome), "x")


def test_what_is_not_reported_is_not_over_fulfilled():
    rest = "missing: zero\nnot_applicable: full\n"
    for absent in (MISSING, NA):
        assert run(text("{at_most: 10}", rest), "u1", columns(absent, 10)).bonuses[0].total == 0


def test_r9_the_derivation_says_where_it_goes():
    outcome = outcome_of(text("{rate: 50%, at_most: 1}"), "u1", columns("10.5", "12"))
    total = derived(outcome)
    assert "超额部分：(63 − 60) × 50% = 1.5，计 1 分，记入加分" in lines(total, "x")
    assert lines(total, "bonus").splitlines() == ["超额完成“投资”：1 分", "超额完成“出口”：4 分"]
    more = derived(outcome_of(text("{at_most: 10}"), "u1", columns("10.5", "12")))
    assert lines(more, "bonus").splitlines()[-1] == "超额完成合计 7 分，最多 5 分"


def test_a_condition_of_the_bonus_is_one_of_over_fulfilment_too():
    # y must reach 39 of its 40: 10 ÷ 10 × 40 does, 9 ÷ 10 × 40 = 36 does not
    inside = "only_if: [{node: y, at_least: 39}], "
    for y, bonus in ((10, "3"), (9, "0")):
        outcome = outcome_of(text("{at_most: 10}", inside=inside), "u1", columns("10.5", y))
        assert plain(outcome.sets[0].bonuses[0].total) == bonus
        assert "超额完成“投资”：3 分" in lines(derived(outcome), "bonus")
