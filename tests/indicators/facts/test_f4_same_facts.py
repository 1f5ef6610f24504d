"""F4: a workbook and a folder, Chinese titles, English titles and keys: the same facts give the same result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.facts import Facts
from engine.score import score
from indicators.facts import load_facts
from indicators.facts.sheets import SHEETS, Column, Sheet
from scoring.outputs.document import as_document
from tests.sample import SCHEMES, as_workbook, plan_of, read_rows, scheme_of, write_rows

WORDS = {"不涉及": "n/a", "未抽中": "not drawn", "无": "none", "是": "yes", "否": "no"}


def result(path: Path, scheme: str) -> tuple[dict[str, Any], Facts]:
    facts, notes = load_facts(path, plan_of(scheme))
    assert notes == []
    return as_document(scheme_of(scheme), score(plan_of(scheme), facts, trace=True)), facts


@pytest.fixture(scope="module")
def expected(city: Path) -> dict[str, tuple[dict[str, Any], Facts]]:
    return {scheme: result(city / scheme, scheme) for scheme in SCHEMES}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_f4_a_workbook_gives_what_the_folder_gives(tmp_path: Path, city: Path, expected: Any, scheme: str):
    found = result(as_workbook(city / scheme, tmp_path / "facts.xlsx"), scheme)
    assert found[0] == expected[scheme][0]
    assert found[1].sources == expected[scheme][1].sources
    assert found[1].last_results == expected[scheme][1].last_results


def english_title(one: Sheet | Column) -> str:
    return one.title.en


def key(one: Sheet | Column) -> str:
    return one.key


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", [english_title, key])
def test_f4_english_titles_keys_and_words_are_understood(
    tmp_path: Path, city: Path, expected: Any, scheme: str, name: Any
):
    for sheet in SHEETS:
        file = city / scheme / f"{sheet.title.zh}.csv"
        if not file.exists():
            continue
        titles = {column.title.zh: name(column) for column in sheet.columns}
        rows = [{titles[title]: WORDS.get(cell, cell) for title, cell in row.items()} for row in read_rows(file)]
        write_rows(tmp_path / f"{name(sheet)}.csv", rows)
    assert len(list(tmp_path.iterdir())) == len(list((city / scheme).iterdir()))
    found = result(tmp_path, scheme)
    assert found[0] == expected[scheme][0]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_f4_columns_for_people_and_blank_rows_change_nothing(tmp_path: Path, city: Path, expected: Any, scheme: str):
    for file in (city / scheme).glob("*.csv"):
        rows = read_rows(file)
        more = [{"单位名称": "", "计量单位": "随便写", **row} if file.stem == "采集数据" else row for row in rows]
        blank = dict.fromkeys(more[0], "")
        write_rows(tmp_path / file.name, [*more[:3], blank, blank, *more[3:], blank])
    assert result(tmp_path, scheme)[0] == expected[scheme][0]


def test_f4_a_standard_and_a_category_may_be_named_by_code(tmp_path: Path, city: Path, expected: Any):
    plan = plan_of("songyuan")
    assert plan.written.bonus
    codes = {standard.name: standard.code for standard in plan.written.bonus.standards}
    codes |= {title: code for one in plan.sets for code, title in one.categories.items()}
    for file in (city / "songyuan").glob("*.csv"):
        rows = [
            {title: codes.get(cell, cell) if title in ("加分项", "类别") else cell for title, cell in row.items()}
            for row in read_rows(file)
        ]
        write_rows(tmp_path / file.name, rows)
    assert result(tmp_path, "songyuan")[0] == expected["songyuan"][0]
