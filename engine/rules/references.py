"""What a rule holds its measure against: `to`, a reference."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import BeforeValidator, Field

from engine.exact import Exact
from engine.language.fields import Amount, Code, Name
from engine.language.registry import Family, Kind
from engine.language.source import keyed
from engine.rules.base import MEAN_OF_YEARS, Inputs, Need
from engine.rules.measures import Measure, inline
from engine.text import Text


class Reference(Kind):
    """What a measure is held against."""

    title: ClassVar[Text]
    compares: ClassVar[bool] = False

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        raise NotImplementedError

    def needs_with(self, of: Measure) -> set[Need]:
        return set()

    def comparative(self) -> bool:
        return self.compares

    def name(self) -> Text:
        return self.title


REFERENCES: Family[Reference] = Family("参照", "reference")


_SINCE_LAST_YEAR = Text(
    "{of}已经是和上年比，不能再和“{to}”比；可以和目标值、挑战值、平均值、最好值或一个规定的数比",
    'a measure of {of} is already against last year and cannot be held against "{to}"; use target, stretch, mean, best or a number',
)


def mismatched(of: Measure, to: Reference) -> Iterator[tuple[str, Text]]:
    """Pairs of measure and reference that mean nothing."""
    if of.since_last_year and to.word in ("last_year", "baseline", "mean_of_years"):
        yield "to", _SINCE_LAST_YEAR.format(of=of.title, to=to.name())


class _Own(Reference):
    """A value of the unit itself, known before the year: the measure is taken of it as of the actual value."""

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        return of.value(x, self.word)

    def needs_with(self, of: Measure) -> set[Need]:
        return of.needs_for(self.word)


@REFERENCES.add
class Target(_Own):
    """The unit's target (目标值)."""

    word: ClassVar[str] = "target"
    title: ClassVar[Text] = Text("目标值", "target")


@REFERENCES.add
class Stretch(_Own):
    """The unit's stretch target (挑战值)."""

    word: ClassVar[str] = "stretch"
    title: ClassVar[Text] = Text("挑战值", "stretch target")


@REFERENCES.add
class Baseline(_Own):
    """The unit's baseline (基数)."""

    word: ClassVar[str] = "baseline"
    title: ClassVar[Text] = Text("基数", "baseline")


@REFERENCES.add
class LastYear(_Own):
    """The unit's value of last year (上年值)."""

    word: ClassVar[str] = "last_year"
    title: ClassVar[Text] = Text("上年值", "last year")


@REFERENCES.add
class MeanOfYears(Reference):
    """The mean of the unit's last two or three years (近三年平均)."""

    word: ClassVar[str] = "mean_of_years"
    years: Annotated[int, Field(ge=2, le=3)]

    def name(self) -> Text:
        return Text("近{n}年平均值", "mean of the last {n} years").format(n=self.years)

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        return of.value(x, f"{MEAN_OF_YEARS}{self.years}")

    def needs_with(self, of: Measure) -> set[Need]:
        return of.needs_for(f"{MEAN_OF_YEARS}{self.years}")


@REFERENCES.add
class Constant(Reference):
    """A number of the rule book."""

    word: ClassVar[str] = "constant"
    title: ClassVar[Text] = Text("规定值", "stated value")
    number: Amount

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        return x.same(self.number)


@REFERENCES.add
class AnotherFact(Reference):
    """Another fact of the same unit."""

    word: ClassVar[str] = "fact"
    title: ClassVar[Text] = Text("对照数", "other fact")
    code: Code

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        return x.column(self.code, "actual")

    def needs_with(self, of: Measure) -> set[Need]:
        return {Need(self.code, "actual")}


@REFERENCES.add
class Series(Reference):
    """An outside figure, such as the national average; the scheme names it, the facts bring it."""

    word: ClassVar[str] = "series"
    title: ClassVar[Text] = Text("外部数据", "outside series")
    code: Name

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        return x.same(x.series[self.code])


class _Compared(Reference):
    """A figure of the comparison set: confirmed applicable values, the unit itself included."""

    compares: ClassVar[bool] = True
    among: Literal["category", "all"] = "category"

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        groups, count = x.groups(self.among)
        values = of.value(x).take(x.ranked)
        members = groups[x.ranked]
        alone = np.bincount(members, minlength=count)[groups] == 0
        x.refuse(alone, Text("没有可比较的单位", "there is nobody to compare with"))
        return self.figure(values, members, count, less_is_better).take(groups)

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
        chosen: list[Fraction] = []
        keys = values.order()
        for group in range(count):
            rows = np.flatnonzero(groups == group)
            ascending = rows[np.argsort(keys[rows], kind="stable")]
            chosen.append(self.pick([values[int(row)] for row in ascending], less_is_better) if rows.size else Fraction(0))
        return Exact.of(chosen)

    def pick(self, ascending: list[Fraction], less_is_better: bool) -> Fraction:
        raise NotImplementedError


@REFERENCES.add
class Median(_Sorted):
    """The middle value; of an even number, the mean of the middle two."""

    word: ClassVar[str] = "median"
    title: ClassVar[Text] = Text("中位数", "median")

    def pick(self, ascending: list[Fraction], less_is_better: bool) -> Fraction:
        middle = len(ascending) // 2
        return ascending[middle] if len(ascending) % 2 else (ascending[middle - 1] + ascending[middle]) / 2


@REFERENCES.add
class Best(_Sorted):
    """The best value of the comparison set."""

    word: ClassVar[str] = "best"
    title: ClassVar[Text] = Text("最好值", "best value")

    def pick(self, ascending: list[Fraction], less_is_better: bool) -> Fraction:
        return ascending[0] if less_is_better else ascending[-1]


@REFERENCES.add
class Worst(_Sorted):
    """The worst value of the comparison set."""

    word: ClassVar[str] = "worst"
    title: ClassVar[Text] = Text("最差值", "worst value")

    def pick(self, ascending: list[Fraction], less_is_better: bool) -> Fraction:
        return ascending[-1] if less_is_better else ascending[0]


_INLINE = {"fact": "code", "mean_of_years": "years", "series": "code", "constant": "number"}


def _reference(data: Any) -> Any:
    number = isinstance(data, int | Decimal) or (isinstance(data, str) and data.endswith("%"))
    return inline(_INLINE, keyed({"constant": data}, 0) if number else data)


ReferenceChoice = REFERENCES.choice("ReferenceChoice")
To = Annotated[ReferenceChoice, BeforeValidator(_reference)]  # type: ignore[valid-type]
