"""The peers on Django's own objects: query by query, and in bulk. Django must be set up before this is imported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet, Sum

from benchmarks import decimal_rules as rules
from benchmarks.tables import PlainPoints, PlainTotal
from engine.facts import Status
from evaluation.models import Cycle, EvaluatedUnit
from indicators.models import Fact, Reading, Target
from scoring.models import PanelTally

PANEL, PANEL_FULL = "leaders", Decimal(100)
_ZERO, _KINDS, _BATCH = Decimal(0), 10, 5000
_WHERE = ("evaluated_unit_id", "fact_id")

Totals = Mapping[str, tuple[Decimal, int]]  # by unit: total and place
_At = tuple[int, int]  # unit and fact


def _number(scaled: int) -> Decimal:
    return Decimal(scaled).scaleb(-2)


def _facts(cycle: Cycle) -> list[Fact]:
    """The fact of each leaf, in the order of the scheme."""
    mine = Fact.objects.filter(indicator__scheme__cycle=cycle).select_related("indicator")
    return list(mine.order_by("indicator__position"))


def _next_run() -> int:
    return (PlainTotal.objects.aggregate(last=Max("run"))["last"] or 0) + 1


def _votes(**where: object) -> dict[str, dict[str, int]]:
    """How many votes of each tier each unit has."""
    tallies = PanelTally.objects.filter(node__code=PANEL, **where)
    return {
        unit: dict(zip(tally.answers, counts, strict=True))
        for tally in tallies
        for unit, counts in tally.counts.items()
    }


class _Asked(NamedTuple):
    """A value of a unit; everything else is asked of the database."""

    unit: EvaluatedUnit
    fact: Fact
    scaled: int

    @property
    def value(self) -> Decimal:
        return _number(self.scaled)

    def target(self) -> Decimal:
        return Target.objects.get(evaluated_unit=self.unit, fact=self.fact).number

    def mean(self) -> Decimal:
        found = self._given().aggregate(sum=Sum("value"), count=Count("pk"))
        return _number(found["sum"]) / found["count"]

    def ends(self) -> tuple[Decimal, Decimal]:
        found = self._given().aggregate(worst=Min("value"), best=Max("value"))
        return _number(found["worst"]), _number(found["best"])

    def place(self) -> int:
        return self._given().filter(value__gt=self.scaled).count() + 1

    def members(self) -> int:
        return self._given().count()

    def _given(self) -> QuerySet[Reading]:
        """The values of the category."""
        beside = {"evaluated_unit__category": self.unit.category_id, "fact": self.fact}
        return Reading.objects.filter(**beside, status=Status.GIVEN)


@transaction.atomic
def one_by_one(cycle: Cycle) -> Totals:
    """For each unit and leaf a query for the reading, one for each thing that it is held against, and a row saved."""
    facts, run = _facts(cycle), _next_run()
    for unit in EvaluatedUnit.objects.filter(cycle=cycle).select_related("unit", "category"):
        _save_unit(unit, facts, run)
    found = {}
    for row in PlainTotal.objects.filter(run=run):
        beside = PlainTotal.objects.filter(run=run, category=row.category)
        row.place = beside.filter(total__gt=row.total).count() + 1
        row.save()
        found[row.unit] = row.total, row.place
    return found


def _save_unit(unit: EvaluatedUnit, facts: list[Fact], run: int) -> None:
    code, earned, stake = unit.unit.code, _ZERO, PANEL_FULL
    for number, fact in enumerate(facts):
        reading = Reading.objects.filter(evaluated_unit=unit, fact=fact).first()
        points = _ZERO
        if reading and reading.status == Status.GIVEN:
            points = rules.points(number % _KINDS, _Asked(unit, fact, reading.value))
        if not reading or reading.status == Status.GIVEN:
            stake += rules.FULL
        PlainPoints.objects.create(run=run, unit=code, leaf=fact.indicator.code, points=points)
        earned += points
    judged = rules.panel(_votes(category=unit.category)[code])
    PlainPoints.objects.create(run=run, unit=code, leaf=PANEL, points=judged)
    full = rules.FULL * len(facts) + PANEL_FULL
    total = rules.total(earned + judged, full, stake)
    grade = rules.grade(total, full)
    PlainTotal.objects.create(run=run, unit=code, category=unit.category.code, total=total, grade=grade)


class _Group(NamedTuple):
    """The values of a category, taken together once."""

    mean: Decimal
    worst: Decimal
    best: Decimal
    places: dict[int, int]
    members: int


def _group(values: list[int]) -> _Group:
    places: dict[int, int] = {}
    for place, value in enumerate(sorted(values, reverse=True), 1):
        places.setdefault(value, place)
    mean = _number(sum(values)) / len(values)
    return _Group(mean, _number(min(values)), _number(max(values)), places, len(values))


class _Held(NamedTuple):
    """A value of a unit, and what it is held against."""

    scaled: int
    value: Decimal
    aim: int | None
    group: _Group

    def target(self) -> Decimal:
        assert self.aim is not None
        return _number(self.aim)

    def mean(self) -> Decimal:
        return self.group.mean

    def ends(self) -> tuple[Decimal, Decimal]:
        return self.group.worst, self.group.best

    def place(self) -> int:
        return self.group.places[self.scaled]

    def members(self) -> int:
        return self.group.members


@transaction.atomic
def in_bulk(cycle: Cycle) -> Totals:
    """All facts by a few queries of plain values, all rows created at once."""
    facts, run = _facts(cycle), _next_run()
    units = list(EvaluatedUnit.objects.filter(cycle=cycle).values_list("pk", "unit__code", "category__code"))
    values, away = _values(cycle, {pk: category for pk, _, category in units})
    votes, full = _votes(category__cycle=cycle), rules.FULL * len(facts) + PANEL_FULL
    rows, totals = [], []
    for pk, unit, category in units:
        earned, stake = _ZERO, PANEL_FULL
        for number, fact in enumerate(facts):
            value = values.get((pk, fact.pk))
            points = rules.points(number % _KINDS, value) if value else _ZERO
            if (pk, fact.pk) not in away:
                stake += rules.FULL
            rows.append(PlainPoints(run=run, unit=unit, leaf=fact.indicator.code, points=points))
            earned += points
        judged = rules.panel(votes[unit])
        rows.append(PlainPoints(run=run, unit=unit, leaf=PANEL, points=judged))
        total = rules.total(earned + judged, full, stake)
        grade = rules.grade(total, full)
        totals.append(PlainTotal(run=run, unit=unit, category=category, total=total, grade=grade))
    _place(totals)
    PlainPoints.objects.bulk_create(rows, batch_size=_BATCH)
    PlainTotal.objects.bulk_create(totals)
    return {row.unit: (row.total, row.place) for row in totals}


def _values(cycle: Cycle, category: Mapping[int, str]) -> tuple[dict[_At, _Held], set[_At]]:
    """The values by unit and fact with what each is held against, and where none applies."""
    mine, given, away = {"evaluated_unit__cycle": cycle}, {}, set()
    columns: dict[tuple[str, int], list[int]] = defaultdict(list)
    for unit, fact, value, status in Reading.objects.filter(**mine).values_list(*_WHERE, "value", "status"):
        if status == Status.GIVEN:
            given[unit, fact] = value
            columns[category[unit], fact].append(value)
        else:
            away.add((unit, fact))
    groups = {key: _group(values) for key, values in columns.items()}
    aims = {(unit, fact): aim for unit, fact, aim in Target.objects.filter(**mine).values_list(*_WHERE, "value")}
    held = {
        (unit, fact): _Held(value, _number(value), aims.get((unit, fact)), groups[category[unit], fact])
        for (unit, fact), value in given.items()
    }
    return held, away


def _place(totals: list[PlainTotal]) -> None:
    """1, 2, 2, 4 in each category."""
    first: dict[tuple[str, Decimal], int] = {}
    reached: dict[str, int] = defaultdict(int)
    for row in sorted(totals, key=lambda row: row.total, reverse=True):
        reached[row.category] += 1
        row.place = first.setdefault((row.category, row.total), reached[row.category])
