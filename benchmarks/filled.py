"""The facts as a filled workbook of the product's own sheets, the readings with eight of their columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import xlsxwriter

from engine.facts import Facts
from engine.language.scheme import EvaluationPlan
from indicators.facts.sheets import SHEETS, Column
from indicators.facts.writing import Row, Rows, rows_of

READINGS = ("unit", "unit_name", "indicator", "indicator_name", "measure", "value", "reason", "document")
_LOSS = "材料不齐"  # judged points below full marks say why
_DOCUMENT = "统计局〔2024〕1 号"


def filled(plan: EvaluationPlan, facts: Facts) -> Rows:
    """The rows of every sheet; readings with the names, measures, reasons and documents that people see beside them."""
    [one] = plan.sets
    names = {unit.code: unit.name for unit in facts.sets[one.code].units}
    leaves = {leaf.code: leaf for leaf in one.leaves()}
    rows = rows_of(facts, plan)
    for row in rows["readings"]:
        leaf = leaves[row["indicator"]]
        judged = leaf.rule is not None and leaf.rule.word == "judged"
        row["unit_name"], row["indicator_name"] = names[row["unit"]], leaf.name
        row["measure"] = leaf.facts[row["fact"]].measure
        row["reason"], row["document"] = _LOSS if judged else "", _DOCUMENT
    return rows


def write_workbook(path: Path, rows: Rows, head: Callable[[Column], str] = lambda column: column.title.zh) -> None:
    """Write the sheets that have rows, with the columns that are filled; numbers as numbers.

    Args:
        path: the file.
        rows: of each sheet, by its key.
        head: what stands over a column.
    """
    with xlsxwriter.Workbook(path, {"strings_to_numbers": True}) as book:
        for sheet in SHEETS:
            mine = rows.get(sheet.key, [])
            keys = READINGS if sheet.key == "readings" else _filled_in(mine, [column.key for column in sheet.columns])
            if mine:
                page = book.add_worksheet(sheet.title.zh)
                page.write_row(0, 0, [head(sheet.column(key)) for key in keys])
                for number, row in enumerate(mine, 1):
                    page.write_row(number, 0, [row.get(key, "") for key in keys])


def _filled_in(rows: Sequence[Row], keys: Sequence[str]) -> Sequence[str]:
    return [key for key in keys if any(row.get(key) for row in rows)]
