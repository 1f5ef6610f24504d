"""Bonuses, deductions, grade moves, outside series and last year's results."""

from __future__ import annotations

from fractions import Fraction

from engine.facts import Claim, LastResult, Move
from engine.language.extras import Standard
from engine.language.model import Evaluation
from indicators.facts.grid import Grid
from indicators.facts.roster import Roster


def read_claims(grid: Grid, roster: Roster, standards: tuple[Standard, ...]) -> tuple[Claim, ...]:
    """Bonuses or deductions; a standard may be named by its code or its name."""
    by_name = {name: standard for standard in standards for name in (standard.code, standard.name)}
    found: list[Claim] = []
    taken: dict[tuple[str, str, str, str], tuple[int, str]] = {}
    for row, unit, name, level, matter, document in grid.rows("unit", "standard", "level", "matter", "document"):
        seat = roster.seat(grid, row, unit)
        standard = by_name.get(name)
        if name is not None and standard is None:
            known = "、".join(one.name for one in standards) or "—"
            zh = "方案里没有“{name}”；有：{known}"
            en = 'the scheme has no "{name}"; there are: {known}'
            grid.wrong(row, "standard", zh, en, cause=name, name=name, known=known)
        elif standard and level is not None and level not in standard.levels:
            zh = "“{name}”没有级别“{level}”；有：{known}"
            known = "、".join(standard.levels)
            grid.wrong(
                row,
                "level",
                zh,
                '"{name}" has no level "{level}"; there are: {known}',
                cause=(name, level),
                name=name,
                level=level,
                known=known,
            )
        elif seat and standard and level and matter and document:
            first, called = taken.setdefault((seat.unit.code, standard.code, level, matter), (row, name))
            if called != name:  # once by its code, once by its name; else the grid has said it
                zh = "第 {first} 行已有这一项"
                place = grid.place(first).row
                grid.wrong(row, "standard", zh, "row {first} has this one already", first=place)
            found.append(Claim(seat.unit.code, standard.code, level, matter, document))
    return tuple(sorted(found))


def read_moves(grid: Grid, roster: Roster, evaluation: Evaluation) -> tuple[Move, ...]:
    """Vetoes and promotions, on grounds of the scheme."""
    grounds = [ground for move in (evaluation.veto, evaluation.promotion) if move for ground in move.grounds]
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


def read_last_results(grid: Grid, roster: Roster) -> dict[str, LastResult]:
    """Last year's totals and places by unit code."""
    found: dict[str, LastResult] = {}
    for row, unit, total, place in grid.rows("unit", "total", "place"):
        if seat := roster.seat(grid, row, unit):
            found[seat.unit.code] = LastResult(total, place or None)
    return found
