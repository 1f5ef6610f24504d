"""The columns 期次 and 评分单位: read, refused at their cells, prepared in the template, asked for where missing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine.facts import EvaluatedUnit, Key, Source
from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan
from engine.score import score
from engine.text import Problem, Problems
from indicators.facts import load_facts
from indicators.facts.load import read_facts
from indicators.facts.sheets import READINGS, TARGETS
from indicators.facts.stopped import place_stopped
from indicators.facts.wanted import sheets_for
from indicators.template.choices import choices
from indicators.template.rows import Look, Prepared

SCHEME = """\
language: 1
scheme: t
title: 题
source: 文
evaluations:
  - code: annual
    title: 年度
    full_marks: 100
    rounding: {leaf: 2, node: 2, panel: 2, total: 2}
    not_applicable: renormalise
    collectors: [统计局, 市财政局, 督查室]
    sets:
      departments: {name: 部门, categories: {office: 机关类}}
    indicators:
      - code: done
        name: 办结
        full_marks: 40
        collector: 统计局
        fact: {name: 办结数, measure: 件}
        periods: {of: half_year, take: mean}
        rule: {ratio: {to: target}}
      - code: style
        name: 作风
        full_marks: 40
        assessors: {lead: 督查室, assist: [市财政局], lead_share: 60%}
        rule: judged
      - {code: plain, name: 其他, full_marks: 20, collector: 统计局, rule: judged}
    grades: [{name: 好, from: 60}, {name: 差}]
