"""The functions that an expression may use, each exact or rounded at the places it states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from engine.irrational import rounded, rounded_ln, rounded_power, rounded_root, whole_power
from engine.show import show
from engine.text import Text


class Unanswered(Exception):
    """Why the expression has no value for a row."""

    def __init__(self, why: Text) -> None:
        self.why = why


def _ln(x: Fraction, places: int) -> Fraction:
    if x <= 0:
        raise Unanswered(Text("公式里 ln 的数 {x} 不大于 0", "the formula takes ln of {x}").format(x=show(x)))
    return rounded_ln(x, places)


def _sqrt(x: Fraction, places: int) -> Fraction:
    if x < 0:
        text = Text("公式里开平方的数 {x} 是负数", "the formula takes the square root of {x}")
        raise Unanswered(text.format(x=show(x)))
    return rounded_root(x, 2, places)


_POWER = Text("公式里的乘方 {x} 的 {y} 次方{why}", "the formula raises {x} to {y}: {why}")
_NOT_WHOLE = Text("次数不是整数，请写明保留几位小数", "not whole; state the places to round to")
_NO_VALUE = Text("没有值", "there is no such number")
_TOO_LONG = Text("位数过多", "too many digits")


def _power(x: Fraction, y: Fraction, places: int | None) -> Fraction:
    whole = y.denominator == 1
    why = None
    if (x == 0 and y < 0) or (x < 0 and not whole):
        why = _NO_VALUE
    elif places is None and not whole:
        why = _NOT_WHOLE
    if why is None:
        if x == 0 or whole:
            found = whole_power(x, y.numerator) if whole else Fraction(0)
            found = found if found is None or places is None else rounded(found, places)
        else:
            found = rounded_power(x, y, places or 0)
        if found is not None:
            return found
        why = _TOO_LONG
    raise Unanswered(_POWER.format(x=show(x), y=show(y), why=why))


Numbers: TypeAlias = list[Fraction]


@dataclass(frozen=True)
class Function:
    """A function: its Chinese name, how many numbers it takes, whether places follow them: never, perhaps or always."""

    title: str
    fewest: int
    most: int
    places: str
    made: Callable[[Numbers, int | None], Fraction]


FUNCTIONS = {
    "min": Function("取最小", 2, 20, "never", lambda of, places: min(of)),
    "max": Function("取最大", 2, 20, "never", lambda of, places: max(of)),
    "abs": Function("绝对值", 1, 1, "never", lambda of, places: abs(of[0])),
    "round": Function("四舍五入", 1, 1, "always", lambda of, places: rounded(of[0], places or 0)),
    "ln": Function("ln", 1, 1, "always", lambda of, places: _ln(of[0], places or 0)),
    "sqrt": Function("平方根", 1, 1, "always", lambda of, places: _sqrt(of[0], places or 0)),
    "power": Function("乘方", 2, 2, "perhaps", lambda of, places: _power(of[0], of[1], places)),
}
