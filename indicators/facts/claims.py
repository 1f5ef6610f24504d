"""Bonuses, deductions, grade moves, outside series, factors and last year's results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from engine.facts import Claim, LastResult, Move
from engine.language.extras import Bonus, Deductions, Standard
from engine.language.model import Evaluation
from indicators.facts.grid import Grid
from indicators.facts.roster import Roster
from indicators.facts.wanted import factors_of


class _Row(NamedTuple):
    """A row of claims as it stands; what is wrong or empty is None."""

    number: int
    unit: str | None
    standard: str | None
    level: str | None
    matter: str | None
    document: str | None
    day: date | None
    body: str | None
    decision: str | None


def read_claims(grid: Grid, roster: Roster, rules: Bonus | Deductions | None) -> tuple[Claim, ...]:
    """Bonuses or deductions; a standard may be named by its code or its name."""
    reader = _Claims(grid, roster, rules)
    return tuple(sorted(reader.read(), key=lambda claim: claim.order)) if rules else ()


class _Claims:
    def __init__(self, grid: Grid, roster: Roster, rules: Bonus | Deductions | None) -> None:
        self.grid, self.roster, self.rules = grid, roster, rules
        self.standards = {name: one for one in rules.standards for name in (one.code, one.name)} if rules else {}
        self.taken: dict[tuple[str, ...], tuple[int, str | None]] = {}

    def read(self) -> Iterator[Claim]:
        for values in self.grid.rows(*_Row._fields[1:]):
            row = _Row(*values)
            seat, standard = self.roster.seat(self.grid, row.number, row.unit), self._standard(row)
            if standard and self._allowed(row, standard) and seat and row.level and row.matter and row.document:
                claim = Claim(
                    seat.unit.code, standard.code, row.level, row.matter, row.document, row.day,
                    row.body or "", row.decision or "",
                )  # fmt: skip
                self._refuse_other_names(row, claim)
                yield claim

    def _standard(self, row: _Row) -> Standard | None:
        standard = self.standards.get(row.standard or "")
        if row.standard is not None and standard is None:
            known = "、".join(dict.fromkeys(one.name for one in self.standards.values())) or "—"
            zh = "方案里没有“{name}”；有：{known}"
            en = 'the scheme has no "{name}"; there are: {known}'
            self.grid.wrong(row.number, "standard", zh, en, cause=row.standard, name=row.standard, known=known)
        return standard

    def _allowed(self, row: _Row, standard: Standard) -> bool:
        """Whether everything in the row is as the scheme asks for; what is not is told."""
        level = self._level(row, standard)
        return all([level, self._day(row), self._decision(row)])

    def _level(self, row: _Row, standard: Standard) -> bool:
        if row.level is None or row.level in standard.levels:
            return True
        zh = "“{name}”没有级别“{level}”；有：{known}"
        en = '"{name}" has no level "{level}"; there are: {known}'
        known = "、".join(standard.levels)
        cause = (row.standard, row.level)
        self.grid.wrong(row.number, "level", zh, en, cause=cause, name=row.standard, level=row.level, known=known)
        return False

    def _day(self, row: _Row) -> bool:
        if row.day is not None or self.rules is None or self.rules.cut_off is None:
            return True
        if self.grid.empty(row.number, "day"):
            zh = "“日期”没有填；方案规定了截止日期 {cut_off}"
            en = "the date is empty; the scheme has a cut-off date, {cut_off}"
            self.grid.wrong(row.number, "day", zh, en, cause="no date", cut_off=self.rules.cut_off)
        return False

    def _decision(self, row: _Row) -> bool:
        if row.decision and not row.body:
            self.grid.wrong(row.number, "body", "有决定文号就要写决定机构", "a decision needs the body that took it")
        return bool(row.body) or not row.decision

    def _refuse_other_names(self, row: _Row, claim: Claim) -> None:
        """Once by its code, once by its name; where the names agree, the grid has said it."""
        key = claim.unit, claim.standard, claim.level, claim.matter
        first, called = self.taken.setdefault(key, (row.number, row.standard))
        if called != row.standard:
            place = self.grid.place(first).row
            self.grid.wrong(
                row.number, "standard", "第 {first} 行已有这一项", "row {first} has this one already", first=place
            )


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


def read_last_results(grid: Grid, roster: Roster) -> dict[str, LastResult]:
    """Last year's totals and places by unit code."""
    found: dict[str, LastResult] = {}
    for row, unit, total, place in grid.rows("unit", "total", "place"):
        if seat := roster.seat(grid, row, unit):
            found[seat.unit.code] = LastResult(total, place or None)
    return found
