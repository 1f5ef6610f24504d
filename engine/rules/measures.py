"""What a rule looks at: `of`, a measure made from a leaf's facts."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from engine.exact import Exact
from engine.language.fields import Amount, Code
from engine.language.registry import Choice, Family, Kind
from engine.language.source import keyed
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
    from_zero: Amount | None = None

    def value(self, x: Inputs, source: str = "actual") -> Exact:
        last = x.column(self.fact, "last_year")
        zero = last.equals(0)
        if self.from_zero is None:
            text = "上年值为 0，方案没有写明增速怎么算（from_zero）", "last year is 0 and the scheme states no growth (from_zero)"
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
    of_nothing: Amount | None = None

    def value(self, x: Inputs, source: str = "actual") -> Exact:
        whole = x.column(self.whole, source)
        zero = whole.equals(0)
        if self.of_nothing is None:
            text = "分母为 0，方案没有写明怎么算（of_nothing）", "the whole is 0 and the scheme states no share (of_nothing)"
            x.refuse(zero, Text(*text))
        return (x.column(self.part, source) / whole.where(~zero, 1)).where(~zero, self.of_nothing or 0)

    def needs_for(self, source: str) -> set[Need]:
        return _sources(self.part, source) | _sources(self.whole, source)


def inline(words: dict[str, str], data: Any) -> Any:
    """`{fact: handled}` for `{fact: {code: handled}}`: the only parameter of a word needs no name."""
    if isinstance(data, dict) and len(data) == 1:
        word, value = next(iter(data.items()))
        if word in words and value is not None and not isinstance(value, dict):
            line = getattr(data, "line", 0)
            return keyed({word: keyed({words[word]: value}, line)}, line)
    return data


MeasureChoice = MEASURES.choice("MeasureChoice")
Of = Annotated[MeasureChoice, BeforeValidator(lambda data: inline({"fact": "code"}, data))]  # type: ignore[valid-type]
ACTUAL_VALUE: Choice = MeasureChoice(fact=Fact())
