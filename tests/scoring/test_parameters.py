"""The sheets of parameters: sentences, in one language at a time, without a word of the engine or of Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from engine.facts import Facts
from engine.language.model import Evaluation
from engine.language.read import read_scheme
from engine.score.result import Outcome
from scoring.outputs.parameters import leaf_rows, scheme_rows
from tests.sample import SCHEMES, plan_of, scheme_file, scheme_of

PYTHON = re.compile(r"\w+\(\w*['\"=]|Decimal|Figure|Marks\(|None|True|False|\{|\}|\[|\]")
WORDS = re.compile("[A-Za-z]{2,}")
FIXED = re.compile(r"[，；：（）“”、]|[不每满分第得扣计按为]")


def texts_of(value: Any) -> Iterator[str]:
    """Every name and sentence that the scheme itself writes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_of(key)
            yield from texts_of(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_of(item)


def written_in(evaluation: Evaluation) -> list[str]:
    """Its names and sentences, and the codes under which people enter the pools; no other codes."""
    found = {text for text in texts_of(evaluation.model_dump()) if not re.fullmatch("[a-z_]+", text)}
    found |= {use.distribute.pool for use in evaluation.use if use.distribute}
    return sorted(found, key=len, reverse=True)


def cells(name: str, language: str) -> Iterator[tuple[str, str]]:
    """The title or code and the content of every row, without the names that the scheme gives."""
    scheme = scheme_of(name)
    outcome = Outcome(plan_of(name), Facts({}), ())
    yield from ((title, value) for title, value in scheme_rows(scheme, outcome, language)[5:])
    for row in leaf_rows(plan_of(name), language):
        yield row[1], " ".join(str(cell) for cell in row[3:])


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nothing_of_python_is_in_the_sheets(name: str, language: str):
    assert [said for said in cells(name, language) if PYTHON.search(said[1])] == []


@pytest.mark.parametrize("name", SCHEMES)
def test_in_chinese_there_is_no_english_word(name: str):
    names = written_in(plan_of(name).written)
    assert [said for said in cells(name, "zh-hans") if WORDS.search(without(names, said[1]))] == []


@pytest.mark.parametrize("name", SCHEMES)
def test_in_english_only_names_are_chinese(name: str):
    names = written_in(plan_of(name).written)
    for title, said in cells(name, "en"):
        assert not FIXED.search(without(names, said)), said
        assert not FIXED.search(without(names, title.strip())), title


def without(names: list[str], said: str) -> str:
    for name in names:
        said = said.replace(name, "")
    return said


SONGYUAN = {
    "小数位数": "四舍五入：末级指标 2 位小数、上级指标 2 位小数、测评 2 位小数、总分 2 位小数",
    "不涉及": "不计，其余指标按比例放大",
    "缺数据": "停止计分，逐个指出",
    "排名": "按四舍五入后的总分；同分并列，后面的名次空出（1、2、2、4）",
    "加分": "合计最多 5 分；同一事项就高计一次，不重复；加分程序：领导班子审议、分管领导同意（部门）、"
    "市绩效办初审、市绩效评估委员会审定、公示",
    "　命名表彰": "国家级 2 分、省级 1 分、市级 0.5 分",
    "progress": "100 3 评分人评定，0 分至满分，最多 2 位小数 市绩效办",
    "visits": "100 3 评分人评定，0 分至满分，最多 2 位小数；抽查未抽中的不计，其余指标按比例放大 市绩效办",
    "self": "100 1 自评，0 分至满分，最多 2 位小数 被评估单位自评",
    "tracking": "100 6 下级得分按权重折算后相加 市绩效办",
    "organs": "100 8 市直机关代表无记名投票，评全部单位；分档评价：满意 100 分、基本满意 80 分、不满意 50 分；取平均；"
    "不计入：不了解；有效票至少 1 张，不足时停止计分 ",
    "safety": "1  每发生一次扣：一般事故起数 0.2 分，较大以上事故起数 1 分，扣完为止 市安监局",
    "funds": "2  评分人评定，0 分至满分，最多 2 位小数 市审计局（对采集单位自身：市监察局）",
}


PLANNED = [
    "责任人报备：1月15日起 10 个工作日",
    "目标申报：2月1日至4月15日",
    "自查自评：次年1月1日至次年3月31日",
    "结果公示：5 个工作日，开始日期另定",
]


def test_the_timetable_is_said_as_a_plan():
    said = [said for title, said in cells("songyuan", "zh-hans") if title == "时间安排（计划）"]
    assert len(said) == 10
    assert [one for one in PLANNED if one not in said] == []


@pytest.mark.parametrize(("title", "said"), SONGYUAN.items())
def test_every_kind_of_parameter_is_said(title: str, said: str):
    assert (title, said) in list(cells("songyuan", "zh-hans"))


ODD = """
    missing: zero
    cap: 110
    floor: 0%
    series: {national: 全国平均}
    ranking: {on: unrounded, ties: dense, break_ties_by: [key, self]}
"""


def test_what_a_scheme_rarely_says_is_said_too():
    text = scheme_file("songyuan").read_text(encoding="utf-8")
    text = text.replace("    full_marks: 100\n    rounding", ODD.strip("\n") + "\n    full_marks: 100\n    rounding", 1)
    text = text.replace("leaf: 2, node: 2", "leaf: none, node: 2").replace(
        "    highest_only: true", "    highest_only: false"
    )
    scheme = read_scheme(text.replace("series: {national: 全国平均}", ""), "odd.yaml")
    outcome = Outcome(scheme.evaluations[0], Facts({}), ())
    rows = dict(scheme_rows(scheme, outcome, "zh-hans"))
    assert rows["小数位数"].startswith("四舍五入：末级指标 不取舍、上级指标 2 位小数")
    assert rows["缺数据"] == "计 0 分"
    assert (
        rows["排名"] == "按未取舍的总分；同分的依次比：重点工作目标、自我评估；同分并列，后面的名次不空（1、2、2、3）"
    )
    assert (rows["总分上限"], rows["总分下限"]) == ("110 分", "满分的 0%")
    assert "同一事项可以重复计" in rows["加分"]


FAIR = """\
    bonus:
      highest_only: true
      standards: [{code: fair, name: 现场会, levels: {省级: 2}, only_if: [{node: key, at_least: 80%}]}]
"""
SHARED_OUT = """\
    use:
      - {code: a, name: 按目标, distribute: {pool: a, by: {node: key}, times: headcount}}
      - {code: b, name: 按加分, distribute: {pool: b, by: bonus}}
"""


def test_other_ways_of_rounding_and_sharing_out_are_said():
    text = scheme_file("songyuan").read_text(encoding="utf-8")
    text = text.replace("leaf: 2, node: 2", "leaf: {places: 2, way: down}, node: 2").replace(
        "total: 2}", "total: {places: 1, way: up}}", 1
    )
    start, end = text.index("    bonus:\n"), text.index("    grades:\n")
    text = (text[:start] + FAIR + text[end:]).replace("    use:\n", SHARED_OUT)
    scheme = read_scheme(text, "odd.yaml")
    rows = scheme_rows(scheme, Outcome(scheme.evaluations[0], Facts({}), ()), "zh-hans")
    said = dict(rows)
    assert said["小数位数"] == (
        "末级指标 2 位小数（只舍不入）、上级指标 2 位小数（四舍五入）、测评 2 位小数（四舍五入）、"
        "总分 1 位小数（只入不舍）"
    )
    assert said["排名"].startswith("按尾数进一后的总分")
    assert said["　现场会"] == "省级 2 分；条件：“重点工作目标”达到满分的 80%"
    uses = [value for title, value in rows if title == "结果运用"]
    assert uses[0] == "按目标：奖金总额“a”按“重点工作目标”得分 × 人数分到单位，最大余数法取到分"
    assert uses[1].startswith("按加分：奖金总额“b”按加分分到单位")


YIYANG = {
    "优秀：总分达到 90 分；名额为每类单位数的 30%，四舍五入，至少 1 个，末位并列的都算",
    "不合格：其余",
    "进步奖励：名次比上年上升最多的 1 名：给予进步奖励",
}


def test_grades_with_a_quota_and_uses_are_said():
    said = {value for _, value in cells("yiyang-2018", "zh-hans")}
    assert said >= YIYANG
    assert any(value.startswith("评先评优指标：每类前 30%（") and "其余：15%" in value for value in said)


def test_a_veto_is_said():
    [move] = [value for title, value in cells("songyuan", "zh-hans") if title == "等次调整"]
    assert move.startswith(
        "降低一个等次，由有权机关决定：班子成员或公务员违法犯罪、严重违纪被查处；单位工作发生重大失误"
    )
