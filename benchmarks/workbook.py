"""Reading and checking a fact workbook over the bare parse of the same file."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from engine.facts import Column, EvaluatedUnit, Facts, Key, Status
from engine.language.scheme import EvaluationPlan, Indicator

_LOSS = "材料不齐"  # judged points below full marks say why
_WORDS = {Status.MISSING: None, Status.NOT_APPLICABLE: "不涉及"}
_UNITS = ("单位代码", "单位名称", "类别")
_SHOWN = ("单位代码", "单位名称", "指标代码", "指标名称", "计量单位")
_TARGETS = (*_SHOWN, "目标值")
_READINGS = (*_SHOWN, "满分", "数值", "失分原因", "依据", "采集单位")


def write_workbook(path: Path, plan: EvaluationPlan, facts: Facts) -> int:
    """The facts as a filled workbook of the product's own shape; returns how many rows of facts it has."""
    [one] = plan.sets
    units, columns = facts.sets[one.code].units, facts.sets[one.code].columns
    targets, readings = [], []
    for leaf in one.leaves():
        target = columns.get(Key(leaf.code, "actual", "target"))
        actual = columns[Key(leaf.code, "actual", "actual")]
        for row, unit in enumerate(units):
            shown = _shown(unit, leaf)
            if target:
                targets.append((*shown, _number(target, row)))
            value = _WORDS[Status(actual.status[row])] if actual.status[row] else _number(actual, row)
            collector = leaf.collector[unit.category]
            readings.append((*shown, int(leaf.full[unit.category]), value, _LOSS, "统计局〔2024〕1 号", collector))
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        _sheet(book, "单位", [_UNITS, *((unit.code, unit.name, one.categories[unit.category]) for unit in units)])
        _sheet(book, "目标与基数", [_TARGETS, *targets])
        _sheet(book, "采集数据", [_READINGS, *readings])
    return len(targets) + len(readings)


def bare_parse(path: Path) -> int:
    """What the parser alone does: every cell of every sheet once."""
    book = CalamineWorkbook.from_path(str(path))
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def _shown(unit: EvaluatedUnit, leaf: Indicator) -> tuple[str, ...]:
    return unit.code, unit.name, leaf.code, leaf.name, leaf.facts["actual"].measure


def _number(column: Column, row: int) -> float:
    return float(column.values[row])


def _sheet(book: xlsxwriter.Workbook, title: str, rows: list[tuple[object, ...]]) -> None:
    sheet = book.add_worksheet(title)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
