"""The sheet of own indicators → ragged rows per set and node."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from engine.exact import Exact
from engine.facts import Column, OwnRows
from engine.language.scheme import Indicator
from indicators.facts.grid import Grid
from indicators.facts.roster import Roster, Seat, is_name, node_of


class _Row(NamedTuple):
    unit: int
    order: tuple[int, str]
    code: str
    name: str
    full_marks: Decimal
    rule: str
    role: str
    measure: str
    at: int  # the row of the sheet


class OwnTable:
    """The own indicators of one set: rows per node, ordered by unit and code."""

    def __init__(self) -> None:
        self.rows: dict[str, list[_Row]] = defaultdict(list)
        self.index: dict[tuple[str, int, str], int] = {}

    def close(self) -> None:
        """Order the rows and number them."""
        for node, rows in self.rows.items():
            rows.sort()
            self.index |= {(node, row.unit, row.code): number for number, row in enumerate(rows)}

    def find(self, node: str, unit: int, code: str) -> int | None:
        """The row of a unit's own indicator."""
        return self.index.get((node, unit, code))

    def name(self, node: str, place: int) -> str:
        """What an own indicator is called."""
        return self.rows[node][place].name

    def first(self, node: str, unit: int) -> int | None:
        """The row of the sheet with the first own indicator of a unit."""
        return min((row.at for row in self.rows.get(node, ()) if row.unit == unit), default=None)

    def build(self, node: str, columns: Mapping[str, Column]) -> OwnRows:
        """The rows of a node as the engine reads them."""
        rows = self.rows[node]
        return OwnRows(
            unit=np.array([row.unit for row in rows], dtype=np.intp),
            code=tuple(row.code for row in rows),
            name=tuple(row.name for row in rows),
            full=Exact.of([row.full_marks for row in rows]),
            rule=tuple(row.rule for row in rows),
            role=tuple(row.role for row in rows),
            measure=tuple(row.measure for row in rows),
            columns=columns,
        )


def read_own(grid: Grid, roster: Roster) -> dict[str, OwnTable]:
    """The own lists of every set, by set code."""
    found: dict[str, OwnTable] = {code: OwnTable() for code in roster.sets}
    for row, unit, node_code, code, name, marks, rule, role, measure in grid.rows(
        "unit", "node", "code", "name", "full_marks", "rule", "role", "measure"
    ):
        seat = roster.seat(grid, row, unit)
        node = _node(grid, row, seat, node_code)
        if seat is None or node is None or None in (code, name, marks):
            continue
        if marks <= 0:
            grid.wrong(row, "full_marks", "分值 {marks} 应大于 0", "the marks {marks} must be above 0", marks=marks)
        chosen = _rule(grid, row, node, rule)
        order = (int(code), "") if code.isascii() and code.isdigit() and len(code) < 10 else (10**9, code)
        entry = _Row(seat.row, order, code, name, marks, chosen, role or "", measure or "", row)
        found[seat.plan.code].rows[node.code].append(entry)
    for one in found.values():
        one.close()
    return found


def _node(grid: Grid, row: int, seat: Seat | None, code: str | None) -> Indicator | None:
    if seat is None or code is None:
        return None
    node = node_of(grid, row, "node", seat, code)
    if is_name(seat, code):
        return None
    if node is None or node.own is None:
        zh = "“{unit}”所在的指标集没有自定指标“{code}”"
        grid.wrong(
            row,
            "node",
            zh,
            'the set of "{unit}" has no own list "{code}"',
            unit=seat.unit.name,
            code=code,
            cause=(seat.plan.code, code),
        )
        return None
    return node


def _rule(grid: Grid, row: int, node: Indicator, rule: str | None) -> str:
    assert node.own is not None
    names = list(node.own.rules)
    if rule is None and len(names) == 1:
        return names[0]
    if rule not in names:
        zh = "计分方法“{rule}”应是 {names} 之一"
        grid.wrong(row, "rule", zh, 'the rule "{rule}" must be one of {names}', rule=rule or "", names="、".join(names))
    return rule or ""
