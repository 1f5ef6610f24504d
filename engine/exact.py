"""Exact columns of numbers: integers over a denominator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.integers import SAFE, Ints, Way, added, divided, ints, joint, largest, lowest, plus, product, small, times

Number: TypeAlias = int | Decimal | Fraction
Mask: TypeAlias = NDArray[np.bool_]
Rows: TypeAlias = NDArray[np.intp]


class _Aligned(NamedTuple):
    """Two columns over one denominator: both numerators, a bound for both, the denominator and its bound."""

    a: Ints
    b: Any
    most: int
    den: Ints | int
    deepest: int


class Exact:
    """A column of rational numbers `num / den`, one per row.

    `num` has one integer per row; `den` is one positive integer for the whole column, or has one per row. Every
    operation is exact: each column carries a bound for its numerators and one for its denominators; a product is made
    in int64 only if they say that it fits 62 bits, and in Python integers beyond. Nothing is rounded but by `round`.
    """

    __slots__ = ("_deepest", "_most", "den", "num")

    def __init__(self, num: Iterable[int] | Ints, den: Iterable[int] | Ints | int = 1) -> None:
        self.num = ints(num)
        bottom = den if isinstance(den, int) else ints(den)
        self.den: Ints | int = int(bottom.flat[0]) if isinstance(bottom, np.ndarray) and bottom.size == 1 else bottom
        if isinstance(self.den, np.ndarray) and not len(self.num):
            self.den = 1
        if isinstance(self.den, np.ndarray) and not small(self.den):
            self.num, self.den = lowest(self.num, self.den)
        self._most, self._deepest = largest(self.num), largest(self.den)

    @classmethod
    def _made(cls, num: Ints, den: Ints | int, most: int, deepest: int) -> Exact:
        """A result of which the bounds are known; one that needed Python integers is looked at anew."""
        if not (small(num) and small(den)):
            return cls(num, den)
        column = cls.__new__(cls)
        column.num, column.den, column._most, column._deepest = num, den, most, deepest
        return column

    @classmethod
    def of(cls, values: Iterable[Number]) -> Exact:
        """A column from decimals, integers or fractions."""
        fractions = [value if isinstance(value, Fraction) else Fraction(value) for value in values]
        common = lcm(*{value.denominator for value in fractions})
        if common >= SAFE:
            return cls([value.numerator for value in fractions], [value.denominator for value in fractions])
        return cls([value.numerator * (common // value.denominator) for value in fractions], common)

    @classmethod
    def same(cls, value: Number, rows: int) -> Exact:
        """One value for every row; it is kept only once."""
        top, bottom = value.as_integer_ratio()
        if abs(top) >= SAFE:
            return cls(np.full(rows, top, dtype=object), bottom)
        return cls._made(np.ndarray(rows, np.int64, np.array([top]), strides=(0,)), bottom, abs(top), bottom)

    def __len__(self) -> int:
        return len(self.num)

    def __getitem__(self, row: int) -> Fraction:
        return Fraction(int(self.num[row]), self.den if isinstance(self.den, int) else int(self.den[row]))

    def fractions(self) -> list[Fraction]:
        return [self[row] for row in range(len(self))]

    def take(self, rows: Rows | Mask) -> Exact:
        """The chosen rows, by index or by mask."""
        rows = np.flatnonzero(rows) if rows.dtype == bool else rows
        num = self.num.take(rows) if self.num.strides[0] else self.num[: len(rows)]
        den = self.den if isinstance(self.den, int) else self.den.take(rows)
        return Exact._made(num, den, self._most, self._deepest)

    def _times(self, factor: Ints | int, size: int) -> tuple[Ints, int]:
        """The numerators × a factor that `size` bounds, and a bound; looked at closely only where it is needed."""
        if self._most * size >= SAFE:
            self._most, size = largest(self.num), largest(factor)
        return times(self.num, factor, self._most * size), self._most * size

    def _under(self, other: Ints | int, size: int) -> tuple[Ints | int, int]:
        """The denominators × others that `size` bounds, and a bound."""
        if self._deepest * size >= SAFE:
            self._deepest, size = largest(self.den), largest(other)
        return product(self.den, other, self._deepest * size), self._deepest * size

    def _aligned(self, other: Number | Exact) -> _Aligned:
        """Both over one common denominator; a number stays one number."""
        if not isinstance(other, Exact):
            return self._aligned_number(*other.as_integer_ratio())
        if self.den is other.den or np.array_equal(self.den, other.den):
            return _Aligned(self.num, other.num, max(self._most, other._most), self.den, self._deepest)
        if isinstance(self.den, int) and isinstance(other.den, int):
            common = lcm(self.den, other.den)
            mine, its = common // self.den, common // other.den
            (a, most_a), (b, most_b) = self._times(mine, mine), other._times(its, its)
            return _Aligned(a, b, max(most_a, most_b), common, common)
        (a, most_a), (b, most_b) = self._times(other.den, other._deepest), other._times(self.den, self._deepest)
        return _Aligned(a, b, max(most_a, most_b), *self._under(other.den, other._deepest))

    def _aligned_number(self, top: int, bottom: int) -> _Aligned:
        if isinstance(self.den, int):
            common = lcm(self.den, bottom)
            a, most = self._times(common // self.den, common // self.den)
            b = top * (common // bottom)
            return _Aligned(a, b, max(most, abs(b)), common, common)
        a, most = self._times(bottom, bottom)
        share, size = self._under(top, abs(top)) if top else (0, 0)
        return _Aligned(a, share, max(most, size), *self._under(bottom, bottom))

    def __add__(self, other: Number | Exact) -> Exact:
        a, b, most, den, deepest = self._aligned(other)
        if 2 * most >= SAFE and small(a) and small(b):
            most = max(largest(a), largest(b))
        return Exact._made(plus(a, b, most), den, 2 * most, deepest)

    def __sub__(self, other: Number | Exact) -> Exact:
        return self + -other

    def __neg__(self) -> Exact:
        return Exact._made(-self.num, self.den, self._most, self._deepest)

    def __abs__(self) -> Exact:
        if self.num.min(initial=0) >= 0:
            return self
        return Exact._made(np.abs(self.num), self.den, self._most, self._deepest)

    def __mul__(self, other: Number | Exact) -> Exact:
        if isinstance(other, Exact):
            num, most = self._times(other.num, other._most)
            den, deepest = self._under(other.den, other._deepest)
            return Exact._made(num, den, most, deepest)
        top, bottom = other.as_integer_ratio()
        num, most = self._times(top, abs(top))
        den, deepest = self._under(bottom, bottom)
        return Exact._made(num, den, most, deepest)

    def __truediv__(self, other: Number | Exact) -> Exact:
        """Row by row; a zero divisor is the caller's mistake and raises ZeroDivisionError."""
        if not isinstance(other, Exact):
            return self * (1 / Fraction(other))
        if not other.num.all():
            raise ZeroDivisionError
        first = int(other.num.flat[0]) if len(other) else 0
        if isinstance(other.den, int) and first and first == other.num.flat[-1] and np.all(other.num == first):
            return self * Fraction(other.den, first)
        mine, its, deepest = self.den, other.den, other._deepest
        if isinstance(mine, int) and isinstance(its, int):
            shared = gcd(mine, its)
            mine, its, deepest = mine // shared, its // shared, its // shared
        num, most = self._times(its, deepest)
        divisor = abs(other)
        den, size = divisor._times(mine, self._deepest)
        return Exact._made(num if divisor is other else np.where(other.num < 0, -num, num), den, most, size)

    def _compare(self, other: Number | Exact, operator: Callable[[Any, Any], Any]) -> Mask:
        a, b, *_ = self._aligned(other)
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
        return self if mask.all() else self._chosen(other, lambda a, b: np.where(mask, a, b))

    def at_most(self, limit: Number | Exact) -> Exact:
        return self._chosen(limit, np.minimum)

    def at_least(self, limit: Number | Exact) -> Exact:
        return self._chosen(limit, np.maximum)

    def _chosen(self, other: Number | Exact, choose: Callable[[Any, Any], Any]) -> Exact:
        a, b, most, den, deepest = self._aligned(other)
        return Exact._made(joint(choose, a, b), den, most, deepest)

    def round(self, places: int, way: Way = "half_up") -> Exact:
        """At so many decimal places."""
        scale = 10**places
        if isinstance(self.den, int) and scale % self.den == 0:
            num, most = self._times(scale // self.den, scale // self.den)
            return Exact._made(num, scale, most, scale)
        rounded = divided(self._times(scale, scale)[0], self.den, way)
        return Exact._made(rounded, scale, largest(rounded), scale)

    def floor(self) -> Exact:
        return Exact(joint(np.floor_divide, self.num, self.den))

    def ceiling(self) -> Exact:
        return -(-self).floor()

    def placed(self, rows: Rows, count: int) -> Exact:
        """A column of `count` rows that has these values at `rows` and zeros elsewhere (the opposite of `take`)."""
        num = np.zeros(count, dtype=self.num.dtype)
        num[rows] = self.num
        if isinstance(self.den, int):
            return Exact._made(num, self.den, self._most, self._deepest)
        den = np.ones(count, dtype=self.den.dtype)
        den[rows] = self.den
        return Exact._made(num, den, self._most, max(self._deepest, 1))

    def sums(self, groups: Rows, count: int) -> Exact:
        """Σ per group: `groups[i]` in 0…count-1 is the group of row i; an empty group sums to 0."""
        if not isinstance(self.den, int):
            rows = np.argsort(groups, kind="stable")
            values, ends = self.take(rows).fractions(), np.searchsorted(groups[rows], np.arange(count + 1))
            return Exact.of(added(values[ends[group] : ends[group + 1]]) for group in range(count))
        fits = self.num.dtype != object and self._most * max(len(self), 1) < SAFE
        totals = np.zeros(count, dtype=np.int64 if fits else object)
        np.add.at(totals, groups, self.num)
        return Exact(totals, self.den)

    def order(self) -> Ints:
        """Sortable keys: integers that compare as the values do."""
        if isinstance(self.den, int):
            return self.num
        scale = largest(self.den) ** 2  # two different values are at least 1 ÷ scale apart
        return joint(np.floor_divide, self._times(scale, scale)[0], self.den)
