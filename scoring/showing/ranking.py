"""The ranking of a category: bars and a table, read from the stored sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.exact import Exact
from engine.language.model import Evaluation
from engine.show import show
from engine.text import Text
from evaluation.models import Category
from indicators.selectors import plan_of
from scoring.models import Run, ScoreSheet
from scoring.selectors import results_of
from scoring.showing.bars import Axis, Mark
from scoring.showing.last_year import Before, Movement, last_year, movement
from scoring.showing.nearness import Nearness

NO_GRADE = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the ranking; `tone` is the position of its grade, best first."""

    unit: int
    name: str
    place: int | None
    total: str
    grade: str
    earned: str
    tone: int | str
    bar: int
    movement: Movement
    nearness: Text


@dataclass(frozen=True, slots=True)
class Held:
    """A grade and how many units have it."""

    grade: str
    tone: int | str
    units: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everything that the page of a category shows."""

    rows: Sequence[Row]
    grades: Sequence[Held]
    low: str
    high: str
    marks: Sequence[Mark]
    mean: str
    best: str
    lowest: str
    compared: bool  # whether anything is known of last year


def ranking_of(run: Run, category: Category) -> Ranking:
    """The ranking of a category in a run; units listed separately stand at its end."""
    evaluation = plan_of(run.scheme).written
    sheets = sorted(
        results_of(run).filter(category=category.code),
        key=lambda sheet: (sheet.place is None, sheet.place or 0, sheet.unit_code),
    )
    return _Board(evaluation, category, sheets, last_year(run, category.code)).ranking()


class _Board:
    def __init__(
        self, evaluation: Evaluation, category: Category, sheets: list[ScoreSheet], before: Mapping[int, Before]
    ) -> None:
        self.evaluation, self.sheets, self.before = evaluation, sheets, before
        self.places = evaluation.rounding.total.digits or 0
        self.tone: dict[str, int | str] = {grade.name: at for at, grade in enumerate(evaluation.grades)}
        self.totals = [Fraction(sheet.total) for sheet in sheets]
        self.full = Fraction(evaluation.full_marks)
        self.axis = Axis.around(self.totals, self.full)
        self.nearness = Nearness(evaluation, category.code, sheets)

    def ranking(self) -> Ranking:
        rows = [self._row(sheet) for sheet in self.sheets]
        held = Counter(sheet.grade for sheet in self.sheets)
        grades = [Held(name, tone, held[name]) for name, tone in self.tone.items()]
        best, lowest = max(self.totals, default=0), min(self.totals, default=0)
        return Ranking(
            rows, grades, show(self.axis.low), show(self.axis.high), self._marks(), mean_of(self.totals, self.places),
            show(best, self.places), show(lowest, self.places), any(row.movement != Movement() for row in rows),
        )  # fmt: skip

    def _row(self, sheet: ScoreSheet) -> Row:
        moved = movement(sheet, self.before.get(sheet.evaluated_unit_id), self.places)
        earned = sheet.grade_earned if sheet.grade_earned != sheet.grade else ""
        return Row(
            sheet.evaluated_unit_id, sheet.unit_name, sheet.place, show(sheet.total, self.places), sheet.grade, earned,
            self.tone.get(sheet.grade, NO_GRADE), self.axis.at(Fraction(sheet.total)), moved, self.nearness.of(sheet),
        )  # fmt: skip

    def _marks(self) -> list[Mark]:
        """The lines of the grades on the axis."""
        lines = [(grade.from_.of(self.full), grade.name) for grade in self.evaluation.grades if grade.from_ is not None]
        inside = [(line, name) for line, name in lines if self.axis.low < line < self.axis.high]
        return [Mark(self.axis.at(line), show(line), name) for line, name in inside]


def mean_of(values: Sequence[Fraction], places: int) -> str:
    """The mean of points, rounded for the eye; it takes part in nothing."""
    return show(Exact.of([sum(values, Fraction(0)) / len(values)]).round(places)[0], places) if values else ""
