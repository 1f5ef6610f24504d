"""Facts of a workbook are entered into a cycle: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from django.db.models import ProtectedError

from engine.facts import Column, EvaluatedUnit, Facts, Key, OwnRows, SetFacts, Source, Status
from engine.rules.inputs import ACTUAL
from engine.show import decimals, fixed
from engine.text import Text
from evaluation import models as who
from evaluation.actor import Actor
from evaluation.services.audit import record
from evaluation.verdict import Refused
from indicators import models
from indicators.models import CycleScheme

_BATCH = 2000
_IN_RESULTS = Text(
    "单位“{name}”已在计分结果里，不能从周期“{cycle}”中删去",
    'the unit "{name}" stands in results already and cannot be taken out of the cycle "{cycle}"',
)


class FactWriter:
    """Writes what this app keeps of the facts of a cycle; what was there before is replaced."""

    def __init__(self, cycle: who.Cycle, kept: CycleScheme, facts: Facts, *, actor: Actor) -> None:
        self.cycle, self.kept, self.facts, self.actor = cycle, kept, facts, actor
        self.categories = {one.code: one for one in who.Category.objects.filter(cycle=cycle)}
        self.nodes = {(one.set_code, one.code): one for one in kept.indicators.all()}
        self.fact_ids = {
            (one.indicator.set_code, one.indicator.code, one.code): (one.pk, one.decimals)
            for one in models.Fact.objects.filter(indicator__scheme=kept).select_related("indicator")
        }
        self.units: dict[str, who.EvaluatedUnit] = {}

    def write(self) -> dict[str, who.EvaluatedUnit]:
        """Write everything.

        Returns:
            The evaluated units by code, for those who keep more about them.
        """
        self._clear()
        self._write_units()
        targets: list[models.Target] = []
        readings: list[models.Reading] = []
        for set_code, known in self.facts.sets.items():
            own = {node: self._write_own(set_code, node, rows, known) for node, rows in known.own.items()}
            for row in self._figures(set_code, known, own):
                targets += [row] if isinstance(row, models.Target) else []
                readings += [row] if isinstance(row, models.Reading) else []
        models.Target.objects.bulk_create(targets, batch_size=_BATCH)
        models.Reading.objects.bulk_create(readings, batch_size=_BATCH)
        self._write_others()
        return self.units

    def _clear(self) -> None:
        mine = {"evaluated_unit__cycle": self.cycle}
        for model in (
            models.Reading, models.Target, models.OwnIndicator, models.UnitFactor, models.LastResult, models.OtherResult
        ):  # fmt: skip
            model.objects.filter(**mine).delete()
        models.Series.objects.filter(cycle=self.cycle).delete()

    def _write_units(self) -> None:
        listed = [unit for known in self.facts.sets.values() for unit in known.units]
        organs = {one.code: one for one in who.Unit.objects.filter(code__in=[unit.code for unit in listed])}
        fresh = [who.Unit(code=unit.code, name=unit.name) for unit in listed if unit.code not in organs]
        organs |= {one.code: one for one in who.Unit.objects.bulk_create(fresh)}
        there = {one.unit_id: one for one in who.EvaluatedUnit.objects.filter(cycle=self.cycle)}
        for unit in listed:
            row = there.pop(organs[unit.code].pk, None) or who.EvaluatedUnit(cycle=self.cycle, unit=organs[unit.code])
            self._fill(row, unit)
            self.units[unit.code] = row
        self._remove(list(there.values()))
        for row in self.units.values():
            row.save()

    def _remove(self, gone: list[who.EvaluatedUnit]) -> None:
        """Take units out that the workbook does not have any more, unless results speak of them."""
        for row in gone:
            try:
                row.delete()
            except ProtectedError:
                raise Refused(_IN_RESULTS.format(name=row.name, cycle=self.cycle.code)) from None

    def _fill(self, row: who.EvaluatedUnit, unit: EvaluatedUnit) -> None:
        row.category, row.name, row.leader = self.categories[unit.category], unit.name, unit.leader
        row.supervisor, row.listed_separately = unit.parent, unit.listed_separately
        row.groups, row.headcount = sorted(unit.groups), unit.headcount

    def _write_own(self, set_code: str, node: str, rows: OwnRows, known: SetFacts) -> list[models.OwnIndicator]:
        """The own indicators of a node, numbered in each unit's own order."""
        made = [
            models.OwnIndicator(
                evaluated_unit=self.units[known.units[int(rows.unit[at])].code], node=self.nodes[set_code, node],
                code=rows.code[at], position=at, name=rows.name[at], full_marks=_decimal(rows.full[at]),
                rule=rows.rule[at], role=rows.role[at], measure=rows.measure[at],
            )
            for at in range(len(rows.code))
        ]  # fmt: skip
        return models.OwnIndicator.objects.bulk_create(made, batch_size=_BATCH)

    def _figures(
        self, set_code: str, known: SetFacts, own: dict[str, list[models.OwnIndicator]]
    ) -> Iterator[models.Target | models.Reading]:
        for key, column in known.columns.items():
            units = [self.units[unit.code] for unit in known.units]
            places = ["/".join(filter(None, (key.indicator, key.slot)))] * len(units)
            yield from self._rows(set_code, key, column, units, places, [None] * len(units))
        for node, rows in known.own.items():
            units = [self.units[known.units[int(unit)].code] for unit in rows.unit]
            places = [f"{node}/{code}" for code in rows.code]
            for source, column in rows.columns.items():
                yield from self._rows(set_code, Key(node, ACTUAL, source), column, units, places, list(own[node]))

    def _rows(
        self,
        set_code: str,
        key: Key,
        column: Column,
        units: list[who.EvaluatedUnit],
        places: list[str],
        own: list[models.OwnIndicator | None],
    ) -> Iterator[models.Target | models.Reading]:
        fact, decimals = self.fact_ids[set_code, key.indicator, key.fact]
        values = _scaled(column, decimals)
        for at in np.flatnonzero(column.status != Status.MISSING):
            row = int(at)
            said: dict[str, Any] = {
                "evaluated_unit": units[row], "fact_id": fact, "own_indicator": own[row], "slot": key.slot,
                "value": values[row],
            }  # fmt: skip
            if key.source != "actual":
                yield models.Target(**said, source=key.source)
                continue
            source = self.facts.sources.get((units[row].unit.code, places[row], key.fact), Source())
            yield models.Reading(**said, status=int(column.status[row]), document=source.document, reason=source.reason)

    def _write_others(self) -> None:
        facts, units = self.facts, self.units
        models.Series.objects.bulk_create(
            models.Series(cycle=self.cycle, code=code, value=_decimal(value)) for code, value in facts.series.items()
        )
        models.UnitFactor.objects.bulk_create(
            models.UnitFactor(evaluated_unit=units[unit], code=code, value=_decimal(value))
            for (unit, code), value in facts.factors.items()
        )
        models.LastResult.objects.bulk_create(
            models.LastResult(
                evaluated_unit=units[unit], total=one.total, place=one.place, grade=one.grade, members=one.members
            )
            for unit, one in facts.last_results.items()
        )
        models.OtherResult.objects.bulk_create(
            models.OtherResult(
                evaluated_unit=units[unit], evaluation=code, total=one.total, full=one.full, grade=one.grade
            )
            for (unit, code), one in facts.other_results.items()
        )
        self._write_calendar()

    def _write_calendar(self) -> None:
        """The calendar is everybody's: days are added or changed, never taken away."""
        calendar = self.facts.calendar
        known = {one.day: one.works for one in who.WorkingDay.objects.all()}
        told = dict.fromkeys(calendar.off, False) | dict.fromkeys(calendar.working, True)
        for day, works in sorted(told.items()):
            if known.get(day) != works:
                row, _ = who.WorkingDay.objects.update_or_create(day=day, defaults={"works": works})
                record("set_working_day", row, actor=self.actor, key=day.isoformat(), works=works)


def _scaled(column: Column, places: int) -> list[int]:
    """The values of a column as integers of so many decimals."""
    den = column.values.den
    assert isinstance(den, int)
    return [int(value) * (10**places // den) for value in column.values.num]


def _decimal(value: Fraction) -> Decimal:
    """A number that people have written with digits."""
    return Decimal(fixed(value, decimals(value) or 0))
