"""The signs, words and numbers of an expression, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, NoReturn

from engine.grammar.near import NOTHING
from engine.text import Text

LONGEST = 500
_DEEPEST = 20
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?%?|[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?|>=|<=|==|!=|[-+−×*÷/()（），,<>≥≤≠]")
_SAME = {"-": "−", "*": "×", "/": "÷", "（": "(", "）": ")", "，": ",", ">=": "≥", "<=": "≤", "==": "=", "!=": "≠"}
SIGNS = ("≥", "≤", ">", "<", "=", "≠")

_UNREADABLE = Text("看不懂“{found}”", 'cannot read "{found}"')
EXPECTED = Text("这里应是{wanted}，却是{found}", "expected {wanted} but found {found}")
_END = Text("末尾", "the end")
ONE = Text("“{sign}”", '"{sign}"')
_ONLY_IN_IF = Text("比较只能写在 if 的第一项", "a comparison stands only as the first part of an if")
_DEEP = Text("括号套得太深，最多 {n} 层", "brackets are nested more than {n} deep")


class Misread(Exception):
    """What is wrong with an expression, and where."""

    def __init__(self, what: Text) -> None:
        self.what = what


class Token(NamedTuple):
    """One sign, word or number; `position` counts from 0."""

    text: str
    position: int

    def kind(self) -> str:
        """`number`, `name`, or the sign itself; nothing at the end."""
        return "number" if self.text[:1].isdigit() else "name" if self.text[:1].isalpha() else self.text


def misread(token: Token, what: Text, near: Text = NOTHING, **values: object) -> NoReturn:
    """Raise what is wrong at a token; the text has {found} and the other values."""
    text = Text("公式第 {n} 个字：{what}{near}", "character {n} of the formula: {what}{near}")
    found: object = token.text or _END
    raise Misread(text.format(n=token.position + 1, what=what.format(found=found, **values), near=near))


def tokens(text: str) -> Iterator[Token]:
    """The tokens of an expression, the signs in one spelling; an empty one stands for its end."""
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        match = _TOKEN.match(text, position)
        if match is None:
            misread(Token(text[position], position), _UNREADABLE)
        yield Token(_SAME.get(match[0], match[0]), position)
        position = match.end()
    yield Token("", len(text))


class Cursor:
    """The tokens and how far they have been read; `depth` counts the brackets that are open."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def want(self, sign: str) -> None:
        """Pass over a sign that must stand here; "" is the end."""
        if self.next.text != sign:
            if self.next.text in SIGNS:
                misread(self.next, _ONLY_IN_IF)
            misread(self.next, EXPECTED, wanted=ONE.format(sign=sign) if sign else _END)
        self.at += 1

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One bracket or sign further inside."""
        self.depth += 1
        if self.depth > _DEEPEST:
            misread(self.next, _DEEP, n=_DEEPEST)
        yield
        self.depth -= 1
