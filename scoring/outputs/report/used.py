"""What the results bring, on a sheet of its own."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from engine.language.uses import Use
from indicators.sheetwriter import Formed, money, percent, plain, without_empty
from scoring.outputs.report.pages import Pages

_NUMBER = re.compile(r"(-?(?:0|[1-9]\d*)(?:\.(\d+))?)(%?)")


def write_uses(pages: Pages) -> None:
    """One row per unit in the order of the ranking; a use that nobody has is left out. No uses, no sheet."""
    uses = pages.outcome.plan.written.use
    if not uses:
        return
    header = pages.titles("类别 Category", "名次 Place", "单位代码 Code", "单位 Unit", "总分 Total", "等次 Grade")
    rows: list[list[Any]] = []
    for result, row, category in pages.standings():
        unit, grade = result.units[row], pages.grade(result.main, int(result.grade[row]))
        given = [_as_number(use, result.uses[use.code][row]) if use.code in result.uses else None for use in uses]
        rows.append([category, pages.place(result, row), unit.code, unit.name, result.total[row], grade, *given])
    header, rows = without_empty([*header, *(use.name for use in uses)], rows)
    pages.book.table(pages.say("结果运用", "Uses"), header, rows, pages.total_places, frozen=4)
    _write_persons(pages)


def _write_persons(pages: Pages) -> None:
    """What each person has of every distribution; without any, no sheet."""
    rows: list[list[Any]] = [
        [
            one.use.name,
            share.unit.code,
            share.unit.name,
            person.code,
            person.name,
            plain(Fraction(person.coefficient)),
            money(Fraction(part, 100)),
        ]
        for one in pages.outcome.distributions
        for share in one.shares
        for person, part in share.persons
    ]
    if rows:
        header = pages.titles(
            "项目 Use", "单位代码 Code", "单位 Unit", "工号 Number", "姓名 Name", "系数 Coefficient", "金额 Amount"
        )
        pages.book.table(pages.say("个人分配", "Persons"), header, rows, frozen=5)


def _as_number(use: Use, gift: str | None) -> Formed | str | None:
    """What a unit is given, as a number that can be added up where it is one; words stay words."""
    found = _NUMBER.fullmatch(gift or "")
    if found is None:
        return gift
    number, places = Fraction(Decimal(found[1])), len(found[2] or "")
    if found[3]:
        return percent(number / 100, places)
    return money(number) if use.distribute else plain(number)
