"""What a rule looks at: `of`, a measure made from a leaf's facts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, TypeAlias

from engine.exact import Exact
from engine.grammar.fields import Code, Figure, Share
from engine.grammar.registry import Choice, Family, Kind
from engine.rules.base import Row
from engine.rules.inputs import ACTUAL, Inputs, Need
from engine.rules.measured import if_zero, mean_of_years, of_fact, since_last_year, sources_of, term
from engine.rules.wording import NOTHING, Words, in_brackets, joined
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

    def in_words(self, words: Words) -> Text:
        """What is measured, with the names of its facts and how it is worked out."""
        raise NotImplementedError

    def called(self, words: Words) -> Text:
        """What is measured, with the names of its facts."""
        raise NotImplementedError

    def said(self, value: Fraction, row: Row, source: str = "actual") -> Text:
        """The measured number of a row for people: the sum that makes it, and what is special about it."""
        sum_ = self.sum_of(row, source)
        shown = f"{sum_} = {self.show(value)}" if sum_ else self.show(value)
        return joined([Text(shown, shown), in_brackets(self.about(row, source))], "", "")

    def sum_of(self, row: Row, source: str) -> str:
        """The sum that makes the number of the facts of a row; nothing where it is reported or stated."""
        raise NotImplementedError

    def about(self, row: Row, source: str) -> Text:
        """What the sum does not say of the number of a row."""
        return NOTHING

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


@MEASURES.add
class Fact(Measure):
    """A fact as it stands."""

    word: ClassVar[str] = "fact"
    title: ClassVar[Text] = Text("实际值", "actual value")
    alone: ClassVar[str] = "code"
    code: Code = ACTUAL

    def in_words(self, words: Words) -> Text:
        return self.called(words)

    def called(self, words: Words) -> Text:
        return self.title if self.code == ACTUAL else Text(words.fact(self.code), words.fact(self.code))

    def sum_of(self, row: Row, source: str) -> str:
        return mean_of_years(row, self.code, source)

    def value(self, x: Inputs, source: str = "actual") -> Exact:
        return x.column(self.code, source)

    def needs_for(self, source: str) -> set[Need]:
        return sources_of(self.code, source)


@MEASURES.add
class Increment(Measure):
    """This year's value less last year's (增量)."""

    word: ClassVar[str] = "increment"
    title: ClassVar[Text] = Text("增量", "increment")
    since_last_year: ClassVar[bool] = True
    fact: Code = ACTUAL

    def in_words(self, words: Words) -> Text:
        text = Text("{fact}增量（本年 − 上年）", "increment{fact} (this year − last year)")
        return text.format(fact=of_fact(self.fact, words))

    def called(self, words: Words) -> Text:
        return Text("{fact}增量", "increment{fact}").format(fact=of_fact(self.fact, words))

    def sum_of(self, row: Row, source: str) -> str:
        return since_last_year(row, self.fact, source)

    def value(self, x: Inputs, source: str = "actual") -> Exact:
        return x.column(self.fact, source) - x.column(self.fact, "last_year")

    def needs_for(self, source: str) -> set[Need]:
        return sources_of(self.fact, source) | {Need(self.fact, "last_year")}


_OVER_THE_SIZE = Text("除以上年值的绝对值", "over the size of last year")
_LAST_YEAR_ZERO = Text("上年为 0，按方案计", "last year is 0: as stated")


@MEASURES.add
class Growth(Measure):
    """(x − last year) ÷ |last year| (增速); from a last year of zero there is no growth unless a value is stated."""

    word: ClassVar[str] = "growth"
    title: ClassVar[Text] = Text("增速", "growth")
    in_percent: ClassVar[bool] = True
    since_last_year: ClassVar[bool] = True
    fact: Code = ACTUAL
    from_zero: Share | None = None

    def in_words(self, words: Words) -> Text:
        text = Text(
            "{fact}增速（(本年 − 上年) ÷ 上年的绝对值{zero}）",
            "growth{fact} ((this year − last year) ÷ the size of last year{zero})",
        )
        return text.format(fact=of_fact(self.fact, words), zero=if_zero("上年", "last year", self.from_zero))

    def called(self, words: Words) -> Text:
        return Text("{fact}增速", "growth{fact}").format(fact=of_fact(self.fact, words))

    def sum_of(self, row: Row, source: str) -> str:
        last = row.inputs.read(self.fact, "last_year")[row.index]
        return f"({since_last_year(row, self.fact, source)}) ÷ {show(abs(last))}" if last else ""

    def about(self, row: Row, source: str) -> Text:
        last = row.inputs.read(self.fact, "last_year")[row.index]
        return _OVER_THE_SIZE if last < 0 else NOTHING if last else _LAST_YEAR_ZERO

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
        return sources_of(self.fact, source) | {Need(self.fact, "last_year")}


def _name(x: Inputs, fact: str) -> Text:
    name = x.names.get(fact) or fact
    return Text(name, name)


@MEASURES.add
class PartOfWhole(Measure):
    """One fact over another, both of the same unit (完成数 ÷ 应完成数)."""

    word: ClassVar[str] = "share"
    title: ClassVar[Text] = Text("占比", "share")
    in_percent: ClassVar[bool] = True
    part: Code
    whole: Code
    of_nothing: Share | None = None

    def in_words(self, words: Words) -> Text:
        text = Text("占比（{part} ÷ {whole}{zero}）", "share ({part} ÷ {whole}{zero})")
        zero = if_zero("分母", "the whole", self.of_nothing)
        return text.format(part=words.fact(self.part), whole=words.fact(self.whole), zero=zero)

    def called(self, words: Words) -> Text:
        text = Text("占比（{part} ÷ {whole}）", "share ({part} ÷ {whole})")
        return text.format(part=words.fact(self.part), whole=words.fact(self.whole))

    def sum_of(self, row: Row, source: str) -> str:
        of, whole = term(row, self.part, source), term(row, self.whole, source)
        return "" if self._of_nothing(row, source) else f"{of} ÷ {whole}"

    def about(self, row: Row, source: str) -> Text:
        text = Text("{whole}为 0，按方案计", "{whole} is 0: as stated")
        return text.format(whole=row.words.fact(self.whole)) if self._of_nothing(row, source) else NOTHING

    def _of_nothing(self, row: Row, source: str) -> bool:
        return row.inputs.column(self.whole, source)[row.index] == 0

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        if self.part == self.whole:
            text = Text(
                "分子和分母都是“{fact}”，占比永远是 100%；请改其中一个",
                'part and whole are both "{fact}": always 100%; change one',
            )
            yield "whole", text.format(fact=self.part)

    def value(self, x: Inputs, source: str = "actual") -> Exact:
        part, whole = x.column(self.part, source), x.column(self.whole, source)
        names = {"of": _name(x, self.part), "all": _name(x, self.whole)}
        more = Text("{of} {part} 多于{all} {whole}", "{of} {part} is more than {all} {whole}")
        x.refuse((part > whole) & (part >= 0), more, part=part, whole=whole, **names)
        x.refuse(part < 0, Text("{of} {part} 是负数", "{of} {part} is negative"), part=part, of=names["of"])
        zero = whole.equals(0)
        if self.of_nothing is None:
            text = "分母为 0，方案没有写明怎么算（of_nothing）", "the whole is 0 and no share is stated (of_nothing)"
            x.refuse(zero, Text(*text))
        return (part / whole.where(~zero, 1)).where(~zero, self.of_nothing or 0)

    def needs_for(self, source: str) -> set[Need]:
        return sources_of(self.part, source) | sources_of(self.whole, source)


@MEASURES.choice
class MeasureChoice(Choice[Measure]):
    """What a rule looks at."""


Of: TypeAlias = MeasureChoice
ACTUAL_VALUE = MeasureChoice.model_validate(Fact.word)
