"""What uses look at: last year's results, other evaluations, headcounts, pools and persons."""

from __future__ import annotations

from demo.dice import dice, written
from demo.sheets import Sheets
from demo.units import Unit
from engine.language.model import Evaluation
from engine.score.result import Outcome
from engine.show import show

_SURNAMES = "赵钱孙李周吴郑王冯陈"


def add_awards(sheets: Sheets, units: list[Unit], evaluation: Evaluation, seed: str, before: Outcome | None) -> None:
    """Everything that the uses of an evaluation and its conditions ask for besides the indicators."""
    repeats = any(use.by_repeat is not None for use in evaluation.use)
    if repeats or any(use.by_rise is not None for use in evaluation.use):
        _last_year(sheets, units, evaluation if repeats else None, seed, before)
    for code in evaluation.special:
        _elsewhere(sheets, units, evaluation, code, seed)
    shared = [use.distribute for use in evaluation.use if use.distribute]
    for rule in shared:
        sheets.add("奖金总额", 代码=rule.pool, 金额=written(dice(seed, rule.pool).randint(30, 90) * 100_000_000, 2))
    for unit in units if any(rule.persons for rule in shared) else ():
        _persons(sheets, unit)


def headcount(unit: Unit) -> int:
    """How many persons a unit has."""
    return dice(unit.luck, "heads").randint(12, 80)


def _last_year(
    sheets: Sheets, units: list[Unit], evaluation: Evaluation | None, seed: str, before: Outcome | None
) -> None:
    """Last year's totals and ranks by category: those that came out, or drawn ones where the city has no last year.

    With grades where the evaluation asks for them. The last unit is new and had no place.
    """
    totals = {unit.code: dice(seed, "last year", unit.code).randint(7200, 9600) for unit in units}
    for unit in units[:-1]:
        rivals = [totals[other.code] for other in units[:-1] if other.category == unit.category]
        found = before.find(unit.code) if before else None
        if found:
            result, row = found
            total, place, grade = show(result.total[row]), int(result.place[row]), result.main.final(row).zh
            ranked = int(((result.category == result.category[row]) & (result.place > 0)).sum())
        else:
            ranked, place = len(rivals), 1 + sum(total > totals[unit.code] for total in rivals)
            total = written(totals[unit.code], 2)
            names = [one.name for one in evaluation.grades] if evaluation else [""]
            grade = names[(place - 1) * len(names) // len(rivals)]
        cells = {"等次": grade, "参评数": str(ranked)} if evaluation else {}
        sheets.add("上年结果", 单位代码=unit.code, 总分=total, 名次=str(place), **cells)
    sheets.add("上年结果", 单位代码=units[-1].code, 名次="无")


def _elsewhere(sheets: Sheets, units: list[Unit], evaluation: Evaluation, code: str, seed: str) -> None:
    """The results of another evaluation; the last unit took no part, and one in seven has the lowest grade."""
    special = evaluation.special[code]
    for number, unit in enumerate(units):
        cells = {"总分": "不涉及"}
        if unit is not units[-1]:
            total = dice(seed, code, unit.code).randint(6000, 9900)
            cells = {"总分": written(total, 2), "满分": "100"}
            if special.grades:
                cells["等次"] = special.grades[-1 if number % 7 == 6 else number % max(len(special.grades) - 1, 1)]
        sheets.add("专项结果", 单位代码=unit.code, 考评=special.name, **cells)


def _persons(sheets: Sheets, unit: Unit) -> None:
    """The persons of a unit, of which the head has the largest coefficient."""
    for number in range(headcount(unit)):
        name = f"{dice(unit.luck, 'person', str(number)).choice(_SURNAMES)}某{number + 1}"
        coefficient = "1.5" if number == 0 else ("1.2" if number < 4 else "1")
        sheets.add("人员", 单位代码=unit.code, 工号=f"{number + 1:03}", 姓名=name, 系数=coefficient)
