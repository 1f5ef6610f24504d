"""F2: of a formula the stored value is read, it is never run, and that is said."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from indicators.tables import read_tables
from tests.indicators.tables.workbooks import HEADER, only_table, pack, parts_of, refused, sheet


def test_f2_the_stored_value_is_read_even_where_it_is_not_the_result(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("数据")
        page.write_row(0, 0, ["值", "字", "空"])
        for row in range(1, 8):
            page.write_formula(row, 0, "=1+1", value=5)
        page.write_formula(1, 1, '="a"&"b"', value="ab")
    tables = read_tables(path)
    table = only_table(tables)
    assert table.rows[0] == (Decimal(5), "ab", None)
    [note] = tables.notes
    assert note.to("zh") == (
        "a.xlsx[数据]: 有 8 个公式单元格（A2、B2、A3、A4、A5……）：读取的是文件中保存的值，没有运行公式。"
    )
    assert note.to("en") == (
        "a.xlsx[数据]: 8 formula cells (A2, B2, A3, A4, A5 …): "
        "their stored values were read, the formulas were not run."
    )


def test_f2_a_dangerous_formula_is_only_its_value(tmp_path: Path) -> None:
    formula = '<c r="A2" t="str"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>x</v></c>'
    tables = read_tables(pack(tmp_path / "a.xlsx", parts_of(sheet(f'{HEADER}<row r="2">{formula}</row>'))))
    assert only_table(tables).rows == [("x", None)]


def test_f2_formula_without_stored_value(tmp_path: Path) -> None:
    """As openpyxl and other libraries write it, which do not calculate."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "数据"
    page.append(["单位", "值"])
    page.append(["甲", "=1+1"])
    book.save(path)
    [problem] = refused(path)
    assert problem.to("en").startswith("a.xlsx[数据]!B2: The cell has a formula but no stored result.")


@pytest.mark.parametrize("value", ["<v></v>", "<v/>", ""])
def test_f2_empty_value_of_a_number_formula(tmp_path: Path, value: str) -> None:
    cell = f'<c r="B2"><f>1+1</f>{value}</c>'
    assert refused(pack(tmp_path / "a.xlsx", parts_of(sheet(f'{HEADER}<row r="2">{cell}</row>'))))


def test_f2_formula_whose_result_is_empty_text(tmp_path: Path) -> None:
    cell = '<c r="A2"><v>1</v></c><c r="B2" t="str"><f>IF(A2&gt;0,"",1)</f><v></v></c>'
    tables = read_tables(pack(tmp_path / "a.xlsx", parts_of(sheet(f'{HEADER}<row r="2">{cell}</row>'))))
    assert only_table(tables).rows == [(Decimal(1), None)]


def test_f2_a_shared_formula_that_claims_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    cell = '<c r="B2"><f t="shared" ref="A1:XFD1048576" si="4000000000">1+1</f><v>2</v></c>'
    tables = read_tables(pack(tmp_path / "a.xlsx", parts_of(sheet(f'{HEADER}<row r="2">{cell}</row>'))))
    assert only_table(tables).rows == [(None, Decimal(2))]


def test_f2_no_note_without_formulas(tmp_path: Path) -> None:
    assert read_tables(pack(tmp_path / "a.xlsx", parts_of(sheet(HEADER)))).notes == []


def test_f2_text_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "数据.csv").write_text("a,b\n=1+1,@x\n", encoding="utf-8")
    assert only_table(read_tables(folder)).rows == [("=1+1", "@x")]
