"""Points by places gained or lost against last year."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

import numpy as np

from engine.exact import Exact, Mask
from engine.grammar.fields import MarksField, NotNegative
from engine.rules.base import RULES, Row
from engine.rules.inputs import Inputs, Need
from engine.rules.placed import Placed
from engine.rules.wording import Words, marks_said
from engine.show import show
from engine.text import Text

_THEN = Text("上年 {value}，{among}中第 {place} 名", "last year {value}: place {place} of {among}")
_CHANGED = Text(
    "{way} {places} 名：{base} {sign} {places} × {each} = {points}",
    "{places} {way}: {base} {sign} {places} × {each} = {points}",
)
_SAME = Text("名次未变，得 {points} 分", "the same place: {points} points")
_NO_PLACE = Text("上年没有名次，按方案得 {points} 分", "no place last year: {points} points as stated")
_IN_WORDS = Text(
    "{ranked}，与上年名次相比：持平得{base}，每进一名加 {up} 分，每退一名减 {down} 分；上年没有名次的得{none}",
    "{ranked}, against the place of last year: {base} for the same, {up} more for each place gained, {down} less for "
    "each lost; {none} without a place last year",
)
_USELESS = Text("up 和 down 都是 0，名次升降不起作用", "up and down are both 0: a change of place decides nothing")
_SINCE_LAST_YEAR = Text(
    "{of}要用上年值来算，上年的名次又要用前年值，无法比较；请用 fact 或 share",
    "a measure of {of} needs last year's value, and its place of last year that of the year before; use fact or share",
)


@RULES.add
class RankChange(Placed):
    """Base points, and more or less for each place gained or lost against last year.

    Last year's place is the one by the same measure of last year's values, among the members that have them; a unit
    without them gets what is stated.
    """

    word: ClassVar[str] = "rank_change"
    base: MarksField
    up: NotNegative
    down: NotNegative
    no_place: MarksField

    def may_need(self) -> set[Need]:
        return self.of.chosen.needs_for("last_year")

    def score(self, x: Inputs) -> Exact:
        place, _ = self.placed(x)
        had: Mask = np.all([x.given(*need) for need in self.may_need()], axis=0)
        rows = np.flatnonzero(had)
        last_year = x.of_rows(rows)
        value = last_year.note("value", self.of.chosen.value(last_year, "last_year"))
        found = last_year.set_of(self.among)
        then = last_year.note("place", Exact(found.places(-value.order() if self.less_is_better else value.order())))
        gained = x.note("gained", (then.placed(rows, len(x)) - place).where(had, 0))
        base = x.note("base", x.worth(self.base))
        points = base + (gained * self.up).where(gained > 0, gained * self.down)
        return x.note("points", points.where(had, x.worth(self.no_place)))

    def explain(self, row: Row) -> list[Text]:
        points, gained = row.show("points"), row["gained"]
        last_year = next(row.parts(), None)
        if last_year is None:
            return [self.place_said(row), _NO_PLACE.format(points=points)]
        before = {"among": last_year.compared(self.among), "place": last_year.show("place")}
        then = _THEN.format(value=self.of.chosen.said(last_year["value"], last_year, "last_year"), **before)
        if gained == 0:
            return [self.place_said(row), then, _SAME.format(points=points)]
        up = gained > 0
        way = Text("进", "places gained") if up else Text("退", "places lost")
        values = {"base": row.show("base"), "sign": "+" if up else "−", "each": show(self.up if up else self.down)}
        changed = _CHANGED.format(way=way, places=show(abs(gained)), points=points, **values)
        return [self.place_said(row), then, changed]

    def in_words(self, words: Words) -> Text:
        values = {"base": marks_said(self.base), "none": marks_said(self.no_place)}
        ranked = self.ranked_in_words(words)
        return _IN_WORDS.format(ranked=ranked, up=show(self.up), down=show(self.down), **values)

    def highest(self, full: Fraction) -> Fraction | None:
        return max(self.base.of(full), self.no_place.of(full))

    def bound(self, full: Fraction) -> Fraction | None:
        return None if self.up else self.highest(full)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        if self.up == 0 and self.down == 0:
            yield "up", _USELESS
        if self.of.chosen.since_last_year:
            yield "of", _SINCE_LAST_YEAR.format(of=self.of.chosen.title)
