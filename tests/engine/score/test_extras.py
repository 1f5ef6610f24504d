"""Bonuses and deductions: highest only, caps of kind and of all, worked by hand."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.facts import Claim, Move
from engine.language.extras import Bonus
from engine.score.counted import Why
from engine.score.extras import score_extras
from tests.engine.making import derived, judged, lines, outcome_of, totals, yaml

RULES = """
highest_only: %s
at_most: %s
standards:
  - {code: award, name: 表彰, at_most: 3, levels: {国家级: 3, 省级: 2, 市级: 0.5}}
  - {code: meeting, name: 现场会, levels: {国家级: 2, 省级: 1}}
"""


def claim(standard: str, level: str, matter: str) -> Claim:
    return Claim("u1", standard, level, matter, "文件")


def extras(claims: list[Claim], highest_only: str = "true", at_most: str = "5"):
    return score_extras(Bonus.model_validate(yaml(RULES % (highest_only, at_most))), claims, ["u1"])[0]


def test_nothing_claimed_is_nothing():
    assert extras([]).total == 0
    assert score_extras(None, [claim("award", "国家级", "甲")], ["u1"])[0].total == 0


def test_a_matter_counts_once_at_its_highest():
    found = extras([claim("award", "市级", "甲"), claim("meeting", "国家级", "甲"), claim("award", "省级", "乙")])
    assert found.total == 4  # the meeting 2 for 甲, the award 2 for 乙
    assert [(one.claim.standard, one.claim.level, one.counted) for one in found.claims if one.why is Why.DUPLICATE] == [
        ("award", "市级", 0)
    ]


def test_the_same_matter_counts_again_where_the_scheme_allows_it():
    assert extras([claim("award", "市级", "甲"), claim("meeting", "国家级", "甲")], "false").total == Fraction("2.5")


def test_r6_the_cap_of_a_kind_then_the_cap_of_all():
    many = [claim("award", "国家级", "甲"), claim("award", "省级", "乙"), claim("meeting", "国家级", "丙")]
    found = extras(many)
    assert found.kinds == {"award": 3, "meeting": 2}
    assert found.total == 5
    assert extras([*many, claim("meeting", "省级", "丁")]).total == 5
    assert extras([*many, claim("meeting", "省级", "丁")], at_most="5.5").total == Fraction("5.5")


def test_equal_points_for_one_matter_count_under_the_first_kind_of_the_scheme():
    found = extras([claim("meeting", "国家级", "甲"), claim("award", "省级", "甲")])
    assert found.kinds == {"award": 2, "meeting": 0}


CAPS = """
highest_only: %s
item_at_most: 5
at_most: 12
parts: {honours: {name: 荣誉, at_most: 7}, work: {name: 工作, at_most: 8}}
standards:
  - {code: award, name: 表彰, part: honours, at_most: 6, levels: {国家级: 4, 省级: 2}}
  - {code: title, name: 称号, part: honours, levels: {国家级: 3, 省级: 1}}
  - {code: pilot, name: 试点, part: work, levels: {国家级: 5, 省级: 3}}
  - {code: paper, name: 论文, levels: {国家级: 2}}
