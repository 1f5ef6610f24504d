"""Rules that hold a measure against a reference: what they share, and the ratio."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

from engine.exact import Exact
from engine.grammar.fields import Marks, MarksField, Share
from engine.rules.base import RULES, Row, Rule
from engine.rules.inputs import Inputs, Need
from engine.rules.measures import ACTUAL_VALUE, Measure, Of
from engine.rules.references import Constant, Reference, mismatched
from engine.rules.to import To
from engine.rules.wording import Words, joined, marks_said, tight
from engine.show import percent, show
from engine.text import Text


def both_said(of: Measure, to: Reference, row: Row) -> Text:
    """A measure and its reference in words, each with the sum that made it."""
    text = Text("{of} {value}，{to} {reference}", "{of} {value}, {to} {reference}")
    called = {"of": of.called(row.words), "to": to.called(row.words)}
    return tight(text.format(value=of.said(row["value"], row), reference=to.said(of, row), **called))


AS_STATED = Text("参照值不大于 0，按方案得 {points} 分", "the reference is not above 0: {points} points as stated")
_NOT_POSITIVE = Text(
    "规定值不大于 0，不能作除数；请改 to", "the stated value is not above 0 and cannot be divided by; change `to`"
)


def never_positive(to: Reference) -> Iterator[tuple[str, Text]]:
    """A divisor that is not above 0 for anybody."""
    if isinstance(to, Constant) and to.number.amount <= 0:
        yield "to", _NOT_POSITIVE


def stated_in_words(to: Reference, stated: Marks) -> Text:
    """The points of those whose reference is not above 0."""
    text = Text("{to}不大于 0 的得{stated}", "where the {to} is not above 0: {stated}")
    return text.format(to=to.name(), stated=marks_said(stated))


class Against(Rule):
    """A measure and what it is held against."""

    of: Of = ACTUAL_VALUE
    to: To
    less_is_better: bool = False

    def needs(self) -> set[Need]:
        return self.of.chosen.needs() | self.to.chosen.needs_with(self.of.chosen)

    def pair(self, x: Inputs) -> tuple[Exact, Exact]:
        """The measure and its reference."""
        measure = self.of.chosen
        value = x.note("value", measure.value(x))
        return value, x.note("reference", self.to.chosen.value(x, measure, self.less_is_better))

    def said(self, row: Row) -> Text:
        """Both of them in words."""
        return both_said(self.of.chosen, self.to.chosen, row)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from mismatched(self.of.chosen, self.to.chosen)


_LONG = 12  # a measure that takes more is said once and then by its title
_IN_WORDS = Text("{of} ÷ {to} × 满分", "{of} ÷ {to} × full marks")
_LESS_IN_WORDS = Text(
    "越低越好：{to} ÷ {of} × 满分，{short}不大于 0 的得本项最高分",
    "less is better: {to} ÷ {of} × full marks; where {short} is not above 0, the most this item gives",
)
_ENDLESS = Text("越低越好，已不大于 0，得本项最高分", "less is better and it is not above 0: the most this item gives")
_BELOW = Text("{a} ÷ {b} = {ratio}，低于 {limit}，得 0 分", "{a} ÷ {b} = {ratio}, below {limit}: 0 points")
_QUOTIENT = Text("{a} ÷ {b} × {full} = {points}（{ratio}）", "{a} ÷ {b} × {full} = {points} ({ratio})")
_NOTHING_STATED = Text(
    "{to} {reference} 不大于 0，方案没有写明怎么算（reference_not_positive）",
    "the {to} {reference} is not above 0 and the scheme states nothing for it",
)


@RULES.add
class Ratio(Against):
    """Actual ÷ reference × full marks; where less is better, reference ÷ actual × full marks.

    Less is better and actual ≤ 0 earns the most there is. A reference ≤ 0 stops the run unless the scheme states points
    for it. A share below `nothing_below` (looked at before rounding) earns nothing.
    """

    word: ClassVar[str] = "ratio"
    nothing_below: Share | None = None
    reference_not_positive: MarksField | None = None

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from super().mistakes()
        yield from never_positive(self.to.chosen)

    def highest(self, full: Fraction) -> Fraction | None:
        return self.reference_not_positive.of(full) if self.reference_not_positive else None

    def score(self, x: Inputs) -> Exact:
        value, reference = self.pair(x)
        endless = value <= 0 if self.less_is_better else reference <= 0
        bad = (reference <= 0) & ~endless if self.less_is_better else endless
        if self.reference_not_positive is None:
            x.refuse(bad, _NOTHING_STATED, to=self.to.chosen.called(Words(x.names)), reference=reference)
        top, bottom = (reference, value) if self.less_is_better else (value, reference)
        quotient = x.note("ratio", top / bottom.where(~endless, 1))
        points = quotient * x.full
        if self.nothing_below is not None:
            points = points.where(quotient >= self.nothing_below, 0)
        if self.less_is_better:
            points = points.where(~endless, x.endless)
        if self.reference_not_positive is None:
            return points
        return points.where(~bad, x.note("stated", x.worth(self.reference_not_positive)))

    def explain(self, row: Row) -> list[Text]:
        if self.less_is_better and row["value"] <= 0:
            return [self.said(row), _ENDLESS]
        if row["reference"] <= 0:
            return [self.said(row), AS_STATED.format(points=row.show("stated"))]
        top, bottom = ("reference", "value") if self.less_is_better else ("value", "reference")
        shown = {"a": self.of.chosen.show(row[top]), "b": self.of.chosen.show(row[bottom])}
        values = {**shown, "ratio": percent(row["ratio"]), "full": row.full()}
        if self.nothing_below is not None and row["ratio"] < self.nothing_below:
            return [self.said(row), _BELOW.format(limit=percent(self.nothing_below), **values)]
        points = show(row["ratio"] * row.inputs.full[row.index])
        return [self.said(row), _QUOTIENT.format(points=points, **values)]

    def in_words(self, words: Words) -> Text:
        return _ratio_in_words(self, words)


def _ratio_in_words(rule: Ratio, words: Words) -> Text:
    of, to = rule.of.chosen.in_words(words), rule.to.chosen.in_words(words)
    short = rule.of.chosen.title if len(of.zh) > _LONG else of
    said = [(_LESS_IN_WORDS if rule.less_is_better else _IN_WORDS).format(of=of, to=to, short=short)]
    if rule.nothing_below is not None:
        text = Text("低于 {limit} 不得分", "below {limit} no points")
        said.append(text.format(limit=percent(rule.nothing_below)))
    if rule.reference_not_positive is not None:
        said.append(stated_in_words(rule.to.chosen, rule.reference_not_positive))
    return tight(joined(said))
