"""R5: what is no plain number is refused at its cell, on whatever sheet; nothing is guessed, nothing crashes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from engine.facts import Key, Status
from engine.score import score
from engine.text import Problems
from tests.indicators.facts.workshop import Bad, blames, folder, load, plan, problems, problems_of, workbook

HUGE = "9" * 6000

NUMBERS = [
    ("NaN", "“NaN”不是数；只写数字"),
    ("nan", "“nan”不是数"),
    ("Infinity", "“Infinity”不是数"),
    ("-inf", "“-inf”不是数"),
    ("1e400", "“1e400”不是数"),
    ("1E3", "“1E3”不是数"),
    ("１２", "“１２”应写作 12"),
    ('"12,3"', "“12,3”应写作 123"),
    ("12，3", "“12，3”应写作 123"),
    ("－5", "“－5”应写作 -5"),
    ("−5", "“−5”应写作 -5"),
    (" 12 ", "“ 12 ”应写作 12"),
    ("12\u00a0", "应写作 12"),
    ("+5", "“+5”不是数"),
    (".5", "“.5”不是数"),
    ("5.", "“5.”不是数"),
    ("--5", "“--5”不是数"),
    ("12%", "“12%”不是数"),
    ("12分", "“12分”不是数"),
    ("十二", "“十二”不是数"),
    ("1_000", "“1_000”不是数"),
    ("0x10", "“0x10”不是数"),
    ("١٢", "不是数"),
    ("½", "不是数"),
    ("=1+1", "“=1+1”不是数"),
    (" ", "“ ”不是数"),
    ("12.345", "12.345 的小数位多于规定的 2 位"),
    ("16.5000000000000000000000000000001", "的小数位多于规定的 2 位"),
    ("1" + "0" * 18, "过大"),
    ("-1" + "0" * 18, "过大"),
    ("999999999999999999", "过大"),
    (HUGE, "过大"),
]


@pytest.mark.parametrize(("cell", "said"), NUMBERS, ids=[cell[:20] for cell, _ in NUMBERS])
def test_r5_a_reading_that_is_no_number_is_refused_at_its_cell(tmp_path: Path, cell: str, said: str):
    bad = Bad("采集数据", f"C01,organised,actual,{cell},,", "D2", said)
    [found] = problems_of(tmp_path, bad)
    assert blames(found, bad)


@pytest.mark.parametrize(("cell", "said"), NUMBERS, ids=[cell[:20] for cell, _ in NUMBERS])
def test_r5_a_target_that_is_no_number_is_refused_at_its_cell(tmp_path: Path, cell: str, said: str):
    bad = Bad("目标与基数", f"C01,gdp,actual,,{cell}", "E2", said, "yiyang-2018")
    [found] = problems_of(tmp_path, bad)
    assert blames(found, bad)


ELSEWHERE = [
    Bad("采集数据", "C01,discipline,warned,-1,,", "D2", "-1 是次数，不能是负数"),
    Bad("采集数据", "C01,discipline,warned,1.5,,", "D2", "1.5 是次数，次数应为整数"),
    Bad("采集数据", "C01,capacity,,0.1,,", "D2", "0.1 的小数位多于规定的 0 位"),
    Bad("采集数据", "C01,organised,actual,无,,", "D2", "“无”只用于次数；没有这项工作请填 不涉及"),
    Bad("采集数据", "C01,organised,actual,不涉及 ,,", "D2", "“不涉及”前后有空格"),
    Bad("采集数据", "C01,organised,actual,没有,,", "D2", "“没有”不是数；是不是“不涉及”？"),
    Bad("采集数据", "C01,villages,,1,,", "D2", "“1”应填 是、否 或 不涉及", "yiyang-2018"),
    Bad("采集数据", "C01,villages,,完成,,", "D2", "“完成”应填 是、否 或 不涉及", "yiyang-2018"),
    Bad("采集数据", "C01,villages,,是 ,,", "D2", "“是”前后有空格", "yiyang-2018"),
    Bad("测评汇总", "organs,C01,满意,-1", "D2", "-1 应是不小于 0 的整数"),
    Bad("测评汇总", "organs,C01,满意,1.5", "D2", "1.5 应是不小于 0 的整数"),
    Bad("测评汇总", "organs,C01,满意,许多", "D2", "“许多”不是数"),
    Bad("测评汇总", "organs,C01,满意,900000000000000000", "D2", "过大"),
    Bad("自定指标", "C01,key,1,放管服,0,", "E2", "分值 0 应大于 0"),
    Bad("自定指标", "C01,key,1,放管服,-3,", "E2", "分值 -3 应大于 0"),
    Bad("自定指标", "C01,key,1,放管服,NaN,", "E2", "“NaN”不是数"),
    Bad("上年结果", "C01,１,1", "B2", "“１”应写作 1", "yiyang-2018"),
    Bad("上年结果", "C01,90,-1", "C2", "“-1”应是从 1 起的整数；上年没有名次的写 无", "yiyang-2018"),
    Bad("上年结果", "C01,90,0", "C2", "“0”应是从 1 起的整数", "yiyang-2018"),
    Bad("外部数据", "national,1e9", "B2", "“1e9”不是数", "series"),
]


@pytest.mark.parametrize("bad", ELSEWHERE, ids=[f"{bad.sheet}-{bad.rows}" for bad in ELSEWHERE])
def test_r5_a_wrong_value_is_refused_at_its_cell(tmp_path: Path, bad: Bad):
    [found] = problems_of(tmp_path, bad)
    assert blames(found, bad)


@pytest.mark.parametrize(
    ("cell", "column", "said"),
    [
        (date(2018, 6, 29), "数值", "2018-06-29 是日期，这里要填数；请把单元格格式改为常规后重填"),
        (datetime(2018, 6, 29, 12, 30), "数值", "2018-06-29 12:30:00 是日期"),  # noqa: DTZ001 - as in a cell
        (True, "数值", "True 不是数"),
        (12.345, "数值", "12.345 的小数位多于规定的 2 位"),
        (1e300, "数值", "过大"),
        (date(2018, 6, 29), "依据", "2018-06-29 应是文字"),
        (True, "依据", "True 应是文字"),
    ],
)
def test_r5_the_wrong_kind_of_cell_in_a_workbook_is_refused(tmp_path: Path, cell: object, column: str, said: str):
    row = ["C01", "organised", "actual", *([cell, ""] if column == "数值" else [12, cell]), "慢"]
    header: list[object] = ["单位代码", "指标代码", "数据项", "数值", "依据", "失分原因"]
    [found] = problems(workbook(tmp_path / "a.xlsx", {"采集数据": [header, row]}))
    letter = "D" if column == "数值" else "E"
    assert found.to("zh").startswith(f"a.xlsx[采集数据]!{letter}2: ")
    assert said in found.what.zh


GOOD = [("12", 1200), ("0", 0), ("-0", 0), ("-5.5", -550), ("012", 1200), ("12.50", 1250), ("12.5000", 1250)]


@pytest.mark.parametrize(("cell", "value"), GOOD)
def test_r5_a_plain_number_is_taken_exactly(tmp_path: Path, cell: str, value: int):
    rows = f"单位代码,指标代码,数据项,数值,失分原因\nC01,organised,actual,{cell},慢"
    facts = load(folder(tmp_path / "facts", {"采集数据": rows}))
    column = facts.sets["counties"].columns[Key("organised", "actual", "actual")]
    assert column.values[0] == Fraction(value, 100)
    assert list(column.status) == [Status.GIVEN, Status.MISSING]


def test_r5_a_workbook_number_is_the_one_people_see(tmp_path: Path):
    header: list[object] = ["单位代码", "指标代码", "数据项", "数值", "失分原因"]
    file = workbook(tmp_path / "a.xlsx", {"采集数据": [header, ["C01", "organised", "actual", 1.1 * 3, "慢"]]})
    column = load(file).sets["counties"].columns[Key("organised", "actual", "actual")]
    assert column.values[0] == Fraction(Decimal("3.3"))


WORDS = [
    ("不涉及", Status.NOT_APPLICABLE),
    ("n/a", Status.NOT_APPLICABLE),
    ("N/A", Status.NOT_APPLICABLE),
    ("未抽中", Status.NOT_DRAWN),
    ("not drawn", Status.NOT_DRAWN),
    ("", Status.MISSING),
]


@pytest.mark.parametrize(("cell", "status"), WORDS)
def test_r5_the_words_for_no_value(tmp_path: Path, cell: str, status: Status):
    rows = f"单位代码,指标代码,数值\nC01,visits,{cell}\nC02,visits,100"
    facts = load(folder(tmp_path / "facts", {"采集数据": rows}))
    column = facts.sets["counties"].columns[Key("visits", "actual", "actual")]
    assert list(column.status) == [status, Status.GIVEN]


@pytest.mark.parametrize("cell", ["无", "none", "None", "0"])
def test_r5_nothing_counted_is_zero(tmp_path: Path, cell: str):
    rows = f"单位代码,指标代码,数据项,数值\nC01,discipline,warned,{cell}"
    facts = load(folder(tmp_path / "facts", {"采集数据": rows}))
    column = facts.sets["counties"].columns[Key("discipline", "warned", "actual")]
    assert (column.values[0], column.status[0]) == (0, Status.GIVEN)


@pytest.mark.parametrize(("cell", "value"), [("是", 1), ("否", 0), ("yes", 1), ("NO", 0)])
def test_r5_yes_and_no(tmp_path: Path, cell: str, value: int):
    rows = f"单位代码,指标代码,数值\nC01,villages,{cell}"
    facts = load(folder(tmp_path / "facts", {"采集数据": rows}, "yiyang-2018"), "yiyang-2018")
    column = facts.sets["counties"].columns[Key("villages", "actual", "actual")]
    assert (column.values[0], column.status[0]) == (value, Status.GIVEN)


def test_r5_a_tick_of_a_workbook_is_yes_or_no(tmp_path: Path):
    units: list[list[object]] = [["单位代码", "单位名称", "类别", "单列"], ["C01", "甲", "county", True]]
    units += [["C02", "乙", "county", False]]
    readings: list[list[object]] = [
        ["单位代码", "指标代码", "数值"],
        ["C01", "villages", True],
        ["C02", "villages", False],
    ]
    one = load(workbook(tmp_path / "a.xlsx", {"单位": units, "采集数据": readings}), "yiyang-2018").sets["counties"]
    assert [unit.listed_separately for unit in one.units] == [True, False]
    assert one.columns[Key("villages", "actual", "actual")].values.fractions() == [1, 0]


def stopped(path: Path, scheme: str = "songyuan") -> str:
    """What stops the scoring of facts that can be read."""
    with pytest.raises(Problems) as raised:
        score(plan(scheme), load(path, scheme))
    return str(raised.value)


@pytest.mark.parametrize(
    ("target", "said"),
    [("", "缺数据"), ("0", "目标值 0 不大于 0"), ("-1", "目标值 -1 不大于 0")],
    ids=["blank", "zero", "negative"],
)
def test_r5_a_blank_zero_or_negative_target_is_refused_by_name(tmp_path: Path, target: str, said: str):
    sheets = {
        "采集数据": "单位代码,指标代码,数据项,数值\nC01,capacity,actual,80\nC02,capacity,actual,80",
        "目标与基数": f"单位代码,指标代码,数据项,目标值\nC01,capacity,actual,{target}\nC02,capacity,actual,100",
    }
    lines = [line for line in stopped(folder(tmp_path / "facts", sheets)).splitlines() if "capacity" in line]
    about = [line for line in lines if "C0" in line]
    assert len(about) == 1
    assert "单位“C01 云汀区”，指标“capacity 能力建设”" in about[0]
    assert said in about[0]
