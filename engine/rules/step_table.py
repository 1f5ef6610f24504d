"""Step tables: the first threshold that holds says the points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from engine.exact import Exact, Mask
from engine.grammar.fields import Figure, FigureField, MarksField, Part
from engine.rules.against import both_said
from engine.rules.base import RULES, Row, Rule
from engine.rules.inputs import Inputs, Need
from engine.rules.measures import ACTUAL_VALUE, Of, misfit
from engine.rules.references import mismatched
from engine.rules.to import To
from engine.rules.wording import Words, bracketed, joined, marks_said, tight
from engine.show import percent
from engine.text import Text

_NONE = Figure(Decimal(0), in_percent=False)


class Step(Part):
    """One line of a step table: one threshold, said as ≥ `from`, > `above`, ≤ `up_to` or < `below`, and its points."""

    from_: FigureField | None = Field(None, alias="from")
    above: FigureField | None = None
    up_to: FigureField | None = None
    below: FigureField | None = None
    points: MarksField

    def threshold(self) -> tuple[str, Figure] | None:
        """The sign and the figure; None unless exactly one is written."""
        signs = {"≥": self.from_, ">": self.above, "≤": self.up_to, "<": self.below}
        written = [(sign, figure) for sign, figure in signs.items() if figure is not None]
        return written[0] if len(written) == 1 else None

    def holds(self, column: Exact) -> Mask:
        sign, figure = self.threshold() or ("≥", _NONE)
        compare = {"≥": column.__ge__, ">": column.__gt__, "≤": column.__le__, "<": column.__lt__}
        return compare[sign](figure.amount)

    def condition(self, in_words: Callable[[Fraction], str]) -> Text:
        """The threshold for people."""
        sign, figure = self.threshold() or ("", _NONE)
        said = f"{sign} {in_words(Fraction(figure.amount))}"
        return Text(said, said)


_OTHERWISE = Text("其余情况", "otherwise")
_NO_RATIO = Text("{to} {reference} 不大于 0，无法算比值", "the {to} {reference} is not above 0: no ratio")
_HOW = {"ratio": "{value} ÷ {reference}", "difference": "{value} − {reference}"}
_WORKED_OUT = Text(
    "{name} {how} = {value}，{condition}，得 {points} 分", "{name} {how} = {value}, {condition}: {points} points"
)
_SAID = Text("{name} {value}，{condition}，得 {points} 分", "{name} {value}, {condition}: {points} points")
_ON_WITHOUT_TO = Text(
    "on 为 ratio 或 difference 时要写 to，为 value 时不写", "ratio and difference need `to`; value has none"
)
_IDLE = Text(
    "less_is_better 只在 to 是 best 或 worst 时有用；越低越好的分档请用 up_to 或 below",
    "less_is_better matters only where `to` is best or worst; use up_to or below where less is better",
)
_LOOKED_AT = {"ratio": Text("完成率", "ratio"), "difference": Text("差值", "difference")}


@RULES.add
class StepTable(Rule):
    """Ordered thresholds on the measure, its ratio to a reference or difference from it; the first to hold counts."""

    word: ClassVar[str] = "step_table"
    of: Of = ACTUAL_VALUE
    on: Literal["value", "ratio", "difference"] = "value"
    to: To | None = None
    less_is_better: bool = False
    steps: Annotated[tuple[Step, ...], Field(min_length=1, strict=False)]
    otherwise: MarksField

    def needs(self) -> set[Need]:
        needed = self.of.chosen.needs()
        return needed | self.to.chosen.needs_with(self.of.chosen) if self.to else needed

    def score(self, x: Inputs) -> Exact:
        looked_at = x.note("looked at", self.looked_at(x))
        row_of_table = np.zeros(len(x), dtype=np.intp)
        for step in self.steps:  # they run in one direction: where one holds, so do all after it
            row_of_table += ~step.holds(looked_at)
        x.note("row", Exact(row_of_table))
        marks = [*(step.points for step in self.steps), self.otherwise]
        stated = Exact.of(0 if one.relative else one.amount for one in marks).take(row_of_table)
        shares = Exact.of(one.amount if one.relative else 0 for one in marks).take(row_of_table)
        return x.note("points", stated + x.full * shares)

    def highest(self, full: Fraction) -> Fraction | None:
        return max(marks.of(full) for marks in (self.otherwise, *(step.points for step in self.steps)))

    def looked_at(self, x: Inputs) -> Exact:
        measure = self.of.chosen
        value = x.note("value", measure.value(x))
        if self.on == "value" or self.to is None:
            return value
        reference = x.note("reference", self.to.chosen.value(x, measure, self.less_is_better))
        if self.on == "difference":
            return value - reference
        bad = reference <= 0
        x.refuse(bad, _NO_RATIO, to=self.to.chosen.name(), reference=reference)
        return value / reference.where(~bad, 1)

    def explain(self, row: Row) -> list[Text]:
        return _explained(self, row)

    def in_words(self, words: Words) -> Text:
        return _steps_in_words(self, words)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        if (self.on == "value") != (self.to is None):
            yield "on", _ON_WITHOUT_TO
        if self.to is not None:
            yield from mismatched(self.of.chosen, self.to.chosen)
        if self.less_is_better and not (self.to and self.to.chosen.word in ("best", "worst")):
            yield "less_is_better", _IDLE
        yield from _disorder(self.steps)
        in_percent = self.on == "ratio" or self.of.chosen.in_percent
        yield from _misfits(self.steps, in_percent, _LOOKED_AT.get(self.on, self.of.chosen.title))


def _explained(rule: StepTable, row: Row) -> list[Text]:
    measure, number = rule.of.chosen, int(row["row"])
    shown = percent if rule.on == "ratio" else measure.show
    condition = rule.steps[number].condition(shown) if number < len(rule.steps) else _OTHERWISE
    values = {"value": shown(row["looked at"]), "points": row.show("points")}
    if rule.to is None:
        return [_SAID.format(name=measure.title, condition=condition, **values)]
    both = {name: bracketed(measure.show(row[name])) for name in ("value", "reference")}
    how = _HOW[rule.on].format(**both)
    second = _WORKED_OUT.format(name=_LOOKED_AT[rule.on], how=how, condition=condition, **values)
    return [both_said(measure, rule.to.chosen, row), second]


def _steps_in_words(rule: StepTable, words: Words) -> Text:
    measure = rule.of.chosen
    looked_at = measure.in_words(words)
    if rule.to is not None:
        text = Text("{of} ÷ {to}", "{of} ÷ {to}") if rule.on == "ratio" else Text("{of} − {to}", "{of} − {to}")
        looked_at = text.format(of=looked_at, to=rule.to.chosen.in_words(words))
    shown = percent if rule.on == "ratio" else measure.show
    gives = Text("{condition} 得{points}", "{condition}: {points}")
    said = [gives.format(condition=step.condition(shown), points=marks_said(step.points)) for step in rule.steps]
    first = joined([looked_at, said[0]], " ", " ")
    rest = Text("其余得{points}", "otherwise {points}").format(points=marks_said(rule.otherwise))
    return tight(joined([first, *said[1:], rest]))


def _misfits(steps: tuple[Step, ...], in_percent: bool, title: Text) -> Iterator[tuple[str, Text]]:
    """Thresholds with a percent sign where there is none, or without."""
    for step in steps:
        if threshold := step.threshold():
            yield from misfit(threshold[1], in_percent, "steps", title)


def _disorder(steps: tuple[Step, ...]) -> Iterator[tuple[str, Text]]:
    """Thresholds that are not one each, or not one after the other."""
    thresholds = [step.threshold() for step in steps]
    if None in thresholds:
        zh = "每一档要写且只写 from、above、up_to、below 之一"
        yield "steps", Text(zh, "every step states exactly one of from, above, up_to, below")
        return
    figures = [threshold[1].amount for threshold in thresholds if threshold]
    falling = {threshold[0] in "≥>" for threshold in thresholds if threshold}
    ordered = sorted(figures, reverse=True in falling)
    if len(falling) > 1 or figures != ordered or len(set(figures)) < len(figures):
        zh = "各档界限应依次变化、方向一致、互不相同"
        yield "steps", Text(zh, "thresholds must run in one direction, in order, without repetition")
