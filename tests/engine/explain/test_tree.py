"""Derivations as people read them: every number says where it comes from, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from engine.explain import Derivation
from engine.facts import Facts, Source
from engine.score import score
from tests.engine.making import NA, derived, judged, lines, outcome_of, plan_of, set_facts

WEIGHTED = """
not_applicable: renormalise
indicators:
  - code: left
    name: 左
    weight: 30
    full_marks: 100
    indicators:
      - {code: x, name: x, full_marks: 60, rule: judged, says: 按规定评分}
      - {code: y, name: y, full_marks: 40, rule: judged}
  - {code: right, name: 右, weight: 70, full_marks: 10, rule: judged}
"""


def everything(derivation: Derivation) -> Iterator[Derivation]:
    yield derivation
    for child in derivation.children:
        yield from everything(child)


def test_the_total_says_its_parts_its_rounding_its_place_and_grade():
    outcome = outcome_of(WEIGHTED, "u1 u2", {"x": [50, 60], "y": ["30.33", 40], "right": [7, 10]})
    assert lines(derived(outcome), "annual").splitlines() == [
        "24.099 + 49 = 73.099",
        "四舍五入保留 2 位小数：73.099 → 73.10",
        "甲类，2 个单位中第 2 名",
        "等次：73.10 < 90，未达到“优”线；< 80，未达到“良”线；≥ 60 → “中”",
    ]
    assert lines(derived(outcome), "left").splitlines() == [
        "50 + 30.33 = 80.33",
        "折算计入上级：80.33 ÷ 100 × 30 = 24.099",
    ]


def test_a_part_without_points_claims_no_conversion():
    outcome = outcome_of(WEIGHTED, "u1", {"x": [0], "y": [0], "right": [0]})
    for one in everything(derived(outcome)):
        assert "折算" not in "".join(line.zh for line in one.lines)
        assert one.points == 0


def test_r7_what_does_not_count_is_named_above_and_below():
    outcome = outcome_of(WEIGHTED, "u1", {"x": [NA], "y": [30], "right": [7]})
    said = lines(derived(outcome), "left").splitlines()
    assert said[0] == "不计：x；其余指标满分合计 40（原为 100），按比例放大"
    assert said[1].startswith("折算计入上级：75 ÷ 100 × 30 = 22.5")
    assert "折算计入上级：30 ÷ 40 × 100 = 75" in lines(derived(outcome), "y")
    assert derived(outcome).find("x").points is None  # type: ignore[union-attr]


def test_a_leaf_says_facts_rule_document_reason_and_the_rule_book():
    plan = plan_of(WEIGHTED)
    sources = {("u1", "x", "actual"): Source("《核查表》第 1 号", "台账不齐")}
    one = set_facts("u1", {"x": [50], "y": [30], "right": [7]})
    said = lines(derived(score(plan, Facts({"s": one}, sources=sources), trace=True)), "x").splitlines()
    assert said == [
        "评分人评定 50 分（满分 60 分）",
        "依据：《核查表》第 1 号",
        "失分原因：台账不齐",
        "方案说明：按规定评分",
    ]


def test_facts_are_shown_with_their_decimals_and_measure():
    text = """
indicators:
  - code: x
    name: x
    full_marks: 100
    fact: {name: 投资, measure: 亿元, decimals: 2}
    rule: {ratio: {to: target}}
"""
    outcome = outcome_of(text, "u1", {"x": ["12.5"], "x actual target": [50]})
    said = lines(derived(outcome), "x").splitlines()
    assert said[:2] == ["投资：12.50 亿元", "投资，目标值：50.00 亿元"]
    assert lines(derived(outcome), "x", "en").splitlines()[:2] == ["投资: 12.50 亿元", "投资, target: 50.00 亿元"]


@pytest.mark.parametrize(("actual", "shown"), [(120, "高于上限 100 分，计 100 分"), (-5, "低于下限 0 分，计 0 分")])
def test_r6_a_limit_is_said_where_it_changes_anything(actual, shown):
    text = "indicators: [{code: x, name: x, full_marks: 100, fact: {decimals: 0}, rule: {ratio: {to: '100'}}}]"
    text = text.replace("'100'", "100")
    assert shown in lines(derived(outcome_of(text, "u1", {"x": [actual]})), "x")
    assert "限" not in lines(derived(outcome_of(text, "u1", {"x": [50]})), "x")


def test_a_unit_listed_separately_is_told_so():
    outcome = outcome_of(judged(("x", 100)), "u1* u2", {"x": [95, 60]})
    assert "单列，不参加排名" in lines(derived(outcome), "annual")
    assert "甲类，1 个单位中第 1 名" in lines(derived(outcome, 1), "annual")


def test_r2_a_number_without_end_is_cut_and_marked():
    text = "rounding: {leaf: none, node: none, panel: 2, total: none}\n" + judged(("x", 60), ("y", 40))
    text = "not_applicable: renormalise\n" + text
    outcome = outcome_of(text, "u1", {"x": [20], "y": [NA]})
    assert outcome.sets[0].total[0] == Fraction(100, 3)
    assert "33.333333…" in lines(derived(outcome), "annual")


def test_every_sentence_is_filled_in_in_both_languages():
    outcome = outcome_of(WEIGHTED, "u1 u2*", {"x": [50, NA], "y": ["30.33", 40], "right": [7, Decimal("9.5")]})
    for row in (0, 1):
        for one in everything(derived(outcome, row)):
            for line in one.lines:
                assert line.zh
                assert line.en
                assert not re.search(r"[{}]", line.zh + line.en)


def test_a_number_is_found_by_its_code():
    whole = derived(outcome_of(WEIGHTED, "u1", {"x": [50], "y": [30], "right": [7]}))
    assert whole.find("annual") is whole
    assert whole.find("y").name == "y"  # type: ignore[union-attr]
    assert whole.find("nothing") is None
