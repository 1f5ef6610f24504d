"""Reads an expression: its own signs and words, brackets, functions; a mistake is told at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache

from engine.grammar.near import hint, nearest
from engine.rules.expression.functions import FUNCTIONS, Function
from engine.rules.expression.terms import (
    FULL,
    SERIES,
    Bracketed,
    Call,
    Chain,
    If,
    Literal,
    Named,
    Negative,
    Term,
)
from engine.rules.expression.tokens import EXPECTED, LONGEST, SIGNS, Cursor, Misread, Token, misread, tokens
from engine.rules.inputs import ACTUAL, SOURCES
from engine.text import Text

_MOST_PLACES = 9
FIGURES = ("mean", "median", "best", "worst")
AMONG = {"": "category", "_all": "all", "_passed": "passed"}
_COMPARED = {figure + ending: (figure, among) for figure in FIGURES for ending, among in AMONG.items()}
_WORDS = (*FUNCTIONS, *_COMPARED, "if")


@cache
def parse(text: str) -> Term:
    """The expression that a text means.

    Raises:
        Misread: the first mistake, with its place.
    """
    if len(text) > LONGEST:
        raise Misread(Text("公式过长，最多 {n} 字", "the formula is too long: {n} characters").format(n=LONGEST))
    cursor = Cursor(list(tokens(text)))
    found = _sum(cursor)
    cursor.want("")
    return found


_NUMBER = Text("数、数据的代码或左括号", "a number, the code of a fact or an opening bracket")
_COMPARISON = Text("比较符号（>=、>、<=、<、==、!=）", "a comparison (>=, >, <=, <, ==, !=)")
_NO_FUNCTION = Text("没有叫“{found}”的函数；可用的有：{words}", 'no function is called "{found}"; there are: {words}')
_NO_SOURCE = Text("“{found}”：点号后只能是 {words}", '"{found}": after the point stands one of {words}')
_NEEDS_FACT = Text(
    "“{found}”没有写明是哪个数据的；应写成“数据代码.{found}”，唯一的数据写 actual.{found}",
    '"{found}" does not say of which fact; write CODE.{found}, or actual.{found} for the only fact',
)
_NEEDS_BRACKETS = Text("函数“{found}”后面要有括号", 'the function "{found}" needs brackets')
_OF_A_FACT = Text("“{word}”的括号里只写一个数据，如 {word}(actual)", '"{word}" is of one fact, such as {word}(actual)')
_COUNT = Text("“{word}”的括号里应有 {wanted}，现在是 {n} 项", '"{word}" takes {wanted}, not {n}')
_PLACES = Text("“{word}”的最后一项是保留的小数位数，应是 0 至 9", '"{word}" ends with its places, from 0 to 9')


def _listed(words: Iterable[str]) -> Text:
    names = sorted(words)
    return Text("、".join(names), ", ".join(names))


def _sum(cursor: Cursor) -> Term:
    with cursor.deeper():
        return _chain(cursor, ("+", "−"), lambda cursor: _chain(cursor, ("×", "÷"), _factor))


def _chain(cursor: Cursor, signs: tuple[str, ...], part: Callable[[Cursor], Term]) -> Term:
    first, rest = part(cursor), []
    while cursor.next.text in signs:
        sign = cursor.take().text
        rest.append((sign, part(cursor)))
    return Chain(first, tuple(rest)) if rest else first


def _factor(cursor: Cursor) -> Term:
    token = cursor.next
    if token.kind() not in ("number", "name", "−", "("):
        misread(token, EXPECTED, wanted=_NUMBER)
    cursor.take()
    if token.text == "−":
        with cursor.deeper():
            return Negative(_factor(cursor))
    if token.text == "(":
        inner = _sum(cursor)
        cursor.want(")")
        return Bracketed(inner)
    if token.kind() == "number":
        return _literal(token.text)
    return _called(token, cursor) if cursor.next.text == "(" else _named(token)


def _literal(written: str) -> Literal:
    amount = Fraction(written.rstrip("%"))
    return Literal(amount / 100 if written.endswith("%") else amount, written)


def _named(token: Token) -> Named:
    code, _, source = token.text.partition(".")
    if code == SERIES and source:
        return Named(source, SERIES)
    if source and source not in SOURCES:
        misread(token, _NO_SOURCE, hint(nearest(source, SOURCES)), words=_listed(SOURCES))
    if not source and code in SOURCES and code != ACTUAL:
        misread(token, _NEEDS_FACT)
    if code in _WORDS and not source:
        misread(token, _NEEDS_BRACKETS)
    return Named(code, source or "actual")


def _called(token: Token, cursor: Cursor) -> Term:
    word = token.text
    if word not in _WORDS:
        misread(token, _NO_FUNCTION, hint(nearest(word, _WORDS)), words=_listed(_WORDS))
    cursor.take()
    if word == "if":
        return _if(cursor)
    parts: list[Term] = []
    starts: list[Token] = []
    while not parts or cursor.next.text == ",":
        if parts:
            cursor.take()
        starts.append(cursor.next)
        parts.append(_sum(cursor))
    cursor.want(")")
    if word in _COMPARED:
        return _compared(token, parts)
    return _function(token, parts, starts[-1])


def _compared(token: Token, parts: list[Term]) -> Named:
    [named] = parts if len(parts) == 1 else [None]
    if not isinstance(named, Named) or named.figure or named.source == SERIES or named == Named(FULL):
        misread(token, _OF_A_FACT, word=token.text)
    return Named(named.code, named.source, *_COMPARED[token.text])


def _if(cursor: Cursor) -> If:
    left = _sum(cursor)
    if cursor.next.text not in SIGNS:
        misread(cursor.next, EXPECTED, wanted=_COMPARISON)
    sign = cursor.take().text
    right = _sum(cursor)
    cursor.want(",")
    then = _sum(cursor)
    cursor.want(",")
    otherwise = _sum(cursor)
    cursor.want(")")
    return If(sign, left, right, then, otherwise)


def _function(token: Token, parts: list[Term], last: Token) -> Call:
    function, places = FUNCTIONS[token.text], None
    if function.places == "always" or (function.places == "perhaps" and len(parts) > function.most):
        if len(parts) > function.fewest:
            places = _places(parts.pop(), token, last)
        else:
            misread(token, _COUNT, word=token.text, wanted=_wanted(function), n=len(parts))
    if not function.fewest <= len(parts) <= function.most:
        n = len(parts) + (places is not None)
        misread(token, _COUNT, word=token.text, wanted=_wanted(function), n=n)
    return Call(token.text, tuple(parts), places)


def _places(part: Term, token: Token, at: Token) -> int:
    if not isinstance(part, Literal) or part.amount not in range(_MOST_PLACES + 1):
        misread(at, _PLACES, word=token.text)
    return int(part.amount)


def _wanted(function: Function) -> Text:
    numbers = Text("{n} 项", "{n} parts")
    if function.most != function.fewest:
        numbers = Text("{n} 项以上", "{n} parts or more")
    elif function.places == "always":
        return Text("{n} 项（最后一项是小数位数）", "{n} parts, the last of them places").format(n=function.fewest + 1)
    elif function.places == "perhaps":
        numbers = Text("{n} 项（后面可再写小数位数）", "{n} parts, and perhaps places")
    return numbers.format(n=function.fewest)
