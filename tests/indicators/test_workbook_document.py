"""docs/workbook.md says what the sheets are: every sheet, column, note and word; its examples are read."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from indicators.facts.cells import NO, YES
from indicators.facts.findings import Findings
from indicators.facts.grid import Grid
from indicators.facts.sheets import NOTES_SHEETS, SHEETS, Sheet
from indicators.facts.values import NOT_APPLICABLE, NOT_DRAWN, NOTHING
from indicators.tables import Table
from tests.sample import ROOT

TEXT = (ROOT / "docs" / "workbook.md").read_text(encoding="utf-8")
PARTS = dict(
    zip(re.findall(r"^## (\S+)", TEXT, re.MULTILINE), re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:], strict=True)
)


def test_the_sheets_are_those_of_the_product_in_their_order():
    assert list(PARTS) == [sheet.title.zh for sheet in SHEETS]


@pytest.mark.parametrize("sheet", SHEETS, ids=[sheet.key for sheet in SHEETS])
def test_every_column_stands_there_with_what_it_takes(sheet: Sheet):
    part = PARTS[sheet.title.zh]
    assert part.startswith(f"{sheet.title.zh} · {sheet.title.en} (`{sheet.key}`)")
    told = [re.split(r" *\| *", line.strip("| ")) for line in part.splitlines() if line.startswith("| ")][1:]
    must = {(True, True): "filled", (False, True): "header", (False, False): "free"}
    assert [(row[0], row[1], row[3], row[4]) for row in told] == [
        (one.title.zh, f"{one.title.en} (`{one.key}`)", must[one.required, one.needed], one.note.en)
        for one in sheet.columns
    ]
    assert ["*shown*" in row[2] for row in told] == [one.kind == "shown" for one in sheet.columns]


@pytest.mark.parametrize("sheet", SHEETS, ids=[sheet.key for sheet in SHEETS])
def test_its_example_is_read(sheet: Sheet):
    [example] = re.findall(r"```csv\n(.*?)```", PARTS[sheet.title.zh], re.DOTALL)
    header, *rows = list(csv.reader(io.StringIO(example)))
    assert header == [column.title.zh for column in sheet.columns]
    cells: list[tuple[str | None, ...]] = [tuple(cell or None for cell in row) for row in rows]
    findings = Findings()
    Grid(sheet, Table("a", sheet.title.zh, tuple(header), list(cells), list(range(2, len(cells) + 2))), findings)
    assert findings.all() == []
    assert rows


def test_every_word_and_sheet_for_people_is_there():
    for word in (*NOT_APPLICABLE, *NOT_DRAWN, *NOTHING, YES[0], NO[0]):
        assert f"`{word}`" in TEXT
    assert all(name in TEXT for name in NOTES_SHEETS)
    assert Path(ROOT / "docs" / "workbook.md").stat().st_size < 25_000
