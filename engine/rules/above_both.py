"""Better than each of several references: points, or a rate on what is beyond the hardest of them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from engine.exact import Exact
from engine.grammar.fields import FigureField, MarksField, NotNegative, Part
from engine.rules.base import RULES, Row, Rule
from engine.rules.inputs import Inputs, Need
from engine.rules.measures import ACTUAL_VALUE, Of
from engine.rules.references import mismatched
from engine.rules.steps import COUNTED, Count, steps_in, steps_said, wrong_step
from engine.rules.to import To
from engine.rules.wording import NOTHING, Words, bracketed, joined, marks_said, tight
from engine.show import show
from engine.text import Text


class Rate(Part):
    """So many points for each step of what is beyond the references."""

    step: FigureField
    each: NotNegative
    count: Count


_ALL = {False: Text("高于全部参照", "above every reference"), True: Text("低于全部参照", "below every reference")}
_NOT_ALL = Text("没有{all}，按方案得 {points} 分", "not {all}: {points} points as stated")
_GIVES = Text("{all}，得 {points} 分", "{all}: {points} points")
_RATED = Text(
    "{all}，比其中{hardest}的 {bar} 相差 {beyond}，{steps}：{count} × {each} = {points}",
    "{all}, {beyond} from the {hardest} of them, {bar}; {steps}; {count} × {each} = {points}",
)
_HARDEST = {False: Text("最高", "highest"), True: Text("最低", "lowest")}
_MORE = {False: Text("高于", "above"), True: Text("低于", "below")}
_IN_WORDS = Text("{of}同时{more}{to}的得{gives}，其余得{otherwise}", "{of} {more} {to}: {gives}; otherwise {otherwise}")
_RATE_IN_WORDS = Text(
    "{of}同时{more}{to}的，比其中{hardest}者每{more} {step} 得 {each} 分（{count}）；其余得{otherwise}",
    "{of} {more} {to}: {each} points for each {step} {more} the {hardest} of them ({count}); otherwise {otherwise}",
)
_ONE_OF = Text("points 和 rate 要写且只写一个", "state exactly one of points and rate")
_TWICE = Text("同一个参照写了两次；请删去一个", "the same reference is there twice; remove one")
_TURNED = Text("otherwise 高于 points，越好得分越低；请改分值", "otherwise is above points: the better would earn less")
_USELESS = Text("rate 每步 0 分，不起作用；请改 each", "the rate pays 0 points; change `each`")


@RULES.add
class AboveBoth(Rule):
    """Better than every one of several references: stated points, or a rate on the excess over the hardest of them."""

    word: ClassVar[str] = "above_both"
    of: Of = ACTUAL_VALUE
    to: Annotated[tuple[To, ...], Field(min_length=2, strict=False)]
    less_is_better: bool = False
    points: MarksField | None = None
    rate: Rate | None = None
    otherwise: MarksField

    def needs(self) -> set[Need]:
        return self.of.chosen.needs().union(*(to.chosen.needs_with(self.of.chosen) for to in self.to))

    def score(self, x: Inputs) -> Exact:
        measure = self.of.chosen
        value = x.note("value", measure.value(x))
        bar: Exact | None = None
        for to in self.to:
            part = x.part(Fraction(1))
            part.note("value", value)
            reference = part.note("reference", to.chosen.value(part, measure, self.less_is_better))
            harder = reference.at_most if self.less_is_better else reference.at_least
            bar = reference if bar is None else harder(bar)
        assert bar is not None
        beyond = x.note("beyond", x.note("bar", bar) - value if self.less_is_better else value - x.note("bar", bar))
        points = x.same(0) if self.points is None else x.worth(self.points)
        if self.rate is not None:
            points = x.note("steps", steps_in(beyond.at_least(0), self.rate.step, self.rate.count)) * self.rate.each
        return x.note("points", points.where(beyond > 0, x.worth(self.otherwise)))

    def explain(self, row: Row) -> list[Text]:
        return [_both_said(self, row), _points_said(self, row)]

    def in_words(self, words: Words) -> Text:
        return _both_in_words(self, words)

    def highest(self, full: Fraction) -> Fraction | None:
        return max(marks.of(full) for marks in (self.points, self.otherwise) if marks is not None)

    def bound(self, full: Fraction) -> Fraction | None:
        return None if self.rate else self.highest(full)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        for to in self.to:
            yield from mismatched(self.of.chosen, to.chosen)
        if any(to in self.to[:number] for number, to in enumerate(self.to)):
            yield "to", _TWICE
        if (self.points is None) == (self.rate is None):
            yield "points", _ONE_OF
        if (
            self.points
            and self.points.relative == self.otherwise.relative
            and self.otherwise.amount > self.points.amount
        ):
            yield "otherwise", _TURNED
        if self.rate is not None:
            yield from (("rate", text) for _, text in wrong_step(self.of.chosen, self.rate.step))
            if self.rate.each == 0:
                yield "rate", _USELESS


def _both_said(rule: AboveBoth, row: Row) -> Text:
    """The measure and everything it is held against."""
    measure = rule.of.chosen
    text = Text("{called} {number}", "{called} {number}")
    said = [text.format(called=measure.called(row.words), number=measure.said(row["value"], row))]
    for to, part in zip(rule.to, row.parts(), strict=True):
        said.append(text.format(called=to.chosen.called(row.words), number=to.chosen.said(measure, part)))
    return tight(joined(said, "，", ", "))


def _points_said(rule: AboveBoth, row: Row) -> Text:
    better, points = _ALL[rule.less_is_better], row.show("points")
    if row["beyond"] <= 0:
        return _NOT_ALL.format(all=better, points=points)
    if rule.rate is None:
        return _GIVES.format(all=better, points=points)
    measure, steps = rule.of.chosen, row.show("steps")
    shown = {name: measure.show(row[name]) for name in ("bar", "beyond")}
    said = steps_said(measure, rule.rate.step, rule.rate.count, steps)
    values = {"hardest": _HARDEST[rule.less_is_better], "steps": said, "count": bracketed(steps), "points": points}
    return _RATED.format(all=better, each=show(rule.rate.each), **shown, **values)


def _both_in_words(rule: AboveBoth, words: Words) -> Text:
    values = {
        "of": rule.of.chosen.in_words(words),
        "more": _MORE[rule.less_is_better],
        "to": joined((to.chosen.in_words(words) for to in rule.to), "和", " and "),
        "otherwise": marks_said(rule.otherwise),
    }
    if rule.rate is None:
        return _IN_WORDS.format(gives=marks_said(rule.points) if rule.points else NOTHING, **values)
    step = rule.of.chosen.show(Fraction(rule.rate.step.amount))
    each, count = show(rule.rate.each), COUNTED[rule.rate.count]
    return _RATE_IN_WORDS.format(hardest=_HARDEST[rule.less_is_better], step=step, each=each, count=count, **values)
