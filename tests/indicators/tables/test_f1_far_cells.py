"""F1: a cell far away makes the parser reserve memory for everything between; however its position is written."""

from __future__ import annotations

import random
from pathlib import Path
from xml.parsers import expat

import pytest
import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from indicators.tables import read_tables
from indicators.tables.xlsx_sheet_safety import Survey, is_plain, position_of, survey
from tests.indicators.tables.workbooks import HEADER, cost_of, only_table, pack, parts_of, refused, said, sheet

FAR = {
    "usual": '<row r="2"><c r="AB2"><v>1</v></c></row>',
    "row": '<row r="200001"><c r="A200001"><v>1</v></c></row>',
    "lower case": '<row r="2"><c r="ab2"><v>1</v></c></row>',
    "single quotes": "<row r='2'><c r='AB2'><v>1</v></c></row>",
    "spaces": '<row r="2"><c  r = "AB2" ><v>1</v></c></row>',
    "newline": '<row r="2"><c\n\tr="AB2"><v>1</v></c></row>',
    "other attributes first": '<row r="2"><c s="0" r="AB2"><v>1</v></c></row>',
    "prefix": '<row r="2"><x:c xmlns:x="u" r="AB2"><x:v>1</x:v></x:c></row>',
    "prefixed row": '<x:row xmlns:x="u" r="300000"><c><v>1</v></c></x:row>',
    "no position in the cell": '<row r="300000"><c><v>1</v></c></row>',
    "no position at all": '<row r="200000"/><row/><row><c><v>1</v></c></row>',
    "counted columns": '<row r="2"><c r="Y2"/>' + "<c/>" * 3 + "<c><v>1</v></c></row>",
    "misleading neighbour": '<row r="300000"><c r="A1"><v>1</v></c><c><v>1</v></c></row>',
    "nested row": '<row r="2"><row r="300000"><c><v>1</v></c></row></row>',
    "not in a row": '<c r="AB2"><v>1</v></c>',
    "text": '<row r="2"><c r="AB2" t="inlineStr"><is><t>x</t></is></c></row>',
    "position given twice": '<row r="2"><c r="A2" r="AB2"><v>1</v></c></row>',
    "leading zeros": '<row r="2"><c r="AB0000000002"><v>1</v></c></row>',
    "overflow": '<row r="2"><c r="AAAAAAA2"><v>1</v></c></row>',
    "row number overflow": '<row r="99999999"><c><v>1</v></c></row>',
}


@pytest.mark.parametrize("label", FAR)
def test_f1_far_cell_that_the_parser_would_follow(tmp_path: Path, label: str) -> None:
    path = pack(tmp_path / "a.xlsx", parts_of(sheet(FAR[label])))
    end = CalamineWorkbook.from_path(path).get_sheet_by_index(0).end
    assert end is not None, "the parser sees a cell"
    assert end[0] >= 200_000 or end[1] >= 26, "the parser sees it far away"
    assert refused(path)


@pytest.mark.parametrize(
    ("label", "cell"),
    [("usual", "AB2"), ("row", "A200001"), ("prefix", "AB2"), ("counted columns", "AC2"), ("nested row", "A300000")],
)
def test_f1_far_cell_is_named(tmp_path: Path, label: str, cell: str) -> None:
    [problem] = refused(pack(tmp_path / "facts.xlsx", parts_of(sheet(FAR[label]))))
    assert f"单元格 {cell} 有内容" in problem.to("zh")
    assert str(problem.place) == f"facts.xlsx[表1]!{cell}"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="&#65;&#66;2"><v>1</v></c></row>',
        '<row r="2"><!-- <c r="A2"> --><c r="AB2"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="str"><v><![CDATA[<c r="A2">]]></v></c><c r="AB2"><v>1</v></c></row>',
        '<row r="2"><?x <c r="A2"> ?><c r="AB2"><v>1</v></c></row>',
        '<row r="2"><c r="A2>',
        '<row r="2"><c r="2A"><v>1</v></c></row>',
        '<row r="-1"><c><v>1</v></c></row>',
        '<row r="１"><c><v>1</v></c></row>',
    ],
)
def test_f1_far_cell_hidden_in_odd_markup(tmp_path: Path, rows: str) -> None:
    assert refused(pack(tmp_path / "a.xlsx", parts_of(sheet(HEADER + rows))))


def test_f1_the_last_cell_of_excel_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("数据")
        page.write(0, 0, "单位")
        page.write(1_048_575, 16_383, 1)
    cost = cost_of(path)
    assert "a.xlsx[数据]!XFD1048576: Cell XFD1048576 holds something" in cost.said
    assert cost.seconds < 1
    assert cost.mebibytes < 100


