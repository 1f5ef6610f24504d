"""So many points at a reference, and more or less for each step away from it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

from engine.exact import Exact
from engine.grammar.fields import FigureField, NotNegative, Plain
from engine.rules.against import Against
from engine.rules.base import RULES, Row
from engine.rules.inputs import Inputs
from engine.rules.steps import COUNTED, Count, steps_in, steps_said, wrong_step
from engine.rules.wording import NOTHING, Words, spaced
from engine.show import show
from engine.text import Text

_STEPS = Text(
    "比参照{way} {away}，{steps}：{sum} = {points}{limit}",
    "{away} {way} than the reference, {steps}; {sum} = {points}{limit}",
)
_LEVEL = Text("与参照持平，得 {base} 分", "level with the reference: {base} points")
_ABOVE = Text("，高于上限 {kept}，计 {kept} 分", ", above the most of {kept}: {kept} points")
_UNDER = Text("，低于下限 {kept}，计 {kept} 分", ", below the least of {kept}: {kept} points")
_STEPS_IN_WORDS = Text(
    "{of}与{to}持平得 {base} 分；每{better} {step} 加 {up} 分，每{worse} {step} 减 {down} 分（{counted}）；"
    "最低 {low} 分，最高 {high} 分",
    "{of} level with {to}: {base} points; for each {step} {better} {up} more, for each {step} {worse} {down} less "
    "({counted}); at least {low}, at most {high}",
)


@RULES.add
class BaseSteps(Against):
    """So many points at the reference, and more or less for each step away from it, within two caps of its own.

    Steps are counted outward from the reference: `proportional` (parts of a step count in proportion), `completed`
    (only whole steps count) or `started` (a step begun counts whole).
    """

    word: ClassVar[str] = "base_steps"
    base: NotNegative
    step: FigureField
    up: NotNegative
    down: NotNegative
    count: Count
    at_least: Plain
    at_most: NotNegative

    def score(self, x: Inputs) -> Exact:
        value, reference = self.pair(x)
        away = x.note("away", reference - value if self.less_is_better else value - reference)
        steps = x.note("steps", steps_in(abs(away), self.step, self.count))
        better = away >= 0
        points = x.note("counted", (steps * self.up).where(better, -(steps * self.down)) + self.base)
        return x.note("points", points.at_most(self.at_most).at_least(self.at_least))

    def explain(self, row: Row) -> list[Text]:
        if row["away"] == 0:
            return [self.said(row), _LEVEL.format(base=show(self.base))]
        return [self.said(row), _away_said(self, row)]

    def in_words(self, words: Words) -> Text:
        return _steps_in_words(self, words)

    def highest(self, full: Fraction) -> Fraction | None:
        return Fraction(self.at_most)

    def bound(self, full: Fraction) -> Fraction | None:
        return self.highest(full)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from super().mistakes()
        yield from wrong_step(self.of.chosen, self.step)
        if not self.at_least <= self.base <= self.at_most:
            text = (
                "base {base} 应在 at_least {low} 和 at_most {high} 之间",
                "base {base} must lie between at_least {low} and at_most {high}",
            )
            yield "base", Text(*text).format(base=self.base, low=self.at_least, high=self.at_most)


def _away_said(rule: BaseSteps, row: Row) -> Text:
    better, measured = row["away"] > 0, rule.of.chosen.show
    each, sign = (rule.up, "+") if better else (rule.down, "−")
    limit = _ABOVE if row["counted"] > row["points"] else _UNDER
    return _STEPS.format(
        way=Text("好", "better") if better else Text("差", "worse"),
        away=measured(abs(row["away"])),
        steps=steps_said(rule.of.chosen, rule.step, rule.count, row.show("steps")),
        sum=f"{show(rule.base)} {sign} {row.show('steps')} × {show(each)}",
        points=row.show("counted"),
        limit=limit.format(kept=row.show("points")) if row["counted"] != row["points"] else NOTHING,
    )


def _steps_in_words(rule: BaseSteps, words: Words) -> Text:
    higher, lower = Text("高", "more"), Text("低", "less")
    better, worse = (lower, higher) if rule.less_is_better else (higher, lower)
    numbers = {"base": rule.base, "up": rule.up, "down": rule.down, "low": rule.at_least, "high": rule.at_most}
    return _STEPS_IN_WORDS.format(
        of=rule.of.chosen.in_words(words),
        to=spaced(rule.to.chosen.in_words(words)),
        better=better,
        worse=worse,
        step=rule.of.chosen.show(Fraction(rule.step.amount)),
        counted=COUNTED[rule.count],
        **{name: show(number) for name, number in numbers.items()},
    )
