"""What uses are paid from and to: read, refused cell by cell, missed where a use needs it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from engine.facts import LastResult, Person
from engine.language.read import read_scheme
from engine.language.scheme import Scheme
from engine.score import score
from engine.text import Problem
from indicators.facts import load_facts
from indicators.facts.load import load_units, read_facts
from indicators.template import write_template
from scoring.outputs.document import as_document
from scoring.outputs.report import write_report
from tests.docs.examples import EVALUATION, ONE_LEAF, SCHEME, _indented

RULES = """\
use:
  - {code: bonus, name: 奖金, distribute: {pool: p, by: total, times: headcount, persons: true}}
  - {code: extra, name: 加奖, distribute: {pool: q, by: {rank: [{first: 1, gives: 1}]}}}
  - {code: rise, name: 提升奖, by_rise: {on: total, first: 1, gives: 奖}}
  - {code: talk, name: 约谈, by_repeat: {last: 1, gives: 约谈}}
  - {code: same, name: 记功, by_repeat: {grade: 合格, gives: 记功}}
"""
SHEETS = {
    "单位": "单位代码,单位名称,类别,人数\nD1,甲局,economy,2\nD2,乙局,economy,1\n",
    "采集数据": "单位代码,指标代码,数值,失分原因\nD1,work,80,进度慢\nD2,work,70,台账缺\n",
    "上年结果": "单位代码,总分,名次,等次,参评数\nD1,75,2,合格,2\nD2,,无,,\n",
    "奖金总额": "代码,金额\np,1000.50\nq,10\n",
    "人员": "单位代码,工号,姓名,系数\nD1,02,乙,1\nD1,01,甲,1.5\nD2,01,丙,1\n",
}


def scheme() -> Scheme:
    parts = list(EVALUATION.values())
    text = "\n".join([*parts[:-1], parts[-1] + _indented(ONE_LEAF, 6), RULES])
    return read_scheme(SCHEME + _indented(text, 4), "s.yaml")


def folder(path: Path, **changed: str | None) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in (SHEETS | changed).items():
        if text is not None:
            (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def found(path: Path, **changed: str | None) -> list[Problem]:
    return read_facts(folder(path / "facts", **changed), scheme().evaluations[0]).all_problems()


def test_all_of_it_is_read_persons_by_number(tmp_path):
    facts, _ = load_facts(folder(tmp_path / "facts"), scheme().evaluations[0])
    assert facts.pools == {"p": Decimal("1000.50"), "q": Decimal(10)}
    assert facts.persons == {
        "D1": (Person("01", "甲", Decimal("1.5")), Person("02", "乙", Decimal(1))),
        "D2": (Person("01", "丙", Decimal(1)),),
    }
    assert facts.last_results["D1"] == LastResult(Decimal(75), 2, "合格", 2)
    assert [unit.headcount for unit in facts.sets["departments"].units] == [2, 1]
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("sheet", "old", "new", "cell", "said"),
    [
        ("奖金总额", "p,", "z,", "A2", "方案没有分配“z”；有：p、q"),
        ("奖金总额", "1000.50", "1000.505", "B2", "金额应大于 0，最多两位小数"),
        ("奖金总额", "1000.50", "0", "B2", "金额应大于 0"),
        ("人员", "甲,1.5", "甲,0", "D3", "系数应大于 0"),
        ("人员", "D1,02", "D1,01", "A3", "重复，第 2 行已有"),
        ("人员", "D2,01", "D9,01", "A4", "单位表里没有代码“D9”"),
        ("单位", "economy,2", "economy,二", "D2", "“二”不是数"),
        ("单位", "economy,2", "economy,", "D2", "人数没有填，方案要用"),
        ("上年结果", "2,合格,2", "3,合格,2", "E2", "上年第 3 名，多于参评数 2"),
        ("上年结果", "D1,75", "D1,", "B2", "“总分”没有填"),
        ("上年结果", "合格,2", ",2", "D2", "“等次”没有填"),
        ("上年结果", "合格,2", "合格,", "E2", "“参评数”没有填"),
    ],
)
def test_r5_a_wrong_or_empty_cell_is_told_at_its_place(tmp_path, sheet, old, new, cell, said):
    assert old in SHEETS[sheet]
    told = [problem.to("zh") for problem in found(tmp_path, **{sheet: SHEETS[sheet].replace(old, new, 1)})]
    assert [one for one in told if one.startswith(f"facts/{sheet}.csv[{sheet}]!{cell}: ") and said in one], told


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"奖金总额": None}, "facts: 缺少“奖金总额”表"),
        ({"人员": None}, "facts: 缺少“人员”表"),
        ({"奖金总额": "代码,金额\nq,10\n"}, "facts/奖金总额.csv[奖金总额]: 缺少奖金总额“p”的行"),
        ({"上年结果": "单位代码,总分,名次,等次,参评数\nD1,75,2,合格,2\n"}, "缺少单位 D2 乙局 的行"),
    ],
)
def test_r5_what_a_use_needs_must_be_there(tmp_path, changed, said):
    [problem] = found(tmp_path, **changed)
    assert said in problem.to("zh")


def test_the_template_offers_what_the_uses_need(tmp_path):
    plan = scheme().evaluations[0]
    (tmp_path / "单位.csv").write_text(SHEETS["单位"], encoding="utf-8")
    write_template(str(tmp_path / "t.xlsx"), scheme(), plan, load_units(tmp_path / "单位.csv", plan), "zh")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    titles = {page.title: [cell.value for cell in page[1]] for page in book}
    assert titles["单位"][-1] == "人数"
    assert book["单位"]["G2"].value == "2"
    assert titles["上年结果"] == ["单位代码", "单位名称", "总分", "名次", "等次", "参评数"]
    assert titles["人员"] == ["单位代码", "单位名称", "工号", "姓名", "系数"]
    assert book["奖金总额"]["A2"].value == "p"


def test_the_outputs_show_every_share(tmp_path):
    facts, _ = load_facts(folder(tmp_path / "facts"), scheme().evaluations[0])
    outcome = score(scheme().evaluations[0], facts, trace=True)
    # weights 80 × 2 = 160 and 70: 1000.50 × 160 ÷ 230 = 696.00; of that 甲 has 1.5 ÷ 2.5 = 417.60
    assert as_document(scheme(), outcome)["distributions"]["bonus"] == {
        "pool": "1000.50",
        "units": [
            {
                "code": "D1",
                "weight": "160",
                "amount": "696.00",
                "persons": [{"code": "01", "amount": "417.60"}, {"code": "02", "amount": "278.40"}],
            },
            {"code": "D2", "weight": "70", "amount": "304.50", "persons": [{"code": "01", "amount": "304.50"}]},
        ],
    }
    write_report(tmp_path / "r.xlsx", scheme(), outcome, "zh")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    rows = [list(row) for row in book["个人分配"].iter_rows(min_row=2, values_only=True)]
    assert [[*row[1:5], row[6]] for row in rows] == [
        ["D1", "甲局", "01", "甲", 417.6],
        ["D1", "甲局", "02", "乙", 278.4],
        ["D2", "乙局", "01", "丙", 304.5],
    ]
    said = {row[1] for row in book["参数"].iter_rows(values_only=True)}
    assert "奖金：奖金总额“p”按总分 × 人数分到单位，再按系数分到人，最大余数法取到分" in said
    assert "约谈：今年、上年都在每类后 1 名：约谈" in said
