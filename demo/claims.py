"""Bonuses and deductions that were claimed: whatever the scheme has a rule for, with the cases that do not count."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, product

from demo.dice import dice
from demo.facts import NOT_APPLICABLE
from demo.names import ABOUT_COLLECTING, BOTH_HIGHER, DECIDES, FAULTS, GROWTH_ELSEWHERE, MATTERS, MERITS
from demo.sheets import Row, Sheets
from demo.units import Unit
from engine.language.extras import Bonus, Deductions, DeductionStandard, Standard, points_of
from engine.language.model import Evaluation

_DUE = date(2024, 9, 30)  # before National Day, whose days off and make-up workdays stand on the sheet 工作日历
_CAME = ("2024-10-08 09:30", "2024-10-10", "2024-10-12 16:00")


class Claims:
    """The claims of one sheet, 加分 or 扣分."""

    def __init__(
        self, sheets: Sheets, sheet: str, rules: Bonus | Deductions, evaluation: Evaluation, seed: str
    ) -> None:
        self.sheets, self.sheet, self.rules, self.seed = sheets, sheet, rules, seed
        self.collectors = evaluation.collectors
        self.matters = MERITS if sheet == "加分" else FAULTS

    def draw(self, units: list[Unit], everybody: list[Unit]) -> None:
        """Claims at levels and some that do not count, then of every other kind that the scheme has.

        Args:
            units: those of which claims may be drawn at will.
            everybody: all of them, for claims that the facts decide.
        """
        levelled = [one for one in self.rules.standards if one.levels and BOTH_HIGHER not in one.name]
        for standards, suited in self._suited(levelled, units):
            self._levels(standards, suited)
            self._not_counted(standards[0], suited[2:3])
        for standard in self.rules.standards:
            if BOTH_HIGHER in standard.name:
                self._both_higher(standard, everybody)
            if isinstance(standard, DeductionStandard):
                self._computed(standard, units[3:6])
        if levelled and isinstance(self.rules, Deductions) and self.rules.lead_share is not None:
            self._shared(levelled[0], units[6:9])

    def _suited(self, levelled: list[Standard], units: list[Unit]) -> list[tuple[list[Standard], list[Unit]]]:
        """Kinds and the units that they suit: faults in collecting the collectors, if there are any, others all."""
        collecting = [one for one in levelled if any(word in one.name for word in ABOUT_COLLECTING)]
        others = [one for one in levelled if one not in collecting]
        collectors = [unit for unit in units if unit.name in self.collectors]
        return [(kinds, suited) for kinds, suited in ((others, units), (collecting, collectors or units)) if kinds]

    def _matter(self, standard: Standard, number: int) -> str:
        """A matter that fits the kind; another number is another matter, as far as they reach."""
        fitting = next((texts for word, texts in MATTERS.items() if word in standard.name), self.matters)
        return fitting[number % len(fitting)]

    def _levels(self, standards: list[Standard], units: list[Unit]) -> None:
        """The first unit goes beyond the cap, the second brings one matter at two levels, some others one each."""
        total = Decimal(0)
        for number, standard in zip(range(len(self.matters)), cycle(standards), strict=False):
            if total <= (self.rules.at_most or 0):
                level = _highest(standard)
                self.add(units[0], standard, level, self._matter(standard, number))
                total += points_of(standard.levels[level])
        several = max(standards, key=lambda standard: len(standard.levels))
        for unit, level in product(units[1:2], list(several.levels)[:2]):
            self.add(unit, several, level, self._matter(several, 1))
        for unit in units[2::5]:
            standard = dice(self.seed, self.sheet, unit.code).choice(standards)
            self.add(unit, standard, list(standard.levels)[-1], self._matter(standard, 2))

    def _not_counted(self, standard: Standard, units: list[Unit]) -> None:
        """One claim too late, one not decided."""
        for unit in units:
            if self.rules.cut_off is not None:
                self.add(unit, standard, _highest(standard), self._matter(standard, 3), days_late=1)
            if self.rules.by is not None:
                self.add(unit, standard, _highest(standard), self._matter(standard, 4), decided=False)

    def _both_higher(self, standard: Standard, units: list[Unit]) -> None:
        """Every growth that was drawn above that of the country and of the west."""
        drawn = {(row["单位代码"], row["指标代码"]): row["数值"] for row in self.sheets.rows["采集数据"]}
        for unit in units:
            for leaf in unit.part_of.leaves():
                value = drawn.get((unit.code, leaf.code), NOT_APPLICABLE)
                country, west = GROWTH_ELSEWHERE.get(leaf.name, ("", ""))
                if country and value != NOT_APPLICABLE and Decimal(value) > max(Decimal(country), Decimal(west)):
                    matter = f"{leaf.name} {value}%，高于全国 {country}% 和西部平均 {west}%"
                    self.add(unit, standard, _highest(standard), matter)

    def _computed(self, standard: DeductionStandard, units: list[Unit]) -> None:
        """What was lost above, and what came late; the last explanation is accepted."""
        for number, unit in enumerate(units):
            cells: Row = {}
            if standard.passed_on is not None:
                cells = {"上级扣分": str(Decimal(number + 1) / 2)}
            elif standard.lateness is not None:
                excused = "是" if number == len(units) - 1 else ""
                cells = {"应报时间": _DUE.isoformat(), "实报时间": _CAME[number], "说明被采纳": excused}
            if cells:
                self.add(unit, standard, "", self._matter(standard, number), cells)

    def _shared(self, standard: Standard, units: list[Unit]) -> None:
        """A matter that one unit leads and the others assist in."""
        for unit in units:
            role = {"责任": "牵头" if unit is units[0] else "协办"}
            self.add(unit, standard, _highest(standard), self._matter(standard, 5), role)

    def add(
        self, unit: Unit, standard: Standard, level: str, matter: str, more: Row | None = None, days_late: int = 0,
        decided: bool = True,
    ) -> None:  # fmt: skip
        """One row."""
        number = dice(self.seed, self.sheet, unit.code, standard.code, level, matter).randint(1, 60)
        cells: Row = {"单位代码": unit.code, f"{self.sheet}项": standard.name, "级别": level, "事项": matter}
        cells |= more or {}
        if self.rules.cut_off is not None:
            cells["日期"] = (self.rules.cut_off + timedelta(days=days_late or -number)).isoformat()
        if self.rules.by is not None and decided:
            cells |= {"决定机构": DECIDES, "决定文号": f"会议纪要第 {number} 号"}
        source = f"（{level}）" if level else ""
        self.sheets.add(self.sheet, **cells, 依据=f"佐证材料第 {number} 号{source}")


def _highest(standard: Standard) -> str:
    return max(standard.levels, key=lambda name: points_of(standard.levels[name]))


def add_calendar(sheets: Sheets, rules: Deductions) -> None:
    """New Year's Day and National Day 2024, where the scheme counts working days."""
    if any(standard.lateness.days == "working" for standard in rules.standards if standard.lateness):
        for day in ("2024-09-29", "2024-10-12"):
            sheets.add("工作日历", 日期=day, 安排="上班")
        for day in ("2024-01-01", *(f"2024-10-0{number}" for number in range(1, 8))):
            sheets.add("工作日历", 日期=day, 安排="放假")
