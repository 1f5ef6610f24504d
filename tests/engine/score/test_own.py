"""Own lists: each unit its own indicators, of differing number, whose full marks add up to the node's."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.facts import Facts, Source
from engine.score import score
from engine.text import Problems
from tests.engine.making import (
    MISSING,
    NA,
    NOT_DRAWN,
    derived,
    lines,
    node_points,
    outcome_of,
    own_rows,
    plan_of,
    run,
    set_facts,
    totals,
)

TEXT = """
%s
indicators:
  - code: key
    name: 重点工作
    full_marks: 100
    own:
      fact: {measure: 分, decimals: 2}
      rules: {评分: judged, 完成率: {ratio: {to: target}}, 办结: all_or_nothing}
"""


def test_ragged_lists_are_scored_row_by_row_and_summed_per_unit():
    rows = own_rows(
        (0, "1", 60, "评分", "50.5"),
        (0, "2", 40, "完成率", 2),  # 2 ÷ 3 × 40 = 26.666… → 26.67
        (1, "1", 100, "评分", 90),
        (2, "1", 30, "完成率", 9),  # 9 ÷ 6, capped at 30
        (2, "2", 30, "办结", 0),
        (2, "3", 40, "办结", 1),
        target=[0, 3, 0, 6, 0, 0],
    )
    assert totals(run(TEXT % "", "u1 u2 u3", own={"key": rows})) == ["77.17", "90", "70"]


def test_a_list_that_does_not_add_up_is_refused_with_both_figures():
    rows = own_rows((0, "1", 60, "评分", 50), (0, "2", "39.99", "评分", 1), (1, "1", 100, "评分", 90))
    with pytest.raises(Problems) as stop:
        run(TEXT % "", "u1 u2", own={"key": rows})
    (problem,) = stop.value.found
    assert "99.99" in problem.what.zh
    assert "100" in problem.what.zh
    assert "u1" in problem.what.zh


def test_a_unit_without_a_list_is_refused():
    with pytest.raises(Problems, match=r"u2.*合计 0，应为 100"):
        run(TEXT % "", "u1 u2", own={"key": own_rows((0, "1", 100, "评分", 50))})
    with pytest.raises(Problems, match="应为 100"):
        run(TEXT % "", "u1")


@pytest.mark.parametrize(("absent", "total"), [("renormalise", "80"), ("full", "88")])
def test_r7_an_own_indicator_that_does_not_apply(absent, total):
    rows = own_rows((0, "1", 60, "评分", 48), (0, "2", 40, "评分", NA))
    outcome = outcome_of(TEXT % f"not_applicable: {absent}", "u1", own={"key": rows})
    assert totals(outcome.sets[0]) == [total]  # 48 ÷ 60 × 100; 48 + 40
    item = derived(outcome).find("key/2")
    assert item is not None
    assert (item.points is None) == (absent == "renormalise")


def test_r7_a_missing_own_indicator_blocks_or_is_zero():
    rows = own_rows((0, "1", 60, "评分", 48), (0, "2", 40, "评分", MISSING))
    with pytest.raises(Problems, match=r"2 自定2.*缺数据"):
        run(TEXT % "", "u1", own={"key": rows})
    assert totals(run(TEXT % "missing: zero", "u1", own={"key": rows})) == ["48"]


def test_r7_an_own_indicator_not_drawn_is_refused_without_a_rule():
    with pytest.raises(Problems, match="未抽中"):
        run(TEXT % "", "u1", own={"key": own_rows((0, "1", 100, "评分", NOT_DRAWN))})


def test_r7_a_list_of_which_nothing_applies_does_not_apply():
    text = """
not_applicable: renormalise
indicators:
  - {code: key, name: 重点, full_marks: 40, own: {rules: {评分: judged}}}
  - {code: x, name: x, full_marks: 60, rule: judged}
"""
    rows = own_rows((0, "1", 40, "评分", NA), (1, "1", 40, "评分", 20))
    result = run(text, "u1 u2", {"x": [30, 30]}, own={"key": rows})
    assert node_points(result, "key") == ["–", "20"]
    assert totals(result) == ["50", "50"]


@pytest.mark.parametrize("how", ["full_marks: {a: 40, b: 0}", "weight: {a: 40, b: 0}, full_marks: 40"])
def test_r7_a_category_without_the_list_brings_none(how):
    rest = "full_marks: {a: 60, b: 100}" if how.startswith("full") else "weight: {a: 60, b: 100}, full_marks: 100"
    text = f"""
