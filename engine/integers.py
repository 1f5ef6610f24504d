"""Arrays of whole numbers: int64 while 62 bits are enough, Python integers beyond; and the one rounding function."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[Any]  # int64, or Python integers in an object array

SAFE = 2**62  # a sum of two such values still fits int64


def largest(values: Ints) -> int:
    """The largest absolute value; 0 of nothing."""
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


def small(*values: Ints | int) -> bool:
    """Whether numpy may work on all of them as int64."""
    return all(value.dtype != object if isinstance(value, np.ndarray) else abs(value) < SAFE for value in values)


def times(a: Ints, b: Ints | int, most: int) -> Ints:
    """The product; no entry of it is larger than `most`."""
    if isinstance(b, int) and b == 1:
        return a
    if most < SAFE and small(a, b):
        return np.asarray(a * b)
    return narrow(np.asarray(wide(a) * wide(b), dtype=object))


def plus(a: Ints, b: Ints | int, most: int) -> Ints:
    """The sum; no summand is larger than `most`."""
    if 2 * most < SAFE and small(a, b):
        return np.asarray(a + b)
    return narrow(np.asarray(wide(a) + wide(b), dtype=object))


def divide_half_up(numerator: Ints, denominator: Ints | int) -> Ints:
    """The one rounding function: n ÷ d to the nearest integer, ties away from zero (四舍五入); d > 0."""
    bottom = denominator if isinstance(denominator, int) else largest(denominator)
    most = 2 * max(largest(numerator), bottom)
    size = np.abs(numerator if most < SAFE else wide(numerator))
    doubled = plus(times(size, 2, most), denominator, most)
    twice = 2 * denominator if isinstance(denominator, int) else times(denominator, 2, most)
    rounded = doubled // twice if small(doubled, twice) else narrow(wide(doubled) // wide(twice))
    return np.where(numerator < 0, -rounded, rounded)


def whole(value: Fraction, way: str) -> int:
    """A share of a number of units as whole units: `half_up`, `down` or `up`; value ≥ 0."""
    if way == "half_up":
        return int(divide_half_up(ints([value.numerator]), value.denominator)[0])
    return value.numerator // value.denominator if way == "down" else -(-value.numerator // value.denominator)


def product(a: Ints | int, b: Ints | int) -> Ints | int:
    """Denominators multiplied."""
    if isinstance(a, int):
        return a * b if isinstance(b, int) else product(b, a)
    return times(a, b, largest(a) * (abs(b) if isinstance(b, int) else largest(b)))
