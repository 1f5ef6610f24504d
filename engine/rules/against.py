"""Rules that hold a measure against a reference: ratio, step table, base ± steps."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from engine.exact import Exact, Mask
from engine.language.fields import Amount, MarksField, NotNegative, Part
from engine.rules.base import RULES, Inputs, Need, Row, Rule
from engine.rules.measures import ACTUAL_VALUE, Of
from engine.rules.references import To, mismatched
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


@RULES.add
class Ratio(_Against):
    """Actual ÷ reference × full marks; where less is better, reference ÷ actual × full marks.

    Less is better and actual ≤ 0 earns the cap. A reference ≤ 0 stops the run unless the scheme states a share of full
    marks for it. A share below `nothing_below` (looked at before rounding) earns nothing.
    """

    word: ClassVar[str] = "ratio"
    nothing_below: Amount | None = None
    reference_not_positive: Amount | None = None

    def score(self, x: Inputs) -> Exact:
        value, reference = self.pair(x)
        endless = value <= 0 if self.less_is_better else reference <= 0
        bad = (reference <= 0) & ~endless if self.less_is_better else endless
        if self.reference_not_positive is None:
            text = "参照值不大于 0，方案没有写明怎么算（reference_not_positive）", "the reference is not above 0 and the scheme states nothing for it"
            x.refuse(bad, Text(*text))
        top, bottom = (reference, value) if self.less_is_better else (value, reference)
        quotient = x.note("ratio", top / bottom.where(~endless, 1))
        points = top * x.full / bottom.where(~endless, 1)
        if self.nothing_below is not None:
            points = points.where(quotient >= self.nothing_below, 0)
        if self.less_is_better:
            points = points.where(~endless, x.cap)
        return points.where(~bad, x.full * (self.reference_not_positive or 0))

    def explain(self, row: Row) -> list[Text]:
        if self.less_is_better and row["value"] <= 0:
            text = Text("越低越好，已不大于 0，得本项最高分", "less is better and it is not above 0: the most this item gives")
            return [self.said(row), text]
        if row["reference"] <= 0:
            text = Text("参照值不大于 0，按方案得满分的 {share}", "a reference not above 0 earns {share} of full marks")
            return [self.said(row), text.format(share=percent(self.reference_not_positive or Fraction(0)))]
        order = ("reference", "value") if self.less_is_better else ("value", "reference")
        measure = self.of.chosen
        values = {"a": measure.show(row[order[0]]), "b": measure.show(row[order[1]]), "full": row.full(), "ratio": percent(row["ratio"])}
        if self.nothing_below is not None and row["ratio"] < self.nothing_below:
            text = Text("{a} ÷ {b} = {ratio}，低于 {limit}，得 0 分", "{a} ÷ {b} = {ratio}, below {limit}: 0 points")
            return [self.said(row), text.format(limit=percent(self.nothing_below), **values)]
        points = row["ratio"] * row.inputs.full[row.index]
        text = Text("{a} ÷ {b} × {full} = {points}（{ratio}）", "{a} ÷ {b} × {full} = {points} ({ratio})")
        return [self.said(row), text.format(points=show(points), **values)]


class Step(Part):
    """One line of a step table: one threshold, said as ≥ `from`, > `above`, ≤ `up_to` or < `below`, and its points."""

    from_: Amount | None = Field(None, alias="from")
    above: Amount | None = None
    up_to: Amount | None = None
    below: Amount | None = None
    points: MarksField

    def threshold(self) -> tuple[str, Decimal] | None:
        """The sign and the figure; None unless exactly one is written."""
        signs = {"≥": self.from_, ">": self.above, "≤": self.up_to, "<": self.below}
        written = [(sign, figure) for sign, figure in signs.items() if figure is not None]
        return written[0] if len(written) == 1 else None

    def holds(self, column: Exact) -> Mask:
        sign, figure = self.threshold() or ("≥", Decimal(0))
        compare = {"≥": column.__ge__, ">": column.__gt__, "≤": column.__le__, "<": column.__lt__}
        return compare[sign](figure)


@RULES.add
class StepTable(Rule):
    """Ordered thresholds on the measure, or on its ratio to or difference from a reference; the first that holds counts."""

    word: ClassVar[str] = "step_table"
    of: Of = ACTUAL_VALUE
    on: Literal["value", "ratio", "difference"] = "value"
    to: To | None = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1, strict=False)]
    otherwise: MarksField

    def needs(self) -> set[Need]:
        measure = self.of.chosen
        return measure.needs() | (self.to.chosen.needs_with(measure) if self.to else set())

    def score(self, x: Inputs) -> Exact:
        looked_at = x.note("looked at", self.looked_at(x))
        points = x.full * self.otherwise.amount if self.otherwise.relative else x.same(self.otherwise.amount)
        row_of_table = np.full(len(x), len(self.steps))
        for number in range(len(self.steps) - 1, -1, -1):
            step = self.steps[number]
            holds = step.holds(looked_at)
            worth = x.full * step.points.amount if step.points.relative else x.same(step.points.amount)
            points = worth.where(holds, points)
            row_of_table = np.where(holds, number, row_of_table)
        x.note("row", Exact(row_of_table))
        x.note("points", points)
        return points

    def highest(self, full: Fraction) -> Fraction | None:
        return max(marks.of(full) for marks in (self.otherwise, *(step.points for step in self.steps)))

    def looked_at(self, x: Inputs) -> Exact:
        measure = self.of.chosen
        value = x.note("value", measure.value(x))
        if self.on == "value" or self.to is None:
            return value
        reference = x.note("reference", self.to.chosen.value(x, measure))
        if self.on == "difference":
            return value - reference
        bad = reference <= 0
        x.refuse(bad, Text("参照值不大于 0，无法算比值", "the reference is not above 0: no ratio"))
        return value / reference.where(~bad, 1)

    def explain(self, row: Row) -> list[Text]:
        names = {"value": self.of.chosen.title, "ratio": Text("完成率", "ratio"), "difference": Text("差值", "difference")}
        in_words = percent if self.on == "ratio" else self.of.chosen.show
        number = int(row["row"])
        condition = Text("其余情况", "otherwise")
        if number < len(self.steps):
            sign, figure = self.steps[number].threshold() or ("", Decimal(0))
            limit = in_words(Fraction(figure))
            condition = Text(f"{sign} {limit}", f"{sign} {limit}")
        text = Text("{name} {shown}，{condition}，得 {points} 分", "{name} {shown}, {condition}: {points} points")
        shown = in_words(row["looked at"])
        return [text.format(name=names[self.on], shown=shown, condition=condition, points=row.show("points"))]

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        if (self.on == "value") != (self.to is None):
            zh = "on 为 ratio 或 difference 时要写 to，为 value 时不写"
            yield "on", Text(zh, "ratio and difference need `to`; value has none")
        if self.to is not None:
            yield from mismatched(self.of.chosen, self.to.chosen)
        thresholds = [step.threshold() for step in self.steps]
        if None in thresholds:
            zh = "每一档要写且只写 from、above、up_to、below 之一"
            yield "steps", Text(zh, "every step states exactly one of from, above, up_to, below")
            return
        figures = [figure for threshold in thresholds if threshold for figure in [threshold[1]]]
        falling = {threshold[0] in "≥>" for threshold in thresholds if threshold}
        ordered = sorted(figures, reverse=True in falling)
        if len(falling) > 1 or figures != ordered or len(set(figures)) < len(figures):
            zh = "各档界限应依次变化、方向一致、互不相同"
            yield "steps", Text(zh, "thresholds must run in one direction, in order, without repetition")


@RULES.add
class BaseSteps(_Against):
    """So many points at the reference, and more or less for each step away from it, within two caps of its own.

    Steps are counted outward from the reference: `proportional` (parts of a step count in proportion), `completed` (only
    whole steps count) or `started` (a step begun counts whole).
    """

    word: ClassVar[str] = "base_steps"
    base: NotNegative
    step: Annotated[Amount, Field(gt=0)]
    up: NotNegative
    down: NotNegative
    count: Literal["proportional", "completed", "started"]
    at_least: NotNegative
    at_most: NotNegative

    def score(self, x: Inputs) -> Exact:
        value, reference = self.pair(x)
        away = x.note("away", reference - value if self.less_is_better else value - reference)
        steps = abs(away) / self.step
        if self.count != "proportional":
            steps = steps.floor() if self.count == "completed" else steps.ceiling()
        x.note("steps", steps)
        better = away >= 0
        points = (steps * self.up).where(better, -(steps * self.down)) + self.base
        return x.note("points", points.at_most(self.at_most).at_least(self.at_least))

    def explain(self, row: Row) -> list[Text]:
        better = row["away"] >= 0
        counted = {
            "proportional": Text("按比例", "in proportion"),
            "completed": Text("只计满步", "whole steps only"),
            "started": Text("不足一步按一步计", "a step begun counts whole"),
        }[self.count]
        text = Text(
            "比参照{way} {away}，每 {step} 为一步（{counted}）共 {steps} 步：{base} {sign} {steps} × {each} = {points}（限 {low} 至 {high}）",
            "{away} {way} than the reference, steps of {step} ({counted}): {steps}; {base} {sign} {steps} × {each} = {points} "
            "(between {low} and {high})",
        )
        in_words = self.of.chosen.show
        values = {"away": in_words(abs(row["away"])), "step": in_words(Fraction(self.step)), "counted": counted, "steps": row.show("steps")}
        way = Text("好", "better") if better else Text("差", "worse")
        points, low, high = row.show("points"), show(self.at_least), show(self.at_most)
        each, sign = show(self.up if better else self.down), "+" if better else "−"
        filled = text.format(way=way, base=show(self.base), sign=sign, each=each, points=points, low=low, high=high, **values)
        return [self.said(row), filled]

    def highest(self, full: Fraction) -> Fraction | None:
        return Fraction(self.at_most)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from super().mistakes()
        if not self.at_least <= self.base <= self.at_most:
            text = "base {base} 应在 at_least {low} 和 at_most {high} 之间", "base {base} must lie between at_least {low} and at_most {high}"
            yield "base", Text(*text).format(base=self.base, low=self.at_least, high=self.at_most)
