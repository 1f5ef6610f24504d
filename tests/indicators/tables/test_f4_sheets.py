"""F4: what is wrong in a sheet is said with sheet, row and column, everything at once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from indicators.tables import Table, read_tables
from indicators.tables.xlsx_sheet_safety import is_plain
from tests.indicators.tables.workbooks import HEADER, only_table, pack, parts_of, refused, sheet

MIDNIGHT = datetime.fromisoformat("2024-05-06T00:00")
HALF_PAST_TEN = datetime.fromisoformat("2024-05-06T10:30")


def book_of(path: Path, rows: list[list[Any]], **options: Any) -> Path:
    """A workbook with one sheet called 数据; None leaves a cell alone."""
    with xlsxwriter.Workbook(path, options) as book:
        page = book.add_worksheet("数据")
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(number, column, value, day)
                elif value is not None:
                    page.write(number, column, value)
    return path


def read(path: Path) -> Table:
    return only_table(read_tables(path))


def places(path: Path) -> list[str]:
    return [str(problem.place) for problem in refused(path)]


def test_f4_cells_arrive_as_they_are(tmp_path: Path) -> None:
    header = ["整数", "小数", "文字", "布尔", "日期", "时刻"]
    row = [7, 1.1 * 3, " １２ ", True, MIDNIGHT, HALF_PAST_TEN]
    table = read(book_of(tmp_path / "a.xlsx", [header, row]))
    assert table.header == tuple(header)
    assert table.rows == [(Decimal(7), Decimal("3.3"), " １２ ", True, date(2024, 5, 6), HALF_PAST_TEN)]
    assert type(table.rows[0][4]) is date


def test_f4_dates_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    path = book_of(tmp_path / "a.xlsx", [["日期"], [MIDNIGHT]], date_1904=True)
    assert read(path).rows == [(date(2024, 5, 6),)]


def test_f4_dates_as_chinese_excel_formats_them(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    formats = ['yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@", '[DBNum1][$-804]yyyy"年"m"月";@']
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("数据")
        page.write_row(0, 0, ["一", "二", "三"])
        for column, code in enumerate(formats):
            page.write_number(1, column, 45418, book.add_format({"num_format": code}))
    assert read(path).rows == [(date(2024, 5, 6),) * 3]


def test_f4_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("数据")
        page.write_row(0, 0, ["a", "b", "c"])
        page.merge_range("B2:C3", "x")
        page.merge_range("A9:A10", "y")
    first, second = refused(path)
    assert first.to("zh") == "a.xlsx[数据]!B2: B2:C3 是合并单元格。请取消合并，并在每个单元格中分别填写。"
    assert str(second.place) == "a.xlsx[数据]!A9"


def test_f4_merged_header(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("数据")
        page.merge_range("A1:B1", "2024")
        page.write_row(1, 0, ["甲", 1])
    assert places(path) == ["a.xlsx[数据]!A1", "a.xlsx[数据]!B1"]


def test_f4_hidden_rows_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("数据")
        for row in range(9):
            page.write_row(row, 0, [f"{row}a", f"{row}b", f"{row}c", f"{row}d"])
        for row in (2, 3, 4, 7, 500):
            page.set_row(row, None, None, {"hidden": True})
        page.set_column("B:C", None, None, {"hidden": True})
        page.set_column("H:XFD", None, None, {"hidden": True})
    rows, columns = refused(path)
    assert rows.to("zh").startswith("a.xlsx[数据]!3: 第 3–5、8 行有内容但被隐藏")
    assert columns.to("en").startswith("a.xlsx[数据]!B1: Columns B–C hold data but are hidden.")


def test_f4_rows_and_columns_hidden_beyond_the_data_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("数据")
        page.write_row(0, 0, ["a", "b"])
        page.set_column("C:XFD", None, None, {"hidden": True})
        page.set_default_row(hide_unused_rows=True)
    assert read(path).header == ("a", "b")


@pytest.mark.parametrize("state", ["hidden", "very_hidden"])
def test_f4_hidden_sheets(tmp_path: Path, state: str) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("数据").write(0, 0, "a")
        page = book.add_worksheet("旧数据")
        page.write(0, 0, "a")
        getattr(page, "hide" if state == "hidden" else state)()
    [problem] = refused(path)
    assert problem.to("zh").startswith("a.xlsx[旧数据]: 这张工作表是隐藏的")


def test_f4_error_cells_each_with_its_place(tmp_path: Path) -> None:
    names = ["#DIV/0!", "#REF!", "#N/A", "#SPILL!"]
    cells = "".join(f'<c r="B{row}" t="e"><v>{name}</v></c>' for row, name in enumerate(names, 2))
    found = refused(pack(tmp_path / "a.xlsx", parts_of(sheet(HEADER + f'<row r="2">{cells}</row>'))))
    assert [str(problem.place) for problem in found] == [f"a.xlsx[表1]!B{row}" for row in (2, 3, 4, 5)]
    assert [name for name, problem in zip(names, found, strict=True) if name in problem.to("zh")] == names


def test_f4_an_error_that_a_formula_left(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("数据")
        page.write(0, 0, "a")
        page.write_formula(1, 0, "=1/0", value="#DIV/0!")
    [problem] = refused(path)
    assert problem.to("en").startswith("a.xlsx[数据]!A2: The cell shows the error #DIV/0!.")


def test_f4_blank_rows_are_skipped_and_numbers_are_kept(tmp_path: Path) -> None:
    table = read(book_of(tmp_path / "a.xlsx", [["a", "b"], ["1", None], [], [None, ""], ["2", "3"], [], []]))
    assert table.rows == [("1", None), ("2", "3")]
    assert table.numbers == [2, 5]
    assert str(table.place(1, 1)) == "a.xlsx[数据]!B5"


def test_f4_spaces_and_full_width_digits_are_left_for_the_reader_of_cells(tmp_path: Path) -> None:
    table = read(book_of(tmp_path / "a.xlsx", [["a "], ["甲 "], ["　１２"], ["\t"]]))
    assert table.header == ("a ",)
    assert table.rows == [("甲 ",), ("　１２",), ("\t",)]


@pytest.mark.parametrize(
    ("rows", "cell", "words"),
    [
        ([[], [], ["a", "b"], ["1", "2"]], "1", "第一行内容在第 3 行"),
        ([["a", None, "c"], ["1"], ["1", "2", "3"]], "B1", "没有标题，但第 3 行有内容"),
        ([["a"], ["1", "2"]], "B1", "没有标题，但第 2 行有内容"),
        ([["a", " "], ["1", "2"]], "B1", "没有标题"),
        ([["a", "b", "a "], ["1", "2", "3"]], "C1", "标题“a”与 A 列重复"),
    ],
)
def test_f4_headers(tmp_path: Path, rows: list[list[Any]], cell: str, words: str) -> None:
    [problem] = refused(book_of(tmp_path / "a.xlsx", rows))
    assert str(problem.place) == f"a.xlsx[数据]!{cell}"
    assert words in problem.to("zh")


def test_f4_a_column_without_title_and_data_is_kept_inside_and_cut_at_the_end(tmp_path: Path) -> None:
    table = read(book_of(tmp_path / "a.xlsx", [[None, "b", "", "d", ""], [None, "1", None, "2"]]))
    assert table.header == ("", "b", "", "d")
    assert table.rows == [(None, "1", None, "2")]
    assert str(table.place(0, 3)) == "a.xlsx[数据]!D2"


def test_f4_titles_that_are_no_text(tmp_path: Path) -> None:
    table = read(book_of(tmp_path / "a.xlsx", [["单位", 2024, MIDNIGHT, True], ["甲", 1]]))
    assert table.header == ("单位", "2024", "2024-05-06", "TRUE")


@pytest.mark.parametrize(("value", "words"), [("NaN", "nan"), ("inf", "inf"), ("1e400", "inf"), ("-1e999", "-inf")])
def test_r5_no_number(tmp_path: Path, value: str, words: str) -> None:
    rows = f'{HEADER}<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>{value}</v></c></row>'
    [problem] = refused(pack(tmp_path / "a.xlsx", parts_of(sheet(rows))))
    assert str(problem.place) == "a.xlsx[表1]!B2"
    assert f"的值 {words} 不是有效的数" in problem.to("zh")


def test_f4_times_of_day(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("数据")
        page.write_row(0, 1, ["时间", "时长"])
        page.write_number(1, 1, 0.5, book.add_format({"num_format": "hh:mm"}))
        page.write_number(1, 2, 1.5, book.add_format({"num_format": "[h]:mm"}))
    assert places(path) == ["a.xlsx[数据]!B2", "a.xlsx[数据]!C2"]


def test_f4_empty_sheets_and_charts_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("空")
        page = book.add_worksheet("数据")
        page.write_column(0, 0, ["a", 1, 2])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=数据!$A$2:$A$3"})
        book.add_chartsheet("图").set_chart(chart)
        blank = book.add_worksheet("只有格式")
        blank.write_blank(5, 5, None, book.add_format({"bold": True}))
    assert [table.name for table in read_tables(path).tables] == ["数据"]


def test_f4_everything_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        one = book.add_worksheet("一")
        one.write_row(0, 0, ["a", "a"])
        one.merge_range("A5:B5", "x")
        one.set_row(1, None, None, {"hidden": True})
        one.write(1, 0, 1)
        two = book.add_worksheet("二")
        two.write_row(0, 0, ["a", None, "c"])
        two.write_formula(3, 1, "=1/0", value="#DIV/0!")
        two.write(9, 1, 1)
        book.add_worksheet("三").hide()
    assert sorted(places(path)) == sorted(
        ["a.xlsx[一]!2", "a.xlsx[一]!A5", "a.xlsx[一]!B1", "a.xlsx[二]!B4", "a.xlsx[二]!B1", "a.xlsx[三]"]
    )


def test_f4_a_sheet_full_of_errors_does_not_fill_the_page(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{row}"><c r="B{row}" t="e"><v>#N/A</v></c></row>' for row in range(2, 5_000))
    found = refused(pack(tmp_path / "a.xlsx", parts_of(sheet(HEADER + cells))))
    assert len(found) == 1_001
    assert "这里只列出前 1000 处" in found[-1].to("zh")


def test_f4_the_quick_and_the_exact_way_read_the_same(tmp_path: Path) -> None:
    rows = HEADER + "".join(
        f'<row r="{row}" hidden="false"><c r="A{row}" s="0" t="inlineStr"><is><t>单位{row}</t></is></c>'
        f'<c r="B{row}"><v>{row / 8}</v></c></row>'
        for row in range(2, 50)
    )
    far_format = '<row r="900000"><c r="AZ900000" s="0"/></row>'
    assert is_plain(sheet(rows).encode())
    assert not is_plain(sheet(rows + far_format).encode())
    quick = read(pack(tmp_path / "a.xlsx", parts_of(sheet(rows))))
    assert quick == read(pack(tmp_path / "a.xlsx", parts_of(sheet(rows + far_format))))
    assert quick.rows[0] == ("单位2", Decimal("0.25"))


def test_f4_two_sheets_of_one_name(tmp_path: Path) -> None:
    parts = parts_of(sheet(HEADER), sheet(HEADER))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("表2", "表1")
    [problem] = refused(pack(tmp_path / "a.xlsx", parts))
    assert "两张工作表都叫“表1”" in problem.to("zh")


def test_a_workbook_written_by_openpyxl(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "数据"
    page.append(["单位", "值", "日期", "是否"])
    page.append(["甲", 0.1 + 0.2, date(2024, 5, 6), False])
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").rows == [("甲", Decimal("0.3"), date(2024, 5, 6), False)]
