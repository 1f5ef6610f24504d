"""Bonuses and deductions: highest only, caps of kind and of all, worked by hand."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.facts import Claim
from engine.language.extras import Bonus
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
    assert [(one.claim.standard, one.claim.level, one.counted) for one in found.claims if one.duplicate] == [
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
