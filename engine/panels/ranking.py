"""Ranking: the voter puts his subjects in an order, and a place has points."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from engine.grammar.fields import NotNegative
from engine.panels.methods import METHODS, Answers, Method
from engine.rules.wording import listed
from engine.show import show
from engine.text import Text

_PLACE = Text("第 {place} 名", "place {place}")
_PLACE_OF = Text("{n} 个中第 {place} 名", "place {place} of {n}")
_STANDS_AT = Text("{said}（折合第 {position} 名）", "{said} (stands at place {position})")
_UNEQUAL = {
    "same_points": Text("名单长短不同的，同一名次分值相同", "a place has the same points however long the list"),
    "spread": Text(
        "名单长短不同的，都按首尾对齐折合成 {n} 名：第一名同第一名，末名同第 {n} 名，其间均匀分布",
        "a list of another length is spread over {n} places: its first at the first, its last at the last",
    ),
}
_NO_SUCH_PLACE = {
    "same_points": Text(
        "名次分值表只有 {n} 个名次，没有第 {place} 名；名单更长的，方案要写明其后各名的分值",
        "the table has points for {n} places only, none for place {place}; for longer lists the scheme states more",
    ),
    "spread": Text("最多排到第 {n} 名，没有第 {place} 名", "there are {n} places at most and no place {place}"),
}
_PLACES = re.compile(r"[1-9][0-9]*")
_COUNTED = re.compile(r"([1-9][0-9]{0,4})(?:/([1-9][0-9]{0,4}))?")


@METHODS.add
class Ranking(Method):
    """The voter ranks his subjects 1, 2, 3 …; a place has points, set once by the office.

    Voters with unequally long lists: `same_points` gives a place its points whatever the length of the list; `spread`
    lets place p of n stand at position 1 + (p − 1)(N − 1) ÷ (n − 1) of the table of N, on the straight line between its
    neighbours. There a tally counts `p/n`.
    """

    word: ClassVar[str] = "ranking"
    points: Annotated[tuple[NotNegative, ...], Field(min_length=1, strict=False)]
    unequal_lists: Literal["same_points", "spread"]

    def _place(self, answer: str) -> tuple[int, int] | None:
        """Place and length of the list, as they are counted."""
        found = _COUNTED.fullmatch(answer)
        if found is None or (found[2] is not None) != (self.unequal_lists == "spread"):
            return None
        place, length = int(found[1]), int(found[2] or len(self.points))
        return (place, length) if place <= length else None

    def _position(self, place: int, length: int) -> Fraction:
        """Where a place stands in the table; the first of one alone stands at the top."""
        return 1 + Fraction((place - 1) * (len(self.points) - 1), max(length - 1, 1))

    def worth(self, answer: str) -> Fraction | None:
        found = self._place(answer)
        if found is None:
            return None
        whole, rest = divmod(self._position(*found) - 1, 1)
        upper, lower = (Fraction(self.points[min(place, len(self.points) - 1)]) for place in (whole, whole + 1))
        return upper + rest * (lower - upper)

    def answers(self) -> tuple[str, ...]:
        lengths = range(1, len(self.points) + 1)
        if self.unequal_lists == "spread":
            return tuple(f"{place}/{n}" for n in lengths for place in range(1, n + 1))
        return tuple(str(place) for place in lengths)

    def is_counted(self, answer: str) -> bool:
        return self._place(answer) is not None

    def ballot_answers(self, units: int) -> tuple[str, ...]:
        if self.unequal_lists == "spread":
            return tuple(str(place) for place in range(1, max(units, len(self.points)) + 1))
        return self.answers()

    def unknown(self, answer: str, known: tuple[str, ...]) -> Text:
        if not _PLACES.fullmatch(answer):
            return super().unknown(answer, known)
        places = sum(1 for one in known if _PLACES.fullmatch(one))
        return _NO_SUCH_PLACE[self.unequal_lists].format(place=answer, n=places)

    def counted_as(self, answer: str, ranked: int) -> str:
        return f"{answer}/{ranked}" if self.unequal_lists == "spread" else answer

    def wording(self, answer: str) -> Text:
        found = self._place(answer)
        if found is None:
            return super().wording(answer)
        place, n = found
        if self.unequal_lists == "same_points":
            return _PLACE.format(place=place)
        said = _PLACE_OF.format(place=place, n=n)
        return said if n == len(self.points) else _STANDS_AT.format(said=said, position=show(self._position(*found)))

    def in_words(self) -> Text:
        gives = Text("{place} {points} 分", "{place} {points}")
        numbered = enumerate(self.points, 1)
        places = listed(gives.format(place=_PLACE.format(place=n), points=show(points)) for n, points in numbered)
        text = Text("排名：{places}；{unequal}", "ranked: {places}; {unequal}")
        return text.format(places=places, unequal=_UNEQUAL[self.unequal_lists].format(n=len(self.points)))

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        for place, (better, worse) in enumerate(pairwise(self.points), 1):
            if worse > better:
                text = Text(
                    "第 {place} 名 {worse} 分，比第 {before} 名的 {better} 分还多；名次分值应由高到低写",
                    "place {place} has {worse} points, more than the {better} of place {before}; points must not rise",
                )
                yield "points", text.format(place=place + 1, before=place, better=show(better), worse=show(worse))
        if len(self.points) > 1 and len(set(self.points)) == 1:
            zh, en = "各名次分值都一样，投票分不出高低", "every place has the same points: a vote makes no difference"
            yield "points", Text(zh, en)
        if len(self.points) == 1 and self.unequal_lists == "spread":
            zh = "只有一个名次，没有可以折合的；请至少写两个名次的分值"
            yield "points", Text(zh, "there is one place only and nothing to spread over; write at least two")

    def wrong_with(self, ballot: Answers, noted: Collection[int]) -> Iterator[tuple[int, Text]]:
        places = [int(answer) for [answer] in ballot.values()]
        for subject, [answer] in ballot.items():
            if places.count(int(answer)) > 1:
                text = Text("同一张票上名次 {place} 用了两次", "place {place} is used twice on this ballot")
                yield subject, text.format(place=answer)
            elif int(answer) > len(ballot):
                text = Text("只有 {n} 个对象，没有第 {place} 名", "there are {n} subjects and no place {place}")
                yield subject, text.format(place=answer, n=len(ballot))
