"""Rules that go by the place in the comparison set: what they share, and points that fall with the place."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

from engine.exact import Exact
from engine.grammar.fields import MarksField
from engine.rules.base import RULES, Row
from engine.rules.compared import Compared
from engine.rules.inputs import Inputs
from engine.rules.wording import Words, bracketed, marks_said
from engine.show import show
from engine.text import Text

_PLACED = Text("{measured}，{among}中第 {place} 名", "{measured}: place {place} of {among}")
_WOULD_BE = Text(
    "{measured}，单列不占名次，相当于{among}中第 {place} 名",
    "{measured}: listed separately, it would take place {place} of {among}",
)
_OUTSIDE = Text(
    "{measured}，不在其中，相当于{among}中第 {place} 名",
    "{measured}: not one of them, it would take place {place} of {among}",
)
_RANKED = Text("{of}在{among}中{order}排名", "{of} ranked among {among} {order}")


class Placed(Compared):
    """A place in the comparison set; a unit outside the set has the place it would take."""

    def placed(self, x: Inputs) -> tuple[Exact, Exact]:
        """The place of each row, and how many members its set has."""
        value, found = self.measured(x), x.set_of(self.among)
        places = found.places(-value.order() if self.less_is_better else value.order())
        return x.note("place", Exact(places)), x.note("members", Exact(found.sizes()))

    def place_said(self, row: Row) -> Text:
        """`实际值 7，同类 3 个单位中第 2 名`."""
        text = _PLACED if row.is_member(self.among) else _OUTSIDE if row.ranked() else _WOULD_BE
        among = row.compared(self.among)
        return text.format(measured=self.measured_said(row), among=among, place=row.show("place"))

    def ranked_in_words(self, words: Words) -> Text:
        """What is ranked, among whom, and from which end."""
        order = Text("由低到高", "from the lowest") if self.less_is_better else Text("由高到低", "from the highest")
        return _RANKED.format(of=self.of.chosen.in_words(words), among=self.among.in_words(words), order=order)


_STEP_DOWN = Text("{full} − {behind} × {each} = {points}{limit}", "{full} − {behind} × {each} = {points}{limit}")
_UNDER = Text("，低于下限 {least}，计 {least} 分", ", below the least of {least}: {least} points")
_STEPS_IN_WORDS = Text(
    "{ranked}：第 1 名得满分，每后一名减{each}，最低{least}",
    "{ranked}: the first gets full marks, each later place loses {each}, at least {least}",
)
_NO_STEP = Text("each 应大于 0", "each must be above 0")


@RULES.add
class RankSteps(Placed):
    """The first has full marks, each later place so many points less (a share is one of full marks, not compounded)."""

    word: ClassVar[str] = "rank_steps"
    each: MarksField
    at_least: MarksField

    def score(self, x: Inputs) -> Exact:
        place, _ = self.placed(x)
        points = x.note("falling", x.full - (place - 1) * x.note("each", x.worth(self.each)))
        return x.note("points", points.at_least(x.worth(self.at_least)))

    def explain(self, row: Row) -> list[Text]:
        values = {"full": row.full(), "behind": show(row["place"] - 1), "each": row.show("each")}
        limit = _UNDER.format(least=row.show("points")) if row["falling"] < row["points"] else ""
        return [self.place_said(row), _STEP_DOWN.format(points=row.show("falling"), limit=limit, **values)]

    def in_words(self, words: Words) -> Text:
        each, least = marks_said(self.each), marks_said(self.at_least)
        return _STEPS_IN_WORDS.format(ranked=self.ranked_in_words(words), each=each, least=least)

    def highest(self, full: Fraction) -> Fraction | None:
        return self.at_least.of(full)

    def bound(self, full: Fraction) -> Fraction | None:
        return max(full, self.at_least.of(full))

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        if self.each.amount <= 0:
            yield "each", _NO_STEP
        if self.at_least.relative and self.at_least.amount >= 1:
            text = Text("at_least 已是满分，名次不起作用", "at_least is full marks already: the place decides nothing")
            yield "at_least", text


_EVENLY = Text(
    "{first} − ({place} − 1) ÷ ({n} − 1) × ({first} − {last}) = {points}",
    "{first} − ({place} − 1) ÷ ({n} − 1) × ({first} − {last}) = {points}",
)
_ALONE = Text("只有一个单位，得第 1 名的 {first} 分", "there is one unit only: {first} points, as the first")
_BEYOND = Text("在末名之后，同末名，得 {last} 分", "behind the last, as the last: {last} points")
_LINEAR_IN_WORDS = Text(
    "{ranked}：第 1 名得{first}，末名得{last}，其间均匀递减；只有一个单位的得{first}",
    "{ranked}: the first gets {first}, the last {last}, evenly in between; a single unit gets {first}",
)
_RISING = Text("last 应低于 first；越低越好请写 less_is_better: true", "last must be below first")


@RULES.add
class RankLinear(Placed):
    """From the first's points down to the last's, evenly over the places: first − (place − 1)/(n − 1) × (first − last).

    A single unit gets the first's points. A unit outside the set never gets less than the last's.
    """

    word: ClassVar[str] = "rank_linear"
    first: MarksField
    last: MarksField

    def score(self, x: Inputs) -> Exact:
        place, members = self.placed(x)
        first, last = x.note("first", x.worth(self.first)), x.note("last", x.worth(self.last))
        behind = place.at_most(members.at_least(1)) - 1
        return x.note("points", first - behind * (first - last) / (members - 1).at_least(1))

    def explain(self, row: Row) -> list[Text]:
        text = _ALONE if row["members"] <= 1 else _BEYOND if row["place"] > row["members"] else _EVENLY
        marks = {name: bracketed(row.show(name)) for name in ("first", "last")}
        values = {"place": row.show("place"), "n": row.show("members"), "points": row.show("points")}
        return [self.place_said(row), text.format(**marks, **values)]

    def in_words(self, words: Words) -> Text:
        first, last = marks_said(self.first), marks_said(self.last)
        return _LINEAR_IN_WORDS.format(ranked=self.ranked_in_words(words), first=first, last=last)

    def highest(self, full: Fraction) -> Fraction | None:
        return self.first.of(full)

    def bound(self, full: Fraction) -> Fraction | None:
        return max(self.first.of(full), self.last.of(full))

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        if self.first.relative == self.last.relative and self.last.amount >= self.first.amount:
            yield "last", _RISING
