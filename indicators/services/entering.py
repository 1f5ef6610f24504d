"""Facts of a workbook are entered into a cycle: all of them, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import ProtectedError
from django.utils import timezone

from engine.facts import Column, EvaluatedUnit, Facts, Key, OwnRows, SetFacts, Source, Status
from engine.rules.inputs import ACTUAL
from engine.show import decimals, fixed
from engine.text import Text
from evaluation import models as who
from evaluation.transfer import Same, insert, refresh_statistics
from evaluation.verdict import Refused
from indicators import models
from indicators.models import CycleScheme
from indicators.selectors import of_units

_BATCH = 2000
_MANY = 100  # units; what is written of more changes what the database expects of its tables
_NOTHING_SAID = Source()
_IN_RESULTS = Text(
    "单位“{name}”已在计分结果里，不能从周期“{cycle}”中删去",
    'the unit "{name}" stands in results already and cannot be taken out of the cycle "{cycle}"',
)


_COLUMNS = ("category", "name", "leader", "supervisor", "listed_separately", "groups", "headcount", "updated")


class _Part(NamedTuple):
    """One column to be written; for each row its unit by code and id, the place of its sources, its own indicator."""

    key: Key
    column: Column
    codes: list[str]
    units: list[int]
    places: list[str]
    own: list[int] | None


class FactWriter:
    """Writes what this app keeps of some categories of a cycle; what was there before is replaced.

    Args:
        cycle: whose facts they are.
        kept: its rule book.
        facts: of all units of the categories, and of no others.
        categories: the codes of those to be written, also of those that have no units any more.
    """

    def __init__(self, cycle: who.Cycle, kept: CycleScheme, facts: Facts, categories: Collection[str]) -> None:
        self.cycle, self.kept, self.facts = cycle, kept, facts
        self.mine = of_units(cycle, categories)
        self.codes = frozenset(categories)
        self.categories = {one.code: one for one in who.Category.objects.filter(cycle=cycle)}
        self.nodes = {(one.set_code, one.code): one for one in kept.indicators.all()}
        self.fact_ids = {
            (one.indicator.set_code, one.indicator.code, one.code): (one.pk, one.decimals)
            for one in models.Fact.objects.filter(indicator__scheme=kept).select_related("indicator")
        }
        self.units: dict[str, who.EvaluatedUnit] = {}
        self.now = timezone.now()

    def write(self) -> dict[str, who.EvaluatedUnit]:
        """Write everything.

        Returns:
            The evaluated units by code, for those who keep more about them.
        """
        self._clear()
        self._write_units()
        for set_code, known in self.facts.sets.items():
            own = {node: self._write_own(set_code, node, rows, known) for node, rows in known.own.items()}
            for part in self._parts(known, own):
                model = models.Reading if part.key.source == ACTUAL else models.Target
                insert(model, self._columns(part, *self.fact_ids[set_code, part.key.indicator, part.key.fact]))
        self._write_others()
        if len(self.units) > _MANY:
            refresh_statistics(models.Reading, models.Target, who.EvaluatedUnit)
        return self.units

    def _clear(self) -> None:
        for model in (
            models.Reading, models.Target, models.OwnIndicator, models.UnitFactor, models.LastResult, models.OtherResult
        ):  # fmt: skip
            model.objects.filter(**self.mine).delete()

    def _write_units(self) -> None:
        listed = [unit for known in self.facts.sets.values() for unit in known.units]
        organs = {one.code: one for one in who.Unit.objects.filter(code__in=[unit.code for unit in listed])}
        fresh = [who.Unit(code=unit.code, name=unit.name) for unit in listed if unit.code not in organs]
        organs |= {one.code: one for one in who.Unit.objects.bulk_create(fresh)}
        mine = who.EvaluatedUnit.objects.filter(cycle=self.cycle, category__code__in=self.codes)
        there = {one.unit_id: one for one in mine}
        known = {one.pk for one in there.values()}
        for unit in listed:
            row = there.pop(organs[unit.code].pk, None) or who.EvaluatedUnit(cycle=self.cycle, unit=organs[unit.code])
            self._fill(row, unit)
            self.units[unit.code] = row
        self._remove(list(there.values()))
        who.EvaluatedUnit.objects.bulk_create((row for row in self.units.values() if not row.pk), batch_size=_BATCH)
        who.EvaluatedUnit.objects.bulk_update(
            (row for row in self.units.values() if row.pk in known), _COLUMNS, batch_size=_BATCH
        )

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
        row.groups, row.headcount, row.updated = sorted(unit.groups), unit.headcount, self.now

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

    def _parts(self, known: SetFacts, own: dict[str, list[models.OwnIndicator]]) -> Iterator[_Part]:
        """The columns of a set, and with whose rows they go."""
        codes = [unit.code for unit in known.units]
        units = [self.units[code].pk for code in codes]
        for key, column in known.columns.items():
            place = "/".join(filter(None, (key.indicator, key.slot)))
            yield _Part(key, column, codes, units, [place] * len(units), None)
        for node, rows in known.own.items():
            at = [int(unit) for unit in rows.unit]
            whose = [codes[row] for row in at], [units[row] for row in at]
            places, ids = [f"{node}/{code}" for code in rows.code], [row.pk for row in own[node]]
            for source, column in rows.columns.items():
                yield _Part(Key(node, ACTUAL, source), column, *whose, places, ids)

    def _columns(self, part: _Part, fact: int, decimals: int) -> dict[str, list[Any] | Same]:
        """The columns of a table: all values of a part that are known."""
        values, said = _scaled(part.column, decimals), part.column.status.tolist()
        rows = [row for row, status in enumerate(said) if status != Status.MISSING]
        now = Same(self.now)
        found: dict[str, list[Any] | Same] = {
            "evaluated_unit_id": [part.units[row] for row in rows],
            "fact_id": Same(fact),
            "own_indicator_id": Same(None) if part.own is None else [part.own[row] for row in rows],
            "slot": Same(part.key.slot),
            "value": [values[row] for row in rows],
            "created": now,
            "updated": now,
        }
        if part.key.source != ACTUAL:
            return found | {"source": Same(part.key.source)}
        return found | {"status": [said[row] for row in rows], **self._sources(part, rows)}

    def _sources(self, part: _Part, rows: list[int]) -> dict[str, list[Any] | Same]:
        """What the readings of these rows rest on."""
        told, fact = self.facts.sources, part.key.fact
        if not told:
            return {"document": Same(""), "reason": Same("")}
        rests = [told.get((part.codes[row], part.places[row], fact), _NOTHING_SAID) for row in rows]
        return {"document": [one.document for one in rests], "reason": [one.reason for one in rests]}

    def _write_others(self) -> None:
        facts, units = self.facts, self.units
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


def write_series(cycle: who.Cycle, series: Mapping[str, Fraction]) -> None:
    """Put outside figures in place of those of a cycle."""
    models.Series.objects.filter(cycle=cycle).delete()
    rows = (models.Series(cycle=cycle, code=code, value=_decimal(value)) for code, value in series.items())
    models.Series.objects.bulk_create(rows)


def _scaled(column: Column, places: int) -> list[int]:
    """The values of a column as integers of so many decimals."""
    den = column.values.den
    assert isinstance(den, int)
    return [int(value) * (10**places // den) for value in column.values.num]


def _decimal(value: Fraction) -> Decimal:
    """A number that people have written with digits."""
    return Decimal(fixed(value, decimals(value) or 0))
