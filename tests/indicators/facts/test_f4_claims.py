"""F4: what a row of bonuses or deductions must have is told at its cell."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from engine.calendar import Calendar
from engine.facts import Claim, Delay, Facts
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
      lead_share: 60%
      standards:
        - {code: circular, name: 通报, levels: {省级: 2, 市级: 1}}
        - {code: upper, name: 上级失分, passed_on: 0.5}
        - {code: report, name: 迟报, lateness: {days: working, count: started, each: 0.5, at_most: 2}}
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
    taken = "单位代码 单位名称 扣分项 级别 事项 依据 责任 上级扣分 应报时间 实报时间 说明被采纳"
    assert offered["扣分"] == taken.split()
    assert offered["工作日历"] == ["日期", "安排", "依据"]
    plain = SCHEME.replace("      lead_share: 60%\n", "").replace("passed_on: 0.5", "levels: {省级: 1}")
    plain = plain.replace("lateness: {days: working, count: started, each: 0.5, at_most: 2}", "levels: {省级: 1}")
    sheets = {sheet.title.zh: sheet for sheet in sheets_for(read_scheme(plain, "plain.yaml").evaluations[0])}
    assert [column.title.zh for column in sheets["扣分"].columns] == [
        "单位代码",
        "单位名称",
        "扣分项",
        "级别",
        "事项",
        "依据",
    ]
    assert "工作日历" not in sheets


TAKEN = "单位代码 扣分项 级别 事项 依据 责任 上级扣分 应报时间 实报时间 说明被采纳"
CALENDAR = table("工作日历", "日期 安排", ["2024-01-01", "放假"], ["2024-10-01", "放假"], ["2024-10-12", "上班"])


def taken(
    standard: str, level: Cell = None, role: Cell = None, above: Cell = None, due: Cell = None, done: Cell = None,
    excused: Cell = None, unit: str = "A1",
) -> list[Cell]:  # fmt: skip
    return [unit, standard, level, "事项", "1号", role, above, due, done, excused]


def test_f4_a_deduction_has_what_its_kind_asks_for():
    facts = read(
        table(
            "扣分",
            TAKEN,
            taken("通报", "省级", "牵头"),
            taken("上级失分", above="2.5"),
            taken("迟报", due="2024-10-10 17:30", done="2024-10-12 09:00", excused="否"),
            taken("迟报", due=date(2024, 10, 10), done="2024-10-12 24:00", excused="是", unit="A2"),
            taken("通报", "省级", "协办", unit="A2"),
        ),
        CALENDAR,
    )
    assert [(one.unit, one.standard, one.role, one.above) for one in facts.deductions] == [
        ("A1", "circular", "lead", None),
        ("A1", "report", "", None),
        ("A1", "upper", "", Decimal("2.5")),
        ("A2", "circular", "assist", None),
        ("A2", "report", "", None),
    ]
    moments = [datetime.fromisoformat(text) for text in ("2024-10-10 17:30", "2024-10-12 09:00")]
    assert facts.deductions[1].delay == Delay(*moments)
    midnights = [datetime.fromisoformat(text) for text in ("2024-10-11 00:00", "2024-10-13 00:00")]
    assert facts.deductions[4].delay == Delay(*midnights, excused=True)
    assert facts.calendar == Calendar(frozenset({date(2024, 1, 1), date(2024, 10, 1)}), frozenset({date(2024, 10, 12)}))


LATE = {"due": "2024-10-10", "done": "2024-10-12"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (taken("通报"), ["C2: “级别”没有填"]),
        (taken("上级失分", "省级", above="2"), ["C2: “上级失分”不分级别，请删去"]),
        (taken("上级失分"), ["G2: “上级扣分”没有填"]),
        (taken("上级失分", above="0"), ["G2: 上级扣分应大于 0，写成了 0"]),
        (taken("上级失分", above="二"), ["G2: “二”不是数；只写数字、小数点和负号，如 12.5"]),
        (taken("通报", "省级", above="2"), ["G2: “通报”不按上级扣分计，请删去"]),
        (taken("通报", "省级", **LATE), ["H2: “通报”不按迟报计，请删去", "I2: “通报”不按迟报计，请删去"]),
        (taken("通报", "省级", excused="是"), ["J2: “通报”不按迟报计，请删去"]),
        (taken("迟报"), ["H2: “应报时间”没有填", "I2: “实报时间”没有填"]),
        (taken("迟报", due="2024-10-10", done="2024/10/12"), ["I2: “2024/10/12”应写作 2024-10-12"]),
        (taken("迟报", due="2024-10-10", done="2024-10-12 9点"), ["I2: “2024-10-12 9点”的时刻应写成 17:30 这样"]),
        (taken("迟报", due="2024-10-10", done="2024-10-12 25:00"), ["I2: “2024-10-12 25:00”的时刻应写成 17:30 这样"]),
        (taken("迟报", due="2024-10-10", done="2024-10-12 00:00"), ["I2: “2024-10-12 00:00”是一天的开始"]),
        (
            taken("迟报", due="2024-10-10 17:30", done="2024-10-12"),
            ["I2: 应报时间写到了时刻，实报时间也要写到时刻"],
        ),
        (
            taken("迟报", due="2024-12-31", done="2025-01-02 09:00"),
            ["I2: “工作日历”里没有 2025 年的放假和上班安排（至少要有 2025-01-01 放假），数不了工作日"],
        ),
        (taken("迟报", **LATE, excused="对"), ["J2: “对”应填 是 或 否"]),
        (taken("通报", "省级", "主办"), ["F2: “主办”应是 牵头 或 协办；单独承担的空着"]),
    ],
)
def test_f4_a_wrong_deduction_is_told_at_its_cells(row: list[Cell], expected: list[str]):
    found = said(table("扣分", TAKEN, row), CALENDAR)
    assert len(found) == len(expected), found
    assert all(one.startswith(f"f[扣分]!{start}") for one, start in zip(found, expected, strict=True)), found


def test_f4_the_roles_of_a_matter_agree():
    rows = [taken("通报", "省级", "牵头"), taken("通报", "省级", "牵头", unit="A2"), taken("通报", "省级", unit="A3")]
    units = table("单位", "单位代码 单位名称 类别", *([f"A{n}", f"单位{n}", "甲类"] for n in (1, 2, 3)))
    with pytest.raises(Problems) as stopped:
        facts_of(Tables([units, table("扣分", TAKEN, *rows)]), PLAN, "f")
    assert [problem.to("zh-hans") for problem in stopped.value.found] == [
        "f[扣分]!F3: 这一事项第 2 行已有牵头单位",
        "f[扣分]!F4: 这一事项有牵头或协办单位，这里也要写明责任",
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [taken("通报", "省级", "牵头")],
            ["F2: 这一事项没有协办单位，牵头以外的份额没有人承担；单独承担的空着"],
        ),
        (
            [taken("通报", "省级", "协办"), taken("通报", "省级", "协办", unit="A2")],
            ["F2: 这一事项没有牵头单位，牵头的份额没有人承担；请补上牵头单位，单独承担的空着"],
        ),
        (
            [taken("通报", "省级", "牵头"), taken("通报", "市级", "协办", unit="A2")],
            ["C3: 与牵头单位（第 2 行）的不同；同一事项的“级别”应一样"],
        ),
        (
            [taken("上级失分", None, "协办", "2"), taken("上级失分", None, "牵头", "2.5", unit="A2")],
            ["G2: 与牵头单位（第 3 行）的不同；同一事项的“上级扣分”应一样"],
        ),
        (
            [taken("通报", "省级", "牵头"), taken("通报", "市级", "牵头"), taken("通报", "省级", "协办", unit="A2")],
            ["F3: 这一事项没有协办单位，牵头以外的份额没有人承担；单独承担的空着"],
        ),
        (
            [taken("通报", "省级", "牵头"), taken("通报", "县级", "协办", unit="A2")],
            ["C3: “通报”没有级别“县级”；有：省级、市级"],
        ),
        (
            [taken("通报", "省级", "牵头"), taken("通报", "省级", "协同", unit="A2")],
            ["F3: “协同”应是 牵头 或 协办；单独承担的空着"],
        ),
        (
            [taken("通报", "省级", "牵头"), taken("通报", "省级", "协办", unit="A2"), taken("通报", "省级", unit="A2")],
            ["F4: 这一事项有牵头或协办单位，这里也要写明责任"],
        ),
    ],
)
def test_f4_a_matter_that_is_shared_is_borne_in_full(rows, expected):
    found = said(table("扣分", TAKEN, *rows))
    assert [one for one in found if "重复" not in one] == [f"f[扣分]!{one}" for one in expected]


def test_f4_roles_are_refused_where_the_scheme_does_not_share():
    plan = read_scheme(SCHEME.replace("      lead_share: 60%\n", ""), "s.yaml").evaluations[0]
    units = table("单位", "单位代码 单位名称 类别", ["A1", "市审计局", "甲类"])
    with pytest.raises(Problems) as stopped:
        facts_of(Tables([units, table("扣分", TAKEN, taken("通报", "省级", "牵头"))]), plan, "f")
    [problem] = stopped.value.found
    assert problem.to("zh-hans") == "f[扣分]!F2: 方案没有规定牵头、协办怎么分担（lead_share），请删去"


def test_f4_a_wrong_day_of_the_calendar_is_told_and_no_year_is_called_unknown_for_it():
    calendar = table("工作日历", "日期 安排", ["2024-10-01", "休息"], ["10月2日", "放假"])
    assert said(table("扣分", TAKEN, taken("迟报", **LATE)), calendar) == [
        "f[工作日历]!B2: “休息”应是 放假 或 上班",
        "f[工作日历]!A3: “10月2日”不是日期；请写成 2024-01-31",
    ]
