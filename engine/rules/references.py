"""What a rule holds its measure against: `to`, a reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from engine.exact import Exact
from engine.grammar.fields import Code, FigureField, Name
from engine.grammar.registry import Family, Kind
from engine.rules.base import Row
from engine.rules.inputs import MEAN_OF_YEARS, Inputs, Need
from engine.rules.measures import Fact, Measure
from engine.rules.wording import NOTHING, Words, joined
from engine.show import percent, show
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

    def in_words(self, words: Words) -> Text:
        """The reference with its parameters."""
        return self.name()

    def called(self, words: Words) -> Text:
        """The reference to stand before its number."""
        return self.name()

    def said(self, of: Measure, row: Row) -> Text:
        """Its number for people, behind the sum that made it if one did, and where it comes from."""
        shown = of.show(row["reference"])
        return joined([Text(shown, shown), self.about(row)], "", "")

    def about(self, row: Row) -> Text:
        """Where its value comes from, in brackets behind it; nothing where the reference is the unit's own."""
        return NOTHING


REFERENCES: Family[Reference] = Family("参照", "reference")


_SINCE_LAST_YEAR = Text(
    "{of}已经是和上年比，不能再和“{to}”比；可以和目标值、挑战值、平均值、最好值或一个规定的数比",
    'a measure of {of} is already against last year and cannot be held against "{to}"; '
    "use target, stretch, mean, best or a number",
)

_NO_SUCH_PAIR = Text(
    "{of}不能和另一个数据比；占比用 of: {{share: …}} 和一个规定的百分比比",
    "a measure of {of} cannot be held against another fact; hold a share against a stated percentage",
)
_ITSELF = Text("“{fact}”和它自己比较，人人都一样；请改 of 或 to", '"{fact}" is held against itself; change of or to')


def mismatched(of: Measure, to: Reference) -> Iterator[tuple[str, Text]]:
    """Pairs of measure and reference that mean nothing."""
    if of.since_last_year and to.word in ("last_year", "baseline", "mean_of_years"):
        yield "to", _SINCE_LAST_YEAR.format(of=of.title, to=to.name())
    if isinstance(to, AnotherFact) and (of.since_last_year or of.in_percent):
        yield "to", _NO_SUCH_PAIR.format(of=of.title)
    if isinstance(to, AnotherFact) and isinstance(of, Fact) and of.code == to.code:
        yield "to", _ITSELF.format(fact=to.code)
    if isinstance(to, Constant):
        yield from of.misfit(to.number, "to")


class _Own(Reference):
    """A value of the unit itself, known before the year: the measure is taken of it as of the actual value."""

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        return of.value(x, self.word)

    def said(self, of: Measure, row: Row) -> Text:
        return of.said(row["reference"], row, self.word)

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
    alone: ClassVar[str] = "years"
    years: Annotated[int, Field(ge=2, le=3)]

    def name(self) -> Text:
        return Text("近{n}年平均值", "mean of the last {n} years").format(n=self.years)

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        return of.value(x, f"{MEAN_OF_YEARS}{self.years}")

    def said(self, of: Measure, row: Row) -> Text:
        return of.said(row["reference"], row, f"{MEAN_OF_YEARS}{self.years}")

    def needs_with(self, of: Measure) -> set[Need]:
        return of.needs_for(f"{MEAN_OF_YEARS}{self.years}")


@REFERENCES.add
class Constant(Reference):
    """A number of the rule book."""

    word: ClassVar[str] = "constant"
    title: ClassVar[Text] = Text("规定值", "stated value")
    alone: ClassVar[str] = "number"
    number: FigureField

    def in_words(self, words: Words) -> Text:
        said = percent(self.number.amount) if self.number.in_percent else show(self.number.amount)
        return Text(said, said)

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        return x.same(self.number.amount)


@REFERENCES.add
class AnotherFact(Reference):
    """Another fact of the same unit."""

    word: ClassVar[str] = "fact"
    title: ClassVar[Text] = Text("对照数", "other fact")
    alone: ClassVar[str] = "code"
    code: Code

    def in_words(self, words: Words) -> Text:
        return self.called(words)

    def called(self, words: Words) -> Text:
        return Text(words.fact(self.code), words.fact(self.code))

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        return x.column(self.code, "actual")

    def needs_with(self, of: Measure) -> set[Need]:
        return {Need(self.code, "actual")}


@REFERENCES.add
class Series(Reference):
    """An outside figure, such as the national average; the scheme names it, the facts bring it.

    Held against a growth or a share, it is in percent, as such figures are published: 5.2 is 5.2 %.
    """

    word: ClassVar[str] = "series"
    title: ClassVar[Text] = Text("外部数据", "outside series")
    alone: ClassVar[str] = "code"
    code: Name

    def in_words(self, words: Words) -> Text:
        return self.called(words)

    def called(self, words: Words) -> Text:
        return Text("外部数据“{name}”", '"{name}"').format(name=words.series.get(self.code, self.code))

    def value(self, x: Inputs, of: Measure, less_is_better: bool = False) -> Exact:
        published = x.series[self.code]
        return x.same(published / 100 if of.in_percent else published)
