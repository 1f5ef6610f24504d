"""What a table or a condition looks at: a measure as it stands, its ratio to a reference, or its difference from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, Literal, TypeVar

import numpy as np
from pydantic import Field

from engine.exact import Exact, Mask
from engine.grammar.fields import Figure, FigureField, Marks, MarksField, Part
from engine.rules.against import AS_STATED, both_said, never_positive, stated_in_words
from engine.rules.base import Row, Rule
from engine.rules.inputs import Inputs, Need
from engine.rules.measures import ACTUAL_VALUE, Of, misfit
from engine.rules.references import mismatched
from engine.rules.to import To
from engine.rules.wording import NOTHING, Words, bracketed, joined, tight
from engine.show import percent
from engine.text import Text

_NONE = Figure(Decimal(0), in_percent=False)
_NO_RATIO = Text("{to} {reference} 不大于 0，无法算比值", "the {to} {reference} is not above 0: no ratio")
_HOW = {"ratio": "{value} ÷ {reference}", "difference": "{value} − {reference}"}
_WORKED_OUT = Text("{name} {how} = {value}", "{name} {how} = {value}")
_SAID = Text("{name} {value}", "{name} {value}")
_ON_WITHOUT_TO = Text(
    "on 为 ratio 或 difference 时要写 to，为 value 时不写", "ratio and difference need `to`; value has none"
)
_IDLE = Text(
    "less_is_better 只在 to 是 best 或 worst 时有用；越低越好的请用 up_to、below 或由高到低的分值",
    "less_is_better matters only where `to` is best or worst; where less is better, say up_to, below or falling points",
)
_LESS = Text("（越低越好）", " (less is better)")
_NOT_ASKED = Text(
    "reference_not_positive 只在 on: ratio 时有用；请删去",
    "reference_not_positive matters only with `on: ratio`; remove it",
)
_TITLES = {"ratio": Text("完成率", "ratio"), "difference": Text("差值", "difference")}

Stated = TypeVar("Stated")


class LookedAt(Part, Generic[Stated]):
    """A number made from a measure: itself, its ratio to a reference, or its difference from it.

    A reference ≤ 0 has no ratio; what then counts may be stated, and stops the run where it is not.
    """

    of: Of = ACTUAL_VALUE
    on: Literal["value", "ratio", "difference"] = "value"
    to: To | None = None
    less_is_better: bool = False
    reference_not_positive: Stated | None = None

    def looked_at(self, x: Inputs) -> Exact:
        """The number per row; the value itself where it has no ratio."""
        measure = self.of.chosen
        value = x.note("value", measure.value(x))
        if self.on == "value" or self.to is None:
            return x.note("looked at", value)
        reference = x.note("reference", self.to.chosen.value(x, measure, self.less_is_better))
        if self.on == "difference":
            return x.note("looked at", value - reference)
        bad = reference <= 0
        if self.reference_not_positive is None:
            x.refuse(bad, _NO_RATIO, to=self.to.chosen.called(Words(x.names)), reference=reference)
        return x.note("looked at", value / reference.where(~bad, 1))

    def columns(self) -> set[Need]:
        """What must be given before there is such a number."""
        needed = self.of.chosen.needs()
        return needed | self.to.chosen.needs_with(self.of.chosen) if self.to else needed

    def in_percent(self) -> bool:
        """Whether figures that it is held against are percentages."""
        return self.on == "ratio" or self.of.chosen.in_percent

    def title(self) -> Text:
        """What the number is called."""
        return _TITLES.get(self.on, self.of.chosen.title)

    def shown(self, number: Fraction) -> str:
        """The number for people."""
        return percent(number) if self.on == "ratio" else self.of.chosen.show(number)

    def looked_at_said(self, row: Row) -> tuple[list[Text], Text]:
        """What goes before the number, if it has to be worked out, and the number itself."""
        measure = self.of.chosen
        if self.to is None:
            said = _SAID.format(name=measure.called(row.words), value=measure.said(row["looked at"], row))
            return [], tight(said)
        both = {name: bracketed(measure.show(row[name])) for name in ("value", "reference")}
        how, value = _HOW[self.on].format(**both), self.shown(row["looked at"])
        worked_out = _WORKED_OUT.format(name=self.title(), how=how, value=value)
        return [both_said(measure, self.to.chosen, row)], worked_out

    def figure_mistakes(self, figure: Figure, key: str) -> Iterator[tuple[str, Text]]:
        """A figure that is not written as the number is."""
        yield from misfit(figure, self.in_percent(), key, self.title())


def without_ratio(one: LookedAt[Any], x: Inputs) -> Mask:
    """The rows that have no ratio, once they have been looked at."""
    return x.notes["reference"] <= 0 if one.on == "ratio" else np.zeros(len(x), dtype=bool)


def both_without_ratio(one: LookedAt[Any], row: Row) -> list[Text]:
    """A measure and its reference, where they have no ratio; else nothing."""
    if one.to is None or one.on != "ratio" or row["reference"] > 0:
        return []
    return [both_said(one.of.chosen, one.to.chosen, row)]


class Table(LookedAt[MarksField], Rule):
    """A rule that gives points for what it looks at."""

    def needs(self) -> set[Need]:
        return self.columns()

    def settled(self, points: Exact, x: Inputs) -> Exact:
        """The points, and those that are stated where there is no ratio."""
        if self.reference_not_positive is None:
            return points
        return x.note("stated", x.worth(self.reference_not_positive)).where(without_ratio(self, x), points)

    def stated(self) -> list[Marks]:
        """The points where there is no ratio, if any are stated."""
        return [] if self.reference_not_positive is None else [self.reference_not_positive]

    def explain(self, row: Row) -> list[Text]:
        if both := both_without_ratio(self, row):
            return [*both, AS_STATED.format(points=row.show("stated"))]
        before, said = self.looked_at_said(row)
        return [*before, self.points_said(row, said)]

    def points_said(self, row: Row, said: Text) -> Text:
        """How what was looked at became points."""
        raise NotImplementedError

    def stated_in_words(self) -> Text:
        """What counts where there is no ratio."""
        if self.to is None or self.reference_not_positive is None:
            return NOTHING
        return stated_in_words(self.to.chosen, self.reference_not_positive)


def looked_at_in_words(one: LookedAt[Any], words: Words) -> Text:
    """What is looked at, with its names."""
    of = one.of.chosen.in_words(words)
    if one.to is None:
        return of
    text = Text("{of} ÷ {to}", "{of} ÷ {to}") if one.on == "ratio" else Text("{of} − {to}", "{of} − {to}")
    held = text.format(of=of, to=one.to.chosen.in_words(words))
    return joined([held, _LESS], "", "") if one.less_is_better else held


def pair_mistakes(one: LookedAt[Any]) -> Iterator[tuple[str, Text]]:
    """What is wrong with `on`, `to` and what belongs to them."""
    if (one.on == "value") != (one.to is None):
        yield "on", _ON_WITHOUT_TO
    if one.to is not None:
        yield from mismatched(one.of.chosen, one.to.chosen)
    if one.less_is_better and not (one.to and one.to.chosen.word in ("best", "worst")):
        yield "less_is_better", _IDLE
    if one.to is not None and one.on == "ratio":
        yield from never_positive(one.to.chosen)
    if one.reference_not_positive is not None and one.on != "ratio":
        yield "reference_not_positive", _NOT_ASKED


class Threshold(Part):
    """One threshold, said as ≥ `from`, > `above`, ≤ `up_to` or < `below`."""

    from_: FigureField | None = Field(None, alias="from")
    above: FigureField | None = None
    up_to: FigureField | None = None
    below: FigureField | None = None

    def threshold(self) -> tuple[str, Figure] | None:
        """The sign and the figure; None unless exactly one is written."""
        signs = {"≥": self.from_, ">": self.above, "≤": self.up_to, "<": self.below}
        written = [(sign, figure) for sign, figure in signs.items() if figure is not None]
        return written[0] if len(written) == 1 else None

    def holds(self, column: Exact) -> Mask:
        """The rows that reach it."""
        sign, figure = self.threshold() or ("≥", _NONE)
        compare = {"≥": column.__ge__, ">": column.__gt__, "≤": column.__le__, "<": column.__lt__}
        return compare[sign](figure.amount)

    def condition(self, in_words: Callable[[Fraction], str]) -> Text:
        """The threshold for people."""
        sign, figure = self.threshold() or ("", _NONE)
        said = f"{sign} {in_words(Fraction(figure.amount))}"
        return Text(said, said)
