"""Bonuses and deductions that were claimed: whatever the scheme has a rule for, with the cases that do not count."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import cycle

from demo.dice import dice
from demo.names import DECIDES, FAULTS, MERITS
from demo.sheets import Row, Sheets
from demo.units import Unit
from engine.language.extras import Bonus, Deductions, Standard, points_of


class Claims:
    """The claims of one sheet, 加分 or 扣分."""

    def __init__(self, sheets: Sheets, sheet: str, rules: Bonus | Deductions, seed: int) -> None:
        self.sheets, self.sheet, self.rules, self.seed = sheets, sheet, rules, seed
        self.matters = MERITS if sheet == "加分" else FAULTS

    def draw(self, units: list[Unit]) -> None:
        """The first unit goes beyond the cap, the second brings one matter at two levels, some others one each.

        Where the scheme has a cut-off date or asks for a decision, the third brings one too late and one undecided.
        """
        total = Decimal(0)
        for matter, standard in zip(self.matters, cycle(self.rules.standards), strict=False):
            if total <= (self.rules.at_most or 0):
                level = max(standard.levels, key=lambda name: points_of(standard.levels[name]))
                self.add(units[0], standard, level, matter)
                total += points_of(standard.levels[level])
        several = max(self.rules.standards, key=lambda standard: len(standard.levels))
        for level in list(several.levels)[:2]:
            self.add(units[1], several, level, self.matters[1])
        for unit in units[2::5]:
            standard = dice(self.seed, self.sheet, unit.code).choice(self.rules.standards)
            self.add(unit, standard, list(standard.levels)[-1], self.matters[2])
        first = self.rules.standards[0]
        if self.rules.cut_off is not None:
            self.add(units[2], first, next(iter(first.levels)), self.matters[3], days_late=1)
        if self.rules.by is not None:
            self.add(units[2], first, next(iter(first.levels)), self.matters[4], decided=False)

    def add(
        self, unit: Unit, standard: Standard, level: str, matter: str, days_late: int = 0, decided: bool = True
    ) -> None:
        """One row."""
        number = dice(self.seed, self.sheet, unit.code, standard.code, level, matter).randint(1, 60)
        cells: Row = {"单位代码": unit.code, f"{self.sheet}项": standard.name, "级别": level, "事项": matter}
        if self.rules.cut_off is not None:
            cells["日期"] = (self.rules.cut_off + timedelta(days=days_late or -number)).isoformat()
        if self.rules.by is not None and decided:
            cells |= {"决定机构": DECIDES, "决定文号": f"会议纪要第 {number} 号"}
        self.sheets.add(self.sheet, **cells, 依据=f"佐证材料第 {number} 号（{level}）")
