"""Small sets of sheets made wrong in one place, and what is said about them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from engine.facts import Facts
from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan
from engine.text import Problem, Problems
from indicators.facts import load_facts
from tests.sample import plan_of, scheme_file

UNITS = {
    "songyuan": """单位代码,单位名称,类别,分管领导,单列
C01,云汀区,县（区）,,
C02,锦湾区,县（区）,,
D01,市财政局,经济调节和经济管理部门,副市长甲,
D02,市监察局,社会管理和政务管理部门,副市长甲,是
D03,市审计局,社会管理和政务管理部门,副市长乙,否""",
    "yiyang-2018": """单位代码,单位名称,类别
C01,云汀区,区县（市）
C02,锦湾区,区县（市）
D01,市委党校,党群类""",
    "series": """单位代码,单位名称,类别
C01,云汀区,区县（市）""",
}
READINGS = "单位代码,指标代码,数据项,数值,失分原因,依据"
TARGETS = "单位代码,指标代码,数据项,目标值,上年值"
OWN = "单位代码,所属指标,代码,名称,分值,计分方法"
SUBJECTS = "投票,投票人,单位代码"
BALLOTS = "投票,投票人,投票人所在单位,单位代码,评价"
TALLIES = "投票,单位代码,评价,票数"
CLAIMS = {"加分": "单位代码,加分项,级别,事项,依据", "扣分": "单位代码,扣分项,级别,事项,依据"}
MOVES = "单位代码,事由,决定机构,决定文号"
SERIES = "代码,数值"
LAST = "单位代码,总分,名次"
HEADERS = {
    "目标与基数": TARGETS,
    "采集数据": READINGS,
    "自定指标": OWN,
    "投票对象": SUBJECTS,
    "测评票": BALLOTS,
    "测评汇总": TALLIES,
    **CLAIMS,
    "等次调整": MOVES,
    "外部数据": SERIES,
    "上年结果": LAST,
}


class Bad(NamedTuple):
    """One sheet with something wrong: its rows (the header is known), the cell to blame, a part of what is said."""

    sheet: str
    rows: str
    cell: str
    said: str
    scheme: str = "songyuan"


def plan(scheme: str) -> EvaluationPlan:
    """A scheme of the product; `series` is Yiyang's, with a tax share measured against an outside figure."""
    if scheme != "series":
        return plan_of(scheme)
    text = scheme_file("yiyang-2018").read_text(encoding="utf-8")
    text = text.replace("                    to: mean\n", "                    to: {series: national}\n", 1)
    text = text.replace("    sets:\n", "    series: {national: 全国平均}\n\n    sets:\n", 1)
    return read_scheme(text, "series.yaml").evaluations[0]


def folder(path: Path, sheets: dict[str, str], scheme: str = "songyuan") -> Path:
    """A CSV folder: these sheets and, unless given, the usual units."""
    path.mkdir(exist_ok=True)
    for name, text in ({"单位": UNITS[scheme]} | sheets).items():
        (path / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return path


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """A workbook: these sheets and, unless given, Songyuan's units."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    units: list[list[object]] = [list(line.split(",")) for line in UNITS["songyuan"].splitlines()]
    for name, rows in ({"单位": units} | sheets).items():
        page = book.create_sheet(name)
        for row in rows:
            page.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path


def load(path: Path, scheme: str = "songyuan") -> Facts:
    facts, notes = load_facts(path, plan(scheme))
    assert notes == []
    return facts


def problems(path: Path, scheme: str = "songyuan") -> list[Problem]:
    """Everything wrong with facts that must not be used."""
    with pytest.raises(Problems) as raised:
        load_facts(path, plan(scheme))
    return raised.value.found


def problems_of(path: Path, bad: Bad) -> list[Problem]:
    """What is said of the one bad sheet; its header is added unless the sheet is one of units."""
    text = bad.rows if bad.sheet == "单位" else f"{HEADERS[bad.sheet]}\n{bad.rows}"
    return problems(folder(path / "facts", {bad.sheet: text}, bad.scheme), bad.scheme)


def blames(found: Problem, bad: Bad) -> bool:
    """Whether the problem has the place and the words."""
    cell = f"!{bad.cell}" if bad.cell else ""
    return found.to("zh").startswith(f"facts/{bad.sheet}.csv[{bad.sheet}]{cell}: ") and bad.said in found.what.zh
