"""Vetoes and promotions, each recorded of a unit whose grade it changes: chosen once the grades are known."""

from __future__ import annotations

from demo.names import DECIDES
from demo.sheets import Sheets
from demo.units import Unit, unlike
from engine.language.grades import Promotion, Veto
from engine.score.moving import moved
from engine.score.reasons import Reason
from engine.score.result import Outcome

_FROM = {Veto: 4, Promotion: 6}  # where the search begins, so that not always the first unit is moved


def add_moves(sheets: Sheets, units: list[Unit], outcome: Outcome) -> bool:
    """Each veto and promotion once, with the decision it rests on; whether there was any.

    A unit is moved once at most. Of those whose grade would change, the one that it changes most is taken.
    """
    free, scale = unlike(units), outcome.plan.written
    for number, move in enumerate((move for move in scale.moves if move.grounds), start=1):
        begin = _FROM[type(move)]
        change = {unit.code: _change(unit, move, outcome) for unit in (*free[begin:], *free[:begin])}
        code = max(change, key=lambda code: change[code], default="")
        if not change.get(code):
            continue
        free = [unit for unit in free if unit.code != code]
        sheets.add(
            "等次调整",
            单位代码=code,
            事由=move.grounds[0],
            决定机构=DECIDES,
            决定文号=f"会议纪要第 {number} 号",
        )
    return bool(sheets.rows["等次调整"])


def _change(unit: Unit, move: Veto | Promotion, outcome: Outcome) -> int:
    """By how many grades the unit would be moved; not at all if something has moved it already."""
    found = outcome.find(unit.code)
    if found is None:
        return 0
    result, row = found
    earned = int(result.earned[row])
    if result.grade[row] != earned:
        return 0
    return abs(moved(earned, (Reason(move, None, True),), outcome.plan.written) - earned)
