"""What results bring beyond grades and bands: heads, rises in points, repeats, scores, pools shared out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from engine.facts import Claim, LastResult, Person
from engine.score import score
from engine.score.result import Outcome
from engine.text import Problems
from tests.engine.making import NA, derived, facts_of, lines, plan_of, set_facts, units_of

ONE = "indicators:\n  - {code: x, name: x, full_marks: 100, rule: judged}\nfloor: -100\n"
BLAME = "deductions: {highest_only: false, standards: [{code: b, name: 通报, levels: {省: 200}}]}\n"


def scored(
    use: str, x: Sequence[object], units: str = "", heads: Sequence[int | None] = (), rest: str = "", **facts: Any
) -> Outcome:
    members = units_of(units or " ".join(f"u{number}" for number in range(1, len(x) + 1)))
    if heads:
        members = tuple(replace(unit, headcount=count) for unit, count in zip(members, heads, strict=True))
    text = f"{ONE}{rest}use: [{{code: it, name: 奖金, {use}}}]\n"
    return score(plan_of(text), facts_of(set_facts(members, {"x": list(x)}), **facts), trace=True)  # type: ignore[arg-type]


def used(use: str, x: Sequence[object], units: str = "", **given: Any) -> list[str | None]:
    return scored(use, x, units, **given).sets[0].uses["it"]


def told(outcome: Outcome, row: int = 0) -> str:
    return lines(derived(outcome, row), "annual").splitlines()[-1]


# Persons of a share.


@pytest.mark.parametrize(("rounding", "found"), [("half_up", "8"), ("down", "7"), ("up", "8")])
def test_a_share_of_the_headcount_is_whole_persons(rounding, found):
    # 20 % of 38 is 7.6; 10 % of 40 is 4
    use = f"of: headcount, rounding: {rounding}, by_grade: {{优: 20%}}, otherwise: 10%"
    assert used(use, [95, 50], heads=[38, 40]) == [found, "4"]


def test_the_derivation_shows_the_persons():
    outcome = scored("of: headcount, rounding: half_up, by_rank: [{first: 1, gives: 15%}]", [95, 50], heads=[30, 9])
    assert told(outcome) == "奖金：5（第 1 名；15% × 30 = 4.5，四舍五入 5 个）"
    assert outcome.sets[0].uses["it"] == ["5", None]


def test_r5_an_unknown_headcount_stops_the_run():
    with pytest.raises(Problems) as stopped:
        used("of: headcount, rounding: down, by_grade: {优: 20%}", [95, 50], heads=[38, None])
    [problem] = stopped.value.found
    assert "单位“u2 u2”没有人数" in problem.what.zh


# Against last year.


def test_the_largest_rise_in_points():
    last = {
        "u1": LastResult(Decimal("90.5"), 1),  # +2.5
        "u2": LastResult(Decimal(80), 2),  # +8
        "u3": LastResult(Decimal(92), 3),  # −8
        "u4": LastResult(None, None),
    }
    outcome = scored("by_rise: {on: total, first: 1, gives: 进步奖}", [93, 88, 84, 70], last_results=last)
    assert outcome.sets[0].uses["it"] == [None, "进步奖", None, None]
    assert told(outcome, 1) == "奖金：进步奖（总分比上年 +8）"


def test_the_derivation_of_a_rise_in_places():
    last = {"u1": LastResult(None, 3), "u2": LastResult(None, 1)}
    outcome = scored("by_rise: {first: 1, gives: 进步奖}", [93, 88], last_results=last)
    assert told(outcome) == "奖金：进步奖（名次比上年 +2）"


def test_the_same_grade_two_years_running():
    last = {"u1": LastResult(None, 4, "差"), "u2": LastResult(None, 3, "中"), "u3": LastResult(None, 1, "差")}
    found = used("by_repeat: {grade: 差, gives: 约谈}", [50, 40, 70, 30], last_results=last)
    assert found == ["约谈", None, None, None]


def test_among_the_last_two_years_running():
    # last year 6 were ranked: places 5 and 6 are the last two, u1 and u2; this year u3 and u4
    last = {
        "u1": LastResult(None, 6, members=6),
        "u2": LastResult(None, 5, members=6),
        "u3": LastResult(None, 4, members=6),
        "u4": LastResult(None, None),
    }
    assert used("by_repeat: {last: 2, gives: 约谈}", [90, 40, 30, 20], last_results=last) == [None, None, None, None]
    assert used("by_repeat: {last: 3, gives: 约谈}", [90, 40, 30, 20], last_results=last) == [
        None,
        "约谈",
        "约谈",
        None,
    ]
    listed = used("by_repeat: {last: 1, gives: 约谈}, otherwise: 无", [90, 40], "u1* u2", last_results=last)
    assert listed == [None, "无"]


# By score.


def test_so_much_for_each_point_and_person():
    # 92.5 × 1.2 = 111; × 30 persons = 3330
    assert used("by_score: {each: 1.2}", ["92.5"]) == ["111"]
    outcome = scored("by_score: {each: 1.2, times: headcount}", ["92.5"], heads=[30])
    assert told(outcome) == "奖金：3330（92.5 × 1.2 × 30 = 3330）"


def test_nobody_pays_for_a_total_below_zero():
    costly = "by_score: {each: 10, times: headcount}"
    claims = (Claim("u1", "b", "省", "事项", "1号"),)
    outcome = scored(costly, [99, 3], rest=BLAME, deductions=claims, heads=[5, 5])
    assert outcome.sets[0].uses["it"] == ["0", "150"]
    assert told(outcome) == "奖金：0（总分低于 0）"


# Pools.


def test_a_thousand_over_three_equal_units():
    found = used("distribute: {pool: p, by: total}", [80, 80, 80], pools={"p": Decimal(1000)})
    assert found == ["333.34", "333.33", "333.33"]


def test_ties_go_by_code_across_categories_and_in_any_order():
    # 100.00 ÷ 3 = 33.333…: the cent that is left goes to a1
    outcome = scored("distribute: {pool: p, by: total}", [80, 80, 80], "b:c1 b1 b:a1", pools={"p": Decimal(100)})
    assert [(share.unit.code, share.amount) for share in outcome.distributions[0].shares] == [
        ("a1", 3334),
        ("b1", 3333),
        ("c1", 3333),
    ]


def test_by_total_times_headcount_and_what_is_said():
    # weights 90 × 10 = 900 and 60 × 20 = 1200 of 2100: 1000 × 900 ÷ 2100 = 428.571…, 571.428…: the cent to the first
    outcome = scored(
        "distribute: {pool: p, by: total, times: headcount}", [90, 60], heads=[10, 20], pools={"p": Decimal(1000)}
    )
    assert outcome.sets[0].uses["it"] == ["428.57", "571.43"]
    assert told(outcome) == (
        "奖金：428.57（权重为总分 90，乘人数：90 × 10 = 900；1000.00 × 900 ÷ 2100 = 428.571428…，按最大余数法取到分）"
    )


def test_by_grade_and_by_place():
    # 优 1.2, 良 1, others nothing: 1100 × 1.2 ÷ 2.2 = 600
    by_grade = "distribute: {pool: p, by: {grade: {优: 1.2, 良: 1}}}"
    assert used(by_grade, [95, 85, 50], pools={"p": Decimal(1100)}) == ["600.00", "500.00", "0.00"]
    by_place = "distribute: {pool: p, by: {rank: [{first: 1, gives: 2}], otherwise: 1}}"
    assert used(by_place, [95, 85, 99], "u1 u2 u3*", pools={"p": Decimal(30)}) == ["20.00", "10.00", "0.00"]


TWO = ONE.replace("100, rule", "60, rule") + "  - {code: y, name: 招商, full_marks: 40, floor: -10, rule: judged}\n"


def test_by_the_points_of_an_indicator():
    # 30, 10 and nothing, as it does not count: 1000 × 30 ÷ 40 = 750
    text = TWO.replace("floor: -100\n  - ", "  - ") + "not_applicable: renormalise\n"
    text += "use: [{code: it, name: 奖金, distribute: {pool: p, by: {node: y}}}]\n"
    columns = {"x": [50, 50, 50], "y": [30, 10, NA]}
    facts = facts_of(set_facts(units_of("u1 u2 u3"), columns), pools={"p": Decimal(1000)})
    outcome = score(plan_of(text), facts, trace=True)
    assert outcome.sets[0].uses["it"] == ["750.00", "250.00", "0.00"]
    assert told(outcome).startswith("奖金：750.00（权重为“招商”得分 30；1000.00 × 30 ÷ 40 = 750")
    assert told(outcome, 2).startswith("奖金：0.00（“招商”不计，没有权重")


PRAISE = "bonus: {highest_only: true, standards: [{code: a, name: 表彰, levels: {省: 3, 市: 1}}]}\n"
PRAISED = (Claim("u1", "a", "省", "甲", "文"), Claim("u2", "a", "市", "乙", "文"))


def test_by_the_bonus_times_the_persons():
    # 3 × 10 and 1 × 20 of 50: 30 ÷ 50 × 100 = 60
    by_bonus = "distribute: {pool: p, by: bonus, times: headcount}"
    given = {"rest": PRAISE, "bonuses": PRAISED, "heads": [10, 20, 30], "pools": {"p": Decimal(100)}}
    outcome = scored(by_bonus, [80, 80, 80], **given)
    assert outcome.sets[0].uses["it"] == ["60.00", "40.00", "0.00"]
    assert told(outcome).startswith("奖金：60.00（权重为加分 3，乘人数：3 × 10 = 30；")


def test_persons_share_the_amount_of_their_unit():
    # 500.00 to each unit; coefficients 1.5, 1, 1 of 3.5: 214.285…, 142.857… twice: two cents left, to the .857
    persons = {
        "u1": (
            Person("03", "丙", Decimal(1)),
            Person("01", "甲", Decimal("1.5")),
            Person("02", "乙", Decimal(1)),
        ),
        "u2": (Person("01", "丁", Decimal(1)),),
    }
    outcome = scored(
        "distribute: {pool: p, by: total, persons: true}", [80, 80], pools={"p": Decimal(1000)}, persons=persons
    )
    found = {
        share.unit.code: [(person.name, part) for person, part in share.persons]
        for share in outcome.distributions[0].shares
    }
    assert found == {"u1": [("甲", 21428), ("乙", 14286), ("丙", 14286)], "u2": [("丁", 50000)]}


@pytest.mark.parametrize(
    ("use", "x", "facts", "said"),
    [
        ("by: total", [80], {}, "缺少奖金总额“p”"),
        ("by: total", [0, 0], {"pools": {"p": Decimal(9)}}, "“奖金”没有一个单位有份额"),
        ("by: {grade: {优: 1}}", [50], {"pools": {"p": Decimal(9)}}, "“奖金”没有一个单位有份额"),
        (
            "by: total, persons: true",
            [80],
            {"pools": {"p": Decimal(9)}},
            "单位“u1 u1”分得“奖金”9.00，人员表里没有它的人员",
        ),
        ("by: total", [80], {"pools": {"p": Decimal("9.005")}}, "奖金总额“p”是 9.005，应不超过两位小数（分）"),
        (
            "by: total, persons: true",
            [80],
            {"pools": {"p": Decimal(9)}, "persons": {"u1": (Person("01", "甲", Decimal(0)),)}},
            "单位“u1 u1”分得“奖金”9.00，而它的人员系数都是 0，无法分配",
        ),
    ],
)
def test_r5_a_pool_that_cannot_be_shared_out_stops_the_run(use, x, facts, said):
    with pytest.raises(Problems) as stopped:
        used(f"distribute: {{pool: p, {use}}}", x, **facts)
    [problem] = stopped.value.found
    assert said in problem.what.zh


def test_r5_a_negative_total_cannot_be_a_weight_and_zero_gets_nothing():
    blamed = (Claim("u1", "b", "省", "甲", "文"),)
    with pytest.raises(Problems) as stopped:
        used(
            "distribute: {pool: p, by: total}", [80, 80], rest=BLAME, deductions=blamed, pools={"p": Decimal(9)}
        )  # 80 − 200, held at −100 by the floor
    [problem] = stopped.value.found
    assert "单位“u1 u1”的总分是 -100，不能按总分分配“奖金”" in problem.what.zh
    assert used("distribute: {pool: p, by: total}", [80, 0], pools={"p": Decimal(9)}) == ["9.00", "0.00"]


def test_r5_negative_points_of_an_indicator_cannot_be_a_weight():
    text = ONE.replace("rule: judged", "floor: -50, rule: {deduct: {each: {late: {name: 迟报, points: 60}}}}")
    text += "use: [{code: it, name: 奖金, distribute: {pool: p, by: {node: x}, times: headcount}}]\n"
    members = tuple(replace(unit, headcount=4) for unit in units_of("u1 u2"))
    facts = facts_of(set_facts(members, {"x late": [2, 1]}), pools={"p": Decimal(9)})
    with pytest.raises(Problems) as stopped:
        score(plan_of(text), facts)
    [problem] = stopped.value.found  # 100 − 120 = −20
    assert "单位“u1 u1”的“x”得分是 -20，不能按“x”得分分配“奖金”" in problem.what.zh
