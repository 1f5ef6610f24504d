"""F4 for CSV files: encodings, quotes, records too wide; and the same data through both ways in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from indicators.tables import Table, Tables, read_tables
from indicators.tables.table import column_letters
from tests.indicators.tables.workbooks import only_table, refused


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "facts"
    path.mkdir()
    return path


def write(folder: Path, content: str | bytes, name: str = "数据.csv") -> Path:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read(folder: Path) -> Table:
    return only_table(read_tables(folder))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_f4_a_good_file(folder: Path, mark: str, end: str) -> None:
    text = mark + end.join(["单位,值,注", "甲,1.50,", '"乙,丙"," ２ ","说""明"', ""])
    table = read(write(folder, text))
    assert (table.file, table.name) == ("facts/数据.csv", "数据")
    assert table.header == ("单位", "值", "注")
    assert table.rows == [("甲", "1.50", None), ("乙,丙", " ２ ", '说"明')]
    assert str(table.place(1, 2)) == "facts/数据.csv[数据]!C3"


def test_f4_numbers_are_the_lines_on_which_records_begin(folder: Path) -> None:
    table = read(write(folder, 'a,b\n"x\ny",1\n\n,\nz\n\n'))
    assert table.rows == [("x\ny", "1"), ("z", None)]
    assert table.numbers == [2, 6]


def test_f4_the_same_data_through_both_ways_in(tmp_path: Path, folder: Path) -> None:
    rows: list[list[str | None]] = [
        ["单位", "值", "注"],
        ["甲", "12.5", " 尾随空格 "],
        [],
        ["乙", "-0.25", None],
        ["丙", "7", "=1+1"],
    ]
    write(folder, "\n".join(",".join(cell or "" for cell in row) for row in rows))
    with xlsxwriter.Workbook(tmp_path / "facts.xlsx", {"strings_to_formulas": False}) as book:
        page = book.add_worksheet("数据")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None and number and column == 1:
                    page.write_number(number, column, float(cell))
                elif cell is not None:
                    page.write_string(number, column, cell)
    sheet, text = read(tmp_path / "facts.xlsx"), read(folder)
    assert (sheet.name, sheet.header, sheet.numbers) == (text.name, text.header, text.numbers)
    as_text = [tuple(f"{cell:f}" if isinstance(cell, Decimal) else cell for cell in row) for row in sheet.rows]
    assert as_text == text.rows


def test_f4_gbk(folder: Path) -> None:
    [problem] = refused(write(folder, b"a,b\n1,2\n" + "甲,3\n".encode("gbk")))
    assert problem.to("zh") == (
        "facts/数据.csv:3: 文件不是 UTF-8 编码，像是 GBK（第 3 行起）。"
        "请用 Excel 或 WPS 打开，另存为“CSV UTF-8（逗号分隔）”。"
    )


def test_f4_neither_utf8_nor_gbk(folder: Path) -> None:
    [problem] = refused(write(folder, b"a,b\n1,\xff\xff\n"))
    assert problem.to("en").startswith("facts/数据.csv:2: The file is not UTF-8 (it cannot be read from line 2).")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_f4_utf16_and_nul(folder: Path, encoding: str) -> None:
    [problem] = refused(write(folder, "a,b\n1,2\n".encode(encoding)))
    assert "NUL" in problem.to("en")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a,b\n1,2,3\n", "!C2", "This line has 3 cells, the header has 2."),
        ("a,b\n1,2\n3,4,,5\n", "!C3", "This line has 4 cells, the header has 2."),
        ('a,b\n1,"2\n3,4\n', "!2", "not proper CSV"),
        ('a,b\n1,2\n3,"4"x\n', "!3", "not proper CSV"),
        ("a,,c\n1,2,3\n", "!B1", "This column has no title, but row 2 has content."),
        ("a,a\n1,2\n", "!B1", "The title “a” also stands above column A."),
        ("\n\na\n1\n", "!1", "the first content is in row 3"),
        ("a\n" + "x" * 200_000, "!2", "not proper CSV"),
        (",".join(f"t{n}" for n in range(27)), "!1", "The header has 27 columns, more than the limit of 26."),
        ("a\n" + "1\n" * 200_001, "!200001", "There are more than 200000 rows."),
    ],
)
def test_f4_wrong_files(folder: Path, text: str, place: str, words: str) -> None:
    [problem] = refused(write(folder, text))
    assert str(problem.place) == f"facts/数据.csv[数据]{place}"
    assert words in problem.to("en")


def test_f4_short_records_and_trailing_commas_are_well(folder: Path) -> None:
    table = read(write(folder, "a,b\n1\n1,2,,,\n"))
    assert table.rows == [("1", None), ("1", "2")]


def test_f4_everything_in_all_files_at_once(folder: Path) -> None:
    write(folder, "a\n1,2\n1,3\n", "一.csv")
    write(folder, "甲".encode("gbk"), "丁.csv")
    write(folder, b"%PDF-1.7", "三.pdf")
    (folder / "夹").mkdir()
    assert sorted(str(problem.place) for problem in refused(folder)) == sorted(
        ["facts/一.csv[一]!B2", "facts/一.csv[一]!B3", "facts/丁.csv:1", "facts/三.pdf", "facts/夹"]
    )


def test_f4_what_is_left_alone(folder: Path) -> None:
    write(folder, b"\0", ".DS_Store")
    write(folder, "x", "README.md")
    write(folder, "x", "README.zh.md")
    write(folder, "", "空.csv")
    write(folder, "\ufeff\r\n,,\r\n", "空行.csv")
    write(folder, "a\n1\n", "b.csv")
    write(folder, "a\n1\n", "a.CSV")
    assert [table.file for table in read_tables(folder).tables] == ["facts/a.CSV", "facts/b.csv"]


def test_f4_names_that_differ_in_capitals(folder: Path) -> None:
    write(folder, "a\n1\n", "x.csv")
    write(folder, "a\n1\n", "X.csv")
    [problem] = refused(folder)
    assert str(problem.place) == "facts/x.csv"


def test_f5_empty_folder(folder: Path) -> None:
    [problem] = refused(folder)
    assert problem.to("zh").startswith("facts: 文件夹里没有 CSV 文件。")


def test_f5_too_many_files(folder: Path) -> None:
    for number in range(51):
        write(folder, "a\n1\n", f"{number}.csv")
    [problem] = refused(folder)
    assert "There are 51 tables, more than the limit of 50." in problem.to("en")


def test_f5_too_many_cells_in_all_files(folder: Path) -> None:
    wide = ",".join(f"t{n}" for n in range(26)) + "\n" + ("1," * 25 + "1\n") * 101_000
    write(folder, wide, "a.csv")
    assert isinstance(read_tables(folder), Tables)
    write(folder, wide, "b.csv")
    [problem] = refused(folder)
    assert "5200000 cells together" in problem.to("en")


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_column_letters(index: int, letters: str) -> None:
    assert column_letters(index) == letters
