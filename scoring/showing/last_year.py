"""How the units of a cycle stood a year ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.show import show
from indicators.models import LastResult
from scoring.models import Run, ScoreSheet
from scoring.states import RunState


@dataclass(frozen=True, slots=True)
class Before:
    """A unit's total, place and grade of last year."""

    total: Decimal | None
    place: int | None
    grade: str


@dataclass(frozen=True, slots=True)
class Movement:
    """Places and points won (+) or lost (−) since last year; `way` is up, down or level, empty where it is unknown."""

    way: str = ""
    places: int = 0
    points: str = ""
    grade: str = ""


def last_year(run: Run) -> Mapping[int, Before]:
    """By evaluated unit: what the cycle was told of last year, or else what stands in last year's own cycle."""
    told = LastResult.objects.filter(evaluated_unit__cycle=run.cycle)
    found = {one.evaluated_unit_id: Before(one.total, one.place, one.grade) for one in told}
    return {**_own(run), **found}


def _own(run: Run) -> dict[int, Before]:
    """The result of the cycle of the year before under the same rule book, by the evaluated unit of this year."""
    sheets = ScoreSheet.objects.filter(
        run__state=RunState.ADOPTED, run__cycle__year=run.cycle.year - 1, run__scheme__code=run.scheme.code,
        run__scheme__evaluation=run.scheme.evaluation, evaluated_unit__unit__evaluations__cycle=run.cycle,
    )  # fmt: skip
    rows = sheets.values_list("evaluated_unit__unit__evaluations__pk", "total", "place", "grade", "category")
    return {unit: Before(total, place, grade) for unit, total, place, grade, _ in rows}


def movement(sheet: ScoreSheet, before: Before | None, places: int) -> Movement:
    """What changed between last year and a sheet; points are written with so many places."""
    if before is None:
        return Movement()
    points = signed(sheet.total - before.total, places) if before.total is not None else ""
    if not sheet.place or not before.place:
        return Movement("", 0, points, before.grade)
    rise = before.place - sheet.place
    way = "up" if rise > 0 else "down" if rise < 0 else "level"
    return Movement(way, abs(rise), points, before.grade)


def signed(value: Decimal, places: int) -> str:
    """A difference with its sign."""
    return f"{'+' if value > 0 else ''}{show(value, places)}".replace("-", "−")