"""


def capped(claims: list[Claim], highest_only: str = "false"):
    return score_extras(Bonus.model_validate(yaml(CAPS % highest_only)), claims, ["u1"])[0]


def test_r6_the_caps_of_a_matter_of_a_kind_of_a_part_and_of_all_in_this_order():
    found = capped(
        [
            claim("award", "国家级", "甲"),
            claim("award", "省级", "甲"),
            claim("award", "省级", "乙"),
            claim("title", "国家级", "丙"),
            claim("pilot", "国家级", "丁"),
            claim("paper", "国家级", "丁"),
            claim("paper", "国家级", "戊"),
        ]
    )
    # 甲: 4 + 2, one matter at most 5, so 4 and 1 of the 2; 丁: 5 of the pilot leave no room for its paper
    assert {(one.claim.standard, one.claim.level, one.claim.matter): one.counted for one in found.claims} == {
        ("award", "国家级", "甲"): 4,
        ("award", "省级", "甲"): 1,
        ("award", "省级", "乙"): 2,
        ("title", "国家级", "丙"): 3,
        ("pilot", "国家级", "丁"): 5,
        ("paper", "国家级", "丁"): 0,
        ("paper", "国家级", "戊"): 2,
    }
    assert found.kinds == {"award": 6, "title": 3, "pilot": 5, "paper": 2}  # 4 + 1 + 2 = 7 awards, at most 6
    assert found.parts == {"honours": 7, "work": 5}  # 6 + 3 = 9, at most 7
    assert found.total == 12  # 7 + 5 + 2 = 14, at most 12


def test_highest_only_comes_before_the_cap_of_a_matter():
    found = capped([claim("pilot", "国家级", "甲"), claim("award", "国家级", "甲")], "true")
    assert [(one.counted, one.why) for one in found.claims] == [(5, Why.COUNTS), (0, Why.DUPLICATE)]


def test_every_cap_that_changes_something_is_said():
    text = f"bonus: {{highest_only: false, item_at_most: 5, at_most: 12, {yaml_of_parts()}}}"
    many = [
        Claim("u1", *one)
        for one in (
            ("award", "国家级", "甲"), ("award", "省级", "甲"), ("award", "省级", "乙"), ("title", "国家级", "丙"),
            ("pilot", "国家级", "丁"), ("paper", "国家级", "戊"),
        )
    ]  # fmt: skip
    said = lines(derived(outcome_of(judged(("x", 100)) + text, "u1", {"x": [80]}, bonuses=many)), "bonus")
    assert "事项“甲”合计 6 分，一个事项最多 5 分" in said
    assert "表彰合计 7 分，本项最多 6 分" in said
    assert "荣誉合计 9 分，本部分最多 7 分" in said
    assert "合计 14 分，最多 12 分" in said
    assert "试点合计" not in said


def yaml_of_parts() -> str:
    return (
        "parts: {honours: {name: 荣誉, at_most: 7}}, standards: ["
        "{code: award, name: 表彰, part: honours, at_most: 6, levels: {国家级: 4, 省级: 2}}, "
        "{code: title, name: 称号, part: honours, levels: {国家级: 3}}, "
        "{code: pilot, name: 试点, levels: {国家级: 5}}, {code: paper, name: 论文, levels: {国家级: 2}}]"
    )


DATED = """
highest_only: true
cut_off: 2023-01-31
by: decision
standards: [{code: award, name: 表彰, levels: {国家级: 3, 省级: 2, 特等: {effect: up_one}, 世界级: {effect: top}}}]
"""


def dated(level: str, matter: str, day: str = "2023-01-31", decision: str = "1号") -> Claim:
    return Claim("u1", "award", level, matter, "文件", date.fromisoformat(day), "委员会" if decision else "", decision)


def of_dated(*claims: Claim):
    return score_extras(Bonus.model_validate(yaml(DATED)), claims, ["u1"])[0]


def test_what_comes_after_the_cut_off_date_does_not_count_and_takes_nothing_from_what_does():
    found = of_dated(dated("国家级", "甲", "2023-02-01"), dated("省级", "甲"))
    assert {one.claim.level: (one.counted, one.why) for one in found.claims} == {
        "国家级": (0, Why.TOO_LATE),
        "省级": (2, Why.COUNTS),
    }


def test_what_has_not_been_decided_does_not_count():
    found = of_dated(dated("国家级", "甲", decision=""), dated("省级", "乙"))
    assert found.total == 2
    assert [one.why for one in found.claims if one.claim.level == "国家级"] == [Why.UNDECIDED]


def test_a_level_may_lift_the_grade_and_then_goes_before_any_points_of_its_matter():
    found = of_dated(dated("特等", "甲"), dated("国家级", "甲"), dated("省级", "乙"))
    assert (found.total, found.lifts) == (2, "up_one")
    assert of_dated(dated("特等", "甲"), dated("世界级", "乙")).lifts == "top"
    assert of_dated(dated("世界级", "甲", "2023-02-01"), dated("特等", "乙")).lifts == "up_one"


LIFTING = judged(("x", 100)) + "bonus:\n" + "".join(f"  {line}\n" for line in DATED.strip().splitlines())
VETO = "veto: {effect: down_one, by: decision, grounds: [事故]}\n"


@pytest.mark.parametrize(
    ("levels", "points", "grade"),
    [
        ([], 85, "良"),
        (["特等"], 85, "优"),
        (["特等"], 50, "中"),
        (["特等", "特等"], 50, "中"),  # up once
        (["世界级", "特等"], 50, "优"),
        (["特等"], 95, "优"),  # nothing above the best
    ],
)
def test_what_a_bonus_does_to_the_grade_is_a_promotion(levels, points, grade):
    claims = tuple(dated(level, f"事项{number}") for number, level in enumerate(levels))
    outcome = outcome_of(LIFTING, "u1", {"x": [points]}, bonuses=claims)
    assert totals(outcome.sets[0]) == [str(points)]
    assert outcome.plan.written.grades[outcome.sets[0].grade[0]].name == grade


def test_a_veto_cancels_what_a_bonus_does_to_the_grade():
    outcome = outcome_of(
        LIFTING + VETO, "u1", {"x": [85]}, bonuses=(dated("世界级", "甲"),), moves=(Move("u1", "事故", "市委", "1号"),)
    )
    assert outcome.plan.written.grades[outcome.sets[0].grade[0]].name == "中"


def test_every_claim_says_why_it_counts_or_not():
    claims = (
        dated("特等", "甲"), dated("国家级", "乙"), dated("省级", "乙"), dated("国家级", "丙", "2023-02-01"),
        dated("国家级", "丁", decision=""),
    )  # fmt: skip
    said = lines(derived(outcome_of(LIFTING, "u1", {"x": [85]}, bonuses=claims)), "bonus")
    assert "表彰（特等）甲：提高一个等次；依据：文件，委员会1号" in said
    assert "表彰（国家级）乙：3 分；依据：文件，委员会1号" in said
    assert "表彰（省级）乙：同一事项已按更高的计，不重复；依据：文件，委员会1号" in said
    assert "表彰（国家级）丙：2023-02-01 晚于截止日期 2023-01-31，不计；依据：文件" in said
    assert "表彰（国家级）丁：尚未决定，不计；依据：文件" in said


CONDITIONAL = (
    LIFTING.replace("  by: decision\n", "  by: decision\n  only_if: [no_veto, {node: x, at_least: 80%}]\n") + VETO
)


@pytest.mark.parametrize(
    ("points", "moves", "expected", "grade", "said"),
    [
        (80, (), "82", "优", ""),  # 良 by points, lifted by one
        ("79.9", (), "79.9", "中", "不符合条件：“x”79.9 分 < 80"),
        (95, (Move("u1", "事故", "市委", "1号"),), "95", "良", "不符合条件：有一票否决"),
    ],
)
def test_nothing_counts_for_a_unit_that_fails_a_condition(points, moves, expected, grade, said):
    claims = (dated("省级", "甲"), dated("特等", "乙"), dated("国家级", "丙", "2023-02-01"))
    outcome = outcome_of(CONDITIONAL, "u1", {"x": [points]}, bonuses=claims, moves=moves)
    assert totals(outcome.sets[0]) == [expected]
    assert outcome.plan.written.grades[outcome.sets[0].grade[0]].name == grade
    told = lines(derived(outcome), "bonus")
    assert ("表彰（省级）甲：不符合条件，不计；依据：文件，委员会1号" in told) == bool(said)
    assert "表彰（国家级）丙：2023-02-01 晚于截止日期 2023-01-31，不计" in told
    assert said in told


claims = st.builds(
    claim,
    st.sampled_from(["award", "meeting"]),
    st.sampled_from(["国家级", "省级"]),
    st.sampled_from(["甲", "乙", "丙"]),
)


@given(st.lists(claims, max_size=6), st.data())
def test_r1_the_order_of_claims_does_not_matter(found, data):
    assert extras(found) == extras(data.draw(st.permutations(found)))


@given(st.lists(claims, max_size=6))
def test_r6_bonuses_stay_within_every_cap(found):
    result = extras(found)
    assert 0 <= result.total <= 5
    assert 0 <= result.kinds.get("award", 0) <= 3
    assert sum(one.counted for one in result.claims) >= result.total


def test_highest_only_comes_before_the_caps_even_where_that_costs():
    # 乙 counts as an award (3), where 甲 has used up the 3 of the kind, and so no more as a meeting (2)
    first = [claim("award", "国家级", "甲"), claim("meeting", "国家级", "乙")]
    assert extras(first).total == 5
    assert extras([*first, claim("award", "国家级", "乙")]).total == 3


SCHEME = (
    judged(("x", 60), ("y", 40))
    + """
