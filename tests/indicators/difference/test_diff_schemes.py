"""`diff_schemes`: text, JSON and workbook of the same differences; both files' problems at once."""

from __future__ import annotations

import json
from io import StringIO

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import translation

from tests.indicators.difference.test_compare import BOOK

OTHER = BOOK.replace("from: 90", "from: 92").replace("name: 税收,", "name: =税收,")


@pytest.fixture
def books(tmp_path):
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(BOOK, encoding="utf-8")
    second.write_text(OTHER, encoding="utf-8")
    return str(first), str(second)


def diff(*arguments: str, language: str = "zh-hans") -> tuple[int, list[str], list[str]]:
    out, err, code = StringIO(), StringIO(), 0
    with translation.override(language):
        try:
            call_command("diff_schemes", *arguments, stdout=out, stderr=err)
        except SystemExit as ended:
            code = int(ended.code or 0)
    return code, out.getvalue().splitlines(), err.getvalue().splitlines()


def test_text(books):
    code, lines, complaints = diff(*books)
    assert (code, complaints) == (0, [])
    assert lines[1:] == [
        "■ 绩效 · 县区",
        "  修改指标：=税收 [revenue]，名称：税收 → =税收",
        "■ 绩效",
        "  修改等次：优秀，条件：总分达到 90 分 → 总分达到 92 分",
        "合计：新增 0 处，取消 0 处，移动 0 处，修改 2 处",
    ]


def test_english(books):
    _, lines, _ = diff(*books, language="en")
    assert lines[-1] == "in all: 0 new, 0 gone, 0 moved, 2 changed"
    assert "  changed grade: 优秀, condition: from 90 points on → from 92 points on" in lines


def test_json_and_workbook_say_the_same(books, tmp_path):
    data, book = tmp_path / "d.json", tmp_path / "d.xlsx"
    assert diff(*books, "--json", str(data), "--xlsx", str(book))[0] == 0
    changes = json.loads(data.read_text(encoding="utf-8"))["changes"]
    sheet = openpyxl.load_workbook(book)["差别"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(changes) == 2
    for row, change in zip(rows, changes, strict=True):
        assert row[3:8] == (change["code"], change["name"], *(change[k]["zh"] for k in ("aspect", "before", "after")))
        assert row[8:] == (change["line_before"], change["line_after"])
    assert sheet["E2"].data_type == "s"  # a name that begins with = stays text


def test_nothing_differs(books):
    _, lines, _ = diff(books[0], books[0])
    assert lines[-1] == "两个方案的规定没有差别"


def test_problems_of_both_files_are_told_and_nothing_is_written(tmp_path):
    first, second, out = tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "d.xlsx"
    first.write_text(BOOK.replace("from: 80", "from: 95"), encoding="utf-8")
    second.write_text(BOOK.replace("full_marks: 100", "full_marks: 101"), encoding="utf-8")
    code, lines, complaints = diff(str(first), str(second), "--xlsx", str(out))
    assert (code, lines, out.exists()) == (1, [], False)
    assert [any(name in complaint for complaint in complaints) for name in ("a.yaml", "b.yaml")] == [True, True]


def test_an_output_does_not_take_the_place_of_an_input_nor_of_another_output(books, tmp_path):
    code, lines, complaints = diff(*books, "--json", books[0])
    assert (code, lines) == (1, [])
    assert complaints[0].startswith(books[0])
    out = str(tmp_path / "d")
    assert diff(*books, "--json", out, "--xlsx", out)[0] == 1
    assert not (tmp_path / "d").exists()


def test_a_file_that_is_there_is_written_anew(books, tmp_path):
    out = tmp_path / "d.json"
    out.write_text("old", encoding="utf-8")
    assert diff(*books, "--json", str(out))[0] == 0
    assert json.loads(out.read_text(encoding="utf-8"))["changes"]
