"""Fixed values that earn fixed points, with a straight line between them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, ClassVar, TypeAlias

import numpy as np
from pydantic import BeforeValidator, Field, WithJsonSchema

from engine.exact import Exact
from engine.grammar.fields import FigureField, Marks, MarksField, Part, marks, shown, wrong
from engine.rules.base import RULES, Row
from engine.rules.inputs import Inputs
from engine.rules.looked_at import Table, looked_at_in_words, pair_mistakes
from engine.rules.wording import Words, bracketed, joined, marks_said, tight
from engine.show import show
from engine.text import Text


class Knot(Part):
    """A value and the points that it earns."""

    at: FigureField
    points: MarksField


_ENDS = ("hold", "extend")
_WRONG_END = (
    "“{key}”写成了“{value}”，只能是 hold（同端点的分）、extend（沿直线延伸）、分数或百分比",
    '"{key}" is "{value}" but must be hold, extend, points or a percentage',
)


def _beyond(value: object) -> str | Marks:
    if isinstance(value, str) and value in _ENDS:
        return value
    if isinstance(value, str) and not value.endswith("%"):
        raise wrong(*_WRONG_END, value=shown(value))
    return marks(value)


_SCHEMA = {"anyOf": [{"enum": list(_ENDS)}, {"type": "number"}, {"type": "string", "pattern": r"^-?\d+(\.\d+)?%$"}]}
Beyond: TypeAlias = Annotated[str | Marks, BeforeValidator(_beyond), WithJsonSchema(_SCHEMA)]

_HELD = Text("{said}，{end}，按 {at} 计，得 {points} 分", "{said}, {end}: as {at}, {points} points")
_STATED = Text("{said}，{end}，按方案得 {points} 分", "{said}, {end}: {points} points as stated")
_LINE = Text("{said}；{where}{line} = {points}", "{said}; {where}{line} = {points}")
_BETWEEN = Text("在 {a} 与 {b} 之间：", "between {a} and {b}: ")
_ON = Text("{end}，沿直线延伸：", "{end}, the line goes on: ")
_END_IN_WORDS = {
    "hold": Text("{end} 的同 {at}", "{end} as {at}"),
    "extend": Text("{end} 的沿直线延伸", "{end} the line goes on"),
}
_ORDER = Text("knots 应由小到大写，at 互不相同", "knots are written in rising order of `at`, each once")
_FLAT = Text(
    "knots 各点分值相同，不起作用；请改分值", "all knots earn the same: they decide nothing; change the points"
)


@RULES.add
class Interpolated(Table):
    """Fixed values of the measure, its ratio or difference earn fixed points, and between them runs a straight line.

    Beyond either end: `hold` gives the points of the end, `extend` goes on along the line, or it is points that are
    stated.
    """

    word: ClassVar[str] = "interpolated"
    knots: Annotated[tuple[Knot, ...], Field(min_length=2, strict=False)]
    below: Beyond
    above: Beyond

    def score(self, x: Inputs) -> Exact:
        value = self.looked_at(x)
        points, segment = x.same(0), np.zeros(len(x), dtype=np.int64)
        for number, (low, high) in enumerate(pairwise(self.knots)):
            here = value >= low.at.amount if number else np.ones(len(x), dtype=bool)
            low_points, width = x.worth(low.points), Fraction(high.at.amount) - Fraction(low.at.amount)
            line = low_points + (value - low.at.amount) * (x.worth(high.points) - low_points) / width
            points, segment = line.where(here, points), np.where(here, number, segment)
        x.note("segment", Exact(segment))
        for end, knot, beyond in self._ends():
            out = value < knot.at.amount if end == "below" else value > knot.at.amount
            if beyond != "extend":
                points = x.worth(beyond if isinstance(beyond, Marks) else knot.points).where(out, points)
        return x.note("points", self.settled(points, x))

    def _ends(self) -> tuple[tuple[str, Knot, str | Marks], ...]:
        return ("below", self.knots[0], self.below), ("above", self.knots[-1], self.above)

    def highest(self, full: Fraction) -> Fraction | None:
        stated = [beyond for beyond in (self.below, self.above) if isinstance(beyond, Marks)]
        return max(one.of(full) for one in (*(knot.points for knot in self.knots), *stated, *self.stated()))

    def bound(self, full: Fraction) -> Fraction | None:
        points = [knot.points.of(full) for knot in self.knots]
        rises = self.above == "extend" and points[-1] > points[-2]
        return None if rises or (self.below == "extend" and points[0] > points[1]) else self.highest(full)

    def points_said(self, row: Row, said: Text) -> Text:
        return _points_said(self, row, said)

    def in_words(self, words: Words) -> Text:
        return _knots_in_words(self, words)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from pair_mistakes(self)
        for knot in self.knots:
            yield from self.figure_mistakes(knot.at, "knots")
        if any(high.at.amount <= low.at.amount for low, high in pairwise(self.knots)):
            yield "knots", _ORDER
        if len({knot.points for knot in self.knots}) == 1:
            yield "knots", _FLAT


def _end_said(rule: Interpolated, end: str, number: Fraction) -> Text:
    text = Text("低于 {at}", "below {at}") if end == "below" else Text("高于 {at}", "above {at}")
    return text.format(at=rule.shown(number))


def _points_said(rule: Interpolated, row: Row, said: Text) -> Text:
    value, full = row["looked at"], row.inputs.full[row.index]
    beyond = {"below": value < rule.knots[0].at.amount, "above": value > rule.knots[-1].at.amount}
    low, high = rule.knots[int(row["segment"])], rule.knots[int(row["segment"]) + 1]
    where = _BETWEEN.format(a=_at(rule, low), b=_at(rule, high))
    for end, knot, way in rule._ends():
        if not beyond[end]:
            continue
        end_said = _end_said(rule, end, Fraction(knot.at.amount))
        if way != "extend":
            text = _STATED if isinstance(way, Marks) else _HELD
            return text.format(said=said, end=end_said, at=_at(rule, knot), points=row.show("points"))
        where = _ON.format(end=end_said)
    a, b, v = (bracketed(one) for one in (_at(rule, low), _at(rule, high), rule.shown(value)))
    p, q = (bracketed(show(knot.points.of(full))) for knot in (low, high))
    line = f"{p} + ({v} − {a}) ÷ ({b} − {a}) × ({q} − {p})"
    return _LINE.format(said=said, where=where, line=line, points=row.show("points"))


def _at(rule: Interpolated, knot: Knot) -> str:
    return rule.shown(Fraction(knot.at.amount))


def _knots_in_words(rule: Interpolated, words: Words) -> Text:
    gives = Text("{at} 得{points}", "{at}: {points}")
    knots = [gives.format(at=_at(rule, knot), points=marks_said(knot.points)) for knot in rule.knots]
    said = joined([looked_at_in_words(rule, words), joined(knots, "、", ", ")], " ", " ")
    ends = []
    for end, knot, way in rule._ends():
        text = Text("{end} 的得{points}", "{end} {points}") if isinstance(way, Marks) else _END_IN_WORDS[way]
        points = marks_said(way) if isinstance(way, Marks) else ""
        end_said = _end_said(rule, end, Fraction(knot.at.amount))
        ends.append(text.format(end=end_said, at=_at(rule, knot), points=points))
    between = Text("其间按直线计算", "a straight line between them")
    return tight(joined([said, between, *ends, rule.stated_in_words()]))
