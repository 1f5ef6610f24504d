"""Bands that pay like a tax table, outward from a reference."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from engine.exact import Exact
from engine.grammar.fields import FigureField, MarksField, NotNegative, Part, Positive
from engine.rules.against import Against
from engine.rules.base import RULES, Row
from engine.rules.inputs import Inputs
from engine.rules.steps import COUNTED, Count, steps_in, steps_said, wrong_step
from engine.rules.wording import NOTHING, Words, joined, marks_said, spaced
from engine.show import show
from engine.text import Text

_ZERO = Fraction(0)


class PaidBand(Part):
    """So many steps, each for so many points; without `steps` all further ones."""

    steps: Positive | None = None
    points: NotNegative


_LEVEL = Text("与参照持平，得 {base} 分", "level with the reference: {base} points")
_NO_BAND = Text(
    "比参照{way} {away}，方案没有定加减分，得 {base} 分",
    "{away} {way} than the reference, for which nothing is stated: {base} points",
)
_PAID = Text(
    "比参照{way} {away}，{steps}：{sum} = {points}", "{away} {way} than the reference, {steps}; {sum} = {points}"
)
_FIRST = Text("前 {steps} 步每步{verb} {points} 分", "{points} {verb} for each of the first {steps} steps")
_THEN = Text("其后 {steps} 步每步{verb} {points} 分", "{points} for each of the next {steps}")
_ALL = Text("每步{verb} {points} 分", "{points} {verb} for each step")
_REST = Text("再往后每步{verb} {points} 分", "{points} for each further one")
_IN_WORDS = Text(
    "{of}与{to}持平得{base}；每{step} 为一步（{counted}），分段计算{up}{down}",
    "{of} level with {to}: {base}; steps of {step} ({counted}), paid band by band{up}{down}",
)
_SIDE = Text("；{way}的：{bands}", "; {way}: {bands}")
_NEITHER = Text("up 和 down 至少要写一个", "write up, down or both")
_UNBOUNDED = Text(
    "只有最后一段可以不写 steps，前面的段要写明共几步",
    "only the last band may leave out steps; the others state how many",
)
_USELESS = Text("各段都是 0 分，不起作用；请改分值或删去", "every band pays 0 points; change or remove it")


@RULES.add
class MarginalBands(Against):
    """Base points at the reference; away from it the first band of steps pays one rate, the next another, and so on.

    Steps are counted outward, on the better side by `up`, on the worse side by `down`; a side without bands changes
    nothing, and what lies beyond a last band that states its steps pays nothing.
    """

    word: ClassVar[str] = "marginal_bands"
    base: MarksField
    step: FigureField
    count: Count
    up: Annotated[tuple[PaidBand, ...], Field(strict=False)] = ()
    down: Annotated[tuple[PaidBand, ...], Field(strict=False)] = ()

    def score(self, x: Inputs) -> Exact:
        value, reference = self.pair(x)
        away = x.note("away", reference - value if self.less_is_better else value - reference)
        steps = x.note("steps", steps_in(abs(away), self.step, self.count))
        base = x.note("base", x.worth(self.base))
        better = _paid("up", self.up, steps, x)
        worse = _paid("down", self.down, steps, x)
        return x.note("points", base + better.where(away > 0, -worse))

    def explain(self, row: Row) -> list[Text]:
        return [self.said(row), _away_said(self, row)]

    def in_words(self, words: Words) -> Text:
        return _bands_in_words(self, words)

    def highest(self, full: Fraction) -> Fraction | None:
        bound = self.bound(full)
        return self.base.of(full) if bound is None else bound

    def bound(self, full: Fraction) -> Fraction | None:
        if any(band.steps is None and band.points for band in self.up):
            return None
        return self.base.of(full) + sum((Fraction(band.points) * Fraction(band.steps or 0) for band in self.up), _ZERO)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from super().mistakes()
        yield from wrong_step(self.of.chosen, self.step)
        if not self.up and not self.down:
            yield "base", _NEITHER
        for key, bands in (("up", self.up), ("down", self.down)):
            if any(band.steps is None for band in bands[:-1]):
                yield key, _UNBOUNDED
            if bands and not any(band.points for band in bands):
                yield key, _USELESS


def _paid(side: str, bands: tuple[PaidBand, ...], steps: Exact, x: Inputs) -> Exact:
    """What the bands of a side pay for so many steps."""
    total, left = x.same(0), steps
    for number, band in enumerate(bands):
        inside = left if band.steps is None else left.at_most(band.steps)
        left = left - inside
        total = total + x.note(f"{side} {number}", inside) * band.points
    return total


def _away_said(rule: MarginalBands, row: Row) -> Text:
    if row["away"] == 0:
        return _LEVEL.format(base=row.show("base"))
    better = row["away"] > 0
    side, bands, sign = ("up", rule.up, "+") if better else ("down", rule.down, "−")
    said = {
        "way": Text("好", "better") if better else Text("差", "worse"),
        "away": rule.of.chosen.show(abs(row["away"])),
    }
    if not bands:
        return _NO_BAND.format(base=row.show("base"), **said)
    taken = [(row[f"{side} {number}"], band.points) for number, band in enumerate(bands)]
    paid = [f" {sign} {show(inside)} × {show(points)}" for inside, points in taken if inside]
    steps = steps_said(rule.of.chosen, rule.step, rule.count, row.show("steps"))
    total = row.show("base") + ("".join(paid) or f" {sign} 0")
    return _PAID.format(steps=steps, sum=total, points=row.show("points"), **said)


def _bands_in_words(rule: MarginalBands, words: Words) -> Text:
    higher, lower = Text("高", "more"), Text("低", "less")
    better, worse = (lower, higher) if rule.less_is_better else (higher, lower)
    up, down = Text("加", "more"), Text("减", "less")
    return _IN_WORDS.format(
        of=rule.of.chosen.in_words(words),
        to=spaced(rule.to.chosen.in_words(words)),
        base=marks_said(rule.base),
        step=f" {rule.of.chosen.show(Fraction(rule.step.amount))}",
        counted=COUNTED[rule.count],
        up=_SIDE.format(way=better, bands=_side_said(rule.up, up)) if rule.up else NOTHING,
        down=_SIDE.format(way=worse, bands=_side_said(rule.down, down)) if rule.down else NOTHING,
    )


def _side_said(bands: tuple[PaidBand, ...], verb: Text) -> Text:
    said = []
    for number, band in enumerate(bands):
        last = _ALL if number == 0 else _REST
        text = last if band.steps is None else _FIRST if number == 0 else _THEN
        said.append(text.format(steps=show(band.steps or 0), verb=verb, points=show(band.points)))
    return joined(said, "，", ", ")