"""
HEAD = "单位代码,指标代码,期次,评分单位,数值,依据,失分原因"
ROWS = """\
D01,done,上半年,,8,台账一
D01,done,下半年,,9,台账二
D01,style,,督查室,30,
D01,style,,市财政局,不涉及,
D01,plain,,,15,
"""
TARGET_ROWS = "D01,done,,10\n"


@pytest.fixture(scope="module")
def plan() -> EvaluationPlan:
    return read_scheme(SCHEME, "t.yaml").evaluations[0]


def folder(path: Path, readings: str = ROWS, targets: str = TARGET_ROWS) -> Path:
    sheets = {
        "单位": "单位代码,单位名称,类别\nD01,市财政局,机关类\n",
        "采集数据": f"{HEAD}\n" + "".join(f"{row},见评分表\n" for row in readings.splitlines()),
        "目标与基数": "单位代码,指标代码,期次,目标值\n" + targets,
    }
    for name, text in sheets.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def test_each_slot_is_a_column_of_its_own(tmp_path: Path, plan: EvaluationPlan):
    facts, _ = load_facts(folder(tmp_path), plan)
    columns = facts.sets["departments"].columns
    assert [columns[Key("done", "actual", "actual", name)].values[0] for name in ("上半年", "下半年")] == [8, 9]
    assert columns[Key("done", "actual", "target")].values[0] == 10
    assert facts.sources["D01", "done/下半年", "actual"] == Source("台账二", "见评分表")
    # done (32 + 36) ÷ 2 = 34; style: the unit does not assess itself, 30 of its lead; plain 15
    assert score(plan, facts).sets[0].total.fractions() == [Fraction(79)]


def test_an_assessor_says_why_it_gives_less_than_full_marks(tmp_path: Path, plan: EvaluationPlan):
    sheet = folder(tmp_path) / "采集数据.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("见评分表", ""), encoding="utf-8")
    with pytest.raises(Problems) as raised:
        load_facts(tmp_path, plan)
    assert [(one.place.row, one.place.column) for one in raised.value.found] == [(4, "G"), (6, "G")]


@pytest.mark.parametrize(
    ("old", "new", "cell", "said"),
    [
        ("done,上半年", "done,1季度", "C2", "“办结”没有期次“1季度”；应是 上半年、下半年"),
        ("done,上半年", "done,", "C2", "“办结”要写期次：上半年、下半年"),
        ("done,上半年,", "done,上半年,督查室", "D2", "“办结”不用评分单位，请删去"),
        ("plain,", "plain,上半年", "C6", "“其他”不用期次，请删去"),
        ("style,,督查室", "style,,督察室", "D4", "“作风”没有评分单位“督察室”；应是 督查室、市财政局；是不是“督查室”？"),
        ("style,,督查室", "style,,", "D4", "“作风”要写评分单位：督查室、市财政局"),
        ("D01,done,下半年", "D01,done,上半年", "A3", "“D01、done、上半年”重复，第 2 行已有"),
        ("市财政局,不涉及", "市财政局,30", "E5", "采集单位“市财政局”不能给自己报数；请填 不涉及"),
    ],
)
def test_a_mistake_is_told_at_its_cell(tmp_path: Path, plan: EvaluationPlan, old: str, new: str, cell: str, said: str):
    assert old in ROWS
    with pytest.raises(Problems) as raised:
        load_facts(folder(tmp_path, ROWS.replace(old, new, 1)), plan)
    [found] = raised.value.found
    assert str(found.place).endswith(f"[采集数据]!{cell}")
    assert said in found.what.zh


def test_a_target_of_a_period_that_is_not_there(tmp_path: Path, plan: EvaluationPlan):
    with pytest.raises(Problems) as raised:
        load_facts(folder(tmp_path, targets="D01,done,3月,10\n"), plan)
    [found] = raised.value.found
    assert str(found.place).endswith("[目标与基数]!C2")


def stopped(path: Path, plan: EvaluationPlan) -> list[Problem]:
    reading = read_facts(path, plan)
    assert reading.facts
    with pytest.raises(Problems) as raised:
        score(plan, reading.facts)
    return [*reading.all_problems(), *place_stopped(reading, raised.value.found)]


def test_what_is_missing_is_told_at_the_row_of_its_slot(tmp_path: Path, plan: EvaluationPlan):
    [found] = stopped(folder(tmp_path, ROWS.replace("下半年,,9", "下半年,,")), plan)
    assert str(found.place).endswith("[采集数据]!E3")
    assert "指标“done 办结（下半年）”：缺数据" in found.what.zh


def test_a_slot_without_a_row_is_named(tmp_path: Path, plan: EvaluationPlan):
    [found] = stopped(folder(tmp_path, ROWS.replace("D01,done,下半年,,9,台账二\n", "")), plan)
    assert "D01 下半年" in found.what.zh


def test_the_template_has_a_row_for_every_slot_and_hides_what_nobody_needs(plan: EvaluationPlan):
    units = [EvaluatedUnit("D01", "市财政局", "office")]
    prepared, titles = Prepared(plan, units), [column.key for column in READINGS.columns]
    rows = [dict(zip(titles, row, strict=True)) for row in prepared.rows(READINGS)]
    said = [(row["indicator"].value, row["period"].value, row["assessor"].value) for row in rows]
    assert said == [("done", "上半年", ""), ("done", "下半年", ""), ("style", "", "督查室"), ("plain", "", "")]
    assert rows[0]["assessor"].look is Look.NOT_NEEDED
    assert rows[2]["collector"].value == "督查室"
    [target] = [dict(zip([c.key for c in TARGETS.columns], row, strict=True)) for row in prepared.rows(TARGETS)]
    assert target["period"].look is Look.TO_FILL
    assert choices(plan, units, "zh")["period"] == ["上半年", "下半年"]
    assert choices(plan, units, "zh")["assessor"] == ["督查室", "市财政局"]


def test_a_scheme_without_slots_has_no_columns_for_them(plan: EvaluationPlan):
    keys = {column.key for sheet in sheets_for(plan) for column in sheet.columns}
    assert {"period", "assessor"} <= keys
    text = SCHEME.replace("        periods: {of: half_year, take: mean}\n", "")
    keys = {c.key for sheet in sheets_for(read_scheme(text, "t.yaml").evaluations[0]) for c in sheet.columns}
    assert "period" not in keys
    assert "assessor" in keys
