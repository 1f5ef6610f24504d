"""F4: ballots and counts of every method of voting, and what is said of those that break a rule of theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.facts import Facts, Tally
from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan
from engine.text import Problem
from indicators.facts.load import read_facts
from indicators.facts.reading import Reading
from tests.indicators.facts.workshop import folder

SCHEME = """\
language: 1
scheme: votes
title: 投票
source: 示例
evaluations:
  - code: annual
    title: 年度评估
    full_marks: 110
    rounding: {leaf: 2, node: 2, panel: 2, total: 2}
    collectors: [市绩效办]
    sets: {s: {name: 市直单位, categories: {a: 部门}}}
    grades: [{name: 优秀, from: 90}, {name: 其余}]
    indicators:
      - {code: work, name: 工作, full_marks: 10, collector: 市绩效办, rule: judged}
      - code: limited
        name: 互评
        full_marks: 25
        panel:
          voters: 各单位
          secrecy: signed
          method: {tiers: {好: 25, 一般: 15}}
          limits: {好: 1}
          over_limit: %s
          all_same: %s
      - code: noted
        name: 打分
        full_marks: 25
        panel:
          voters: 专家
          secrecy: signed
          method: {score: {from: 0, to: 25, step: 0.5, note_outside: {from: 10, to: 20}}}
      - code: placed
        name: 排名
        full_marks: 25
        panel:
          voters: 副市长
          secrecy: signed
          subjects: in_charge
          method: {ranking: {points: [25, 20, 10], unequal_lists: spread}}
      - code: asked
        name: 问卷
        full_marks: 25
        panel:
          voters: 服务对象
          secrecy: %s
          not_counted: [不了解]
          method:
            questionnaire:
              items: [{code: manner, name: 态度, weight: 60}, {code: speed, name: 效率, weight: 40}]
              scale: {满意: 25, 一般: 15}
