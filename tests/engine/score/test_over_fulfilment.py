"""R6: what a leaf earns beyond full marks goes to the bonus, at its rate and inside its caps."""

from __future__ import annotations

import pytest

from engine.facts import Claim
from engine.language.checks import over
from engine.language.checks.report import Report
from tests.engine.making import MISSING, NA, derived, lines, node_points, outcome_of, plain, plan_of, run, totals

BONUS = "bonus: {highest_only: true, %sover_fulfilment: {at_most: 5}%s}\n"
RULE = "rule: {ratio: {to: target}}, fact: {name: 数}"


def text(written: str, rest: str = "", inside: str = "", after: str = "") -> str:
    leaves = (
        f"{{code: x, name: 投资, full_marks: 60, {RULE}, over_fulfilment: {written}}},"
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
    assert plain(outcome.sets[0].bonuses[0].over["x"].points) == "8.4"
    assert "超额部分：(68.4 − 60) = 8.4，记入加分" in lines(derived(outcome), "x")


def test_nothing_left_where_less_is_better_brings_the_most():
    # target 10, at most 20 % of 100: actual 1 is 1000 points, actual 0 is endless; both bring 20 and the full 100
    less = (
        "bonus: {highest_only: true, over_fulfilment: {at_most: 50}}\n"
        "indicators: [{code: x, name: 事故, full_marks: 100, fact: {name: 数}, over_fulfilment: {%sat_most: 20%%},"
        " rule: {ratio: {to: target, less_is_better: true}}}]"
    )
    for rate in ("", "rate: 50%, "):
        for actual in (1, 0, -1):
            result = run(less % rate, "u1", {"x": [actual], "x actual target": [10]})
            assert (plain(result.bonuses[0].total), node_points(result, "x")) == ("20", ["100"])
    # 10 ÷ 9.5 × 100 − 100 = 5.263…
    result = run(less % "", "u1", {"x": ["9.5"], "x actual target": [10]})
    assert plain(result.bonuses[0].total) == "5.26"


@pytest.mark.parametrize(
    "rule",
    [
        "interpolated: {knots: [{at: 0, points: 0}, {at: 10, points: 60}], below: hold, above: extend}",
        "marginal_bands: {to: target, base: 100%, step: 1, count: completed, up: [{points: 1}]}",
        "above_both: {to: [target, last_year], rate: {step: 1, each: 1, count: started}, otherwise: 0}",
        "rank_change: {base: 54, up: 6, down: 1, no_place: 0}",
        "gate: {if: {above: 3}, then: {ratio: {to: target}}, else: {fixed: 4}}",
    ],
)
def test_r5_rules_that_go_beyond_full_marks_may_be_over_fulfilled(rule: str):
    report = Report("s.yaml")
    plan = plan_of(text("{at_most: 10}").replace(RULE, f"rule: {{{rule}}}, fact: {{name: 数}}", 1))
    over.check(plan, plan.sets[0], report)
    assert report.problems() == []


def test_r5_a_rule_that_never_goes_beyond_full_marks_has_no_over_fulfilment():
    report = Report("s.yaml")
    plan = plan_of(text("{at_most: 10}").replace(RULE, "rule: judged", 1))
    over.check(plan, plan.sets[0], report)
    [problem] = report.problems()
    assert problem.what.zh == "“投资”的计分方法 judged 不会超过满分，没有超额完成可计"


WEIGHTED = (
    "bonus: {highest_only: true, over_fulfilment: {at_most: 50}}\n"
    "indicators: [{code: g, name: 组, full_marks: 100, indicators: ["
    "{code: x, name: 投资, full_marks: 100, weight: 10, rule: {ratio: {to: target}}, fact: {name: 数},"
    " over_fulfilment: {at_most: %s}}, {code: y, name: 其他, full_marks: 100, weight: 90, rule: judged}]}]"
)


@pytest.mark.parametrize(
    ("most", "bonus", "said"),
    [
        # 12 ÷ 10 × 100 = 120: 20 beyond; the leaf's 100 points count as 10, so its 20 count as 2
        ("30", "20 × 0.1 = 2", "超额部分：(120 − 100) = 20，记入加分"),
        # at_most is of the leaf's own points: 20, at most 15, count as 1.5
        ("15", "15 × 0.1 = 1.5", "超额部分：(120 − 100) = 20，最多计 15 分，记入加分"),
        ("15%", "15 × 0.1 = 1.5", "超额部分：(120 − 100) = 20，最多计 15 分，记入加分"),
    ],
)
def test_a_point_beyond_is_worth_what_a_point_of_the_leaf_is(most: str, bonus: str, said: str):
    outcome = outcome_of(WEIGHTED % most, "u1", {"x": [12], "x actual target": [10], "y": [100]})
    assert plain(outcome.sets[0].bonuses[0].total) == bonus.rpartition(" ")[2]
    assert said in lines(derived(outcome), "x")
    assert lines(derived(outcome), "bonus") == f"超额完成“投资”：{bonus} 分"


def test_a_point_beyond_is_converted_through_everything_above_it():
    # x: 15 ÷ 10 × 20 = 30, 10 beyond. y does not apply: the 20 of x fill the group's 100, which × 1.1 count 30 of 100.
    # A point of x is worth 100 ÷ 20 × 1.1 × 30 ÷ 100 = 1.65, so 10 beyond are worth 16.5.
    nested = (
        "bonus: {highest_only: true, over_fulfilment: {at_most: 50}}\nnot_applicable: renormalise\n"
        "factors: {f: {name: 难度, by_category: {a: 1.1, b: 1}}}\n"
        "indicators: [{code: g, name: 组, full_marks: 100, weight: 30, factor: f, indicators: ["
        f"{{code: x, name: 投资, full_marks: 20, {RULE}, over_fulfilment: {{at_most: 20}}}},"
        " {code: y, name: 其他, full_marks: 80, rule: judged}]},"
        " {code: z, name: 党建, full_marks: 100, weight: 70, rule: judged}]"
    )
    outcome = outcome_of(nested, "u1", {"x": [15], "x actual target": [10], "y": [NA], "z": [100]})
    assert lines(derived(outcome), "bonus") == "超额完成“投资”：10 × 1.65 = 16.5 分"
    # x 20 → 100 → × 1.1 = 110 → 33, z 70
    assert totals(outcome.sets[0]) == ["119.5"]


def test_what_is_not_reported_is_not_over_fulfilled():
    rest = "missing: zero\nnot_applicable: full\n"
    for absent in (MISSING, NA):
        assert run(text("{at_most: 10}", rest), "u1", columns(absent, 10)).bonuses[0].total == 0


def test_r9_the_derivation_says_where_it_goes():
    outcome = outcome_of(text("{rate: 50%, at_most: 1}"), "u1", columns("10.5", "12"))
    total = derived(outcome)
    assert "超额部分：(63 − 60) × 50% = 1.5，最多计 1 分，记入加分" in lines(total, "x")
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
