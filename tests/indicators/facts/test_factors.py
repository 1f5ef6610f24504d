"""The sheet 系数: read by code or name, every mistake at its cell, prepared rows, and what is missing told there."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine.facts import EvaluatedUnit
from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan
from engine.score import score
from engine.text import Problem, Problems
from indicators.facts import load_facts
from indicators.facts.load import read_facts
from indicators.facts.sheets import FACTORS
from indicators.facts.stopped import place_stopped
from indicators.facts.wanted import sheets_for
from indicators.template.choices import choices
from indicators.template.rows import Prepared

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
    collectors: [统计局]
    factors:
      size: {name: 规模系数}
      hard: {name: 难度系数, by_category: {county: 1.2, office: 1}}
    sets:
      counties: {name: 县区, categories: {county: 县级}}
      departments: {name: 部门, categories: {office: 机关类}}
    indicators:
      - code: work
        name: 工作
        full_marks: 60
        collector: 统计局
        factor: hard
        rule: judged
      - code: rest
        name: 其他
        full_marks: 40
        collector: 统计局
        rule: judged
        for:
          counties: {factor: size}
          departments: {}
    grades: [{name: 好, from: 60}, {name: 差}]
"""
UNITS = "单位代码,单位名称,类别\nC01,云汀区,县级\nC02,锦湾区,县级\nD01,市财政局,机关类\n"
READINGS = "单位代码,指标代码,数值,失分原因\n" + "".join(
    f"{unit},{leaf},30,慢\n" for unit in ("C01", "C02", "D01") for leaf in ("work", "rest")
)
HEAD = "单位代码,系数,数值\n"


@pytest.fixture(scope="module")
def plan() -> EvaluationPlan:
    return read_scheme(SCHEME, "t.yaml").evaluations[0]


def folder(path: Path, factors: str | None) -> Path:
    path.mkdir(exist_ok=True)
    sheets = {"单位": UNITS, "采集数据": READINGS, "系数": factors and HEAD + factors}
    for name, text in sheets.items():
        if text:
            (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def test_a_factor_is_named_by_its_code_or_its_name(tmp_path: Path, plan: EvaluationPlan):
    facts, _ = load_facts(folder(tmp_path, "C01,规模系数,1.05\nC02,size,0.9\n"), plan)
    assert facts.factors == {("C01", "size"): Fraction("1.05"), ("C02", "size"): Fraction("0.9")}
    # C01: 30 × 1.2 = 36, 30 × 1.05 = 31.5; C02: 36 and 27; D01: 30 × 1 and 30
    totals = [result.total.fractions() for result in score(plan, facts).sets]
    assert totals == [[Fraction("67.5"), Fraction(63)], [Fraction(60)]]


@pytest.mark.parametrize(
    ("rows", "cell", "said"),
    [
        ("C01,规模,1.05\n", "B2", "“云汀区”所在的指标集没有系数“规模”；有：规模系数"),
        ("C01,难度系数,1.05\n", "B2", "没有系数“难度系数”；有：规模系数"),
        ("D01,规模系数,1.05\n", "B2", "“市财政局”所在的指标集没有系数“规模系数”；有：—"),
        ("C01,规模系数,0\n", "C2", "系数 0 应大于 0"),
        ("C01,规模系数,-1\n", "C2", "系数 -1 应大于 0"),
        ("C01,规模系数,\n", "C2", "“数值”没有填"),
        ("C01,规模系数,大\n", "C2", "“大”不是数"),
        ("C01,规模系数,1\nC01,规模系数,2\n", "A3", "重复，第 2 行已有"),
        ("C01,规模系数,1\nC01,size,2\n", "B3", "第 2 行已有这个系数"),
        ("C09,规模系数,1\n", "A2", "单位表里没有代码“C09”"),
    ],
)
def test_a_mistake_is_told_at_its_cell(tmp_path: Path, plan: EvaluationPlan, rows: str, cell: str, said: str):
    with pytest.raises(Problems) as raised:
        load_facts(folder(tmp_path, rows), plan)
    [found] = raised.value.found
    assert str(found.place).endswith(f"[系数]!{cell}")
    assert said in found.what.zh


def stopped(path: Path, plan: EvaluationPlan) -> list[Problem]:
    reading = read_facts(path, plan)
    assert reading.facts
    with pytest.raises(Problems) as raised:
        score(plan, reading.facts)
    return [*reading.all_problems(), *place_stopped(reading, raised.value.found)]


def test_a_unit_without_a_factor_is_told_on_the_sheet(tmp_path: Path, plan: EvaluationPlan):
    [found] = stopped(folder(tmp_path, "C01,规模系数,1.05\n"), plan)
    assert str(found.place).endswith("[系数]")
    assert "缺系数“规模系数”（C02，表里没有相应的行）" in found.what.zh


def test_the_sheet_as_a_whole_is_missing_once(tmp_path: Path, plan: EvaluationPlan):
    assert [one.what.zh for one in stopped(folder(tmp_path, None), plan)] == ["缺少“系数”表"]


def test_the_template_has_a_row_for_every_unit_that_has_a_factor_of_its_own(plan: EvaluationPlan):
    units = [EvaluatedUnit("C01", "云汀区", "county"), EvaluatedUnit("D01", "市财政局", "office")]
    rows = [[cell.value for cell in row] for row in Prepared(plan, units).rows(FACTORS)]
    assert rows == [["C01", "云汀区", "规模系数", "", ""]]
    assert choices(plan, units, "zh")["factors.factor"] == ["规模系数"]


def test_a_scheme_whose_factors_go_by_category_has_no_use_for_the_sheet():
    text = SCHEME.replace("counties: {factor: size}", "counties: {}").replace("      size: {name: 规模系数}\n", "")
    assert FACTORS not in sheets_for(read_scheme(text, "t.yaml").evaluations[0])
