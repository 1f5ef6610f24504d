"""Exact columns of numbers: integers over a denominator, in int64 as long as every product fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Number: TypeAlias = int | Decimal | Fraction
Ints: TypeAlias = NDArray[Any]  # int64, or Python integers in an object array once 62 bits are not enough
Mask: TypeAlias = NDArray[np.bool_]
Rows: TypeAlias = NDArray[np.intp]

_SAFE = 2**62  # a sum of two such values still fits int64


def _largest(values: Ints) -> int:
    if values.size == 0:
        return 0
    return max(abs(int(values.max())), abs(int(values.min())))


def _ints(values: Iterable[int] | Ints) -> Ints:
    """In int64, or in Python integers where any of them needs more than 62 bits."""
    if not isinstance(values, np.ndarray):
        values = np.array([int(value) for value in values], dtype=object)
    if values.dtype == np.int64:
        return values
    values = _wide(values)  # narrow and unsigned integers would wrap sooner than the guard looks
    return values.astype(np.int64) if _largest(values) < _SAFE else values


def _signed(values: Ints) -> Ints:
    """The integers so that their signs can be turned: -(-2^63) does not fit int64."""
    return values if values.dtype == object or not values.size or int(values.min()) > -(2**63) else _wide(values)


def _wide(values: Ints) -> Ints:
    return values.astype(object, copy=False)


def _times(a: Ints, b: Ints) -> Ints:
    if a.dtype != object and b.dtype != object and _largest(a) * _largest(b) < _SAFE:
        return a * b
    return np.asarray(_wide(a) * _wide(b), dtype=object)


def _plus(a: Ints, b: Ints) -> Ints:
    if a.dtype != object and b.dtype != object and _largest(a) + _largest(b) < _SAFE:
        return a + b
    return np.asarray(_wide(a) + _wide(b), dtype=object)


def divide_half_up(numerator: Ints, denominator: Ints) -> Ints:
    """The one rounding function: n ÷ d to the nearest integer, ties away from zero (四舍五入); d > 0."""
    numerator = _signed(numerator)
    doubled = _plus(_times(np.abs(numerator), np.array(2)), denominator)
    size = doubled // _times(denominator, np.array(2))
    return _ints(np.where(numerator < 0, -size, size))


class Exact:
    """A column of rational numbers `num / den`, one per row.

    `num` has one integer per row; `den` holds either one positive integer for the whole column (shape `(1,)`)
    or one per row. Every operation is exact: products are checked against 62 bits before they are made and
    go on in Python integers beyond. Nothing is rounded but by `round`.
    """

    __slots__ = ("den", "num")

    def __init__(self, num: Iterable[int] | Ints, den: Iterable[int] | Ints = (1,)) -> None:
        self.num = _ints(num)
        self.den = _ints(den) if len(self.num) else np.array([1])
        if self.den.dtype == object and len(self.den) > 1:
            shared = np.gcd(self.num, self.den)
            self.num, self.den = _ints(self.num // shared), _ints(self.den // shared)

    @classmethod
    def of(cls, values: Iterable[Number]) -> Exact:
        """A column from decimals, integers or fractions."""
        fractions = [value if isinstance(value, Fraction) else Fraction(value) for value in values]
        common = lcm(*{value.denominator for value in fractions})
        if common >= _SAFE:
            return cls([value.numerator for value in fractions], [value.denominator for value in fractions])
        return cls([value.numerator * (common // value.denominator) for value in fractions], [common])

    @classmethod
    def same(cls, value: Number, rows: int) -> Exact:
        """One value for every row."""
        fraction = Fraction(value)
        return cls(_ints([fraction.numerator]).repeat(rows), [fraction.denominator])

    def __len__(self) -> int:
        return len(self.num)

    def __getitem__(self, row: int) -> Fraction:
        return Fraction(int(self.num[row]), int(self.den[row if len(self.den) > 1 else 0]))

    def fractions(self) -> list[Fraction]:
        return [self[row] for row in range(len(self))]

    def take(self, rows: Rows | Mask) -> Exact:
        """The chosen rows, by index or by mask."""
        return Exact(self.num[rows], self.den[rows] if len(self.den) > 1 else self.den)

    def _per_row(self) -> Ints:
        return self.den if len(self.den) > 1 else self.den.repeat(len(self))

    def _same_denominator(self, other: Exact) -> bool:
        return len(self.den) == len(other.den) and bool(np.all(self.den == other.den))

    def _aligned(self, other: Number | Exact) -> tuple[Ints, Ints, Ints]:
        """Both numerators over one common denominator."""
        other = self._column(other)
        if self._same_denominator(other):
            return self.num, other.num, self.den
        if len(self.den) == len(other.den) == 1:
            common = lcm(int(self.den[0]), int(other.den[0]))
            a, b = _ints([common // int(self.den[0])]), _ints([common // int(other.den[0])])
            return _times(self.num, a), _times(other.num, b), _ints([common])
        return _times(self.num, other.den), _times(other.num, self.den), _times(self.den, other.den)

    def _column(self, other: Number | Exact) -> Exact:
        return other if isinstance(other, Exact) else Exact.same(other, len(self))

    def __add__(self, other: Number | Exact) -> Exact:
        a, b, den = self._aligned(other)
        return Exact(_plus(a, b), den)

    def __sub__(self, other: Number | Exact) -> Exact:
        return self + -self._column(other)

    def __neg__(self) -> Exact:
        return Exact(-_signed(self.num), self.den)

    def __abs__(self) -> Exact:
        return Exact(np.abs(_signed(self.num)), self.den)

    def __mul__(self, other: Number | Exact) -> Exact:
        other = self._column(other)
        return Exact(_times(self.num, other.num), _times(self.den, other.den))

    def __truediv__(self, other: Number | Exact) -> Exact:
        """Row by row; a zero divisor is the caller's mistake and raises ZeroDivisionError."""
        other = self._column(other)
        if np.any(other.num == 0):
            raise ZeroDivisionError
        if len(other.den) == 1 and len(other) and np.all(other.num == other.num[0]):
            return self * (1 / other[0])
        sign = np.where(other.num < 0, -1, 1)
        den = _times(self._per_row(), np.abs(_signed(other.num)))
        return Exact(_times(_times(self.num, other.den), sign), den)

    def _compare(self, other: Number | Exact, operator: Callable[[Ints, Ints], Any]) -> Mask:
        a, b, _ = self._aligned(other)
        return np.asarray(operator(a, b), dtype=bool)

    def __lt__(self, other: Number | Exact) -> Mask:
        return self._compare(other, np.less)

    def __le__(self, other: Number | Exact) -> Mask:
        return self._compare(other, np.less_equal)

    def __gt__(self, other: Number | Exact) -> Mask:
        return self._compare(other, np.greater)

    def __ge__(self, other: Number | Exact) -> Mask:
        return self._compare(other, np.greater_equal)

    def equals(self, other: Number | Exact) -> Mask:
        return self._compare(other, np.equal)

    def where(self, mask: Mask, other: Number | Exact) -> Exact:
        """This column where the mask holds, the other elsewhere."""
        a, b, den = self._aligned(other)
        return Exact(np.where(mask, a, b), den)

    def at_most(self, limit: Number | Exact) -> Exact:
        a, b, den = self._aligned(limit)
        return Exact(np.minimum(a, b), den)

    def at_least(self, limit: Number | Exact) -> Exact:
        a, b, den = self._aligned(limit)
        return Exact(np.maximum(a, b), den)

    def round(self, places: int) -> Exact:
        """Half up at so many decimal places."""
        scale = _ints([10**places])
        if len(self.den) == 1 and int(scale[0]) % int(self.den[0]) == 0:
            return Exact(_times(self.num, scale // self.den), scale)
        return Exact(divide_half_up(_times(self.num, scale), self.den), scale)

    def floor(self) -> Exact:
        return Exact(self.num // self.den)

    def ceiling(self) -> Exact:
        return -Exact(-_signed(self.num) // self.den)

    def placed(self, rows: Rows, count: int) -> Exact:
        """A column of `count` rows that has these values at `rows` and zeros elsewhere (the opposite of `take`)."""
        num = np.zeros(count, dtype=self.num.dtype)
        num[rows] = self.num
        if len(self.den) == 1:
            return Exact(num, self.den)
        den = np.ones(count, dtype=self.den.dtype)
        den[rows] = self.den
        return Exact(num, den)

    def sums(self, groups: Rows, count: int) -> Exact:
        """Σ per group: `groups[i]` in 0…count-1 is the group of row i; an empty group sums to 0."""
        if len(self.den) > 1:
            exact = [Fraction(0)] * count
            for group, value in zip(groups, self.fractions(), strict=True):
                exact[group] += value
            return Exact.of(exact)
        fits = self.num.dtype != object and _largest(self.num) * max(len(self), 1) < _SAFE
        totals = np.zeros(count, dtype=np.int64 if fits else object)
        np.add.at(totals, groups, self.num)
        return Exact(totals, self.den)

    def order(self) -> Ints:
        """Sortable keys: integers that compare as the values do."""
        if len(self.den) == 1:
            return self.num
        scale = int(self.den.max()) ** 2  # two different values are at least 1 ÷ scale apart
        return _times(self.num, _ints([scale])) // self.den