def test_f1_far_cells_without_content_are_harmless(tmp_path: Path) -> None:
    """Formats reach far down and right in many honest files; the parser leaves such cells out."""
    far = '<row r="1048576" s="1"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"></c></row>'
    table = only_table(read_tables(pack(tmp_path / "a.xlsx", parts_of(sheet(HEADER + far)))))
    assert table.header == ("单位", "值")
    assert table.rows == []


def test_f1_a_dimension_that_lies_costs_nothing(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.xlsx", parts_of(sheet(HEADER, before='<dimension ref="A1:XFD1048576"/>')))
    cost = cost_of(path)
    assert cost.said == ""
    assert cost.mebibytes < 100


def test_f1_the_corner_of_the_limits_is_read(tmp_path: Path) -> None:
    title = "".join(f'<c r="{chr(65 + n)}1" t="str"><v>t{n}</v></c>' for n in range(26))
    rows = f'<row r="1">{title}</row><row r="200000"><c r="Z200000"><v>7</v></c></row>'
    table = only_table(read_tables(pack(tmp_path / "a.xlsx", parts_of(sheet(rows)))))
    assert table.rows == [(None,) * 25 + (7,)]
    assert str(table.place(0, 25)) == "a.xlsx[表1]!Z200000"


def test_f1_other_sheets_are_still_looked_at(tmp_path: Path) -> None:
    twice = '<row r="1"><c r="A1" t="str"><v>x</v></c><c r="B1" t="str"><v>x</v></c></row>'
    lines = said(pack(tmp_path / "a.xlsx", parts_of(sheet(FAR["usual"]), sheet(twice)))).splitlines()
    assert [line.split(": ")[0] for line in lines] == ["a.xlsx[表1]!AB2", "a.xlsx[表2]!B1"]


PIECES = [
    '<c r="A1">',
    '<c r="Z9"/>',
    '<c r="AA1">',
    '<c r="B2" s="1" t="s">',
    "<c>",
    "<c ",
    "</c>",
    "<v>1</v>",
    "<v>",
    "</v>",
    '<row r="3">',
    "<row>",
    "</row>",
    '<row r="3" hidden="1">',
    '<row r="250000">',
    "<f>1</f>",
    "<x:c>",
    "</x:c>",
    ' r="C3"',
    '<c r="A200000"><v>1</v></c>',
    '<c r="A200001"><v>1</v></c>',
    '<c r="A1" t="e"><v>#N/A</v></c>',
    '<mergeCell ref="A1:B1"/>',
    '<c r="A1"><v>1</v></c>',
    '<row r="2"><c r="A2"><v>1</v></c></row>',
    " ",
    ">",
    '<c\nr="D4">',
    "<c\tr='AD4'><v>1</v></c>",
]


def test_f1_quick_look_never_passes_what_the_exact_look_finds() -> None:
    """Random sheets: when `is_plain` passes a well-formed one, the survey finds nothing, and the parser stays near."""
    chance = random.Random(7)
    passed = 0
    for _ in range(30_000):
        body = sheet("".join(chance.choices(PIECES, k=chance.randint(1, 6)))).encode()
        try:
            found = survey(body)
        except expat.ExpatError:
            continue
        if is_plain(body):
            passed += 1
            assert found == Survey(cells=found.cells)
    assert passed > 100


def test_f1_parser_reaches_no_further_than_the_survey_says(tmp_path: Path) -> None:
    """Random sheets against the parser itself: whatever it puts far away, the survey has called unsafe."""
    chance = random.Random(11)
    far = 0
    for _ in range(1_500):
        body = sheet("".join(chance.choices(PIECES, k=chance.randint(1, 6)))).encode()
        path = pack(tmp_path / "a.xlsx", parts_of(body))
        try:
            end = CalamineWorkbook.from_path(path).get_sheet_by_index(0).end or (0, 0)
        except CalamineError:
            continue
        if end[0] >= 200_000 or end[1] >= 26:
            far += 1
            assert not is_plain(body)
            assert refused(path)
    assert far > 20


@pytest.mark.parametrize(
    ("reference", "position"),
    [("A1", (1, 0)), ("z26", (26, 25)), ("AA1", (1, 26)), ("XFD1048576", (1_048_576, 16_383))],
)
def test_position_of_a_reference(reference: str, position: tuple[int, int]) -> None:
    assert position_of(reference) == position


@pytest.mark.parametrize("text", ["", "A", "1", "A0", "1A", "$A$1", "A1:B2", "Ａ1", "A１", "A1 "])
def test_position_of_no_reference(text: str) -> None:
    assert position_of(text) is None
