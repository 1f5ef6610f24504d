"""Points by place in the comparison set."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from engine.exact import Exact
from engine.grammar.fields import MarksField
from engine.rules.base import RULES, Row
from engine.rules.inputs import Inputs, looked_up
from engine.rules.placed import Placed
from engine.rules.wording import NOTHING, Words, joined, marks_said
from engine.text import Text

_GIVES = Text("{said}{row}，得 {points} 分", "{said}{row}, {points} points")
_FROM_BELOW = Text("，按倒数第 {place} 名", ", number {place} from below")
_AS_THE_LAST = Text("，在末名之后，按倒数第 1 名", ", behind the last, as the last")
_BEYOND = Text("，同第 {place} 名", ", as place {place}")
_PLACE_GIVES = Text("第 {place} 名{points}", "place {place} {points}")
_LAST_GIVES = Text("倒数第 {place} 名{points}", "place {place} from below {points}")
_OVERLAP = {
    "from_above": Text("两头重叠的按正数名次", "where both ends meet, places from above count"),
    "from_below": Text("两头重叠的按倒数名次", "where both ends meet, places from below count"),
}

_RISING = Text(
    "第 {worse} 名的分值高于第 {better} 名；places 应由高到低写",
    "place {worse} has more points than place {better}; places must not rise",
)
_IDLE = Text("没有写 last，overlap 不起作用，请删去", "overlap does nothing without last; remove it")
_BOTH_ENDS = Text(
    "前 {n} 名与后 {k} 名的分值在不足 {all} 个单位的类别里会重叠；请写 overlap: from_above 或 from_below",
    "in a category of fewer than {all} units the first {n} and the last {k} overlap; "
    "say overlap: from_above or from_below",
)


@RULES.add
class RankTable(Placed):
    """Place → points, and places counted from below; ties get the competition place's points.

    Places beyond the table get its last row. A unit listed separately earns the points of the place it would
    take. In a small set the two ends can meet: `overlap` says which counts.
    """

    word: ClassVar[str] = "rank_table"
    places: Annotated[tuple[MarksField, ...], Field(min_length=1, strict=False)]
    last: Annotated[tuple[MarksField, ...], Field(strict=False)] = ()
    overlap: Literal["from_above", "from_below"] | None = None

    def score(self, x: Inputs) -> Exact:
        places, members = (column.num for column in self.placed(x))
        above = looked_up(np.clip(places - 1, 0, len(self.places) - 1), self.places, x)
        if not self.last:
            return x.note("points", above)
        from_below = members - places
        low = from_below < len(self.last)
        if self.overlap == "from_above":
            low &= places > len(self.places)
        x.note("from below", Exact(from_below + 1))
        x.note("low", Exact(low.astype(np.int64)))
        below = looked_up(np.clip(from_below, 0, len(self.last) - 1), self.last, x)
        return x.note("points", below.where(low, above))

    def explain(self, row: Row) -> list[Text]:
        return [_GIVES.format(said=self.place_said(row), row=_row_said(self, row), points=row.show("points"))]

    def in_words(self, words: Words) -> Text:
        return _places_in_words(self, words)

    def highest(self, full: Fraction) -> Fraction | None:
        return max(marks.of(full) for marks in (*self.places, *self.last))

    def bound(self, full: Fraction) -> Fraction | None:
        return self.highest(full)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        for place, (better, worse) in enumerate(pairwise(self.places), 1):
            if better.relative == worse.relative and worse.amount > better.amount:
                yield "places", _RISING.format(better=place, worse=place + 1)
        if self.overlap is not None and not self.last:
            yield "overlap", _IDLE
        if self.last and self.overlap is None:
            first, last = len(self.places), len(self.last)
            yield "last", _BOTH_ENDS.format(n=first, k=last, all=first + last)


def _row_said(rule: RankTable, row: Row) -> Text:
    """Which row of the tables counts, where it is not the one of the place."""
    if rule.last and row["low"]:
        return (_FROM_BELOW if row["from below"] > 0 else _AS_THE_LAST).format(place=row.show("from below"))
    beyond = row["place"] > len(rule.places)
    return _BEYOND.format(place=len(rule.places)) if beyond else NOTHING


def _places_in_words(rule: RankTable, words: Words) -> Text:
    said = rule.ranked_in_words(words)
    tables = [(_PLACE_GIVES, rule.places), (_LAST_GIVES, rule.last)]
    gives = [text.format(place=n, points=marks_said(one)) for text, table in tables for n, one in enumerate(table, 1)]
    beyond = Text("其后各名同第 {n} 名", "later places as place {n}").format(n=len(rule.places))
    overlap = _OVERLAP[rule.overlap] if rule.overlap else NOTHING
    return joined([joined([said, joined(gives, "、", ", ")], "：", ": "), beyond, overlap])
