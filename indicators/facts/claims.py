"""Grade moves, outside series and factors."""

from __future__ import annotations

from fractions import Fraction

from engine.facts import Move
from engine.language.model import Evaluation
from indicators.facts.grid import Grid
from indicators.facts.roster import Roster
from indicators.facts.wanted import factors_of


def read_moves(grid: Grid, roster: Roster, evaluation: Evaluation) -> tuple[Move, ...]:
    """Vetoes and promotions, on grounds of the scheme."""
    grounds = evaluation.grounds()
    found: list[Move] = []
    for row, unit, ground, body, decision in grid.rows("unit", "ground", "body", "decision"):
        seat = roster.seat(grid, row, unit)
        if ground is not None and ground not in grounds:
            zh = "方案里没有事由“{ground}”；有：{known}"
            known = "、".join(grounds) or "—"
            en = 'the scheme has no ground "{ground}"; there are: {known}'
            grid.wrong(row, "ground", zh, en, cause=ground, ground=ground, known=known)
        elif decision and not body:
            grid.wrong(row, "body", "有决定文号就要写决定机构", "a decision needs the body that took it")
        elif seat and ground:
            found.append(Move(seat.unit.code, ground, body or "", decision or ""))
    return tuple(sorted(found))


def read_series(grid: Grid, evaluation: Evaluation) -> dict[str, Fraction]:
    """The outside series that the scheme declares, every one of them."""
    found: dict[str, Fraction] = {}
    for row, code, value in grid.rows("code", "value"):
        if code is not None and code not in evaluation.series:
            known = "、".join(evaluation.series) or "—"
            zh = "方案没有登记外部数据“{code}”；有：{known}"
            grid.wrong(
                row, "code", zh, 'the scheme declares no series "{code}"; there are: {known}', code=code, known=known
            )
        elif code and value is not None:
            found[code] = Fraction(value)
    return {code: found[code] for code in evaluation.series if code in found}


def read_factors(grid: Grid, roster: Roster) -> dict[tuple[str, str], Fraction]:
    """The factors of each unit by the factor's code; one may be named by its code or its name."""
    found: dict[tuple[str, str], Fraction] = {}
    rows: dict[tuple[str, str], int] = {}
    for row, unit, name, value in grid.rows("unit", "factor", "value"):
        seat = roster.seat(grid, row, unit)
        known = factors_of(seat.plan) if seat else {}
        code = next((code for code, called in known.items() if name in (code, called)), None)
        if seat and name is not None and code is None:
            zh = "“{unit}”所在的指标集没有系数“{name}”；有：{known}"
            en = 'the set of "{unit}" has no factor "{name}"; there are: {known}'
            listed = "、".join(known.values()) or "—"
            cause = (seat.plan.code, name)
            grid.wrong(row, "factor", zh, en, cause=cause, unit=seat.unit.name, name=name, known=listed)
        elif value is not None and value <= 0:
            grid.wrong(row, "value", "系数 {value} 应大于 0", "the factor {value} must be above 0", value=value)
        elif seat and code and value is not None:
            first = rows.setdefault((seat.unit.code, code), row)
            if grid["factor"][first] != name:  # once by its code, once by its name; else the grid has said it
                zh, en = "第 {first} 行已有这个系数", "row {first} has this factor already"
                grid.wrong(row, "factor", zh, en, first=grid.place(first).row)
            found[seat.unit.code, code] = Fraction(value)
    return found
