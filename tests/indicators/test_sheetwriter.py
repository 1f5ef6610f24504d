"""Sheets as people see them: what is wrapped has the room it needs, what stands side by side does not touch."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from indicators.sheetwriter import Book, lines, money, plain, width_for

DOCUMENTS = "经济类部门评估组《优化营商环境措施出台核查表》第 20 号；" * 3


def sheet_of(path: Path, *rows: list[object]) -> Worksheet:
    book = Book(str(path / "a.xlsx"))
    book.table("表", ["甲", "乙"], rows)
    book.close()
    return openpyxl.load_workbook(path / "a.xlsx")["表"]


@pytest.mark.parametrize(
    ("text", "width", "count"),
    [
        ("短", 10, 1),
        ("十" * 20, 44, 1),  # 40 of the 40 half-width characters that certainly have room
        ("十" * 21, 44, 2),
        ("十" * 20 + "，", 44, 2),  # the comma takes the last character with it
        ("word " * 9, 22, 3),  # three words of four letters a line
        ("industry_projects_of_the_year", 12, 3),
        ("一\n二\n三", 10, 3),
    ],
)
def test_lines_are_counted_by_what_has_room(text: str, width: int, count: int):
    assert lines(text, width) == count


@pytest.mark.parametrize("needed", range(1, 60))
def test_a_column_made_for_a_text_holds_it_on_one_line(needed: int):
    assert lines("字" * (needed // 2) + "x" * (needed % 2), width_for(needed)) == 1


def test_a_row_is_as_high_as_its_lines(tmp_path: Path):
    page = sheet_of(tmp_path, [DOCUMENTS, "甲"], ["短", "乙"])
    count = lines(DOCUMENTS, 44)
    assert count >= 5
    assert page.row_dimensions[2].height >= 16.5 * count
    assert page.row_dimensions[3].height is None


def test_what_stands_beside_a_full_column_is_set_off(tmp_path: Path):
    page = sheet_of(tmp_path, [DOCUMENTS, "甲"])
    assert [cell.alignment.indent for cell in page[2]] == [0, 1]
    assert [cell.alignment.indent for cell in sheet_of(tmp_path, ["短", "甲"])[2]] == [0, 0]


def test_numbers_keep_their_own_form_while_a_spreadsheet_holds_their_digits(tmp_path: Path):
    values = [
        money(Fraction(466328142, 100)),
        plain(Fraction(3, 2)),
        money(Fraction(10**17 + 1, 100)),
        plain(Fraction(2, 3)),
    ]
    page = sheet_of(tmp_path, *([value, ""] for value in values))
    found = [(cell.value, cell.number_format) for (cell, _) in page.iter_rows(min_row=2)]
    assert found == [
        (4663281.42, "#,##0.00"),
        (1.5, "0.0"),
        ("1,000,000,000,000,000.01", "General"),
        ("0.666666…", "General"),
    ]
