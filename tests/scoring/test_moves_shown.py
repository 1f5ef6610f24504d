"""The ranking marks the units whose grade was moved, and says of a ground in force that it changed nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from tests.scoring.reading import opened, ranked, ranking_of

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
    missing: block
    collectors: [统计局]
    sets:
      departments: {name: 部门, categories: {office: 机关类}}
    indicators:
      - {code: plain, name: 日常, full_marks: 100, collector: 统计局, rule: judged}
    grades: [{name: 好, from: 90}, {name: 中, from: 60}, {name: 差}]
    veto:
      - {effect: down_one, by: decision, grounds: [失误]}
      - {effect: bar_from_top, by: automatic, grounds: [超支]}
    promotion: {effect: up_one, by: decision, grounds: [立功]}
"""
POINTS = {"D1": 95, "D2": 50, "D3": 70, "D4": 94, "D5": 93, "D6": 80}
MOVES = """\
单位代码,事由,决定机构,决定文号
D1,失误,市委,1 号
D2,失误,市委,2 号
D3,超支,,
D4,失误,,
D5,失误,市委,3 号
D5,立功,市委,4 号
"""
ORANGE, YELLOW = "FFFCE4D6", "FFFFF2CC"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moves")
    (folder / "t.yaml").write_text(SCHEME, encoding="utf-8")
    (folder / "facts").mkdir()
    sheets = {
        "单位": "单位代码,单位名称,类别\n" + "".join(f"{code},{code},机关类\n" for code in POINTS),
        "采集数据": "单位代码,指标代码,数值,失分原因\n" + "".join(f"{one},plain,{n},差\n" for one, n in POINTS.items()),
        "等次调整": MOVES,
    }
    for name, text in sheets.items():
        (folder / "facts" / f"{name}.csv").write_text(text, encoding="utf-8")
    call_command("score_file", f"{folder}/t.yaml", f"{folder}/facts", f"{folder}/a.xlsx")
    return folder / "a.xlsx"


def test_every_ground_says_what_it_is_worth(report: Path):
    assert {row["单位"]: (row["应得等次"], row["等次"], row["调整依据"]) for row in ranked(report)} == {
        "D1": ("好", "中", "失误（市委1 号）"),
        "D2": ("差", "差", "失误（市委2 号，未改变等次）"),
        "D3": ("中", "中", "超支（自动生效，未改变等次）"),
        "D4": ("好", "好", "失误（未决定）"),
        "D5": ("好", "中", "失误（市委3 号）；立功（市委4 号，未改变等次）"),
        "D6": ("中", "中", None),
    }


def test_only_a_grade_that_was_moved_is_marked_as_moved(report: Path):
    page = opened(report)["排名"]
    fills = {
        row["单位"]: {cell.fill.fgColor.rgb for cell in page[row["line"]] if cell.fill.fill_type}
        for row in ranked(report)
    }
    assert fills == {"D1": {ORANGE}, "D2": set(), "D3": set(), "D4": {YELLOW}, "D5": {ORANGE}, "D6": set()}
    assert ranking_of(report)[0][3].endswith("橙色：等次已有调整。 黄色：有调整事由，尚未决定。")


def test_a_scheme_without_bonuses_and_deductions_has_no_sheet_of_them(report: Path):
    assert "加分扣分" not in opened(report).sheetnames
