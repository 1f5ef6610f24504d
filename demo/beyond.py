"""What stands beside the indicators: bonus and deductions, moves between grades, outside figures."""

from __future__ import annotations

from demo.claims import Claims, add_calendar
from demo.dice import dice, written
from demo.names import DECIDES
from demo.sheets import Sheets
from demo.units import Unit
from engine.language.grades import Promotion, Veto
from engine.language.model import Evaluation
from indicators.facts.wanted import factors_of


def add_beyond(sheets: Sheets, units: list[Unit], evaluation: Evaluation, seed: str) -> None:
    """Everything of one evaluation that is not an indicator."""
    single = [unit for unit in units if sum(unit.luck == other.luck for other in units) == 1]
    if evaluation.bonus is not None:
        Claims(sheets, "加分", evaluation.bonus, seed).draw(single)
    if evaluation.deductions is not None:
        Claims(sheets, "扣分", evaluation.deductions, seed).draw(list(reversed(single)))
        add_calendar(sheets, evaluation.deductions)
    _moves(sheets, single, evaluation)
    for unit in units:
        for name in factors_of(unit.part_of).values():
            sheets.add("系数", 单位代码=unit.code, 系数=name, 数值=written(dice(unit.luck, name).randint(90, 110), 2))
    for code in evaluation.series:
        sheets.add("外部数据", 代码=code, 数值=written(dice(seed, code).randint(60, 95), 1))


def _moves(sheets: Sheets, units: list[Unit], evaluation: Evaluation) -> None:
    """The veto and the promotion, each once, with the decision it rests on."""
    moves: list[tuple[Veto | Promotion, Unit]] = [(veto, units[4]) for veto in evaluation.veto]
    moves += [(promotion, units[6]) for promotion in evaluation.promotion]
    for number, (move, unit) in enumerate(moves, start=1):
        if move.grounds:
            sheets.add(
                "等次调整",
                单位代码=unit.code,
                事由=move.grounds[0],
                决定机构=DECIDES,
                决定文号=f"会议纪要第 {number} 号",
            )
