"""Step tables: the first threshold that holds says the points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from engine.exact import Exact
from engine.grammar.fields import Figure, MarksField
from engine.rules.base import RULES, Row
from engine.rules.inputs import Inputs, looked_up
from engine.rules.looked_at import Table, Threshold, looked_at_in_words, pair_mistakes
from engine.rules.wording import Words, joined, marks_said, tight
from engine.text import Text


class Step(Threshold):
    """One line of a step table: a threshold and its points."""

    points: MarksField


_OTHERWISE = Text("其余情况", "otherwise")
_ONE_EACH = Text(
    "每一档要写且只写 from、above、up_to、below 之一", "every step states exactly one of from, above, up_to, below"
)
_DISORDER = Text(
    "第 {a} 档（{first}）后面写第 {b} 档（{second}），次序不对：各档界限应依次变化、方向一致；"
    "界限相同的先写不含它的（above、below），再写含它的（from、up_to）",
    "step {a} ({first}) before step {b} ({second}): thresholds run in one direction, in order; "
    "of the same figure first the one without it (above, below), then the one with it (from, up_to)",
)
_GIVES = Text("{said}，{condition}，得 {points} 分", "{said}, {condition}: {points} points")


@RULES.add
class StepTable(Table):
    """Ordered thresholds on the measure, its ratio to a reference or difference from it; the first to hold counts."""

    word: ClassVar[str] = "step_table"
    steps: Annotated[tuple[Step, ...], Field(min_length=1, strict=False)]
    otherwise: MarksField

    def score(self, x: Inputs) -> Exact:
        looked_at = self.looked_at(x)
        row_of_table = np.zeros(len(x), dtype=np.intp)
        for step in self.steps:  # they run in one direction: where one holds, so do all after it
            row_of_table += ~step.holds(looked_at)
        x.note("row", Exact(row_of_table))
        points = looked_up(row_of_table, (*(step.points for step in self.steps), self.otherwise), x)
        return x.note("points", self.settled(points, x))

    def highest(self, full: Fraction) -> Fraction | None:
        return max(marks.of(full) for marks in (self.otherwise, *self.stated(), *(step.points for step in self.steps)))

    def bound(self, full: Fraction) -> Fraction | None:
        return self.highest(full)

    def points_said(self, row: Row, said: Text) -> Text:
        number = int(row["row"])
        condition = self.steps[number].condition(self.shown) if number < len(self.steps) else _OTHERWISE
        return _GIVES.format(said=said, condition=condition, points=row.show("points"))

    def in_words(self, words: Words) -> Text:
        gives = Text("{condition} 得{points}", "{condition}: {points}")
        said = [
            gives.format(condition=step.condition(self.shown), points=marks_said(step.points)) for step in self.steps
        ]
        first = joined([looked_at_in_words(self, words), said[0]], " ", " ")
        rest = Text("其余得{points}", "otherwise {points}").format(points=marks_said(self.otherwise))
        return tight(joined([first, *said[1:], rest, self.stated_in_words()]))

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from pair_mistakes(self)
        yield from _disorder(self)
        for step in self.steps:
            if threshold := step.threshold():
                yield from self.figure_mistakes(threshold[1], "steps")


def _disorder(table: StepTable) -> Iterator[tuple[str, Text]]:
    """Thresholds that are not one each, or of which one does not hold wherever the one before it does."""
    thresholds = [threshold for step in table.steps if (threshold := step.threshold()) is not None]
    if len(thresholds) < len(table.steps):
        yield "steps", _ONE_EACH
        return
    for number, (before, after) in enumerate(pairwise(thresholds), 1):
        if not _wider(*before, *after):
            first, second = (step.condition(table.shown) for step in table.steps[number - 1 : number + 1])
            yield "steps", _DISORDER.format(a=number, b=number + 1, first=first, second=second)


def _wider(sign: str, figure: Figure, next_sign: str, next_figure: Figure) -> bool:
    """Whether the second threshold holds wherever the first does, and somewhere else."""
    upwards = sign in "≥>"
    if upwards != (next_sign in "≥>"):
        return False
    if figure.amount == next_figure.amount:
        return sign in "><" and next_sign in "≥≤"
    return upwards == (next_figure.amount < figure.amount)
