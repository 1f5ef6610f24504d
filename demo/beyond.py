"""What stands beside the indicators: bonus and deductions, moves between grades, outside figures, last year."""

from __future__ import annotations

from decimal import Decimal
from itertools import cycle

from demo.dice import dice, written
from demo.names import FAULTS, MERITS
from demo.sheets import Sheets
from demo.units import Unit
from engine.language.extras import Bonus, Deductions, Standard
from engine.language.grades import GradeMove
from engine.language.model import Evaluation

DECIDES = "市绩效评估委员会"


def add_beyond(sheets: Sheets, units: list[Unit], evaluation: Evaluation, seed: int) -> None:
    """Everything of one evaluation that is not an indicator."""
    single = [unit for unit in units if sum(unit.luck == other.luck for other in units) == 1]
    if evaluation.bonus is not None:
        _claims(sheets, "加分", evaluation.bonus, single, seed)
    if evaluation.deductions is not None:
        _claims(sheets, "扣分", evaluation.deductions, list(reversed(single)), seed)
    _moves(sheets, single, evaluation)
    for code in evaluation.series:
        sheets.add("外部数据", 代码=code, 数值=written(dice(seed, code).randint(60, 95), 1))
    if any(use.by_rise is not None for use in evaluation.use):
        _last_year(sheets, units, seed)


def _claims(sheets: Sheets, sheet: str, part: Bonus | Deductions, units: list[Unit], seed: int) -> None:
    """The first unit goes beyond the cap, the second brings one matter at two levels, some others bring one each."""
    matters = MERITS if sheet == "加分" else FAULTS

    def add(unit: Unit, standard: Standard, level: str, matter: str) -> None:
        number = dice(seed, sheet, unit.code, standard.code, level, matter).randint(1, 60)
        cells = {"单位代码": unit.code, f"{sheet}项": standard.name, "级别": level, "事项": matter}
        sheets.add(sheet, **cells, 依据=f"佐证材料第 {number} 号（{level}）")

    total = Decimal(0)
    for matter, standard in zip(matters, cycle(part.standards), strict=False):
        if total <= (part.at_most or 0):
            level = max(standard.levels, key=lambda name: standard.levels[name])
            add(units[0], standard, level, matter)
            total += standard.levels[level]
    several = max(part.standards, key=lambda standard: len(standard.levels))
    for level in list(several.levels)[:2]:
        add(units[1], several, level, matters[1])
    for unit in units[2::5]:
        standard = dice(seed, sheet, unit.code).choice(part.standards)
        add(unit, standard, list(standard.levels)[-1], matters[2])


def _moves(sheets: Sheets, units: list[Unit], evaluation: Evaluation) -> None:
    """The veto and the promotion, each once, with the decision it rests on."""
    moves: list[tuple[GradeMove | None, Unit]] = [(evaluation.veto, units[4]), (evaluation.promotion, units[6])]
    for number, (move, unit) in enumerate(moves, start=1):
        if move is not None:
            sheets.add(
                "等次调整",
                单位代码=unit.code,
                事由=move.grounds[0],
                决定机构=DECIDES,
                决定文号=f"会议纪要第 {number} 号",
            )


def _last_year(sheets: Sheets, units: list[Unit], seed: int) -> None:
    """Last year's totals and ranks by category; the last unit is new and had no place."""
    totals = {unit.code: dice(seed, "last year", unit.code).randint(7200, 9600) for unit in units[:-1]}
    for unit in units[:-1]:
        rivals = [totals[other.code] for other in units[:-1] if other.category == unit.category]
        place = 1 + sum(total > totals[unit.code] for total in rivals)
        sheets.add("上年结果", 单位代码=unit.code, 总分=written(totals[unit.code], 2), 名次=str(place))
    sheets.add("上年结果", 单位代码=units[-1].code, 名次="无")
