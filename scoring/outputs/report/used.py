"""What the results bring, on a sheet of its own."""

from __future__ import annotations

from typing import Any

from engine.score.distributing import cents
from indicators.sheetwriter import without_empty
from scoring.outputs.report.pages import Pages


def write_uses(pages: Pages) -> None:
    """One row per unit in the order of the ranking; a use that nobody has is left out. No uses, no sheet."""
    uses = pages.outcome.plan.written.use
    if not uses:
        return
    header = pages.titles("类别 Category", "名次 Place", "单位代码 Code", "单位 Unit", "总分 Total", "等次 Grade")
    rows: list[list[Any]] = []
    for result, row, category in pages.standings():
        unit, grade = result.units[row], pages.grade(result.main, int(result.grade[row]))
        given = [result.uses[use.code][row] if use.code in result.uses else None for use in uses]
        rows.append([category, pages.place(result, row), unit.code, unit.name, result.total[row], grade, *given])
    header, rows = without_empty([*header, *(use.name for use in uses)], rows)
    pages.book.table(pages.say("结果运用", "Uses"), header, rows, pages.total_places, frozen=4)
    _write_persons(pages)


def _write_persons(pages: Pages) -> None:
    """What each person has of every distribution; without any, no sheet."""
    rows: list[list[Any]] = [
        [one.use.name, share.unit.code, share.unit.name, person.code, person.name, person.coefficient, cents(part)]
        for one in pages.outcome.distributions
        for share in one.shares
        for person, part in share.persons
    ]
    if rows:
        header = pages.titles(
            "项目 Use", "单位代码 Code", "单位 Unit", "工号 Number", "姓名 Name", "系数 Coefficient", "金额 Amount"
        )
        pages.book.table(pages.say("个人分配", "Persons"), header, rows, frozen=5)
