"""What an expression is made of: numbers, names, sums and products, functions; each gives its value and says itself."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from engine.rules.expression.functions import FUNCTIONS, Unanswered
from engine.rules.wording import joined
from engine.text import Text

FULL, SERIES = "full", "series"


class Term:
    """A piece of an expression."""

    def value(self, at: Mapping[Named, Fraction]) -> Fraction:
        """Its value where the names have these values; raises `Unanswered`."""
        raise NotImplementedError

    def said(self, name: Callable[[Named], Text]) -> Text:
        """The piece as people read it, every name said as asked for."""
        raise NotImplementedError

    def inside(self) -> Iterator[Term]:
        """The pieces that it is made of."""
        yield from ()

    def names(self) -> Iterator[Named]:
        """Every name in it."""
        for term in self.inside():
            yield from term.names()


@dataclass(frozen=True)
class Literal(Term):
    """A number of the rule book, as it is written there."""

    amount: Fraction
    written: str

    def value(self, at: Mapping[Named, Fraction]) -> Fraction:
        return self.amount

    def said(self, name: Callable[[Named], Text]) -> Text:
        return Text(self.written, self.written)


@dataclass(frozen=True)
class Named(Term):
    """A fact (`source` of `code`), the full marks or a series; `figure` and `among` if it is that of all the units."""

    code: str
    source: str = "actual"
    figure: str = ""
    among: str = ""

    def value(self, at: Mapping[Named, Fraction]) -> Fraction:
        return at[self]

    def said(self, name: Callable[[Named], Text]) -> Text:
        return name(self)

    def names(self) -> Iterator[Named]:
        yield self


@dataclass(frozen=True)
class Bracketed(Term):
    """An expression in brackets."""

    inner: Term

    def value(self, at: Mapping[Named, Fraction]) -> Fraction:
        return self.inner.value(at)

    def said(self, name: Callable[[Named], Text]) -> Text:
        return Text("({x})", "({x})").format(x=self.inner.said(name))

    def inside(self) -> Iterator[Term]:
        yield self.inner


@dataclass(frozen=True)
class Negative(Term):
    """Minus something."""

    inner: Term

    def value(self, at: Mapping[Named, Fraction]) -> Fraction:
        return -self.inner.value(at)

    def said(self, name: Callable[[Named], Text]) -> Text:
        return Text("−{x}", "−{x}").format(x=self.inner.said(name))

    def inside(self) -> Iterator[Term]:
        yield self.inner


_BY_ZERO = Text("公式里的除数为 0", "the formula divides by 0")


def _divided(a: Fraction, b: Fraction) -> Fraction:
    if b == 0:
        raise Unanswered(_BY_ZERO)
    return a / b


_OPERATORS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "−": operator.sub,
    "×": operator.mul,
    "÷": _divided,
}


@dataclass(frozen=True)
class Chain(Term):
    """Terms of one rank, from left to right: `a + b − c` or `a × b ÷ c`."""

    first: Term
    rest: tuple[tuple[str, Term], ...]

    def value(self, at: Mapping[Named, Fraction]) -> Fraction:
        result = self.first.value(at)
        for sign, term in self.rest:
            result = _OPERATORS[sign](result, term.value(at))
        return result

    def said(self, name: Callable[[Named], Text]) -> Text:
        said = self.first.said(name)
        for sign, term in self.rest:
            said = joined([said, term.said(name)], f" {sign} ", f" {sign} ")
        return said

    def inside(self) -> Iterator[Term]:
        yield from (self.first, *(term for _, term in self.rest))


_SIGNS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "≥": operator.ge,
    ">": operator.gt,
    "≤": operator.le,
    "<": operator.lt,
    "=": operator.eq,
    "≠": operator.ne,
}


@dataclass(frozen=True)
class If(Term):
    """One of two expressions, as a comparison says; the other is not looked at."""

    sign: str
    left: Term
    right: Term
    then: Term
    otherwise: Term

    def value(self, at: Mapping[Named, Fraction]) -> Fraction:
        holds = _SIGNS[self.sign](self.left.value(at), self.right.value(at))
        return (self.then if holds else self.otherwise).value(at)

    def said(self, name: Callable[[Named], Text]) -> Text:
        left, right, then, otherwise = (term.said(name) for term in self.inside())
        condition = joined([left, right], f" {self.sign} ", f" {self.sign} ")
        text = Text("如果({condition}，{then}，{otherwise})", "if({condition}, {then}, {otherwise})")
        return text.format(condition=condition, then=then, otherwise=otherwise)

    def inside(self) -> Iterator[Term]:
        yield from (self.left, self.right, self.then, self.otherwise)


@dataclass(frozen=True)
class Call(Term):
    """A function of expressions, rounded to so many places where it says so."""

    word: str
    of: tuple[Term, ...]
    places: int | None
    _PLACES: ClassVar[Text] = Text("{n} 位", "{n} places")

    def value(self, at: Mapping[Named, Fraction]) -> Fraction:
        return FUNCTIONS[self.word].made([term.value(at) for term in self.of], self.places)

    def said(self, name: Callable[[Named], Text]) -> Text:
        said = [term.said(name) for term in self.of]
        if self.places is not None:
            said.append(self._PLACES.format(n=self.places))
        text = Text(FUNCTIONS[self.word].title + "({of})", self.word + "({of})")
        return text.format(of=joined(said, "，", ", "))

    def inside(self) -> Iterator[Term]:
        yield from self.of
