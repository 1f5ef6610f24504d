"""Judged points below full marks come with their reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.indicators.facts.workshop import OWN, READINGS, folder, load, problems


def readings(*rows: str, header: str = READINGS) -> dict[str, str]:
    return {"采集数据": "\n".join([header, *rows])}


@pytest.mark.parametrize("row", ["C01,organised,,19.5,材料不齐,", "C01,organised,,20,,", "C01,organised,,不涉及,,"])
def test_a_reason_is_asked_only_below_full_marks(tmp_path: Path, row: str):
    load(folder(tmp_path / "facts", readings(row)))


def test_points_below_full_marks_without_a_reason_are_refused_at_its_cell(tmp_path: Path):
    found = problems(folder(tmp_path / "facts", readings("C01,organised,,19.99,,", "C02,organised,,0,,1 号")))
    assert [(problem.place.row, problem.place.column) for problem in found] == [(2, "E"), (3, "E")]
    assert found[0].what.zh == "评分 19.99 低于满分 20，要在“失分原因”里写明为什么"


def test_a_sheet_without_the_column_is_told_at_the_points(tmp_path: Path):
    sheet = readings("C01,organised,,19", header="单位代码,指标代码,数据项,数值")
    [found] = problems(folder(tmp_path / "facts", sheet))
    assert (found.place.row, found.place.column) == (2, "D")


def test_a_reason_that_cannot_be_read_is_told_once(tmp_path: Path):
    [found] = problems(folder(tmp_path / "facts", readings("C01,organised,,19, 慢,")))
    assert "前后有空格" in found.what.zh


def test_an_own_indicator_is_held_against_its_own_marks(tmp_path: Path):
    own = f"{OWN}\nC01,key,1,放管服,40,\nC01,key,2,营商环境,50,"
    sheets = {"自定指标": own, **readings("C01,key/1,,40,,", "C01,key/2,,40,,")}
    [found] = problems(folder(tmp_path / "facts", sheets))
    assert (found.place.row, found.what.zh) == (3, "评分 40 低于满分 50，要在“失分原因”里写明为什么")


def test_what_is_counted_needs_no_reason(tmp_path: Path):
    load(folder(tmp_path / "facts", readings("C01,discipline,warned,3,,")))
