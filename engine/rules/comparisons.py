"""References that are figures of the comparison set: mean, median, best, worst."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from engine.exact import Exact
from engine.rules.among import CATEGORY, AmongField
from engine.rules.base import Row
from engine.rules.inputs import Inputs
from engine.rules.measures import Measure
from engine.rules.references import REFERENCES, Reference
from engine.rules.wording import Words, in_brackets
from engine.text import Text


class _Compared(Reference):
    """A figure of the comparison set: confirmed applicable values, the unit itself included."""

    compares: ClassVar[bool] = True
    among: AmongField = CATEGORY

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        found = x.set_of(self.among)
        x.refuse(found.sizes() == 0, Text("没有可比较的单位", "there is nobody to compare with"))
        members = found.groups[found.members]
        values = of.value(x).take(found.members)
        return self.figure(values, members, found.count, less_is_better).take(found.groups)

    def in_words(self, words: Words) -> Text:
        return Text("{among}{title}", "{title} of {among}").format(among=self.among.in_words(words), title=self.title)

    def about(self, row: Row) -> Text:
        return in_brackets(row.compared(self.among))

    def figure(self, values: Exact, groups: Any, count: int, less_is_better: bool) -> Exact:
        """One figure per group; an empty group gives anything."""
        raise NotImplementedError


@REFERENCES.add
class Mean(_Compared):
    """The simple mean of the comparison set."""

    word: ClassVar[str] = "mean"
    title: ClassVar[Text] = Text("平均值", "mean")

    def figure(self, values: Exact, groups: Any, count: int, less_is_better: bool) -> Exact:
        members = np.bincount(groups, minlength=count)
        return values.sums(groups, count) / Exact(np.maximum(members, 1).astype(np.int64))


class _Sorted(_Compared):
    def figure(self, values: Exact, groups: Any, count: int, less_is_better: bool) -> Exact:
        chosen, keys = [], values.order()
        for group in range(count):
            rows = np.flatnonzero(groups == group)
            ascending = values.take(rows[np.argsort(keys[rows], kind="stable")])
            chosen.append(self.pick(ascending, less_is_better) if rows.size else Fraction(0))
        return Exact.of(chosen)

    def pick(self, ascending: Exact, less_is_better: bool) -> Fraction:
        return ascending[0] if less_is_better else ascending[-1]


@REFERENCES.add
class Median(_Sorted):
    """The middle value; of an even number, the mean of the middle two."""

    word: ClassVar[str] = "median"
    title: ClassVar[Text] = Text("中位数", "median")

    def pick(self, ascending: Exact, less_is_better: bool) -> Fraction:
        middle = len(ascending) // 2
        return ascending[middle] if len(ascending) % 2 else (ascending[middle - 1] + ascending[middle]) / 2


class _Extreme(_Sorted):
    def about(self, row: Row) -> Text:
        holders = row.holders(self.among, row["reference"])
        if holders.zh == "":
            return super().about(row)
        text = Text("{compared}中的{holders}", "{holders}, of {compared}")
        return in_brackets(text.format(compared=row.compared(self.among), holders=holders))


@REFERENCES.add
class Best(_Extreme):
    """The best value of the comparison set."""

    word: ClassVar[str] = "best"
    title: ClassVar[Text] = Text("最好值", "best value")


@REFERENCES.add
class Worst(_Extreme):
    """The worst value of the comparison set."""

    word: ClassVar[str] = "worst"
    title: ClassVar[Text] = Text("最差值", "worst value")

    def pick(self, ascending: Exact, less_is_better: bool) -> Fraction:
        return super().pick(ascending, not less_is_better)
