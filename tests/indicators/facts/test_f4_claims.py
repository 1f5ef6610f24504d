"""F4: what a row of bonuses or deductions must have is told at its cell."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from engine.facts import Claim, Facts
from engine.language.read import read_scheme
from engine.text import Problems
from indicators.facts.load import facts_of
from indicators.facts.wanted import sheets_for
from indicators.tables import Cell, Table, Tables

SCHEME = """
language: 1
scheme: claims
title: 加减分
source: 示例
evaluations:
  - code: annual
    title: 年度
    full_marks: 100
    rounding: {leaf: 2, node: 2, panel: 2, total: 2}
    collectors: [市绩效办]
    sets: {s: {name: 市直单位, categories: {a: 甲类}}}
    indicators: [{code: work, name: 工作, full_marks: 100, collector: 市绩效办, rule: judged}]
    grades: [{name: 合格, from: 60}, {name: 不合格}]
    bonus:
      highest_only: true
      cut_off: 2025-01-31
      by: decision
      standards: [{code: award, name: 表彰, levels: {国家级: 3, 省级: 2}}]
    deductions:
      highest_only: true
      standards: [{code: circular, name: 通报, levels: {省级: 2}}]
"""
PLAN = read_scheme(SCHEME, "claims.yaml").evaluations[0]
BONUS = "单位代码 加分项 级别 事项 依据 日期 决定机构 决定文号"
GOOD: list[Cell] = ["A1", "表彰", "省级", "平安建设", "1号", "2025-01-31", "委员会", "纪要1号"]


def table(name: str, header: str, *rows: list[Cell]) -> Table:
    return Table("f", name, tuple(header.split()), [tuple(row) for row in rows], list(range(2, len(rows) + 2)))


def read(*sheets: Table) -> Facts:
    units = table("单位", "单位代码 单位名称 类别", ["A1", "市审计局", "甲类"], ["A2", "市财政局", "甲类"])
    return facts_of(Tables([units, *sheets]), PLAN, "f")


def said(*sheets: Table) -> list[str]:
    with pytest.raises(Problems) as stopped:
        read(*sheets)
    return [problem.to("zh-hans") for problem in stopped.value.found]


def but(**cells: Cell) -> list[Cell]:
    """The good row with other cells, by letter."""
    return [cells.get(letter, cell) for letter, cell in zip("ABCDEFGH", GOOD, strict=True)]


def test_f4_a_claim_has_its_date_and_its_decision():
    [claim] = read(table("加分", BONUS, GOOD)).bonuses
    assert claim == Claim("A1", "award", "省级", "平安建设", "1号", date(2025, 1, 31), "委员会", "纪要1号")


def test_f4_a_date_cell_of_a_workbook_is_a_date():
    [claim] = read(table("加分", BONUS, but(F=date(2024, 12, 5)))).bonuses
    assert claim.day == date(2024, 12, 5)


def test_f4_a_claim_without_a_decision_is_a_proposal():
    [claim] = read(table("加分", BONUS, but(G=None, H=None))).bonuses
    assert (claim.body, claim.decision) == ("", "")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (but(F=None), "F2: “日期”没有填；方案规定了截止日期 2025-01-31"),
        (but(F="2025/1/31"), "F2: “2025/1/31”应写作 2025-01-31"),
        (but(F="2025年1月31日"), "F2: “2025年1月31日”应写作 2025-01-31"),
        (but(F="2025-02-29"), "F2: “2025-02-29”不是日期；请写成 2024-01-31"),
        (but(F="元月底"), "F2: “元月底”不是日期；请写成 2024-01-31"),
        (but(F=datetime.fromisoformat("2025-01-31 17:30")), "F2: 2025-01-31 17:30:00 有时刻，这里只填日期"),
        (but(F=True), "F2: True 应是日期，如 2024-01-31"),
        (but(G=None), "G2: 有决定文号就要写决定机构"),
        (but(C="县级"), "C2: “表彰”没有级别“县级”；有：国家级、省级"),
        (but(B="试点"), "B2: 方案里没有“试点”；有：表彰"),
    ],
)
def test_f4_a_wrong_claim_is_told_at_its_cell(row: list[Cell], expected: str):
    assert said(table("加分", BONUS, row)) == [f"f[加分]!{expected}"]


def test_f4_everything_wrong_with_a_claim_is_told_at_once():
    found = said(table("加分", BONUS, but(A="A9", C="县级", F=None, G=None)))
    assert [one.partition(":")[0] for one in found] == [f"f[加分]!{letter}2" for letter in "ACFG"]


def test_f4_a_date_is_asked_for_only_where_the_scheme_has_a_cut_off_date():
    header = "单位代码 扣分项 级别 事项 依据"
    [claim] = read(table("扣分", header, ["A1", "通报", "省级", "迟报", "2号"])).deductions
    assert claim.day is None


def test_the_empty_workbook_offers_only_the_columns_that_the_scheme_uses():
    offered = {sheet.title.zh: [column.title.zh for column in sheet.columns] for sheet in sheets_for(PLAN)}
    assert offered["加分"] == ["单位代码", "单位名称", "加分项", "级别", "事项", "依据", "日期", "决定机构", "决定文号"]
    assert offered["扣分"] == ["单位代码", "单位名称", "扣分项", "级别", "事项", "依据"]
