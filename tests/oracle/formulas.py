"""Expressions of a formula, read by Python's own parser and worked out with fractions."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from tests.oracle.figures import Refused, half_up
from tests.oracle.measuring import Need, Sight, of_set, somebody
from tests.oracle.roll_up import Root

SETS = ("mean", "median", "best", "worst")
NOT_FACTS = {"full", "series"}


def parsed(text: str) -> ast.expr:
    """`×`, `÷`, `60%` and `if(` put into Python's words."""
    text = text.replace("×", "*").replace("÷", "/").replace("−", "-")
    text = re.sub(r"([0-9.]+)%", r'number("\1%")', text)
    text = re.sub(r"(?<![\w\".])([0-9]+(?:\.[0-9]+)?)(?![\w\".%])", r'number("\1")', text)
    return ast.parse(re.sub(r"\bif\(", "choose(", text), mode="eval").body


def formula_needs(text: str) -> set[Need]:
    return set(_needs(parsed(text)))


def _needs(node: ast.expr) -> Iterator[Need]:
    if isinstance(node, ast.Attribute):
        assert isinstance(node.value, ast.Name)
        if node.value.id != "series":
            yield node.value.id, node.attr
    elif isinstance(node, ast.Name):
        if node.id not in NOT_FACTS:
            yield node.id, "actual"
    elif isinstance(node, ast.Call):
        for argument in node.args:
            yield from _needs(argument)
    else:
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.expr):
                yield from _needs(inner)


def worked_out(text: str, less_is_better: bool, sight: Sight) -> Fraction:
    """A figure of all units stops the run where there is nobody, even in the expression that is not looked at."""
    tree, worked = parsed(text), _Worked(sight, less_is_better)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.partition("_")[0] in SETS:
            worked.value(node)
    return worked.value(tree)


class _Worked:
    def __init__(self, sight: Sight, less_is_better: bool) -> None:
        self.sight, self.less = sight, less_is_better

    def value(self, node: ast.expr) -> Fraction:
        if isinstance(node, ast.Name):
            return self.sight.full if node.id == "full" else self.sight.facts[node.id, "actual"]
        if isinstance(node, ast.Attribute):
            assert isinstance(node.value, ast.Name)
            if node.value.id == "series":
                return self.sight.series[node.attr]
            return self.sight.facts[node.value.id, node.attr]
        if isinstance(node, ast.UnaryOp):
            return -self.value(node.operand)
        if isinstance(node, ast.BinOp):
            return self._operation(node)
        assert isinstance(node, ast.Call)
        return self._call(node)

    def _operation(self, node: ast.BinOp) -> Fraction:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Sub):
            return left - right
        if isinstance(node.op, ast.Mult):
            return left * right
        if right == 0:
            raise Refused
        return left / right

    def _holds(self, node: ast.expr) -> bool:
        assert isinstance(node, ast.Compare)
        left, right = self.value(node.left), self.value(node.comparators[0])
        return {
            "GtE": left >= right, "Gt": left > right, "LtE": left <= right, "Lt": left < right,
            "Eq": left == right, "NotEq": left != right,
        }[type(node.ops[0]).__name__]  # fmt: skip

    def _call(self, node: ast.Call) -> Fraction:
        assert isinstance(node.func, ast.Name)
        word, arguments = node.func.id, node.args
        if word == "number":
            assert isinstance(arguments[0], ast.Constant)
            text = str(arguments[0].value)
            return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
        if word == "choose":
            return self.value(arguments[1] if self._holds(arguments[0]) else arguments[2])
        if word.partition("_")[0] in SETS:
            return self._of_everybody(word, arguments[0])
        return FUNCTIONS[word](*(self.value(argument) for argument in arguments))

    def _of_everybody(self, word: str, what: ast.expr) -> Fraction:
        ((fact, source),) = _needs(what)
        among = {"all": "all", "passed": "passed"}.get(word.partition("_")[2], "category")
        values = [peer.facts[fact, source] for peer in self.sight.peers(among)]
        return of_set(word.partition("_")[0], somebody(values), self.less)


# Functions of numbers.


def _ln(value: Fraction, places: Fraction) -> Fraction:
    """More and more digits, until the rounding can no longer change."""
    if value <= 0:
        raise Refused
    if value == 1:
        return Fraction(0)
    digits = 40
    while True:
        with localcontext() as context:
            context.prec, context.rounding = digits, ROUND_HALF_UP
            found = Fraction((Decimal(value.numerator) / Decimal(value.denominator)).ln())
        error = Fraction(1, 10 ** (digits - 20))
        low, high = (half_up(one, str(places)) for one in (found - error, found + error))
        if low == high:
            return low
        digits *= 2


def _sqrt(value: Fraction, places: Fraction) -> Fraction:
    if value < 0:
        raise Refused
    return Root(value, 2).rounded(int(places))


def _power(base: Fraction, exponent: Fraction, places: Fraction | None = None) -> Fraction:
    if base == 0 and exponent < 0:
        raise Refused
    if exponent.denominator == 1:
        exact = base ** int(exponent)
        return exact if places is None else half_up(exact, str(places))
    if base < 0 or places is None:
        raise Refused
    return Root(base**exponent.numerator, exponent.denominator).rounded(int(places))


FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "round": lambda value, places: half_up(value, str(places)),
    "ln": _ln,
    "sqrt": _sqrt,
    "power": _power,
}
