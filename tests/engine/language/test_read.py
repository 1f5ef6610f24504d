"""A whole file: everything wrong with it at once, each thing once, nothing that only follows from it."""

# ruff: noqa: E501  (one row of a table is one line)
from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from engine.language.read import read_scheme
from engine.text import Problem, Problems
from tests.engine.grammar.test_source import BROKEN
from tests.engine.language import planted
from tests.engine.language.planted import BASE, COLLECTORS, GRADES, JUDGED, ROUNDING, STEPS

SCHEMES = sorted((Path(__file__).parents[3] / "schemes").glob("*.yaml"))
ALL = [
    *planted.GRAMMAR,
    *planted.NUMBERS,
    *planted.WEIGHTS,
    *planted.MARKS,
    *planted.COLLECTING,
    *planted.BODIES,
    *planted.RULES,
    *planted.WHOLE,
    *planted.GRADING,
    *planted.TIMETABLE,
]
TEXTS = [*(row.text for row in ALL), *(row[1] for row in BROKEN), "- a\n", "a\n", "a: 1\n"]

# (in place of, written, the line that has this, is told as) — grammar and meaning, all in one file
MANY = [
    ("title: 示例方案\n", "title: 示例方案\ntitle: 另一个\n", "title: 另一个", "“title”写了两次（第 3 行已有）"),
    ("    not_applicable:", "    not_aplicable:", "not_aplicable", "是不是“not_applicable”？"),
    ("panel: 2, ", "", "rounding:", "缺少“panel”"),
    ("      - 督查室\n", "      - 督查室\n      - 审计局\n", "审计局", "采集单位“审计局”没有要采集的指标"),
    ("office: 机关类", "office: 县级", "office: 县级", "有两个类别都叫“县级”"),
    ("base: 15", "base: 1e400", "1e400", "“base”写成了“1e400”"),
    ("count: proportional", "count: whole", "count: whole", "“count”写成了“whole”"),
    ("code: revenue", "code: output", "code: output", "代码“output”重复"),
    ("              income: {name: 收入, measure: 万元}", "              income: {name: 收入, measure: 12}", "measure: 12", "“measure”应是文字"),
    ("share: 40%", "share: 40.01%", "parts:", "各部分合计 100.01%"),
    ("                        overlap: from_above\n", "", "last:", "会重叠；请写 overlap"),
    (JUDGED, "            by: self\n            rule: guessed\n", "guessed", "没有叫“guessed”的计分方法"),
    ("weight: 60", "weight: 60.01", "民主测评", "权重合计 100.01，应为 100"),
    ("较好: 80", "较好: 12,3", "较好", "“较好”写成了“12,3”"),
    ("points: [100, 90, 80]", "points: [100, 80, 90]", "points: [100", "名次分值应由高到低写"),
    ("国家级: 3", "国家级: 6", "国家级: 6", "超过本项上限（at_most）4 分"),
    ("below: 80", "below: 79", "below: 79", "中间有空档；below 应为 80"),
    ("effect: down_one", "effect: top", "effect: top", "“effect”写成了“top”"),
    ("          较差: 14%", "          极差: 14%", "极差", "没有等次“极差”"),
    ("last: 2\n", "last: 80%\n            rounding: down\n", "by_rank", "各段合计 110%，超过 100%"),
    ("      - code: progress\n", "      - code: 进步\n", "code: 进步", "“code”写成了“进步”"),
]  # fmt: skip


def problems(text: str) -> list[Problem]:
    try:
        read_scheme(text, "s.yaml")
    except Problems as found:
        return found.found
    return []


def told(text: str) -> list[str]:
    return [problem.to("zh-hans") for problem in problems(text)]


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.name)
def test_shipped_schemes_are_right(path):
    assert told(path.read_text(encoding="utf-8")) == []


