"""Units without a grade, automatic moves and second grades in every output: text, JSON and workbook."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest

from engine.facts import Move
from engine.language.scheme import Scheme
from engine.score.result import Outcome
from scoring.outputs.document import as_document
from scoring.outputs.report import write_report
from scoring.outputs.text import ranking_lines
from tests.engine.making import outcome_of

TEXT = """
indicators:
  - {code: x, name: 工作, full_marks: 60, rule: judged}
  - {code: y, name: 安全, full_marks: 40, rule: judged}
veto:
  - {effect: not_graded, by: automatic, grounds: [停评]}
  - {effect: down_one, by: automatic, when: {node: y, below: 60%}}
also_graded: [{code: team, name: 领导班子, on: y, grades: [{name: 好, from: 90%}, {name: 一般}]}]
use: [{code: staff, name: 优秀比例, by_grade: {优: 20%, 不定等次: 不评}}]
"""


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    # u1: 98, not graded; u2: 60 + 23 = 83 and 23 < 24, so 良 becomes 中; u3: 96
    marks: dict[str, Any] = {"x": [60, 60, 60], "y": [38, 23, 36]}
    return outcome_of(TEXT, "u1 u2 u3", marks, moves=(Move("u1", "停评"),))


def scheme(outcome: Outcome) -> Scheme:
    return Scheme("test", "测试", "无", "0" * 64, (outcome.plan,))


def test_the_text_has_a_column_for_the_second_grade(outcome):
    cells = [line.split() for line in ranking_lines(outcome, "zh")]
    assert cells[1:5] == [
        ["名次", "单位", "总分", "等次", "领导班子"],
        ["1", "u1", "98.00", "不定等次", "好"],
        ["2", "u3", "96.00", "优", "好"],
        ["3", "u2", "83.00", "中", "一般"],
    ]
    assert any("not graded" in line for line in ranking_lines(outcome, "en"))


def test_the_document_has_null_for_a_grade_that_is_not_given(outcome):
    units = {unit["code"]: unit for unit in as_document(scheme(outcome), outcome)["units"]}
    assert {code: (unit["grade_earned"], unit["grade"]) for code, unit in units.items()} == {
        "u1": ("优", None),
        "u2": ("良", "中"),
        "u3": ("优", "优"),
    }
    assert units["u1"]["also_graded"] == {"team": {"grade_earned": "好", "grade": "好"}}
    assert "等次由“优”调整为不定等次" in units["u1"]["derivation"]["lines"]["zh"]
    assert [units[code]["uses"]["staff"] for code in ("u1", "u2", "u3")] == ["不评", None, "20%"]


def test_the_workbook_names_it_counts_it_and_says_why(outcome, tmp_path):
    write_report(tmp_path / "r.xlsx", scheme(outcome), outcome, "zh")
    rows = list(openpyxl.load_workbook(tmp_path / "r.xlsx")["排名"].iter_rows(values_only=True))
    header = next(row for row in rows if row[0] == "名次")
    units = {row[1]: dict(zip(header, row, strict=True)) for row in rows if row[1] in ("u1", "u2", "u3")}
    told = {code: (row["应得等次"], row["等次"], row["调整依据"], row["领导班子"]) for code, row in units.items()}
    assert told["u1"] == ("优", "不定等次", "停评（自动生效）", "好")
    assert told["u2"] == ("良", "中", "“安全”23 分 < 24，自动生效", "一般")
    assert told["u3"][:2] == ("优", "优")
    assert any(row[0] == "共 3 个单位：优 1 个，良 0 个，中 1 个，差 0 个，不定等次 1 个" for row in rows)
    rules = {row[1] for row in openpyxl.load_workbook(tmp_path / "r.xlsx")["参数"].iter_rows(values_only=True)}
    assert "不定等次，自动生效：停评" in rules
    assert "降低一个等次，自动生效：“安全”不足满分的 60%" in rules
    assert "领导班子：按“安全”；好（得分达到满分的 90%）、一般（其余）" in rules
