"""How the votes on a unit become one figure: their mean, their median, or the mean without the ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.grammar.registry import Family, Kind
from engine.text import Text

Counts: TypeAlias = NDArray[np.int64]

AGGREGATES: Family[Aggregate] = Family("汇总方法", "way to aggregate votes")


class Aggregate(Kind):
    """One way of making one figure of many votes: which of them count; the figure is the mean of those."""

    def window(self, votes: Any) -> tuple[Any, Any]:
        """Of so many votes in order, from which to which count: the first one, and the one after the last.

        Args:
            votes: how many votes have points, a whole number or one per unit.
        """
        raise NotImplementedError

    def kept(self, counts: Counts) -> Counts:
        """The votes that count, of votes per unit (rows) and answer (columns, from the worst to the best)."""
        upper = np.cumsum(counts, axis=1)
        first, end = self.window(upper[:, -1])
        inside = np.minimum(upper, end[:, None]) - np.maximum(upper - counts, first[:, None])
        return np.asarray(np.maximum(inside, 0), dtype=np.int64)

    def in_words(self) -> Text:
        """The way in a few words."""
        raise NotImplementedError

    def said(self, votes: int) -> Text | None:
        """What was done with so many votes, as the head of an equation; None where they were simply averaged."""
        return None


@AGGREGATES.add
class Mean(Aggregate):
    """The simple mean of all votes that have points."""

    word: ClassVar[str] = "mean"

    def window(self, votes: Any) -> tuple[Any, Any]:
        return votes * 0, votes

    def in_words(self) -> Text:
        return Text("取平均", "the mean counts")


@AGGREGATES.add
class Median(Aggregate):
    """The vote in the middle (中位数), the mean of the middle two where their number is even."""

    word: ClassVar[str] = "median"

    def window(self, votes: Any) -> tuple[Any, Any]:
        return np.maximum(votes - 1, 0) // 2, votes // 2 + 1

    def in_words(self) -> Text:
        return Text(
            "取中位数：由低到高排，取中间一票，票数为双数的取中间两票的平均",
            "the median counts: the vote in the middle, of an even number the mean of the middle two",
        )

    def said(self, votes: int) -> Text | None:
        if votes % 2:
            text = Text(
                "{n} 票由低到高排，取中间的第 {place} 票", "of {n} votes in order, the one in the middle, {place}"
            )
        else:
            text = Text(
                "{n} 票由低到高排，取中间的第 {place}、{next} 票平均",
                "of {n} votes in order, the mean of the middle two, {place} and {next}",
            )
        place = (votes + 1) // 2
        return text.format(n=votes, place=place, next=place + 1)


@AGGREGATES.add
class Trimmed(Aggregate):
    """The mean without so many votes at each end (去掉最高最低), once there are more than so many valid votes."""

    word: ClassVar[str] = "trimmed"
    drop: Annotated[int, Field(ge=1)]
    when_more_than: Annotated[int, Field(ge=1)]

    def window(self, votes: Any) -> tuple[Any, Any]:
        dropped = np.where(votes > self.when_more_than, self.drop, 0)
        return dropped, votes - dropped

    def in_words(self) -> Text:
        text = Text(
            "有效票超过 {n} 张的，去掉 {drop} 个最高、{drop} 个最低后平均，不超过的直接平均",
            "with more than {n} valid votes the mean without the {drop} highest and the {drop} lowest, else of all",
        )
        return text.format(n=self.when_more_than, drop=self.drop)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        if 2 * self.drop > self.when_more_than:
            text = Text(
                "{least} 票时两头各去掉 {drop} 票就没有票了；drop 最多是 when_more_than 的一半",
                "of {least} votes none is left without {drop} at each end; drop is at most half of when_more_than",
            )
            yield "drop", text.format(drop=self.drop, least=self.when_more_than + 1)

    def said(self, votes: int) -> Text | None:
        if votes > self.when_more_than:
            text = Text(
                "有效票 {votes} 张，超过 {n} 张，去掉 {drop} 个最高、{drop} 个最低后平均",
                "{votes} valid votes, more than {n}: the mean without the {drop} highest and the {drop} lowest",
            )
        else:
            text = Text(
                "有效票 {votes} 张，不超过 {n} 张，不去最高最低，直接平均",
                "{votes} valid votes, not more than {n}: none is dropped, the mean of all",
            )
        return text.format(votes=votes, n=self.when_more_than, drop=self.drop)