def test_all_problems_are_told_at_once_each_once_in_the_order_of_the_file():
    text = BASE
    for old, new, _, _ in MANY:
        assert old in text, old
        text = text.replace(old, new, 1)
    found = told(text)
    assert [says for *_, says in MANY if sum(says in line for line in found) != 1] == [], "\n".join(found)
    assert len(found) == len(MANY), "\n".join(found)
    rows = [problem.place.row for problem in problems(text)]
    assert rows == sorted(rows)
    lines = text.splitlines()
    for row, line in zip(rows, found, strict=True):
        [at] = [at for _, _, at, says in MANY if says in line]
        assert any(at in near for near in lines[row - 3 : row]), line


NO_CONSEQUENCES = [
    ("unreadable full marks", "full_marks: 60\n", "full_marks: 12,3\n"),
    ("unreadable full marks of a child", "name: 财政收入\n            full_marks: 20", "name: 财政收入\n            full_marks: 2O"),
    ("unreadable full marks of everything", "full_marks: 100\n    rounding", "full_marks: 百\n    rounding"),
    ("unreadable weight", "weight: 60", "weight: 六十"),
    ("unreadable weight by category", "weight: 60", "weight: {county: 60, district: 6O, office: 60}"),
    ("unreadable collector", "        collector: 统计局\n", "        collector: [统计局]\n"),
    ("unreadable list of collectors", COLLECTORS, "    collectors: 统计局、财政局、督查室\n"),
    ("collectors misspelt", "    collectors:\n", "    colectors:\n"),
    ("sets misspelt", "    sets:\n", "    set:\n"),
    ("indicators misspelt", "    indicators:\n      - code: economy", "    indicator:\n      - code: economy"),
    ("indicators of a node misspelt", "        indicators:\n          - code: output", "        indicator:\n          - code: output"),
    ("rule misspelt", "            rule:\n              base_steps", "            rules:\n              base_steps"),
    ("unknown rule", STEPS, "              base_step: {}\n"),
    ("panel misspelt", "            panel:\n              voters: 市领导", "            pannel:\n              voters: 市领导"),
    ("method misspelt", "              method:\n                tiers", "              methods:\n                tiers"),
    ("by misspelt", "            by: self\n", "            by: selfs\n"),
    ("for misspelt", "        for:\n          counties:\n            by", "        four:\n          counties:\n            by"),
    ("set misspelt in for", "          departments:\n            collector", "          departmnts:\n            collector"),
    ("unreadable set in for", "          counties:\n            by: self\n            rule: judged\n", "          counties: judged\n"),
    ("facts misspelt", "            facts:\n", "            fatcs:\n"),
    ("unreadable fact", "{name: 税收, measure: 万元}", "{nam: 税收, measure: 万元}"),
    ("series misspelt", "    series:\n", "    serie:\n"),
    ("grades misspelt", "    grades:\n", "    grade:\n"),
    ("unreadable line of a grade", "from: 90", "from: 9O"),
    ("unreadable last grade", "      - name: 较差\n", "      - 较差\n"),
    ("unreadable name of a grade", "      - name: 较差\n", "      - name: [较差]\n"),
    ("unreadable quota", "quota: {share: 30%, rounding: half_up, ties: all_in}", "quota: 30%"),
    ("missing part of a quota", "quota: {share: 30%, rounding: half_up, ties: all_in}", "quota: {share: 30%, ties: all_in}"),
    ("unreadable code", "code: economy", "code: 经济"),
    ("unreadable item among indicators", "          - code: revenue\n", "          - 财政收入\n          - code: revenue\n"),
    ("missing name and code of a grade", "      - name: 一般\n        from: 60\n        below: 80\n", "      - {from: 60, below: 80}\n"),
    ("unreadable way of a use", "        by_rise:\n          first: 1\n          gives: 奖励\n", "        by_rise: 1\n"),
    ("unreadable band", "          - first: 30%\n", "          - first: 三成\n"),
    ("unreadable threshold", "{from: 90%, points: 20}", "{from: 9O%, points: 20}"),
    ("missing rounding", ROUNDING, ""),
    ("unreadable rounding point", "leaf: 2,", "leaf: two,"),
    ("missing code", "      - code: work\n        name", "      - name"),
    ("unreadable bonus cap", "      at_most: 5\n", "      at_most: 五\n"),
    ("tag on a value", "collector: 财政局", "collector: !who 财政局"),
    ("lost list of grades", GRADES, "    grades: 优秀、良好、一般、较差\n"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in NO_CONSEQUENCES], ids=[row[0] for row in NO_CONSEQUENCES])
