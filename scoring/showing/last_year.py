"""How the units of a cycle stood a year ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.facts import LastResult
from engine.show import show
from scoring.models import Run, ScoreSheet
from scoring.selectors import told_of_last_year
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


def last_year(run: Run, category: str) -> Mapping[int, Before]:
    """By evaluated unit: what the run was told of last year, or else what stands in last year's own cycle."""
    told = told_of_last_year(run, category)
    units = run.cycle.evaluated_units.filter(category__code=category).values_list("pk", "unit__code")
    return {**_own(run), **{pk: _before(told[code]) for pk, code in units if code in told}}


def _before(told: LastResult) -> Before:
    return Before(told.total, told.place, told.grade)


def run_before(run: Run) -> Run | None:
    """The run that counts in the cycle of the year before under the same rule book."""
    same = {"scheme__code": run.scheme.code, "scheme__evaluation": run.scheme.evaluation}
    return Run.objects.filter(state=RunState.ADOPTED, cycle__year=run.cycle.year - 1, **same).first()


def _own(run: Run) -> dict[int, Before]:
    """The result of that run, by the evaluated unit of this year."""
    mine = {"scored__runs": run_before(run), "evaluated_unit__unit__evaluations__cycle": run.cycle}
    rows = ScoreSheet.objects.filter(**mine).values_list(
        "evaluated_unit__unit__evaluations__pk", "total", "place", "grade"
    )
    return {unit: Before(total, place, grade) for unit, total, place, grade in rows}


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