indicators:
  - {{code: key, name: 重点, {how}, own: {{rules: {{评分: judged}}}}}}
  - {{code: x, name: x, {rest}, rule: judged}}
"""
    outcome = outcome_of(text, "u1 b:u2", {"x": [30, 30]}, own={"key": own_rows((0, "1", 40, "评分", 20))})
    assert node_points(outcome.sets[0], "key") == ["20", "–"]
    assert lines(derived(outcome, 1), "key") == "本类别不设此项"


def test_a_refusal_names_the_own_indicator():
    rows = own_rows((0, "1", 60, "评分", 61), (0, "2", 40, "完成率", 1), target=[0, 0])
    with pytest.raises(Problems) as stop:
        run(TEXT % "", "u1", own={"key": rows})
    said = [problem.what.zh for problem in stop.value.found]
    assert any("（1 自定1）" in text and "评分 61 超出 0 至满分 60" in text for text in said)
    assert any("（2 自定2）" in text and "目标值 0 不大于 0" in text for text in said)


def test_an_own_indicator_says_its_facts_its_rule_and_its_document():
    rows = own_rows((0, "1", 100, "完成率", 2), target=[3])
    sources = {("u1", "key/1", "actual"): Source("《验收单》第 3 号", "进度慢")}
    facts = Facts({"s": set_facts("u1", own={"key": rows})}, sources=sources)
    outcome = score(plan_of(TEXT % ""), facts, trace=True)
    said = lines(derived(outcome), "key/1").splitlines()
    assert said == [
        "实际值：2.00 分",
        "目标值：3.00 分",
        "实际值 2，目标值 3",
        "2 ÷ 3 × 100 = 66.666666…（66.6666…%）",
        "四舍五入保留 2 位小数：66.666666… → 66.67",
        "依据：《验收单》第 3 号",
        "失分原因：进度慢",
    ]
    item = derived(outcome).find("key/1")
    assert item is not None
    assert (item.exact, item.points) == (Fraction(200, 3), Fraction("66.67"))


def test_r6_cap_and_floor_of_an_own_list_hold_for_the_sum_and_a_row_stays_within_its_marks():
    text = """
indicators:
  - code: key
    name: 重点工作
    full_marks: 100
    cap: 90
    floor: 20
    own: {rules: {评分: judged, 完成率: {ratio: {to: target}}}}
"""
    rows = own_rows(
        (0, "1", 60, "评分", 60),
        (0, "2", 40, "完成率", 9),  # 9 ÷ 6 × 40 = 60, the row has 40: 60 + 40 = 100, the list has at most 90
        (1, "1", 60, "评分", 5),
        (1, "2", 40, "完成率", 0),  # 5 + 0 = 5, at least 20
        (2, "1", 60, "评分", 50),
        (2, "2", 40, "完成率", 3),  # 50 + 20 = 70
        target=[0, 6, 0, 6, 0, 6],
    )
    assert totals(run(text, "u1 u2 u3", own={"key": rows})) == ["90", "20", "70"]


COLLECTOR_WITHOUT_A_LIST = """
indicators:
  - {code: key, name: 重点, full_marks: 40, collector: u1, %s own: {rules: {评分: judged}}}
  - {code: x, name: x, full_marks: 60, collector: 统计局, rule: judged}
"""


@pytest.mark.parametrize(
    ("way", "key", "total"),
    [
        ("not_applicable: renormalise,", "–", "50"),  # 30 ÷ 60 × 100
        ("not_applicable: full,", "40", "70"),  # 40 + 30
    ],
)
def test_r7_w4_a_unit_that_collects_the_list_itself_brings_none_and_gets_what_is_stated(way, key, total):
    rows = own_rows((1, "1", 40, "评分", 20))
    result = run(COLLECTOR_WITHOUT_A_LIST % way, "u1 u2", {"x": [30, 30]}, own={"key": rows})
    assert node_points(result, "key") == [key, "20"]
    assert totals(result) == [total, "50"]


@pytest.mark.parametrize("way", ["", "not_applicable: refuse,"])
def test_r7_w4_without_a_stated_way_such_a_unit_stops_the_run(way):
    rows = own_rows((1, "1", 40, "评分", 20))
    with pytest.raises(Problems) as stop:
        run(COLLECTOR_WITHOUT_A_LIST % way, "u1 u2", {"x": [30, 30]}, own={"key": rows})
    (problem,) = stop.value.found
    assert "u1" in problem.what.zh
    assert "重点" in problem.what.zh
