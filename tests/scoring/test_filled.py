"""Points without a reading: the run, the JSON and the workbook name every unit and leaf, and why and how."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from tests.scoring.reading import opened, rows_of

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
    missing: zero
    not_applicable: full
    collectors: [统计局]
    sets:
      departments: {name: 部门, categories: {office: 机关类}}
    indicators:
      - {code: plain, name: 日常, full_marks: 20, collector: 统计局, rule: judged, missing: mean}
      - {code: law, name: 普法, full_marks: 10, collector: 统计局, rule: judged}
      - {code: visits, name: 踏查, full_marks: 10, collector: 统计局, rule: judged, not_drawn: mean}
      - code: done
        name: 办结
        full_marks: 20
        collector: 统计局
        periods: {of: half_year, take: sum}
        rule: judged
      - code: key
        name: 重点
        full_marks: 20
        collector: 统计局
        own: {rules: {赋分: judged}}
      - code: public
        name: 评议
        full_marks: 20
        panel:
          voters: 服务对象
          secrecy: anonymous
          method: {tiers: {满意: 20, 不满意: 10}}
          minimum_ballots: 2
          below_minimum: mean
    grades: [{name: 好, from: 60}, {name: 差}]
"""
SHEETS = {
    "单位": "单位代码,单位名称,类别\nD1,甲局,机关类\nD2,乙局,机关类\nD3,丙局,机关类\n",
    "采集数据": """\
单位代码,指标代码,期次,数值,失分原因
D1,plain,,20,
D2,plain,,11,差
D3,plain,,,
D1,law,,10,
D2,law,,10,
D3,law,,不涉及,
D1,visits,,9,差
D2,visits,,8,差
D3,visits,,未抽中,
D1,done,上半年,10,
D2,done,上半年,10,
D3,done,上半年,10,
D1,done,下半年,10,
D2,done,下半年,10,
D3,done,下半年,,
D1,key/1,,20,
D2,key/1,,8,差
D2,key/2,,,
D3,key/1,,20,
""",
    "自定指标": "单位代码,所属指标,代码,名称,分值\nD1,key,1,一,20\nD2,key,1,一,12\nD2,key,2,二,8\nD3,key,1,一,20\n",
    "测评汇总": "投票,单位代码,评价,票数\npublic,D1,满意,2\npublic,D2,不满意,2\npublic,D3,满意,1\n",
}
FILLED = [
    ("D3", "plain", None, None, "missing", "mean", "15.5"),
    ("D3", "law", None, None, "not_applicable", "full", "10"),
    ("D3", "visits", None, None, "not_drawn", "mean", "8.5"),
    ("D3", "done", "下半年", None, "missing", "zero", "0"),
    ("D2", "key", None, "2", "missing", "zero", "0"),
    ("D3", "public", None, None, "missing", "mean", "15"),
]


def score(folder: Path, **sheets: str) -> tuple[Path, list[dict[str, Any]]]:
    """The result workbook, and what the JSON says was filled in."""
    (folder / "t.yaml").write_text(SCHEME, encoding="utf-8")
    facts = folder / "facts"
    facts.mkdir()
    for name, text in (SHEETS | sheets).items():
        (facts / f"{name}.csv").write_text(text, encoding="utf-8")
    call_command("score_file", f"{folder}/t.yaml", str(facts), f"{folder}/a.xlsx", json=f"{folder}/a.json")
    return folder / "a.xlsx", json.loads((folder / "a.json").read_text(encoding="utf-8"))["filled"]


def test_the_json_names_each_leaf_slot_and_own_indicator(tmp_path: Path):
    _, told = score(tmp_path)
    keys = ("unit", "indicator", "slot", "own", "why", "way", "points")
    assert told == [dict(zip(keys, one, strict=True)) for one in FILLED]


def test_the_sheet_lists_what_is_missing_first(tmp_path: Path):
    report, _ = score(tmp_path)
    rows = rows_of(report, "补计")
    columns = ("单位代码", "指标", "期次或评分单位", "自定指标", "情况", "补计办法", "满分", "得分")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("D3", "日常", None, None, "缺数据", "按同类单位得分的平均计", 20, 15.5),
        ("D3", "办结", "下半年", None, "缺数据", "计 0 分", 10, 0),
        ("D2", "重点", None, "二", "缺数据", "计 0 分", 8, 0),
        ("D3", "评议", None, None, "票数不足", "按同类单位得分的平均计", 20, 15),
        ("D3", "踏查", None, None, "未抽中", "按抽中单位得分的平均计", 10, 8.5),
        ("D3", "普法", None, None, "不涉及", "按满分计", 10, 10),
    ]


def test_the_run_says_how_many_and_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    score(tmp_path)
    lines = capsys.readouterr().out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("■ 补计"))
    assert lines[start:] == [
        "■ 补计：5 处没有数据，按方案补了分（缺数据 3 处、未抽中 1 处、票数不足 1 处）",
        "  D3 丙局：plain 日常，缺数据，按同类单位得分的平均计，15.5 分",
        "  D3 丙局：visits 踏查，未抽中，按抽中单位得分的平均计，8.5 分",
        "  D3 丙局：done 办结 下半年，缺数据，计 0 分，0 分",
        "  D2 乙局：key 重点 2 二，缺数据，计 0 分，0 分",
        "  D3 丙局：public 评议，票数不足，按同类单位得分的平均计，15 分",
    ]


def test_of_many_the_first_ten_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    units = "".join(f"E{number:02},单位{number},机关类\n" for number in range(12))
    own = "".join(f"E{number:02},key,1,一,20\n" for number in range(12))
    tallies = "".join(f"public,E{number:02},满意,2\n" for number in range(12))
    more = {
        "单位": SHEETS["单位"] + units,
        "自定指标": SHEETS["自定指标"] + own,
        "测评汇总": SHEETS["测评汇总"] + tallies,
    }
    _, told = score(tmp_path, **more)
    lacking = sum(one["why"] != "not_applicable" for one in told)
    lines = capsys.readouterr().out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"■ 补计：{lacking} 处"))
    assert len(lines[start + 1 : -1]) == 10
    assert lines[-1] == f"  另有 {lacking - 10} 处，见结果工作簿的“补计”表"


def test_where_everything_has_a_reading_nothing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    readings = SHEETS["采集数据"].replace(",,\n", ",10,差\n").replace("不涉及,", "10,").replace("未抽中,", "10,")
    readings = readings.replace("D2,key/2,,10,", "D2,key/2,,8,").replace("下半年,,", "下半年,10,")
    report, told = score(tmp_path, 采集数据=readings, 测评汇总=SHEETS["测评汇总"].replace("D3,满意,1", "D3,满意,2"))
    assert told == []
    assert "补计" not in opened(report).sheetnames
    assert "补计" not in capsys.readouterr().out


def test_in_english_it_is_told_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with translation.override("en"):
        report, _ = score(tmp_path)
    assert "  D3 丙局: plain 日常, no data; the mean of the category's points: 15.5" in capsys.readouterr().out
    assert [row["Why"] for row in rows_of(report, "Filled in")][-2:] == ["not drawn", "n/a"]
