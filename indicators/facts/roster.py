"""The units of a workbook: who takes part, in which set and category, at which row of its columns."""

from __future__ import annotations

from dataclasses import dataclass

from engine.facts import EvaluatedUnit
from engine.scheme import EvaluationPlan, IndicatorSetPlan
from engine.text import Text
from indicators.facts.grid import Grid


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a unit stands: its set and its row in every column of that set."""

    plan: IndicatorSetPlan
    row: int
    unit: EvaluatedUnit


class Roster:
    """The units by set, ordered by code, and the seat of each."""

    def __init__(self, plan: EvaluationPlan, grid: Grid) -> None:
        self.grid = grid
        self.mentioned = set(grid["unit"])
        self.sets: dict[str, list[EvaluatedUnit]] = {}
        self._read(plan)
        self.seats: dict[str, Seat] = {}
        for one in plan.sets:
            units = self.sets.get(one.code, [])
            units.sort(key=lambda unit: unit.code)
            self.seats |= {unit.code: Seat(one, row, unit) for row, unit in enumerate(units)}

    def _read(self, plan: EvaluationPlan) -> None:
        known = {name: code for one in plan.sets for code, title in one.categories.items() for name in (code, title)}
        titles = "、".join(title for one in plan.sets for title in one.categories.values())
        names: dict[str, int] = {}
        for row, code, name, category, leader, separate in self.grid.rows(
            "unit", "name", "category", "leader", "listed_separately"
        ):
            if name in names and name is not None:
                self.grid.wrong(row, "name", "单位名称“{name}”重复", 'the unit name "{name}" is there twice', name=name)
            names[name] = row
            if category is not None and category not in known:
                zh, en = (
                    "方案里没有类别“{category}”；有：{titles}",
                    'the scheme has no category "{category}"; there are: {titles}',
                )
                self.grid.wrong(row, "category", zh, en, category=category, titles=titles)
            elif code and name and category:
                one = plan.set_of(known[category])
                assert one is not None
                unit = EvaluatedUnit(code, name, known[category], leader or "", bool(separate))
                self.sets.setdefault(one.code, []).append(unit)

    def seat(self, grid: Grid, row: int, unit: str | None) -> Seat | None:
        """The seat of the unit named in a row of any sheet; a problem if there is none."""
        if unit is None:
            return None
        seat = self.seats.get(unit)
        if seat is None and unit not in self.mentioned:
            text = Text("单位表里没有代码“{unit}”", 'there is no unit "{unit}" in the units sheet')
            grid.wrong(row, "unit", text.zh, text.en, unit=unit)
        return seat
