"""The prepared rows of a template: what is known already, what is to be filled, what is not needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from engine.facts import EvaluatedUnit
from engine.language.scheme import EvaluationPlan
from engine.rules.direct import Judged
from engine.show import show
from indicators.facts import sheets
from indicators.facts.awards import pools_of
from indicators.facts.sheets import Sheet
from indicators.facts.wanted import Wanted, factors_of, panels, source_of, wanted


class Look(Enum):
    """What a cell of a template is for."""

    GIVEN = "given"
    TO_FILL = "to fill"
    NOT_NEEDED = "not needed"


class Cell(NamedTuple):
    """A prepared cell."""

    value: str
    look: Look


class Prepared:
    """The rows of each sheet, as far as units and scheme determine them."""

    def __init__(self, plan: EvaluationPlan, units: list[EvaluatedUnit]) -> None:
        self.plan, self.units = plan, units
        self._makers: dict[str, Callable[[], Iterator[dict[str, str]]]] = {
            sheets.UNITS.key: self._units,
            sheets.TARGETS.key: self._targets,
            sheets.READINGS.key: self._readings,
            sheets.TALLIES.key: self._tallies,
            sheets.SERIES.key: self._series,
            sheets.FACTORS.key: self._factors,
            sheets.LAST_RESULTS.key: self._last_results,
            sheets.OTHER_RESULTS.key: self._other_results,
            sheets.POOLS.key: self._pools,
        }

    def rows(self, sheet: Sheet) -> list[list[Cell]]:
        """The cells of a sheet row by row; none where nobody can know the rows beforehand."""
        made = self._makers[sheet.key]() if sheet.key in self._makers else iter(())
        return [[_cell(sheet, row, column.key) for column in sheet.columns] for row in made]

    def empty(self, sheet: Sheet, count: int) -> list[list[Cell]]:
        """So many rows of a sheet of which nothing is known."""
        return [[_cell(sheet, {}, column.key) for column in sheet.columns]] * count

    def wanted(self) -> list[Wanted]:
        """Every fact to be collected, in the order of the readings' rows."""
        return [entry for entry in self._all_wanted() if "actual" in entry.sources]

    def _all_wanted(self) -> Iterator[Wanted]:
        for one in self.plan.sets:
            mine = [unit for unit in self.units if unit.category in one.categories]
            yield from wanted(one, mine)

    def _units(self) -> Iterator[dict[str, str]]:
        for unit in self.units:
            one = self.plan.set_of(unit.category)
            category = one.categories[unit.category] if one else ""
            separate = "是" if unit.listed_separately else ""
            groups = "、".join(group.name for code, group in self.plan.written.groups.items() if code in unit.groups)
            row = {"unit": unit.code, "name": unit.name, "category": category, "leader": unit.leader}
            row["parent"] = unit.parent
            heads = "" if unit.headcount is None else str(unit.headcount)
            yield row | {"listed_separately": separate, "groups": groups, "headcount": heads}

    def _targets(self) -> Iterator[dict[str, str]]:
        for entry in self._all_wanted():
            if entry.sources - {"actual"}:
                unused = {column.key: _UNUSED for column in sheets.TARGETS.columns if column.kind == "number"}
                periods = entry.leaf.slots is not None and not entry.leaf.slots.by_assessor
                unused["period"] = "" if periods else _UNUSED
                yield unused | _known(entry) | dict.fromkeys(entry.sources - {"actual"}, "")

    def _readings(self) -> Iterator[dict[str, str]]:
        for entry in self.wanted():
            judged = isinstance(entry.leaf.rule, Judged)
            marks = show(Fraction(entry.leaf.full[entry.unit.category])) if judged else ""
            known = _known(entry) | {"full_marks": marks, "collector": source_of(entry.leaf, entry.unit)}
            known |= {"period": _UNUSED, "assessor": _UNUSED}
            key = "assessor" if entry.leaf.slots and entry.leaf.slots.by_assessor else "period"
            for slot in entry.slots:
                yield known | ({key: slot} if slot else {}) | ({"collector": slot} if key == "assessor" else {})

    def _tallies(self) -> Iterator[dict[str, str]]:
        for one, node in panels(self.plan):
            if node.panel is None or node.panel.secrecy != "anonymous":
                continue
            answers = node.panel.tallied()
            for unit in self.units:
                for answer in answers if unit.category in one.categories else ():
                    yield {"panel": node.code, "unit": unit.code, "unit_name": unit.name, "answer": answer}

    def _series(self) -> Iterator[dict[str, str]]:
        return ({"code": code} for code in self.plan.written.series)

    def _factors(self) -> Iterator[dict[str, str]]:
        for one in self.plan.sets:
            for unit in self.units:
                for name in factors_of(one).values() if unit.category in one.categories else ():
                    yield {"unit": unit.code, "unit_name": unit.name, "factor": name}

    def _last_results(self) -> Iterator[dict[str, str]]:
        return ({"unit": unit.code, "unit_name": unit.name} for unit in self.units)

    def _pools(self) -> Iterator[dict[str, str]]:
        return ({"code": code} for code in pools_of(self.plan.written))

    def _other_results(self) -> Iterator[dict[str, str]]:
        for special in self.plan.written.special.values():
            for unit in self.units:
                yield {"unit": unit.code, "unit_name": unit.name, "evaluation": special.name}


_UNUSED = "\0"  # marks a cell that the rule does not read


def _known(entry: Wanted) -> dict[str, str]:
    return {
        "unit": entry.unit.code,
        "unit_name": entry.unit.name,
        "indicator": entry.leaf.code,
        "indicator_name": entry.leaf.name,
        "fact": entry.fact,
        "fact_name": entry.spec.name or entry.leaf.name,
        "measure": entry.spec.measure,
    }


def _cell(sheet: Sheet, row: dict[str, str], key: str) -> Cell:
    value = row.get(key, "")
    if value == _UNUSED:
        return Cell("", Look.NOT_NEEDED)
    return Cell(value, Look.GIVEN if value or sheet.column(key).kind == "shown" else Look.TO_FILL)
