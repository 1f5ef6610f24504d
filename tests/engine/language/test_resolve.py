"""What is handed down, what `for` puts in its place, and what is written once for every category."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.language.read import read_scheme
from engine.language.scheme import Indicator, IndicatorSetPlan
from engine.rules.direct import Judged

HEAD = """\
language: 1
scheme: small
title: 小方案
source: 文件
evaluations:
  - code: annual
    title: 评估
    full_marks: {full}
    rounding: {{leaf: 1, node: 2, panel: 3, total: 4}}
    not_applicable: renormalise
    collectors: [统计局, 财政局, 督查室]
    sets:
      counties: {{name: 县区, categories: {{county: 县级, district: 区级}}}}
      departments: {{name: 部门, categories: {{office: 机关类}}}}
    grades: [{{name: 好, from: 60}}, {{name: 差}}]
    indicators:
"""
TREE = """\
      - code: a
        name: 甲
        collector: 统计局
        substitute: 督查室
        lead: 统计局
        not_applicable: full
        missing: zero
        not_drawn: mean
        indicators:
          - {code: a1, name: 甲一, full_marks: 10, rule: judged}
          - code: a2
            name: 甲二
            full_marks: {county: 20, district: 15, office: 20}
            collector: {county: 财政局, district: 财政局, office: 统计局}
            lead: {county: 财政局}
            missing: mean
            rule: judged
            rounding: none
            cap: 110%
            floor: -5
          - code: a3
            name: 甲三
            full_marks: {county: 0, district: 5, office: 0}
            by: self
            rule: judged
      - code: b
        name: 乙
        by: self
        indicators:
          - {code: b1, name: 乙一, full_marks: 30, rule: judged, says: "  按  "}
          - {code: b2, name: 乙二, full_marks: 20, rule: judged, collector: 财政局}
      - {code: d, name: 丁, by: self, for: {counties: {full_marks: 5, rule: judged}}}
      - code: c
        name: 丙
        full_marks: {county: 15, district: 15, office: 20}
        for:
          counties: {name: 丙县, collector: 财政局, rule: {ratio: {to: target}}, fact: {name: 数, measure: 个}}
          departments:
            panel:
              voters: 领导
              secrecy: signed
              method: {tiers: {好: 20, 差: 10}}
"""


@pytest.fixture(scope="module")
def sets() -> dict[str, IndicatorSetPlan]:
    scheme = read_scheme(HEAD.format(full=100) + TREE, "s.yaml")
    return {one.code: one for one in scheme.evaluations[0].sets}


def node(sets: dict[str, IndicatorSetPlan], code: str, of: str = "counties") -> Indicator:
    found = sets[of].find(code)
    assert found is not None
    return found


def test_collector_lead_and_substitute_are_handed_down(sets):
    a1 = node(sets, "a1")
    assert dict(a1.collector) == {"county": "统计局", "district": "统计局"}
    assert dict(a1.lead) == {"county": "统计局", "district": "统计局"}
    assert a1.substitute == "督查室"


def test_ways_of_absence_are_handed_down_and_replaced_one_by_one(sets):
    assert (node(sets, "a1").not_applicable, node(sets, "a1").missing, node(sets, "a1").not_drawn) == (
        "full",
        "zero",
        "mean",
    )
    assert (node(sets, "a2").not_applicable, node(sets, "a2").missing) == ("full", "mean")
    assert (node(sets, "b1").not_applicable, node(sets, "b1").missing, node(sets, "b1").not_drawn) == (
        "renormalise",
        "block",
        None,
    )


def test_values_by_category(sets):
    a2 = node(sets, "a2")
    assert dict(a2.full) == {"county": 20, "district": 15}
    assert dict(a2.collector) == {"county": "财政局", "district": "财政局"}
    assert dict(a2.lead) == {"county": "财政局", "district": ""}
    assert dict(node(sets, "a2", "departments").collector) == {"office": "统计局"}


def test_self_scoring_is_handed_down_until_a_collector_is_named(sets):
    assert node(sets, "b1").self_scored
    assert not node(sets, "b2").self_scored
    assert node(sets, "a3").self_scored
    assert not node(sets, "a1").self_scored


def test_full_marks_add_up_where_none_are_written(sets):
    assert dict(node(sets, "a").full) == {"county": 30, "district": 30}
    assert dict(node(sets, "b").full) == {"county": 50, "district": 50}


def test_for_puts_its_own_in_place(sets):
    county, office = node(sets, "c"), node(sets, "c", "departments")
    assert (county.name, office.name) == ("丙县", "丙")
    assert county.rule is not None
    assert county.panel is None
    assert office.rule is None
    assert office.panel is not None
    assert county.written.line("rule") == county.written.line("name") != county.written.line("code")


def test_a_node_for_one_set_is_not_in_the_other(sets):
    assert [leaf.code for leaf in sets["counties"].leaves()] == ["a1", "a2", "a3", "b1", "b2", "d", "c"]
    assert [leaf.code for leaf in sets["departments"].leaves()] == ["a1", "a2", "a3", "b1", "b2", "c"]


def test_rounding_follows_the_kind_of_node_unless_written(sets):
    assert node(sets, "a1").rounding.digits == 1
    assert node(sets, "a").rounding.digits == 2
    assert node(sets, "c", "departments").rounding.digits == 3
    assert node(sets, "a2").rounding.digits is None


def test_cap_and_floor_default_to_full_marks_and_nothing(sets):
    assert node(sets, "a1").cap.of(Decimal(10)) == 10
    assert node(sets, "a1").floor.of(Decimal(10)) == 0
    assert node(sets, "a2").cap.of(Decimal(20)) == 22
    assert node(sets, "a2").floor.of(Decimal(20)) == -5


def test_paths_and_words(sets):
    assert node(sets, "a2").path == ("a", "a2")
    assert node(sets, "b1").says == "按"
    assert isinstance(node(sets, "b1").rule, Judged)


def test_facts_of_a_leaf_that_declares_none_are_those_of_its_rule(sets):
    assert node(sets, "a1").facts["actual"].measure == "分"
    assert node(sets, "c").facts["actual"].name == "数"