def test_a_mistake_is_told_without_its_consequences(old, new):
    assert old in BASE
    found = told(BASE.replace(old, new, 1))
    assert len(found) == 1, "\n".join(found)


STILL_CHECKED = [row for row in NO_CONSEQUENCES if row[0] != "sets misspelt"]  # without sets there is no tree to check


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in STILL_CHECKED], ids=[row[0] for row in STILL_CHECKED])
def test_a_mistake_of_grammar_does_not_hide_other_mistakes(old, new):
    text = BASE.replace(old, new, 1)
    text = text.replace("国家级: 3", "国家级: 4.5", 1)
    assert sum("超过本项上限" in line for line in told(text)) == 1


CHINESE = re.compile(r"[\u4e00-\u9fff]")
CHINESE_MARKS = re.compile(r"[，。；：、“”（）《》？！]")


@pytest.fixture(scope="module")
def everything() -> list[tuple[str, list[Problem]]]:
    """Every text of these tests, and what is told of it."""
    return [(text, problems(text)) for text in TEXTS]


def test_every_message_is_complete_in_both_languages(everything):
    seen = {problem.what for _, found in everything for problem in found}
    assert len(seen) > 150
    for what in seen:
        assert CHINESE.search(what.zh), what
        assert re.search("[a-z]{3}", what.en), what
        assert not CHINESE_MARKS.search(what.en), what
        assert what.zh != what.en
        assert not re.search(r"\{[a-z_]*\}", what.zh + what.en), what
        assert what.zh == what.zh.strip()
        assert what.en == what.en.strip()
        assert not re.search(r"[，。；：]{2}|None|Decimal|Fraction|\[key\]|“”|‘’", what.zh), what


def test_places_are_lines_of_the_file(everything):
    for text, found in everything:
        assert all(1 <= problem.place.row <= text.count("\n") + 1 for problem in found)


def test_hash_is_that_of_the_text():
    scheme = read_scheme(BASE, "s.yaml")
    assert scheme.sha256 == sha256(BASE.encode()).hexdigest()
    assert read_scheme(BASE + "# \n", "s.yaml").sha256 != scheme.sha256
    assert (scheme.code, scheme.title, scheme.source) == ("base", "示例方案", "示例文件")


def test_the_same_file_has_the_same_problems_every_time():
    text = BASE.replace("code: economy", "code: 经济").replace("weight: 60", "weight: 61")
    assert told(text) == told(text)


@pytest.mark.parametrize("length", [0, 1, 7, 40, 200, 333, 1000, 1800, 2500, 3300])
def test_a_file_cut_anywhere_never_crashes(length):
    problems(BASE[:length])
    problems(BASE[length:])


def test_a_line_may_be_left_out_without_a_crash():
    lines = BASE.splitlines(keepends=True)
    for number in range(0, len(lines), 2):
        assert isinstance(problems("".join(lines[:number] + lines[number + 1 :])), list)


@pytest.mark.parametrize("value", ["", "[]", "{x: y}", "-1", "1e400", "[x, 999999999999]", "'{0} {x}'"])
def test_every_value_may_be_anything_without_a_crash(value):
    lines = BASE.splitlines()
    for number in range(len(value) % 3, len(lines), 3):
        key, colon, rest = lines[number].partition(": ")
        if colon and rest:
            changed = [*lines[:number], f"{key}: {value}", *lines[number + 1 :]]
            assert isinstance(problems("\n".join(changed)), list)
