"""How the lower levels of a derivation read: conversions, comparisons, votes, who was left out and why."""

from __future__ import annotations

import re

import pytest

from engine.explain import Explainer
from engine.facts import EvaluatedUnit
from tests.engine.making import NA, derived, lines, outcome_of, tally
from tests.sample import CHINESE

NESTED = """
not_applicable: renormalise
indicators:
  - code: group
    name: 组
    full_marks: 100
    indicators:
      - {code: x, name: 甲项, weight: 8, full_marks: 100, rule: judged}
      - {code: y, name: 乙项, weight: 7, full_marks: 50, rule: judged}
"""


def test_a_conversion_shows_the_weights_as_they_are_written():
    outcome = outcome_of(NESTED, "u1", {"x": ["91.5"], "y": [40]})
    assert lines(derived(outcome), "x").splitlines()[-1] == "折算计入上级：91.5 ÷ 100 × 8 ÷ 15 × 100 = 48.8"
    assert lines(derived(outcome), "y").splitlines()[-1] == "折算计入上级：40 ÷ 50 × 7 ÷ 15 × 100 = 37.333333…"


def test_what_remains_of_the_weights_is_said_where_something_is_left_out():
    outcome = outcome_of(NESTED, "u1", {"x": [90], "y": [NA]})
    said = lines(derived(outcome), "group").splitlines()
    assert said == ["不计：乙项；其余指标权重合计 8（原为 15），按比例放大"]
    assert lines(derived(outcome), "x").splitlines() == [
        "评分人评定 90 分（满分 100 分）",
    ]


COMPARED = """
indicators:
  - {code: e, name: e, full_marks: 40, fact: {decimals: 2}, rule: {efficacy: {base: 60%, all_equal: 100%}}}
  - {code: s, name: s, full_marks: 20, fact: {decimals: 2}, rule: {share_of_best: {best_not_positive: 0}}}
  - {code: m, name: m, full_marks: 20, fact: {decimals: 2}, rule: {ratio: {to: mean}}}
  - {code: b, name: b, full_marks: 20, fact: {decimals: 2}, rule: {ratio: {to: {best: {among: all}}}}}
"""


def test_a_comparison_names_the_category_how_many_the_best_and_the_worst():
    marks = [10, 40, 40, 100]
    outcome = outcome_of(COMPARED, "u1 u2 u3 b:u4", dict.fromkeys("esmb", marks))  # type: ignore[misc]
    whole = derived(outcome)
    assert lines(whole, "e").splitlines()[1:3] == [
        "实际值 10，甲类 3 个单位中最好 40（u2、u3）、最差 10（u1）",
        "最差得满分 40 分的 60%，即 24 分；比最差好的部分按比例得其余的 16 分",
    ]
    assert "实际值 10，甲类 3 个单位中最好 40（u2、u3）" in lines(whole, "s")
    assert "实际值 10，平均值 30（甲类 3 个单位）" in lines(whole, "m")
    assert "实际值 10，最好值 100（全部 4 个单位中的u4）" in lines(whole, "b")
    assert "the 3 units of 甲类 the best is 40 (u2, u3), the worst 10 (u1)" in lines(whole, "e", "en")


def test_many_equals_are_named_by_the_first_three():
    outcome = outcome_of(COMPARED, "u1 u2 u3 u4 u5", {code: [1, 7, 7, 7, 7] for code in "esmb"})  # type: ignore[misc]
    assert "最好 7（u2、u3、u4等 4 个单位）" in lines(derived(outcome), "e")


RANKED = """
indicators:
  - code: p
    name: p
    full_marks: 100
    panel: {voters: 领导, secrecy: signed, method: {ranking: {points: [100, 98], unequal_lists: same_points}}}
"""
SCORES = RANKED.replace(
    "ranking: {points: [100, 98], unequal_lists: same_points}", "score: {from: 0, to: 100, step: 1}"
)


