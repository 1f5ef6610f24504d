"""Arrays of whole numbers: int64 while 62 bits are enough, Python integers beyond; and the one rounding function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[Any]  # int64, or Python integers in an object array

_LONG = 2**1024  # to reduce a fraction of longer numbers takes longer than to go on with it
SAFE = 2**62  # a sum of two such values still fits int64
Way: TypeAlias = Literal["half_up", "down", "up"]


def largest(values: Ints | int) -> int:
    """The largest absolute value; 0 of nothing."""
    if isinstance(values, int):
        return abs(values)
    if values.size == 0:
        return 0
    return max(abs(int(values.max())), abs(int(values.min())))


def wide(values: Ints | int) -> Any:
    """The same numbers as Python integers."""
    return values.astype(object, copy=False) if isinstance(values, np.ndarray) else values


def narrow(values: Ints) -> Ints:
    """Python integers back in int64, if all of them fit."""
    return values.astype(np.int64) if largest(values) < SAFE else values


def ints(values: Iterable[int] | Ints) -> Ints:
    """In int64, or in Python integers where any of them needs more than 62 bits."""
    if not isinstance(values, np.ndarray):
        values = np.array([int(value) for value in values], dtype=object)
    if values.dtype == np.int64 and largest(values) < SAFE:
        return values
    return narrow(wide(values))  # narrow and unsigned integers would wrap sooner than the guard looks


def lowest(num: Ints, den: Ints) -> tuple[Ints, Ints]:
    """Fractions of Python integers in lowest terms; those that are longer than is worth it stay as they are."""
    if largest(den) >= _LONG:
        return num, den
    shared = np.gcd(num, den)
    return quotient(num, shared), quotient(den, shared)


def small(values: Ints | int) -> bool:
    """Whether numpy may work on them as int64."""
    return abs(values) < SAFE if isinstance(values, int) else not values.dtype.hasobject


def joint(act: Callable[[Any, Any], Any], a: Ints, b: Ints | int) -> Ints:
    """What numpy makes of both: in int64, where the caller knows that it fits, else in Python integers."""
    return np.asarray(act(a, b)) if small(a) and small(b) else narrow(np.asarray(act(wide(a), wide(b)), dtype=object))


def times(a: Ints, b: Ints | int, most: int) -> Ints:
    """The product; no entry of it is larger than `most`."""
    if isinstance(b, int) and b == 1:
        return a
    return joint(np.multiply, a if most < SAFE else wide(a), b)


def plus(a: Ints, b: Ints | int, most: int) -> Ints:
    """The sum; no summand is larger than `most`."""
    return joint(np.add, a if 2 * most < SAFE else wide(a), b)


def quotient(a: Ints, b: Ints | int) -> Ints:
    """Rounded down."""
    return joint(np.floor_divide, a, b)


def divided(numerator: Ints, denominator: Ints | int, way: Way = "half_up") -> Ints:
    """The one rounding function: n ÷ d as an integer; d > 0.

    `half_up` is the nearest, ties away from zero (四舍五入); `down` towards zero (舍去), `up` away from it (进一).
    That is (|n| + part of d) ÷ d rounded down, with the sign of n; the part is d ÷ 2, itself rounded down as |n| is
    whole, 0, or d − 1.
    """
    most = max(largest(numerator), largest(denominator))
    if numerator.min(initial=0) < 0:
        rounded = divided(np.abs(numerator if most < SAFE else wide(numerator)), denominator, way)
        return np.where(numerator < 0, -rounded, rounded)
    part = {"half_up": denominator // 2, "down": 0, "up": denominator - 1}[way]
    return quotient(plus(numerator, part, most), denominator)


def whole(value: Fraction, way: Way) -> int:
    """A share of a number of units as whole units."""
    return int(divided(ints([value.numerator]), value.denominator, way)[0])


def product(a: Ints | int, b: Ints | int, most: int) -> Ints | int:
    """Denominators multiplied; no entry of the product is larger than `most`."""
    if isinstance(a, int):
        return a * b if isinstance(b, int) else times(b, a, most)
    return times(a, b, most)


def added(values: list[Fraction]) -> Fraction:
    """The sum, by pairs: long denominators come about only in the last few additions."""
    while len(values) > 1:
        values = [Fraction(0)] * (len(values) % 2) + values
        values = [a + b for a, b in zip(values[::2], values[1::2], strict=True)]
    return values[0] if values else Fraction(0)
