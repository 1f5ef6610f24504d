"""Every equation, rounding and comparison that a sentence prints, read back and worked out again."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from fractions import Fraction

from engine.exact import Exact
from engine.integers import Way
from tests.engine.explain.formulas import false_in_formula

Range = tuple[Fraction, Fraction]  # of a number that is cut: from its digits to one more in the last place

NUMBER = r"-?\d+(?:\.\d+)?…?%?"
_TOKEN = re.compile(rf"{NUMBER}|[()+−×÷]")
_EQUATION = re.compile(rf"((?:(?<=[^\w.])|^)[-(\d][-()+−×÷\d.…% ]*) = ({NUMBER})")
_ROUNDING = re.compile(rf"({NUMBER}) → ({NUMBER})$")
_COMPARISON = re.compile(rf"(?<![\d.])({NUMBER})[，,]? ?([≥>≤<]) ({NUMBER})")
_QUOTED = ("依据：", "失分原因：", "方案说明：", "document: ", "why points were lost: ", "the scheme: ")
_SIGNS = {"≥": operator.ge, ">": operator.gt, "≤": operator.le, "<": operator.lt}


def number(text: str) -> Range:
    digits = text.rstrip("%").rstrip("…")
    value = Fraction(digits)
    last = Fraction(1, 10 ** len(digits.partition(".")[2])) if "…" in text else Fraction(0)
    low, high = (value - last, value) if digits.startswith("-") else (value, value + last)
    return (low / 100, high / 100) if text.endswith("%") else (low, high)


_ANYTHING = Fraction(-(10**30)), Fraction(10**30)


class _Reader:
    """Sums and products, from left to right, of numbers known to their last digit."""

    def __init__(self, text: str) -> None:
        self.tokens = [*_TOKEN.findall(text), "end"]
        assert "".join(self.tokens[:-1]) == text.replace(" ", ""), text

    def sum(self) -> Range:
        low, high = self.product()
        while self.tokens[0] in "+−":
            sign = self.tokens.pop(0)
            a, b = self.product()
            low, high = (low + a, high + b) if sign == "+" else (low - b, high - a)
        return low, high

    def product(self) -> Range:
        found = self.factor()
        while self.tokens[0] in "×÷":
            sign, other = self.tokens.pop(0), self.factor()
            if sign == "÷" and other[0] <= 0 <= other[1]:  # cut so short that it could be anything
                found = _ANYTHING
                continue
            combine = operator.mul if sign == "×" else operator.truediv
            corners = [combine(a, b) for a in found for b in other]
            found = min(corners), max(corners)
        return found

    def factor(self) -> Range:
        token = self.tokens.pop(0)
        if token != "(":
            return number(token)
        inside = self.sum()
        assert self.tokens.pop(0) == ")"
        return inside


def value(text: str) -> Range:
    reader = _Reader(text)
    found = reader.sum()
    assert reader.tokens == ["end"], text
    return found


_WAYS: dict[str, Way] = {"舍去尾数": "down", "cut to": "down", "尾数进一": "up", "rounded up": "up"}


def rounded(amount: Fraction, places: int, line: str) -> Fraction:
    """In the way that the line names: half up if none."""
    way = next((way for words, way in _WAYS.items() if line.startswith(words)), "half_up")
    return Exact.of([amount]).round(places, way)[0]


def false_in(line: str) -> Iterator[str]:
    """What a printed line claims and is not so."""
    if line.startswith(_QUOTED):
        return
    head, formula, equation = line.partition("按公式：" if "按公式：" in line else "by the formula: ")
    if formula:
        yield from false_in_formula(equation)
        line = head
    plain = re.sub(r"(\d) (?:次|分)(?= [×=])", r"\1", line)
    found = _EQUATION.findall(plain)
    if len(found) != plain.count(" = "):
        yield f"an equation that cannot be read: {line}"
    for left, right in found:
        (low, high), (least, most) = value(left), number(right)
        if high < least or low > most or ("…" not in left + right and low != least):
            yield f"{left} = {right} is false in {line}"
    for exact, points in _ROUNDING.findall(plain):
        places = len(points.partition(".")[2])
        low, high = (rounded(end, places, line) for end in number(exact))
        if not low <= Fraction(points) <= high:
            yield f"{exact} → {points} is false in {line}"
    for left, sign, right in _COMPARISON.findall(plain):
        if not any(_SIGNS[sign](a, b) for a in number(left) for b in number(right)):
            yield f"{left} {sign} {right} is false in {line}"
