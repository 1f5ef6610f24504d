"""What the units have in other evaluations."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from engine.facts import OtherResult
from engine.grammar.walk import inside
from engine.language.conditions import OtherGrade
from engine.language.scheme import EvaluationPlan
from engine.text import Problem, Text
from indicators.facts.cells import Wrong, number
from indicators.facts.grid import Grid
from indicators.facts.roster import Roster
from indicators.facts.values import NOT_APPLICABLE
from indicators.tables import Cell

_NO_ROW = Text(
    "缺少单位 {code} {name} 在“{special}”的行；没有参加的，总分填 不涉及",
    'the row of {code} {name} in "{special}" is missing; n/a as its total if it took no part',
)
_EMPTY = Text("“{title}”没有填，方案要用", '"{title}" is empty and the scheme uses it')


def read_other_results(grid: Grid, roster: Roster, plan: EvaluationPlan) -> dict[tuple[str, str], OtherResult]:
    """The results in the evaluations that the scheme declares, by unit and evaluation."""
    evaluation = plan.written
    asked = {"grade": _graded(plan), "full_marks": _counted(plan)}
    found: dict[tuple[str, str], OtherResult] = {}
    by_name = {name: code for code, special in evaluation.special.items() for name in (code, special.name)}
    for row, unit, name, total, full, grade in grid.rows("unit", "evaluation", "total", "full_marks", "grade"):
        seat, code = roster.seat(grid, row, unit), by_name.get(name)
        if name is not None and code is None:
            known = "、".join(special.name for special in evaluation.special.values()) or "—"
            zh = "方案没有登记考评“{name}”；有：{known}"
            en = 'the scheme declares no evaluation "{name}"; there are: {known}'
            grid.wrong(row, "evaluation", zh, en, cause=name, name=name, known=known)
        elif seat and code and total is not None:
            if (seat.unit.code, code) in found:  # once by its code, once by its name; else the grid has said it
                zh, en = "这个单位的这项考评已有一行", "this unit has a row of this evaluation already"
                grid.wrong(row, "evaluation", zh, en)
            grades = evaluation.special[code].grades
            found[seat.unit.code, code] = result = _result(grid, row, (total, full, grade), grades)
            for key, codes in asked.items():
                if code in codes and result != OtherResult() and grid[key][row] is None and row not in grid.bad:
                    grid.wrong(row, key, _EMPTY.zh, _EMPTY.en, title=grid.sheet.column(key).title)
    return found


def _result(
    grid: Grid, row: int, cells: tuple[Cell, Decimal | None, str | None], grades: tuple[str, ...]
) -> OtherResult:
    total, full, grade = cells
    if isinstance(total, str) and total.lower() in NOT_APPLICABLE:
        for key, value in (("full_marks", full), ("grade", grade)):
            if value is not None:
                grid.wrong(row, key, "没有参加的单位，这里要空着", "empty for a unit that took no part")
        return OtherResult()
    if full is not None and full <= 0:
        grid.wrong(row, "full_marks", "满分应大于 0", "full marks must be above 0")
    if grade is not None and grades and grade not in grades:
        zh, en = "没有等次“{grade}”；有：{known}", 'there is no grade "{grade}"; there are: {known}'
        grid.wrong(row, "grade", zh, en, cause=grade, grade=grade, known="、".join(grades))
    try:
        return OtherResult(number(total), full, grade or "")
    except Wrong as wrong:
        grid.wrong(row, "total", "{said}", "{said}", said=wrong.text)
        return OtherResult(Decimal(0), full, grade or "")


def without_other_results(grid: Grid, roster: Roster, plan: EvaluationPlan) -> Iterator[Problem]:
    """Units of which nobody has told what conditions ask for."""
    evaluation, graded = plan.written, _graded(plan)
    if grid.table is None or grid.blind:
        return
    loose = any(unit not in roster.seats for row, unit in enumerate(grid["unit"]) if row in grid.bad)
    names = {code: (code, special.name) for code, special in evaluation.special.items() if code in graded}
    told = {(unit, name) for _, unit, name in grid.rows("unit", "evaluation")}
    for code, both in names.items():
        for unit, seat in roster.seats.items():
            if not loose and not any((unit, name) in told for name in both):
                special = evaluation.special[code].name
                yield Problem(grid.whole(), _NO_ROW.format(code=unit, name=seat.unit.name, special=special))


def _graded(plan: EvaluationPlan) -> set[str]:
    """The evaluations whose grade a condition asks for."""
    return {condition.evaluation for condition in inside(plan.written, OtherGrade)}


def _counted(plan: EvaluationPlan) -> set[str]:
    """The evaluations whose total an indicator takes."""
    return {node.special for one in plan.sets for node in one.walk() if node.special}
