"""Every mistake that the checks know, planted one by one: it is told once, at its line, with its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.language.read import read_scheme
from engine.text import Problem, Problems
from tests.engine.language import planted
from tests.engine.language.planted import BASE, Planted

SONGYUAN = Path(__file__).resolve().parents[3] / "schemes" / "songyuan.yaml"


def problems(text: str) -> list[Problem]:
    try:
        read_scheme(text, "s.yaml")
    except Problems as found:
        return found.found
    return []


def each(rows: Sequence[Planted]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows, ids=[row.what for row in rows])


def told_once_at_its_line(row: Planted) -> None:
    found = problems(row.text)
    assert len(found) == 1, "\n".join(problem.to("zh-hans") for problem in found)
    [problem] = found
    assert [part for part in row.says if part not in problem.what.zh] == [], problem.to("zh-hans")
    assert problem.place.row == row.line, problem.to("zh-hans")


def test_base_scheme_is_right():
    assert problems(BASE) == []


@each(planted.GRAMMAR)
def test_grammar(row):
    told_once_at_its_line(row)


@each(planted.NUMBERS)
def test_r5_number(row):
    told_once_at_its_line(row)


@each(planted.WEIGHTS)
def test_r3_weights(row):
    told_once_at_its_line(row)


def weights_of_songyuan() -> list[tuple[int, str]]:
    """Every weight of the shipped scheme, one after the other 0.01 larger: its line, the changed text."""
    text = SONGYUAN.read_text(encoding="utf-8")
    found = list(re.finditer(r"weight: (\d+)", text))
    return [(text.count("\n", 0, one.start()) + 1, f"{text[: one.end()]}.01{text[one.end() :]}") for one in found]


@pytest.mark.parametrize(
    ("line", "text"), weights_of_songyuan(), ids=lambda value: value if isinstance(value, int) else ""
)
def test_r3_every_weight_of_a_shipped_scheme(line, text):
    first, *_ = problems(text)
    assert re.search(r"下级指标的权重合计 \d+(\.\d\d)?，应为 \d+", first.what.zh), first
    assert ".01" in first.what.zh
    assert first.place.row < line


@each(planted.MARKS)
def test_marks(row):
    told_once_at_its_line(row)


@each(planted.COLLECTING)
def test_collecting(row):
    told_once_at_its_line(row)


@each(planted.BODIES)
def test_bodies(row):
    told_once_at_its_line(row)


@each(planted.COMPARING)
def test_comparing(row):
    told_once_at_its_line(row)


AMONG = "                        among: {group: remote}\n"
GROUPED = BASE.replace(
    "    sets:\n", "    groups:\n      remote: {name: 边远, categories: [%s]}\n    sets:\n", 1
).replace(planted.SET_ROW, planted.SET_ROW + AMONG, 1)


@pytest.mark.parametrize(
    ("categories", "said"),
    [
        ("district, office", None),
        ("districts, district, office", "没有类别“districts”；是不是“district”？"),
        ("district, office, district", "类别“district”写了两次"),
        ("office", "分组“边远”的类别都不在“县区”里，这里没有可比较的单位"),
    ],
)
def test_group_of_categories(categories, said):
    scheme = GROUPED.replace("[%s]", f"[{categories}]")
    found = [problem.what.zh for problem in problems(scheme)]
    assert [one for one in found if said and said in one] == found[:1] if said else found == []


@each(planted.RULES)
def test_rules(row):
    told_once_at_its_line(row)


@each(planted.WHOLE)
def test_whole_evaluation(row):
    told_once_at_its_line(row)


@each(planted.PANELS)
def test_panels(row):
    told_once_at_its_line(row)


@each(planted.GRADING)
def test_r4_grades(row):
    told_once_at_its_line(row)


@each(planted.TIMETABLE)
def test_timetable(row):
    told_once_at_its_line(row)


@pytest.mark.parametrize(
    "right",
    [
        "opens: 01-15, days: 1, count: calendar}",
        "opens: 01-15, days: 240, count: working}",
        "opens: 12-31, closes: 12-31}",
        "opens: 12-31, closes: next 01-01}",
        "opens: 01-15, closes: next 01-14}",
        "opens: next 02-28, closes: next 03-01}",
        "days: 3, count: calendar}",
    ],
)
def test_window_that_may_be_planned(right):
    assert problems(BASE.replace(planted.NAMING, right)) == []


def test_all_that_is_wrong_with_a_timetable_is_told_at_once():
    text = BASE.replace(planted.NAMING, "opens: 02-29, days: 0}").replace(planted.ASSESSING, "closes: next 03-31}")
    text = text.replace(planted.PUBLIC, "phase: publicity, days: 5}")
    first = BASE.splitlines().index("    timetable:") + 2
    found = [(problem.place.row - first, problem.what.zh.split("”")[0]) for problem in problems(text)]
    assert found == [(0, "“opens"), (0, "“days"), (1, "“self_assessment"), (2, "“publicity")]


@each(planted.CONDITIONS)
def test_conditions(row):
    told_once_at_its_line(row)
