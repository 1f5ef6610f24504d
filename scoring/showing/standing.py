"""Where one unit stands: total, place, grade, against last year, and how close the next grade is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from engine.show import show
from engine.text import Text
from indicators.selectors import plan_of
from scoring.models import Run, ScoreSheet
from scoring.selectors import results_of
from scoring.showing.last_year import Movement, last_year, movement
from scoring.showing.nearness import Nearness


@dataclass(frozen=True, slots=True)
class Use:
    """What the result brings."""

    name: str
    gift: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The head of a score sheet."""

    total: str
    full: str
    place: int | None
    ranked: int
    grade: str
    earned: str
    tone: int | str
    movement: Movement
    nearness: Text
    uses: Sequence[Use]


def standing_of(run: Run, sheet: ScoreSheet, *, with_others: bool) -> Standing:
    """The head of a sheet.

    Args:
        run: the run of the sheet, which is one that counts.
        sheet: with what it says.
        with_others: whether the reader may see what others have: how close a seat is tells the points of another.
    """
    evaluation = plan_of(run.scheme).written
    places = evaluation.rounding.total.digits or 0
    sheets = list(results_of(run).filter(category=sheet.category))
    nearness = Nearness(evaluation, sheet.category, sheets, by_seats=with_others)
    tones = {grade.name: at for at, grade in enumerate(evaluation.grades)}
    earned = sheet.grade_earned if sheet.grade_earned != sheet.grade else ""
    names = {use.code: use.name for use in evaluation.use}
    gifts = json.loads(sheet.said)["uses"]
    ranked = sum(one.place is not None for one in sheets)
    return Standing(
        show(sheet.total, places), show(evaluation.full_marks), sheet.place, ranked,
        sheet.grade, earned, tones.get(sheet.grade, "none"),
        movement(sheet, last_year(run, sheet.category).get(sheet.evaluated_unit_id), places), nearness.of(sheet),
        [Use(names[code], gift) for code, gift in gifts.items() if gift is not None and code in names],
    )  # fmt: skip
