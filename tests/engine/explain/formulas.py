"""The line of a formula with its numbers put in, read back by other means and worked out again."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction

from engine.exact import Exact

_WORDS = {
    "取最小": "min",
    "取最大": "max",
    "绝对值": "abs",
    "四舍五入": "round",
    "平方根": "sqrt",
    "乘方": "power",
    "如果": "if",
}
_TOKEN = re.compile(r"\d+(?:\.\d+)?…?%?(?: 位| places)?|[a-z]+|[-−+×÷()≥≤<>=≠,]")


class Unsure(Exception):
    """A number was cut so short that nothing follows."""


class _Reader:
    def __init__(self, text: str) -> None:
        for zh, en in {**_WORDS, "如果": "if"}.items():
            text = text.replace(zh, en)
        self.tokens = [*_TOKEN.findall(text.replace("，", ",")), "end"]

    def sum(self) -> Fraction:
        found = self.product()
        while self.tokens[0] in "+−":
            sign = self.tokens.pop(0)
            found = found + self.product() if sign == "+" else found - self.product()
        return found

    def product(self) -> Fraction:
        found = self.factor()
        while self.tokens[0] in "×÷":
            sign, other = self.tokens.pop(0), self.factor()
            found = found * other if sign == "×" else self.divided(found, other)
        return found

    def divided(self, a: Fraction, b: Fraction) -> Fraction:
        return a / b if b else Fraction(0)  # of the branch that an `if` does not take

    def factor(self) -> Fraction:
        token = self.tokens.pop(0)
        if token in "-−":
            return -self.factor()
        if token == "(":
            found = self.sum()
            assert self.tokens.pop(0) == ")"
            return found
        return self.call(token) if token.isalpha() else number(token)

    def call(self, word: str) -> Fraction:
        parts = [self.tokens.pop(0) and self.sum()]
        sign = ""
        while self.tokens[0] != ")":
            sign = sign or self.tokens[0]
            self.tokens.pop(0)
            parts.append(self.sum())
        self.tokens.pop(0)
        try:
            return _FUNCTIONS[word](parts, sign)
        except ArithmeticError:  # in the branch that an `if` does not take
            return Fraction(0)


def number(token: str) -> Fraction:
    if "…" in token:
        raise Unsure
    value = Fraction(token.split()[0].rstrip("%"))
    return value / 100 if token.endswith("%") else value


def half_up(value: Fraction, places: Fraction) -> Fraction:
    return Exact.of([value]).round(int(places))[0]


def approximate(value: Fraction | float, places: Fraction) -> Fraction:
    return half_up(Fraction(value), places)


def _chosen(parts: list[Fraction], sign: str) -> Fraction:
    left, right, then, otherwise = parts
    holds = {"≥": left >= right, ">": left > right, "≤": left <= right, "<": left < right, "=": left == right}
    return then if holds.get(sign, left != right) else otherwise


def _power(parts: list[Fraction], sign: str) -> Fraction:
    base, exponent, *places = parts
    if not places:
        return base ** int(exponent)
    with localcontext() as context:
        context.prec = 60
        of = [Decimal(part.numerator) / Decimal(part.denominator) for part in (base, exponent)]
        return half_up(Fraction(of[0] ** of[1]), places[0])


def _sqrt(parts: list[Fraction], sign: str) -> Fraction:
    with localcontext() as context:
        context.prec = 60
        return half_up(Fraction((Decimal(parts[0].numerator) / Decimal(parts[0].denominator)).sqrt()), parts[1])


_FUNCTIONS = {
    "min": lambda parts, sign: min(parts),
    "max": lambda parts, sign: max(parts),
    "abs": lambda parts, sign: abs(parts[0]),
    "round": lambda parts, sign: half_up(*parts),
    "ln": lambda parts, sign: approximate(math.log(parts[0]) if parts[0] > 0 else 0.0, parts[1]),
    "sqrt": _sqrt,
    "power": _power,
    "if": _chosen,
}


def false_in_formula(equation: str) -> Iterator[str]:
    """The equation, if it does not hold; one with numbers that were cut is let through."""
    left, _, right = equation.rpartition(" = ")
    reader = _Reader(left)
    try:
        found = reader.sum()
    except Unsure:
        return
    assert reader.tokens == ["end"], equation
    shown = right.rstrip("…")
    cut = abs(found).numerator * 10 ** len(shown.partition(".")[2]) // abs(found).denominator
    digits = int(shown.lstrip("-").replace(".", ""))
    if cut != digits or (found < 0) != shown.startswith("-"):
        yield f"{left} = {right} is false"
