"""Rules that hold a unit against the others of its comparison set: what they share, efficacy, share of best."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from engine.exact import Exact
from engine.grammar.fields import Marks, MarksField, Share
from engine.rules.among import CATEGORY, AmongField
from engine.rules.base import RULES, Row, Rule
from engine.rules.comparisons import Best, Worst
from engine.rules.inputs import Inputs, Need
from engine.rules.measures import ACTUAL_VALUE, Of
from engine.rules.wording import NOTHING, Words, bracketed, in_brackets, joined, marks_said, tight
from engine.show import percent, show
from engine.text import Text


class Compared(Rule):
    """A measure, and who is compared by it."""

    compares: ClassVar[bool] = True
    of: Of = ACTUAL_VALUE
    among: AmongField = CATEGORY
    less_is_better: bool = False

    def needs(self) -> set[Need]:
        return self.of.chosen.needs()

    def measured(self, x: Inputs) -> Exact:
        return x.note("value", self.of.chosen.value(x))

    def measured_said(self, row: Row) -> Text:
        """The measure in words, with the sum that made it."""
        measure, text = self.of.chosen, Text("{of} {value}", "{of} {value}")
        return tight(text.format(of=measure.called(row.words), value=measure.said(row["value"], row)))

    def best(self, x: Inputs) -> Exact:
        return x.note("best", Best(among=self.among).value(x, self.of.chosen, self.less_is_better))


_LESS = Text("越低越好，", "less is better; ")
_EXTREMES = Text(
    "{measured}，{among}中最好 {best}{best_is}、最差 {worst}{worst_is}",
    "{measured}; of {among} the best is {best}{best_is}, the worst {worst}{worst_is}",
)
_ALL_EQUAL = Text("各单位相同，按方案得 {points} 分", "all are equal: {points} points as stated")
_BASE_IS = Text(
    "最差得满分 {full} 分的 {share}，即 {base} 分；比最差好的部分按比例得其余的 {rest} 分",
    "the worst gets {share} of the {full} points, {base}; the other {rest} go by what is better than the worst",
)
_EFFICACY = Text(
    "{base} + ({value} − {worst}) ÷ ({best} − {worst}) × {rest} = {points}",
    "{base} + ({value} − {worst}) ÷ ({best} − {worst}) × {rest} = {points}",
)
_EFFICACY_IN_WORDS = Text(
    "功效系数法：{of}在{among}中比较，{less}最好的得满分，最差的得满分的 {base}，其余按比例；各单位相同的得{equal}",
    "efficacy coefficient: {of} compared among {among}; {less}the best gets full marks, the worst {base} of them, "
    "the others in proportion; where all are equal {equal}",
)


@RULES.add
class Efficacy(Compared):
    """Efficacy coefficient (功效系数): c + (x − worst) ÷ (best − worst) × (full − c), `base` being c."""

    word: ClassVar[str] = "efficacy"
    base: Share
    all_equal: MarksField = Marks(Decimal(1), relative=True)

    def highest(self, full: Fraction) -> Fraction | None:
        return self.all_equal.of(full)

    def score(self, x: Inputs) -> Exact:
        value, best = self.measured(x), self.best(x)
        worst = x.note("worst", Worst(among=self.among).value(x, self.of.chosen, self.less_is_better))
        equal = best.equals(worst)
        room = (best - worst).where(~equal, 1)
        base = Fraction(self.base)
        points = x.full * base + (value - worst) * x.full * (1 - base) / room
        return x.note("points", points.where(~equal, x.worth(self.all_equal)))

    def explain(self, row: Row) -> list[Text]:
        measure, full = self.of.chosen, row.inputs.full[row.index]
        shown = {name: measure.show(row[name]) for name in ("value", "best", "worst")}
        who = {f"{name}_is": in_brackets(row.holders(self.among, row[name])) for name in ("best", "worst")}
        first = _EXTREMES.format(measured=self.measured_said(row), among=row.compared(self.among), **shown, **who)
        if row["best"] == row["worst"]:
            return [first, _ALL_EQUAL.format(points=row.show("points"))]
        base = Fraction(self.base) * full
        values = {name: bracketed(number) for name, number in shown.items()}
        values |= {"base": show(base), "rest": show(full - base)}
        second = _BASE_IS.format(share=percent(self.base), full=show(full), **values)
        return [first, second, _EFFICACY.format(points=row.show("points"), **values)]

    def in_words(self, words: Words) -> Text:
        values = {"of": self.of.chosen.in_words(words), "among": self.among.in_words(words), "base": percent(self.base)}
        return _EFFICACY_IN_WORDS.format(
            less=_LESS if self.less_is_better else NOTHING, equal=marks_said(self.all_equal), **values
        )


_BEST = Text("{measured}，{among}中最好 {best}{best_is}", "{measured}; the best of {among} is {best}{best_is}")
_BEST_NOT_POSITIVE = Text(
    "最好值 {best} 不大于 0，按方案得 {points} 分", "the best, {best}, is not above 0: {points} points as stated"
)
_NOT_POSITIVE = Text(
    "越低越好，{value} 不大于 0，得 {points} 分", "less is better and {value} is not above 0: {points} points"
)
_LESS_THAN_BEST = Text(
    "越低越好：{among}最好值 ÷ {of} × 满分，不大于 0 的得本项最高分",
    "less is better: best of {among} ÷ {of} × full marks; what is not above 0 gets the most this item gives",
)


@RULES.add
class ShareOfBest(Compared):
    """Own ÷ best × full marks; where less is better, best ÷ own, and own ≤ 0 earns the most there is."""

    word: ClassVar[str] = "share_of_best"
    best_not_positive: MarksField

    def highest(self, full: Fraction) -> Fraction | None:
        return self.best_not_positive.of(full)

    def score(self, x: Inputs) -> Exact:
        value, best = self.measured(x), self.best(x)
        bad = best <= 0
        top, bottom = (best, value) if self.less_is_better else (value, best)
        endless = bottom <= 0
        points = (top * x.full / bottom.where(~endless, 1)).where(~endless, x.endless)
        return x.note("points", points.where(~bad, x.worth(self.best_not_positive)))

    def explain(self, row: Row) -> list[Text]:
        shown = {name: self.of.chosen.show(row[name]) for name in ("value", "best")}
        who = {"best_is": in_brackets(row.holders(self.among, row["best"])), "among": row.compared(self.among)}
        first = _BEST.format(measured=self.measured_said(row), **shown, **who)
        text = Text("{value} ÷ {best} × {full} = {points}", "{value} ÷ {best} × {full} = {points}")
        if row["best"] <= 0:
            text = _BEST_NOT_POSITIVE
        elif self.less_is_better and row["value"] <= 0:
            text = _NOT_POSITIVE
        elif self.less_is_better:
            text = Text("{best} ÷ {value} × {full} = {points}", "{best} ÷ {value} × {full} = {points}")
        return [first, text.format(full=row.full(), points=row.show("points"), **shown)]

    def in_words(self, words: Words) -> Text:
        text = Text("{of} ÷ {among}最好值 × 满分", "{of} ÷ best of {among} × full marks")
        if self.less_is_better:
            text = _LESS_THAN_BEST
        stated = Text("最好值不大于 0 的得{points}", "where the best is not above 0: {points}")
        values = {"of": self.of.chosen.in_words(words), "among": self.among.in_words(words)}
        return tight(joined([text.format(**values), stated.format(points=marks_said(self.best_not_positive))]))
