"""The rule for what no other rule says: a closed expression over facts and references."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, ClassVar

import numpy as np
from pydantic import AfterValidator

from engine.exact import Exact
from engine.grammar.fields import wrong
from engine.rules.among import Among
from engine.rules.base import RULES, Row, Rule
from engine.rules.expression.functions import Unanswered
from engine.rules.expression.parse import parse
from engine.rules.expression.terms import FULL, SERIES, Named, Term
from engine.rules.expression.tokens import Misread
from engine.rules.inputs import ACTUAL, Inputs, Need
from engine.rules.measures import Measure
from engine.rules.references import REFERENCES
from engine.rules.wording import NOTHING, SOURCE_TITLES, Words, bracketed, joined
from engine.show import show
from engine.text import Text


def _readable(text: str) -> str:
    try:
        parse(text)
    except Misread as mistake:
        raise wrong(mistake.what.zh, mistake.what.en) from mistake
    return text


class _Column(Measure):
    """One value of one fact, for the figures of all units."""

    code: str
    source: str

    def value(self, x: Inputs, source: str = "actual") -> Exact:
        return x.column(self.code, self.source)


@RULES.add
class Formula(Rule):
    """The points are the value of an expression: facts, full marks and series, signs, brackets and functions."""

    word: ClassVar[str] = "formula"
    alone: ClassVar[str] = "points"
    own_words: ClassVar[frozenset[str]] = frozenset({FULL})
    points: Annotated[str, AfterValidator(_readable)]
    less_is_better: bool = False

    @property
    def term(self) -> Term:
        return parse(self.points)

    def names(self) -> list[Named]:
        """What it names, each once, in the order of the expression."""
        return list(dict.fromkeys(self.term.names()))

    def series(self) -> set[str]:
        """The outside series that it reads."""
        return {name.code for name in self.names() if name.source == SERIES}

    def needs(self) -> set[Need]:
        return {Need(name.code, name.source) for name in self.names() if _is_fact(name)}

    def comparative(self) -> bool:
        return any(name.figure for name in self.names())

    def score(self, x: Inputs) -> Exact:
        columns = {name: x.note(_noted(name), _column(name, x, self.less_is_better)) for name in self.names()}
        points = []
        for row in range(len(x)):
            try:
                points.append(self.term.value({name: column[row] for name, column in columns.items()}))
            except Unanswered as stop:
                points.append(Fraction(0))
                x.refuse(np.arange(len(x)) == row, stop.why)
        return x.note("points", Exact.of(points))

    def explain(self, row: Row) -> list[Text]:
        said = self.term.said(lambda name: _number(row[_noted(name)]))
        text = Text("按公式：{said} = {points}", "by the formula: {said} = {points}")
        given = [_figure_said(name, row) for name in self.names() if name.figure]
        return [*given, text.format(said=said, points=row.show("points"))]

    def in_words(self, words: Words) -> Text:
        said = self.term.said(lambda name: _said(name, words))
        return joined([said, _TURNED]) if self.less_is_better else said

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        if not any(_is_fact(name) for name in self.names()):
            yield "points", _OF_NOTHING
        if self.less_is_better and not any(name.figure in ("best", "worst") for name in self.names()):
            yield "less_is_better", _IDLE


_TURNED = Text("最好值、最差值按越低越好取", "less is better for best and worst")
_OF_NOTHING = Text("公式没有用到任何数据，各单位得分会完全一样", "the formula names no fact: all would earn the same")
_IDLE = Text("less_is_better 只在公式用到 best 或 worst 时有用", "less_is_better matters only to best and worst")


def _column(name: Named, x: Inputs, less_is_better: bool) -> Exact:
    """The value of a name on every row."""
    if name.figure:
        figure = REFERENCES.kinds[name.figure].model_validate({"among": name.among})
        return figure.value(x, _Column(code=name.code, source=name.source), less_is_better)
    if name.source == SERIES:
        return x.same(x.series[name.code])
    return x.column(name.code, name.source) if _is_fact(name) else x.full


def _is_fact(name: Named) -> bool:
    return name.source != SERIES and name != Named(FULL)


def _noted(name: Named) -> str:
    return " ".join((name.figure, name.among, name.code, name.source))


def _number(value: Fraction) -> Text:
    return Text(bracketed(show(value)), bracketed(show(value)))


_OF = Text("{fact}的{source}", "{source} of {fact}")
_FULL = Text("满分", "full marks")


def _fact_said(name: Named, fact: str) -> Text:
    """`完成数`, `完成数的目标值`, `目标值`."""
    source = SOURCE_TITLES[name.source]
    if name.code == ACTUAL:
        return source if source != NOTHING else Text("实际值", "actual value")
    return Text(fact, fact) if source == NOTHING else _OF.format(fact=fact, source=source)


def _said(name: Named, words: Words) -> Text:
    if name == Named(FULL):
        return _FULL
    if name.source == SERIES:
        return Text("外部数据“{name}”", '"{name}"').format(name=words.series.get(name.code, name.code))
    fact = _fact_said(name, words.fact(name.code))
    if not name.figure:
        return fact
    text = Text("{among}{fact}的{figure}", "{figure} of the {fact} of {among}")
    return text.format(among=Among(name.among).in_words(words), fact=fact, figure=REFERENCES.kinds[name.figure].title)


def _figure_said(name: Named, row: Row) -> Text:
    """`完成数的平均值 45.5（经济部门 3 个单位）`."""
    spec = row.facts.get(name.code)
    text = Text("{fact}的{figure} {value}（{compared}）", "{figure} of the {fact}: {value} ({compared})")
    return text.format(
        fact=_fact_said(name, (spec and spec.name) or name.code),
        figure=REFERENCES.kinds[name.figure].title,
        value=show(row[_noted(name)]),
        compared=row.compared(Among(name.among)),
    )
