"""Rules that hold a measure against a reference: ratio, base ± steps."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from engine.exact import Exact
from engine.language.fields import FigureField, MarksField, NotNegative, Share
from engine.rules.base import RULES, Inputs, Need, Row, Rule
from engine.rules.measures import ACTUAL_VALUE, Of
from engine.rules.references import Constant, mismatched
from engine.rules.to import To
from engine.show import percent, show
from engine.text import Text


class _Against(Rule):
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
        text = Text("{of} {value}，{to} {reference}", "{of} {value}, {to} {reference}")
        measure, to = self.of.chosen, self.to.chosen.name()
        value, reference = measure.show(row["value"]), measure.show(row["reference"])
        return text.format(of=measure.title, value=value, to=to, reference=reference)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from mismatched(self.of.chosen, self.to.chosen)


_NOTHING_STATED = Text(
    "参照值不大于 0，方案没有写明怎么算（reference_not_positive）",
    "the reference is not above 0 and the scheme states nothing for it",
)


@RULES.add
class Ratio(_Against):
    """Actual ÷ reference × full marks; where less is better, reference ÷ actual × full marks.

    Less is better and actual ≤ 0 earns the cap. A reference ≤ 0 stops the run unless the scheme states points
    for it. A share below `nothing_below` (looked at before rounding) earns nothing.
    """

    word: ClassVar[str] = "ratio"
    nothing_below: Share | None = None
    reference_not_positive: MarksField | None = None

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from super().mistakes()
        if isinstance(self.to.chosen, Constant) and self.to.chosen.number.amount <= 0:
            zh = "规定值不大于 0，不能作除数；请改 to"
            yield "to", Text(zh, "the stated value is not above 0 and cannot be divided by; change `to`")

    def score(self, x: Inputs) -> Exact:
        value, reference = self.pair(x)
        endless = value <= 0 if self.less_is_better else reference <= 0
        bad = (reference <= 0) & ~endless if self.less_is_better else endless
        if self.reference_not_positive is None:
            x.refuse(bad, _NOTHING_STATED)
        top, bottom = (reference, value) if self.less_is_better else (value, reference)
        quotient = x.note("ratio", top / bottom.where(~endless, 1))
        points = top * x.full / bottom.where(~endless, 1)
        if self.nothing_below is not None:
            points = points.where(quotient >= self.nothing_below, 0)
        if self.less_is_better:
            points = points.where(~endless, x.cap)
        stated = x.same(0) if self.reference_not_positive is None else x.worth(self.reference_not_positive)
        return points.where(~bad, x.note("stated", stated))

    def explain(self, row: Row) -> list[Text]:
        if self.less_is_better and row["value"] <= 0:
            text = Text(
                "越低越好，已不大于 0，得本项最高分", "less is better and it is not above 0: the most this item gives"
            )
            return [self.said(row), text]
        if row["reference"] <= 0:
            text = Text(
                "参照值不大于 0，按方案得 {points} 分", "the reference is not above 0: {points} points as stated"
            )
            return [self.said(row), text.format(points=row.show("stated"))]
        order = ("reference", "value") if self.less_is_better else ("value", "reference")
        measure = self.of.chosen
        values = {
            "a": measure.show(row[order[0]]),
            "b": measure.show(row[order[1]]),
            "full": row.full(),
            "ratio": percent(row["ratio"]),
        }
        if self.nothing_below is not None and row["ratio"] < self.nothing_below:
            text = Text("{a} ÷ {b} = {ratio}，低于 {limit}，得 0 分", "{a} ÷ {b} = {ratio}, below {limit}: 0 points")
            return [self.said(row), text.format(limit=percent(self.nothing_below), **values)]
        points = row["ratio"] * row.inputs.full[row.index]
        text = Text("{a} ÷ {b} × {full} = {points}（{ratio}）", "{a} ÷ {b} × {full} = {points} ({ratio})")
        return [self.said(row), text.format(points=show(points), **values)]


_COUNTED = {
    "proportional": Text("按比例", "in proportion"),
    "completed": Text("只计满步", "whole steps only"),
    "started": Text("不足一步按一步计", "a step begun counts whole"),
}
_STEPS = Text(
    "比参照{way} {away}，每 {step} 为一步（{counted}）共 {steps} 步：{sum} = {points}（限 {low} 至 {high}）",
    "{away} {way} than the reference, steps of {step} ({counted}): {steps}; {sum} = {points} ({low} to {high})",
)


@RULES.add
class BaseSteps(_Against):
    """So many points at the reference, and more or less for each step away from it, within two caps of its own.

    Steps are counted outward from the reference: `proportional` (parts of a step count in proportion), `completed`
    (only whole steps count) or `started` (a step begun counts whole).
    """

    word: ClassVar[str] = "base_steps"
    base: NotNegative
    step: FigureField
    up: NotNegative
    down: NotNegative
    count: Literal["proportional", "completed", "started"]
    at_least: NotNegative
    at_most: NotNegative

    def score(self, x: Inputs) -> Exact:
        value, reference = self.pair(x)
        away = x.note("away", reference - value if self.less_is_better else value - reference)
        steps = abs(away) / self.step.amount
        if self.count != "proportional":
            steps = steps.floor() if self.count == "completed" else steps.ceiling()
        x.note("steps", steps)
        better = away >= 0
        points = (steps * self.up).where(better, -(steps * self.down)) + self.base
        return x.note("points", points.at_most(self.at_most).at_least(self.at_least))

    def explain(self, row: Row) -> list[Text]:
        better, in_words = row["away"] >= 0, self.of.chosen.show
        each, sign = (self.up, "+") if better else (self.down, "−")
        filled = _STEPS.format(
            way=Text("好", "better") if better else Text("差", "worse"),
            away=in_words(abs(row["away"])),
            step=in_words(Fraction(self.step.amount)),
            counted=_COUNTED[self.count],
            steps=row.show("steps"),
            sum=f"{show(self.base)} {sign} {row.show('steps')} × {show(each)}",
            points=row.show("points"),
            low=show(self.at_least),
            high=show(self.at_most),
        )
        return [self.said(row), filled]

    def highest(self, full: Fraction) -> Fraction | None:
        return Fraction(self.at_most)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from super().mistakes()
        yield from self.of.chosen.misfit(self.step, "step")
        if self.step.amount <= 0:
            yield "step", Text("一步（step）应大于 0", "a step must be above 0")
        if not self.at_least <= self.base <= self.at_most:
            text = (
                "base {base} 应在 at_least {low} 和 at_most {high} 之间",
                "base {base} must lie between at_least {low} and at_most {high}",
            )
            yield "base", Text(*text).format(base=self.base, low=self.at_least, high=self.at_most)
