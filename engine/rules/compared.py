"""Rules that compare a unit with the others of its comparison set: efficacy, share of best, rank table."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from engine.exact import Exact, Ints
from engine.language.fields import MarksField, Share
from engine.rules.base import RULES, Inputs, Need, Row, Rule
from engine.rules.comparisons import Best, Worst
from engine.rules.measures import ACTUAL_VALUE, Of
from engine.show import show
from engine.text import Text


class _Compared(Rule):
    compares: ClassVar[bool] = True
    of: Of = ACTUAL_VALUE
    among: Literal["category", "all"] = "category"
    less_is_better: bool = False

    def needs(self) -> set[Need]:
        return self.of.chosen.needs()

    def measured(self, x: Inputs) -> Exact:
        return x.note("value", self.of.chosen.value(x))

    def best(self, x: Inputs) -> Exact:
        return x.note("best", Best(among=self.among).value(x, self.of.chosen, self.less_is_better))


@RULES.add
class Efficacy(_Compared):
    """Efficacy coefficient (功效系数): c + (x − worst) ÷ (best − worst) × (full − c), `base` being c."""

    word: ClassVar[str] = "efficacy"
    base: Share
    all_equal: MarksField

    def score(self, x: Inputs) -> Exact:
        value, best = self.measured(x), self.best(x)
        worst = x.note("worst", Worst(among=self.among).value(x, self.of.chosen, self.less_is_better))
        equal = best.equals(worst)
        room = (best - worst).where(~equal, 1)
        base = Fraction(self.base)
        points = x.full * base + (value - worst) * x.full * (1 - base) / room
        return x.note("points", points.where(~equal, x.worth(self.all_equal)))

    def explain(self, row: Row) -> list[Text]:
        shown = {name: self.of.chosen.show(row[name]) for name in ("value", "best", "worst")}
        values = {**shown, "points": row.show("points")}
        set_of = Text("同类", "of the category") if self.among == "category" else Text("全部", "of all")
        said = Text("{of} {value}，{set}最好 {best}、最差 {worst}", "{of} {value}; best {best} and worst {worst} {set}")
        first = said.format(of=self.of.chosen.title, set=set_of, **values)
        if row["best"] == row["worst"]:
            return [
                first,
                Text("各单位相同，按方案得 {points} 分", "all are equal: {points} points as stated").format(**values),
            ]
        base = Fraction(self.base) * row.inputs.full[row.index]
        text = Text(
            "{base} + ({value} − {worst}) ÷ ({best} − {worst}) × {rest} = {points}",
            "{base} + ({value} − {worst}) ÷ ({best} − {worst}) × {rest} = {points}",
        )
        return [first, text.format(base=show(base), rest=show(row.inputs.full[row.index] - base), **values)]


@RULES.add
class ShareOfBest(_Compared):
    """Own ÷ best × full marks; where less is better, best ÷ own, and own ≤ 0 earns the cap."""

    word: ClassVar[str] = "share_of_best"
    best_not_positive: MarksField

    def score(self, x: Inputs) -> Exact:
        value, best = self.measured(x), self.best(x)
        bad = best <= 0
        top, bottom = (best, value) if self.less_is_better else (value, best)
        endless = bottom <= 0
        points = (top * x.full / bottom.where(~endless, 1)).where(~endless, x.cap)
        return x.note("points", points.where(~bad, x.worth(self.best_not_positive)))

    def explain(self, row: Row) -> list[Text]:
        if row["best"] <= 0:
            text = Text(
                "最好值 {best} 不大于 0，按方案得 {points} 分",
                "the best, {best}, is not above 0: {points} points as stated",
            )
        elif not self.less_is_better:
            text = Text("{value} ÷ 最好值 {best} × {full} = {points}", "{value} ÷ best {best} × {full} = {points}")
        elif row["value"] > 0:
            text = Text("最好值 {best} ÷ {value} × {full} = {points}", "best {best} ÷ {value} × {full} = {points}")
        else:
            text = Text(
                "越低越好，{value} 不大于 0，得 {points} 分",
                "less is better and {value} is not above 0: {points} points",
            )
        shown = {name: self.of.chosen.show(row[name]) for name in ("value", "best")}
        return [text.format(full=row.full(), points=row.show("points"), **shown)]


def competition_places(keys: Ints, groups: Ints, ranked: Ints) -> Ints:
    """1, 2, 2, 4 within each group, the largest key first; 0 for rows that are not ranked."""
    places = np.zeros(len(keys), dtype=np.int64)
    for group in np.unique(groups):
        rows = np.flatnonzero((groups == group) & ranked)
        ordered = np.sort(keys[rows])
        places[rows] = len(rows) - np.searchsorted(ordered, keys[rows], side="right") + 1
    return places


def _places_of_all(keys: Ints, groups: Ints, ranked: Ints) -> Ints:
    """Places among the ranked; a unit listed separately has the place it would take, and takes it from nobody."""
    places = competition_places(keys, groups, ranked)
    for row in np.flatnonzero(~ranked):
        places[row] = 1 + np.count_nonzero((groups == groups[row]) & ranked & (keys > keys[row]))
    return places


def _looked_up(index: Ints, table: tuple[MarksField, ...], x: Inputs) -> Exact:
    """Per row the marks that stand at this index of a table."""
    share = Exact.of([marks.amount if marks.relative else 0 for marks in table]).take(index)
    points = Exact.of([0 if marks.relative else marks.amount for marks in table]).take(index)
    return x.full * share + points


@RULES.add
class RankTable(_Compared):
    """Place → points, and places counted from below; ties get the competition place's points.

    Places beyond the table get its last row. A unit listed separately earns the points of the place it would
    take. In a small set the two ends can meet: `overlap` says which counts.
    """

    word: ClassVar[str] = "rank_table"
    places: Annotated[tuple[MarksField, ...], Field(min_length=1, strict=False)]
    last: Annotated[tuple[MarksField, ...], Field(strict=False)] = ()
    overlap: Literal["from_above", "from_below"] | None = None

    def score(self, x: Inputs) -> Exact:
        value = self.measured(x)
        groups, count = x.groups(self.among)
        keys = value.order() if not self.less_is_better else -value.order()
        places = _places_of_all(keys, groups, x.ranked)
        members = np.bincount(groups[x.ranked], minlength=count)[groups]
        x.note("place", Exact(places))
        x.note("members", Exact(members))
        above = _looked_up(np.clip(places - 1, 0, len(self.places) - 1), self.places, x)
        if not self.last:
            return x.note("points", above)
        from_below = members - places
        low = from_below < len(self.last)
        if self.overlap == "from_above":
            low &= places > len(self.places)
        below = _looked_up(np.clip(from_below, 0, len(self.last) - 1), self.last, x)
        return x.note("points", below.where(low, above))

    def explain(self, row: Row) -> list[Text]:
        text = Text(
            "{value}，{n} 个单位中第 {place} 名，得 {points} 分", "{value}: place {place} of {n}, {points} points"
        )
        places = {name: row.show(name) for name in ("place", "points")}
        return [text.format(n=row.show("members"), value=self.of.chosen.show(row["value"]), **places)]

    def highest(self, full: Fraction) -> Fraction | None:
        return max(marks.of(full) for marks in (*self.places, *self.last))

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        for place, (better, worse) in enumerate(pairwise(self.places), 1):
            if better.relative == worse.relative and worse.amount > better.amount:
                text = Text(
                    "第 {worse} 名的分值高于第 {better} 名；places 应由高到低写",
                    "place {worse} has more points than place {better}; places must not rise",
                )
                yield "places", text.format(better=place, worse=place + 1)
        if self.last and self.overlap is None:
            text = Text(
                "前 {n} 名与后 {k} 名的分值在不足 {all} 个单位的类别里会重叠；请写 overlap: from_above 或 from_below",
                "in a category of fewer than {all} units the first {n} and the last {k} overlap; "
                "say overlap: from_above or from_below",
            )
            yield "last", text.format(n=len(self.places), k=len(self.last), all=len(self.places) + len(self.last))
