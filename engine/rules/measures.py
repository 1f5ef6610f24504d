"""What a rule looks at: `of`, a measure made from a leaf's facts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, TypeAlias

from engine.exact import Exact
from engine.language.fields import Code, Figure, Share
from engine.language.registry import Choice, Family, Kind
from engine.rules.base import ACTUAL, MEAN_OF_YEARS, PAST, Inputs, Need
from engine.show import percent, show
from engine.text import Text


class Measure(Kind):
    """A number made from a leaf's facts; the same measure is taken of a target as of the actual value."""

    title: ClassVar[Text]
    in_percent: ClassVar[bool] = False
    since_last_year: ClassVar[bool] = False

    def value(self, x: Inputs, source: str = "actual") -> Exact:
        raise NotImplementedError

    def needs_for(self, source: str) -> set[Need]:
        raise NotImplementedError

    def show(self, value: Fraction) -> str:
        """The measured number for people."""
        return percent(value) if self.in_percent else show(value)

    def needs(self) -> set[Need]:
        return self.needs_for("actual")

    def misfit(self, figure: Figure, key: str) -> Iterator[tuple[str, Text]]:
        """A percentage that must be written with its sign, or a number that must not."""
        yield from misfit(figure, self.in_percent, key, self.title)


def misfit(figure: Figure, in_percent: bool, key: str, title: Text) -> Iterator[tuple[str, Text]]:
    """Whether a figure is written in the way that what it is compared with is measured."""
    if figure.in_percent and not in_percent:
        zh = "“{key}”写了百分号，而{title}不是算出来的百分比；直接写数（计量单位是 % 的数据也直接写数）"
        en = '"{key}" has a percent sign but the {title} is no computed share; write the plain number'
        yield key, Text(zh, en).format(key=key, title=title)
    elif in_percent and not figure.in_percent and figure.amount:
        zh = "“{key}”没有写百分号；{title}按百分比算，应写成 95% 这样"
        en = '"{key}" has no percent sign; the {title} is a percentage, written as 95%'
        yield key, Text(zh, en).format(key=key, title=title)


MEASURES: Family[Measure] = Family("取值", "measure")


def _sources(fact: str, source: str) -> set[Need]:
    if source.startswith(MEAN_OF_YEARS):
        return {Need(fact, past) for past in PAST[: int(source.removeprefix(MEAN_OF_YEARS))]}
    return {Need(fact, source)}


@MEASURES.add
class Fact(Measure):
    """A fact as it stands."""

    word: ClassVar[str] = "fact"
    title: ClassVar[Text] = Text("实际值", "actual value")
    alone: ClassVar[str] = "code"
    code: Code = ACTUAL

    def value(self, x: Inputs, source: str = "actual") -> Exact:
        return x.column(self.code, source)

    def needs_for(self, source: str) -> set[Need]:
        return _sources(self.code, source)


@MEASURES.add
class Increment(Measure):
    """This year's value less last year's (增量)."""

    word: ClassVar[str] = "increment"
    title: ClassVar[Text] = Text("增量", "increment")
    since_last_year: ClassVar[bool] = True
    fact: Code = ACTUAL

    def value(self, x: Inputs, source: str = "actual") -> Exact:
        return x.column(self.fact, source) - x.column(self.fact, "last_year")

    def needs_for(self, source: str) -> set[Need]:
        return _sources(self.fact, source) | {Need(self.fact, "last_year")}


@MEASURES.add
class Growth(Measure):
    """(x − last year) ÷ |last year| (增速); from a last year of zero there is no growth unless a value is stated."""

    word: ClassVar[str] = "growth"
    title: ClassVar[Text] = Text("增速", "growth")
    in_percent: ClassVar[bool] = True
    since_last_year: ClassVar[bool] = True
    fact: Code = ACTUAL
    from_zero: Share | None = None

    def value(self, x: Inputs, source: str = "actual") -> Exact:
        last = x.column(self.fact, "last_year")
        zero = last.equals(0)
        if self.from_zero is None:
            text = (
                "上年值为 0，方案没有写明增速怎么算（from_zero）",
                "last year is 0 and no growth is stated (from_zero)",
            )
            x.refuse(zero, Text(*text))
        growth = (x.column(self.fact, source) - last) / abs(last.where(~zero, 1))
        return growth.where(~zero, self.from_zero or 0)

    def needs_for(self, source: str) -> set[Need]:
        return _sources(self.fact, source) | {Need(self.fact, "last_year")}


@MEASURES.add
class PartOfWhole(Measure):
    """One fact over another, both of the same unit (完成数 ÷ 应完成数)."""

    word: ClassVar[str] = "share"
    title: ClassVar[Text] = Text("占比", "share")
    in_percent: ClassVar[bool] = True
    part: Code
    whole: Code
    of_nothing: Share | None = None

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        if self.part == self.whole:
            text = Text(
                "分子和分母都是“{fact}”，占比永远是 100%；请改其中一个",
                'part and whole are both "{fact}": always 100%; change one',
            )
            yield "whole", text.format(fact=self.part)

    def value(self, x: Inputs, source: str = "actual") -> Exact:
        part, whole = x.column(self.part, source), x.column(self.whole, source)
        impossible = Text("部分大于整体，或者是负数", "the part is larger than the whole, or negative")
        x.refuse((part > whole) | (part < 0), impossible)
        zero = whole.equals(0)
        if self.of_nothing is None:
            text = "分母为 0，方案没有写明怎么算（of_nothing）", "the whole is 0 and no share is stated (of_nothing)"
            x.refuse(zero, Text(*text))
        return (part / whole.where(~zero, 1)).where(~zero, self.of_nothing or 0)

    def needs_for(self, source: str) -> set[Need]:
        return _sources(self.part, source) | _sources(self.whole, source)


@MEASURES.choice
class MeasureChoice(Choice[Measure]):
    """What a rule looks at."""


Of: TypeAlias = MeasureChoice
ACTUAL_VALUE = MeasureChoice.model_validate(Fact.word)