bonus:
  highest_only: true
  at_most: 5
  standards: [{code: award, name: 表彰, levels: {国家级: 4, 省级: 2}}]
deductions:
  highest_only: true
  standards: [{code: blamed, name: 通报, at_most: 30, levels: {省级: 20.5, 市级: 1}}]
"""
)
COLUMNS = {"x": [60, 10], "y": [38, 5]}
GIVEN = [Claim("u1", "award", "国家级", "甲"), Claim("u1", "award", "省级", "乙")]
TAKEN = [Claim("u2", "blamed", "省级", "丙"), Claim("u2", "blamed", "市级", "丁")]


def test_bonuses_come_on_top_and_deductions_after_them_without_bounds():
    outcome = outcome_of(SCHEME, "u1 u2", COLUMNS, bonuses=GIVEN, deductions=TAKEN)
    assert totals(outcome.sets[0]) == ["103", "-6.5"]  # 98 + 5; 15 − 21.5
    whole = derived(outcome)
    assert "表彰（国家级）甲：4 分" in lines(whole, "bonus")
    assert "合计 6 分，最多 5 分" in lines(whole, "bonus")
    assert lines(whole, "annual").splitlines()[0] == "60 + 38 + 5 = 103"
    assert lines(derived(outcome, 1), "annual").splitlines()[0] == "10 + 5 + (-21.5) = -6.5"
    assert derived(outcome, 1).find("deductions").brings == Fraction("-21.5")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("limits", "expected"), [("cap: 100\nfloor: 0\n", ["100", "0"]), ("cap: 102%\n", ["102", "-6.5"])]
)
def test_r6_a_total_has_a_cap_and_a_floor_where_the_scheme_says(limits, expected):
    outcome = outcome_of(limits + SCHEME, "u1 u2", COLUMNS, bonuses=GIVEN, deductions=TAKEN)
    assert totals(outcome.sets[0]) == expected
    assert re.search("高于上限|低于下限", lines(derived(outcome), "annual"))


def test_a_duplicate_is_said_to_count_elsewhere():
    twice = [Claim("u1", "award", "国家级", "甲", "一号"), Claim("u1", "award", "省级", "甲", "二号")]
    said = lines(derived(outcome_of(SCHEME, "u1 u2", COLUMNS, bonuses=twice)), "bonus")
    assert "表彰（省级）甲：同一事项已按更高的计，不重复；依据：二号" in said


OF_A_KIND = SCHEME.replace(
    "{国家级: 4, 省级: 2}}", "{国家级: 4, 省级: 2}, only_if: [{node: y, at_least: 30}]}"
).replace(
    "{省级: 20.5, 市级: 1}}", "{省级: 20.5, 市级: 1}}, {code: late, name: 迟报, levels: {次: 3}, only_if: [no_veto]}"
)
VETO = "veto: {effect: down_one, by: automatic, grounds: [事故]}\n"


def test_a_kind_may_have_conditions_of_its_own():
    # u1 has 38 of y and its awards count; u2 has 5 and they do not; its veto keeps it from being late, not from blame
    given = [*GIVEN, Claim("u2", "award", "国家级", "戊")]
    taken = [*TAKEN, Claim("u2", "late", "次", "己"), Claim("u1", "late", "次", "庚")]
    moves = (Move("u2", "事故"),)
    outcome = outcome_of(VETO + OF_A_KIND, "u1 u2", COLUMNS, bonuses=given, deductions=taken, moves=moves)
    assert totals(outcome.sets[0]) == ["100", "-6.5"]  # 98 + 5 − 3; 15 − 21.5
    said = lines(derived(outcome, 1), "bonus")
    assert "表彰（国家级）戊：不符合条件，不计" in said
    assert "表彰不符合条件：“y”5 分 < 30" in said
    assert "迟报不符合条件：有一票否决" in lines(derived(outcome, 1), "deductions")
    assert "不符合条件" not in lines(derived(outcome), "bonus")


def test_what_fails_its_own_condition_leaves_the_matter_to_another_kind():
    text = SCHEME.replace("[{code: award", "[{code: fair, name: 现场会, levels: {省级: 1}}, {code: award").replace(
        "{国家级: 4, 省级: 2}}", "{国家级: 4, 省级: 2}, only_if: [{node: y, at_least: 39}]}"
    )
    both = [Claim("u1", "award", "国家级", "甲"), Claim("u1", "fair", "省级", "甲")]
    assert totals(outcome_of(text, "u1 u2", COLUMNS, bonuses=both).sets[0]) == ["99", "15"]