def test_ranked_votes_say_the_place_and_its_worth():
    outcome = outcome_of(RANKED, "u1", tallies={"p": tally("1 2", [0, 1])})
    assert lines(derived(outcome), "p").splitlines() == ["领导：第 2 名 1 票（每票 98 分）"]
    assert lines(derived(outcome), "p", "en").splitlines() == ["领导: place 2: 1 (98 points each)"]
    outcome = outcome_of(RANKED, "u1", tallies={"p": tally("1 2", [3, 1])})
    assert lines(derived(outcome), "p").splitlines()[-1] == "(100 × 3 + 98 × 1) ÷ 4 = 99.5"


def test_points_given_by_vote_are_their_own_worth():
    outcome = outcome_of(SCORES, "u1", tallies={"p": tally("80 90", [2, 1])})
    assert lines(derived(outcome), "p").splitlines()[0] == "领导：80 分 2 票、90 分 1 票"


ITSELF = """
not_applicable: %s
indicators:
  - {code: x, name: x, full_marks: 60, collector: 统计局, rule: judged}
  - {code: y, name: y, full_marks: 40, by: self, rule: judged}
"""


@pytest.mark.parametrize(
    ("way", "instead"), [("renormalise", "不计"), ("full", "按满分计 60 分"), ("mean", "按同类单位得分的平均计 30 分")]
)
def test_a_collector_without_substitute_is_told_so(way: str, instead: str):
    units = (EvaluatedUnit("u1", "统计局", "a"), EvaluatedUnit("u2", "财政局", "a"))
    columns = {"x": [50, 30], "y": [20, 20]}
    outcome = outcome_of(ITSELF % way, units, columns)  # type: ignore[arg-type]
    said = lines(derived(outcome), "x").splitlines()
    assert said[0] == f"本单位就是采集单位，方案没有指定代为采集的单位，{instead}"
    assert "不涉及" not in "".join(said)
    assert "采集：统计局" not in said
    assert lines(derived(outcome), "y").startswith("自评 20 分（满分 40 分）")


ENGLISH = """
not_applicable: renormalise
missing: zero
sets: {s: {name: units, categories: {a: first, b: second}}}
collectors: [office]
grades: [{name: good, from: 80, quota: {share: 50%, rounding: half_up, ties: all_in}}, {name: poor}]
indicators:
  - {code: j, name: j, full_marks: 10, collector: office, substitute: u2, rule: judged, says: as stated}
  - {code: d, name: d, full_marks: 10, rule: {deduct: {each: {late: {name: late, points: 1, at_most: 2}}}}}
  - {code: a, name: a, full_marks: 10, rule: {add: {each: {one: {name: one, points: 1}, two: {name: two, points: 2}}}}}
  - {code: e, name: e, full_marks: 10, fact: {measure: times}, rule: {efficacy: {base: 60%, all_equal: 100%}}}
  - {code: r, name: r, full_marks: 10, fact: {decimals: 1}, rule: {rank_table: {places: [100%, 80%]}}}
  - {code: t, name: t, full_marks: 10, by: self, rule: judged}
  - code: p
    name: p
    full_marks: 20
    panel: {voters: people, secrecy: signed, not_counted: [unknown], method: {tiers: {good: 20, fair: 10}}}
  - code: g
    name: g
    full_marks: 20
    roll_up: mean
    indicators:
      - {code: n, name: n, full_marks: 10, rule: all_or_nothing}
      - {code: o, name: o, full_marks: 10, fact: {measure: "%"}, rule: {ratio: {to: mean, less_is_better: true}}}
"""


def test_in_english_only_the_names_of_a_scheme_can_be_chinese():
    columns = {"j": [9, NA], "d late": [3, 0], "a one": [1, 0], "a two": [2, 0], "e": [1, 2], "r": [1, 2]}
    columns |= {"t": [5, 6], "n": [1, 0], "o": [10, 30]}
    votes = {"p": tally("good fair unknown 无效", [2, 1, 1, 1], [0, 3, 0, 0])}
    outcome = outcome_of(ENGLISH, "u1 u2*", columns, tallies=votes)  # type: ignore[arg-type]
    for row in (0, 1):
        for one in Explainer(outcome, outcome.sets[0]).total(row).walk():
            for line in one.lines:
                said = line.en.replace("测试", "")
                assert not CHINESE.search(said), said
                assert not re.search(r"[，；：（）“”、]", said), said