"""
UNITS = "单位代码,单位名称,类别\nu1,甲局,部门\nu2,乙局,部门\nu3,丙局,部门"
BALLOTS = "投票,投票人,投票人所在单位,单位代码,评价,说明"
LISTS = "投票,投票人,单位代码"
COUNTS = "投票,单位代码,评价,票数"


def plan(over_limit: str = "refuse", all_same: str = "refuse", secrecy: str = "signed") -> EvaluationPlan:
    return read_scheme(SCHEME % (over_limit, all_same, secrecy), "s.yaml").evaluations[0]


def reading(tmp_path: Path, of: EvaluationPlan, **sheets: str) -> Reading:
    written = {"测评票": BALLOTS, "投票对象": LISTS, "测评汇总": COUNTS} | sheets
    rows = {name: text for name, text in written.items() if "\n" in text}
    return read_facts(folder(tmp_path / "facts", {"单位": UNITS, **rows}), of)


def tally(read: Reading, panel: str) -> Tally:
    facts: Facts | None = read.facts
    assert facts is not None
    return facts.sets["s"].tallies[panel]


def given(read: Reading, panel: str) -> list[dict[str, int]]:
    """The counts of each unit by answer, without zeros."""
    found = tally(read, panel)
    return [{a: n for a, n in zip(found.answers, row, strict=True) if n} for row in found.counts.tolist()]


def said(problems: list[Problem]) -> list[str]:
    return [problem.to("zh-hans") for problem in problems]


def ballot(panel: str, voter: str, *answers: str) -> str:
    return "".join(f"\n{panel},{voter},,u{number},{answer}" for number, answer in enumerate(answers, 1))


def test_f4_a_ballot_above_a_limit_or_all_the_same_is_refused_at_its_cell(tmp_path: Path):
    rows = BALLOTS + ballot("limited", "甲", "一般,", "好,", "好,") + ballot("limited", "乙", "一般,", "一般,", "一般,")
    assert said(reading(tmp_path, plan(), 测评票=rows).problems()) == [
        "facts/测评票.csv[测评票]!E3: 互评，甲，乙局：“好”给了 2 个，3 个对象最多给 1 个",
        "facts/测评票.csv[测评票]!E5: 互评，乙，甲局：3 个对象都是“一般”",
    ]


def test_f4_a_void_ballot_counts_as_void_and_is_noted(tmp_path: Path):
    rows = BALLOTS + ballot("limited", "甲", "一般,", "好,", "好,") + ballot("limited", "乙", "一般,", "好,", "一般,")
    read = reading(tmp_path, plan("void", "void"), 测评票=rows)
    assert read.problems() == []
    assert given(read, "limited") == [{"一般": 1, "无效": 1}, {"好": 1, "无效": 1}, {"一般": 1, "无效": 1}]
    assert said(read.notes) == [
        "facts/测评票.csv[测评票]!B2: 互评，甲：“好”给了 2 个，3 个对象最多给 1 个，这张票按废票计"
    ]


def test_f4_points_without_their_note_are_told(tmp_path: Path):
    rows = BALLOTS + ballot("noted", "甲", "20,", "20.5,", "9.5,工作滞后")
    assert said(reading(tmp_path, plan(), 测评票=rows).problems()) == [
        "facts/测评票.csv[测评票]!E3: 打分，甲，乙局：20.5 分不在 10 至 20 分之间，要写明理由（说明）"
    ]


def test_f4_places_are_counted_with_the_length_of_the_list(tmp_path: Path):
    lists = LISTS + "\nplaced,甲,u1\nplaced,甲,u2\nplaced,乙,u1\nplaced,乙,u2\nplaced,乙,u3"
    rows = BALLOTS + ballot("placed", "甲", "2,", "1,") + ballot("placed", "乙", "1,", "2,", "3,")
    read = reading(tmp_path, plan(), 测评票=rows, 投票对象=lists)
    assert read.problems() == []
    assert given(read, "placed") == [{"2/2": 1, "1/3": 1}, {"1/2": 1, "2/3": 1}, {"3/3": 1}]


def test_f4_counts_of_places_say_the_length_of_the_list(tmp_path: Path):
    rows = COUNTS + "\nplaced,u1,2/3,4\nplaced,u1,3/7,1\nplaced,u2,5/4,1\nplaced,u2,2,1"
    read = reading(tmp_path, plan(), 测评汇总=rows)
    assert said(read.problems()) == [
        "facts/测评汇总.csv[测评汇总]!C4: 投票“placed”没有“5/4”；有：1/1、1/2、2/2、1/3、2/3、3/3、无效",
        "facts/测评汇总.csv[测评汇总]!C5: 投票“placed”没有“2”；有：1/1、1/2、2/2、1/3、2/3、3/3、无效",
    ]
    assert given(read, "placed")[0] == {"2/3": 4, "3/7": 1}


def test_f4_a_questionnaire_has_a_row_for_each_item(tmp_path: Path):
    answers = [f"\nasked,甲,,u{unit},{answer}," for unit in (1, 2, 3) for answer in ("manner/满意", "speed/不了解")]
    read = reading(tmp_path, plan(), 测评票=BALLOTS + "".join(answers))
    assert read.problems() == []
    assert given(read, "asked") == [{"manner/满意": 1, "speed/不了解": 1}] * 3


@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        ("asked,甲,,u3,speed/一般,", "E8: 问卷，甲，丙局：同一张票上“效率”答了两次"),
        ("asked,甲,,u3,speed/不了解,", "A8: “asked、甲、u3、speed/不了解”重复，第 7 行已有"),
        ("asked,甲,,u3,speed/很好,", "E8: 问卷，甲，丙局：没有“speed/很好”这种评价；有：manner/满意、manner/一般、"),
    ],
)
def test_f4_an_item_answered_twice_is_told_at_the_second_answer(tmp_path: Path, extra: str, problem: str):
    answers = [f"\nasked,甲,,u{unit},{answer}," for unit in (1, 2, 3) for answer in ("manner/满意", "speed/不了解")]
    found = said(reading(tmp_path, plan(), 测评票=f"{BALLOTS}{''.join(answers)}\n{extra}").problems())
    assert any(line.startswith(f"facts/测评票.csv[测评票]!{problem}") for line in found), found


def test_f4_counts_of_a_questionnaire(tmp_path: Path):
    rows = COUNTS + "\nasked,u1,manner/满意,4\nasked,u1,speed/不了解,1\nasked,u1,无效,2\nasked,u1,满意,2"
    read = reading(tmp_path, plan(secrecy="anonymous"), 测评汇总=rows)
    [problem] = said(read.problems())
    assert "C5: 投票“asked”没有“满意”；有：manner/满意、manner/一般、speed/满意、" in problem
    assert given(read, "asked")[0] == {"manner/满意": 4, "speed/不了解": 1, "无效": 2}


def test_f4_two_answers_on_one_unit_are_told(tmp_path: Path):
    rows = BALLOTS + ballot("limited", "甲", "一般,", "好,", "一般,") + "\nlimited,甲,,u3,好,"
    assert said(reading(tmp_path, plan(), 测评票=rows).problems()) == [
        "facts/测评票.csv[测评票]!E5: 互评，甲，丙局：同一张票上评了两次"
    ]


def test_f4_a_voter_who_judges_units_of_his_list_but_his_own_makes_his_own_nobodys(tmp_path: Path):
    lists = LISTS + "\nplaced,甲,u1\nplaced,甲,u2"
    rows = BALLOTS + "\nplaced,甲,u1,u2,1,"
    read = reading(tmp_path, plan(), 测评票=rows, 投票对象=lists)
    assert read.problems() == []
    assert tally(read, "placed").listed.tolist() == [False, True, False]
