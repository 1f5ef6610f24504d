"""Means that stand in for readings show their sums; worked by hand."""

from __future__ import annotations

import pytest

from tests.engine.explain.equations import false_in
from tests.engine.making import MISSING, NA, NOT_DRAWN, derived, lines, outcome_of

TEXT = """
not_applicable: mean
missing: mean
%s
indicators:
  - {code: x, name: x, full_marks: 10, rule: judged, not_drawn: mean}
  - {code: y, name: y, full_marks: 90, rule: judged}
"""


def told(x: list[object], units: str, head: str = "") -> list[str]:
    outcome = outcome_of(TEXT % head, units, {"x": x, "y": [0] * len(x)})  # type: ignore[dict-item]
    said = lines(derived(outcome), "x").splitlines()
    assert [line for one in said for line in false_in(one)] == []
    return said


@pytest.mark.parametrize(
    ("status", "head", "those"),
    [
        (NA, "不涉及，按同类单位得分的平均计 8.17 分", "有分的"),
        (MISSING, "没有数据，按同类单位得分的平均计 8.17 分", "有分的"),
        (NOT_DRAWN, "未抽中，按抽中单位得分的平均计 8.17 分", "抽中的"),
    ],
)
def test_a_mean_says_of_how_many_and_of_what(status: object, head: str, those: str):
    # (9 + 8.5 + 7) ÷ 3 = 24.5 ÷ 3 = 8.1666…; u5 has no reading either, u6 stands in another category
    assert told([status, 9, "8.5", 7, NA, 1], "u1 u2 u3 u4 u5 b:u6")[:3] == [
        head,
        f"同类{those} 3 个单位得分合计 24.5：24.5 ÷ 3 = 8.166666…",
        "四舍五入保留 2 位小数：8.166666… → 8.17",
    ]


def test_units_listed_separately_are_in_the_mean_only_if_the_scheme_says_so():
    assert "同类有分的 2 个单位得分合计 16：16 ÷ 2 = 8" in told([NA, 9, 7, 2], "u1 u2 u3 u4*")
    # (9 + 7 + 2) ÷ 3 = 6
    head = "compare_listed_separately: true"
    assert "同类有分的 3 个单位得分合计 18：18 ÷ 3 = 6" in told([NA, 9, 7, 2], "u1 u2 u3 u4*", head)


def test_a_half_year_without_a_reading_shows_the_mean_of_that_half_year():
    text = """
missing: mean
indicators:
  - {code: x, name: x, full_marks: 100, periods: {of: half_year, take: mean}, rule: judged}
"""
    # the first half: (80 + 70) ÷ 2 = 75
    columns = {"x/上半年": [MISSING, 80, 70], "x/下半年": [90, 10, 10]}
    whole = derived(outcome_of(text, "u1 u2 u3", columns))
    assert "同类有分的 2 个单位得分合计 150：150 ÷ 2 = 75" in lines(whole, "x/上半年")
