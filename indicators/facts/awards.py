"""What results are paid from and to: pools, persons, headcounts, last year's results."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from engine.facts import LastResult, Person
from engine.language.model import Evaluation
from engine.language.scheme import EvaluationPlan
from engine.language.uses import Use
from engine.text import Problem, Text
from indicators.facts.grid import Grid
from indicators.facts.roster import Roster, Seat

_NO_POOL = Text("缺少奖金总额“{code}”的行", 'the row of the pool "{code}" is missing')
_NO_HEADCOUNT = Text("人数没有填，方案要用", "the headcount is empty and the scheme uses it")
_NO_PLACE = Text("名次没有填；上年没有名次的写 无", "the place is empty; write none for a unit without one")
_EMPTY = Text(
    "“{title}”没有填；上年没有结果的，名次写 无", '"{title}" is empty; a unit without a result has none as place'
)
_NO_LAST_ROW = Text(
    "缺少单位 {code} {name} 的行；上年没有名次的，名次写 无",
    "the row of {code} {name} is missing; a unit without a place has none there",
)


def pools_of(evaluation: Evaluation) -> list[str]:
    """The pools that the scheme distributes."""
    return [use.distribute.pool for use in evaluation.use if use.distribute]


def read_pools(grid: Grid, evaluation: Evaluation) -> dict[str, Decimal]:
    """The amounts of the pools that the scheme distributes."""
    known = pools_of(evaluation)
    found: dict[str, Decimal] = {}
    for row, code, amount in grid.rows("code", "amount"):
        if code is not None and code not in known:
            zh, en = "方案没有分配“{code}”；有：{known}", 'the scheme distributes no "{code}"; there are: {known}'
            grid.wrong(row, "code", zh, en, cause=code, code=code, known="、".join(known) or "—")
        elif amount is not None and (amount <= 0 or amount * 100 % 1):
            zh = "金额应大于 0，最多两位小数（分）"
            grid.wrong(row, "amount", zh, "an amount is above 0 and has at most two decimals")
        elif code and amount is not None:
            found[code] = amount
    return found


def read_persons(grid: Grid, roster: Roster) -> dict[str, tuple[Person, ...]]:
    """The persons of each unit, by unit code and number."""
    found: dict[str, list[Person]] = {}
    for row, unit, code, name, coefficient in grid.rows("unit", "person", "name", "coefficient"):
        seat = roster.seat(grid, row, unit)
        if coefficient is not None and coefficient <= 0:
            grid.wrong(row, "coefficient", "系数应大于 0", "a coefficient is above 0")
        elif seat and code and name and coefficient is not None:
            found.setdefault(seat.unit.code, []).append(Person(code, name, coefficient))
    return {unit: tuple(sorted(persons, key=lambda one: one.code)) for unit, persons in sorted(found.items())}


def read_last_results(grid: Grid, roster: Roster) -> dict[str, LastResult]:
    """Last year's totals, places and grades by unit code."""
    found: dict[str, LastResult] = {}
    for row, unit, total, place, grade, members in grid.rows("unit", "total", "place", "grade", "members"):
        if place and members is not None and place > members:
            zh, en = "上年第 {place} 名，多于参评数 {members}", "place {place} is beyond the {members} that were ranked"
            grid.wrong(row, "members", zh, en, place=place, members=members)
        elif seat := roster.seat(grid, row, unit):
            found[seat.unit.code] = LastResult(total, place or None, grade or "", members)
    return found


def looks_back(use: Use) -> set[str]:
    """Which columns of last year's results a use looks at."""
    if use.by_rise is not None:
        return {use.by_rise.on}
    if use.by_repeat is not None:
        return {"grade"} if use.by_repeat.grade is not None else {"place", "members"}
    return set()


def without_pools(grid: Grid, evaluation: Evaluation) -> Iterator[Problem]:
    """Pools without an amount."""
    for code in pools_of(evaluation):
        if grid.table is not None and not grid.blind and not grid.bad and code not in grid["code"]:
            yield Problem(grid.whole(), _NO_POOL.format(code=code))


def without_heads(roster: Roster, evaluation: Evaluation) -> Iterator[Problem]:
    """Units of which nobody knows how many persons they have, where a use needs it."""
    uses = [use for use in evaluation.use if use.counts_heads]
    for code, seat in roster.seats.items():
        row, wanted = roster.rows[code], any(use.concerns(seat.plan.code) for use in uses)
        if wanted and row not in roster.grid.bad and roster.grid["headcount"][row] is None:
            yield Problem(roster.grid.place(row, "headcount"), _NO_HEADCOUNT)


def without_last_results(grid: Grid, roster: Roster, plan: EvaluationPlan) -> Iterator[Problem]:
    """Units of which nobody knows how they stood last year, where a use looks back."""
    if grid.table is None or grid.blind:
        return
    loose = any(unit not in roster.seats for row, unit in enumerate(grid["unit"]) if row in grid.bad)
    rows = {unit: row for row, unit in grid.rows("unit")}
    for code, seat in roster.seats.items():
        asked = _asked(seat, plan)
        row = rows.get(code)
        if asked and row is None and not loose:
            yield Problem(grid.whole(), _NO_LAST_ROW.format(code=code, name=seat.unit.name))
        elif row is not None and row not in grid.bad and grid["place"][row] != 0:
            for key in [key for key in ("total", "place", "grade", "members") if key in asked]:
                if grid[key][row] is None:
                    said = _NO_PLACE if key == "place" else _EMPTY.format(title=grid.sheet.column(key).title)
                    yield Problem(grid.place(row, key), said)


def _asked(seat: Seat, plan: EvaluationPlan) -> set[str]:
    """The columns that uses look at for a unit; one listed separately has no place to compare."""
    if seat.unit.listed_separately:
        return set()
    uses = [use for use in plan.written.use if use.concerns(seat.plan.code)]
    return {key for use in uses for key in looks_back(use)}
