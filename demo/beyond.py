"""What stands beside the indicators: bonus and deductions, factors, outside figures."""

from __future__ import annotations

from demo.claims import Claims, add_calendar
from demo.dice import dice, written
from demo.sheets import Sheets
from demo.units import Unit, unlike
from engine.language.model import Evaluation
from indicators.facts.wanted import factors_of


def add_beyond(sheets: Sheets, units: list[Unit], evaluation: Evaluation, seed: str) -> None:
    """Everything of one evaluation that is not an indicator."""
    single = unlike(units)
    if evaluation.bonus is not None:
        Claims(sheets, "加分", evaluation.bonus, evaluation, seed).draw(single, units)
    if evaluation.deductions is not None:
        Claims(sheets, "扣分", evaluation.deductions, evaluation, seed).draw(list(reversed(single)), units)
        add_calendar(sheets, evaluation.deductions)
    for unit in units:
        for name in factors_of(unit.part_of).values():
            sheets.add("系数", 单位代码=unit.code, 系数=name, 数值=written(dice(unit.luck, name).randint(90, 110), 2))
    for code in evaluation.series:
        sheets.add("外部数据", 代码=code, 数值=written(dice(seed, code).randint(60, 95), 1))
