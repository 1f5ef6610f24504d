"""Results of other evaluations: read, refused cell by cell, missed where a condition asks for them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from engine.facts import OtherResult
from engine.language.read import read_scheme
from engine.language.scheme import Scheme
from engine.score import score
from engine.text import Problem, Problems
from indicators.facts import load_facts
from indicators.facts.load import load_units, read_facts
from indicators.facts.stopped import place_stopped
from indicators.template import write_template
from tests.docs.examples import EVALUATION, ONE_LEAF, SCHEME, _indented

RULES = """\
special: {eco: {name: 生态考核, grades: [优秀, 合格, 不合格]}}
grades: [{name: 好, from: 60, only_if: [{evaluation: eco, grade: 合格}]}, {name: 差}]
"""
UNITS = "单位代码,单位名称,类别\nD1,甲局,economy\nD2,乙局,economy\n"
HEADER = "单位代码,考评,总分,满分,等次"
WHOLE = f"{HEADER}\nD1,生态考核,92.5,100,优秀\nD2,eco,不涉及,,\n"


def scheme() -> Scheme:
    parts = [text for key, text in EVALUATION.items() if key != "grades"]
    text = "\n".join([*parts[:-1], parts[-1] + _indented(ONE_LEAF, 6), RULES])
    return read_scheme(SCHEME + _indented(text, 4), "s.yaml")


def folder(path: Path, results: str | None) -> Path:
    path.mkdir(exist_ok=True)
    readings = "单位代码,指标代码,数值,失分原因\nD1,work,80,慢\nD2,work,70,慢\n"
    sheets = {"单位": UNITS, "采集数据": readings} | ({} if results is None else {"专项结果": results})
    for name, text in sheets.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def unsaid(path: Path, results: str | None) -> list[Problem]:
    return read_facts(folder(path / "facts", results), scheme().evaluations[0]).all_problems()


def test_results_are_read_by_name_or_code_of_the_evaluation(tmp_path):
    facts, _ = load_facts(folder(tmp_path / "facts", WHOLE), scheme().evaluations[0])
    assert facts.other_results == {
        ("D1", "eco"): OtherResult(Decimal("92.5"), Decimal(100), "优秀"),
        ("D2", "eco"): OtherResult(),
    }
    assert unsaid(tmp_path, WHOLE) == []


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        ("D3,生态考核,92,100,优秀", "A2", "单位表里没有代码“D3”"),
        ("D1,生态,92,100,优秀", "B2", "方案没有登记考评“生态”；有：生态考核"),
        ("D1,生态考核,,100,优秀", "C2", "“总分”没有填"),
        ("D1,生态考核,很好,100,优秀", "C2", "“很好”不是数"),
        ("D1,生态考核,92,0,优秀", "D2", "满分应大于 0"),
        ("D1,生态考核,92,100,良好", "E2", "没有等次“良好”；有：优秀、合格、不合格"),
        ("D1,生态考核,不涉及,100,", "D2", "没有参加的单位，这里要空着"),
        ("D1,生态考核,92,100,优秀\nD1,eco,92,100,优秀", "B3", "这个单位的这项考评已有一行"),
    ],
)
def test_r5_a_wrong_cell_is_told_at_its_place(tmp_path, row, cell, said):
    with pytest.raises(Problems) as raised:
        load_facts(folder(tmp_path / "facts", f"{HEADER}\n{row}\n"), scheme().evaluations[0])
    [problem] = raised.value.found
    assert problem.to("zh").startswith(f"facts/专项结果.csv[专项结果]!{cell}: ")
    assert said in problem.what.zh


@pytest.mark.parametrize(
    ("results", "place", "said"),
    [
        (None, "facts", "缺少“专项结果”表"),
        (f"{HEADER}\nD1,生态考核,92,100,优秀\n", "facts/专项结果.csv[专项结果]", "缺少单位 D2 乙局 在“生态考核”的行"),
        (WHOLE.replace(",优秀", ","), "facts/专项结果.csv[专项结果]!E2", "“等次”没有填"),
    ],
)
def test_r5_what_a_condition_asks_for_must_be_told(tmp_path, results, place, said):
    [problem] = unsaid(tmp_path, results)
    assert str(problem.place) == place
    assert said in problem.what.zh


def test_the_template_has_a_row_for_every_unit_and_evaluation(tmp_path):
    plan = scheme().evaluations[0]
    (tmp_path / "单位.csv").write_text(UNITS, encoding="utf-8")
    write_template(str(tmp_path / "t.xlsx"), scheme(), plan, load_units(tmp_path / "单位.csv", plan), "zh")
    page = openpyxl.load_workbook(tmp_path / "t.xlsx")["专项结果"]
    assert [[cell.value for cell in row[:3]] for row in page.iter_rows(min_row=1)] == [
        ["单位代码", "单位名称", "考评"],
        ["D1", "甲局", "生态考核"],
        ["D2", "乙局", "生态考核"],
    ]


NODE = """\
special: {eco: {name: 生态考核}}
indicators:
  - {code: work, name: 工作, full_marks: 80, collector: 市绩效办, rule: judged}
  - {code: e, name: 生态, full_marks: 20, evaluation: eco}
"""


@pytest.mark.parametrize(
    ("results", "place", "said"),
    [
        (f"{HEADER}\nD1,eco,92,,\nD2,eco,80,100,\n", "facts/专项结果.csv[专项结果]!D2", "“满分”没有填，方案要用"),
        (f"{HEADER}\nD1,eco,92,100,\n", "facts/专项结果.csv[专项结果]", "指标“e 生态”：缺数据（D2，表里没有相应的行）"),
    ],
)
def test_r5_a_total_that_an_indicator_takes_must_be_whole(tmp_path, results, place, said):
    parts = [text for key, text in EVALUATION.items() if key != "indicators"]
    plan = read_scheme(SCHEME + _indented("\n".join([*parts, NODE]), 4), "s.yaml").evaluations[0]
    reading = read_facts(folder(tmp_path / "facts", results), plan)
    assert reading.facts
    found = reading.all_problems()
    try:
        score(plan, reading.facts)
    except Problems as stopped:
        found += place_stopped(reading, stopped.found)
    [problem] = found
    assert str(problem.place) == place
    assert said in problem.what.zh
