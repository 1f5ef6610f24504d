"""Exact columns of numbers: integers over a denominator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.integers import SAFE, Ints, divide_half_up, ints, largest, narrow, plus, product, small, times, wide

Number: TypeAlias = int | Decimal | Fraction
Mask: TypeAlias = NDArray[np.bool_]
Rows: TypeAlias = NDArray[np.intp]


class Exact:
    """A column of rational numbers `num / den`, one per row.

    `num` has one integer per row; `den` is one positive integer for the whole column, or has one per row. Every
    operation is exact: each column carries a bound that none of its numerators exceeds, a product is made in int64
    only if the bounds say that it fits 62 bits, and in Python integers beyond. Nothing is rounded but by `round`.
    """

    __slots__ = ("_most", "den", "num")

    def __init__(self, num: Iterable[int] | Ints, den: Iterable[int] | Ints | int = 1) -> None:
        self.num = ints(num)
        bottom = den if isinstance(den, int) else ints(den)
        self.den: Ints | int = int(bottom[0]) if isinstance(bottom, np.ndarray) and len(bottom) == 1 else bottom
        if isinstance(self.den, np.ndarray) and not len(self.num):
            self.den = 1
        if isinstance(self.den, np.ndarray) and self.den.dtype == object:
            shared = np.gcd(self.num, self.den)
            self.num, self.den = narrow(wide(self.num) // shared), narrow(self.den // shared)
        self._most = largest(self.num)

    @classmethod
    def _made(cls, num: Ints, den: Ints | int, most: int) -> Exact:
        """A result of which the bound is known; one that needed Python integers is looked at anew."""
        if num.dtype == object or not small(den):
            return cls(num, den)
        column = cls.__new__(cls)
        column.num, column.den, column._most = num, den, most
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
        """One value for every row."""
        fraction = Fraction(value)
        return cls(ints([fraction.numerator]).repeat(rows), fraction.denominator)

    def __len__(self) -> int:
        return len(self.num)

    def __getitem__(self, row: int) -> Fraction:
        return Fraction(int(self.num[row]), self.den if isinstance(self.den, int) else int(self.den[row]))

    def fractions(self) -> list[Fraction]:
        return [self[row] for row in range(len(self))]

    def take(self, rows: Rows | Mask) -> Exact:
        """The chosen rows, by index or by mask."""
        return Exact._made(self.num[rows], self.den if isinstance(self.den, int) else self.den[rows], self._most)

    def _bound(self, other: Ints | int | Exact) -> int:
        """A bound for the product of the numerators with other integers; looked at closely only if it is needed."""
        if isinstance(other, Exact):
            if self._most * other._most < SAFE:
                return self._most * other._most
            other = other.num
        factor = abs(other) if isinstance(other, int) else largest(other)
        if self._most * factor >= SAFE:
            self._most = largest(self.num)
        return self._most * factor

    def _over(self, factor: Ints | int) -> tuple[Ints, int]:
        """The numerators × a factor, and a bound for them."""
        most = self._bound(factor)
        return times(self.num, factor, most), most

    def _aligned(self, other: Number | Exact) -> tuple[Ints, Any, Ints | int, int]:
        """Both numerators over one common denominator, and a bound for both; a number stays one number."""
        if not isinstance(other, Exact):
            return self._aligned_number(Fraction(other))
        if self.den is other.den or np.array_equal(self.den, other.den):
            return self.num, other.num, self.den, max(self._most, other._most)
        if isinstance(self.den, int) and isinstance(other.den, int):
            common = lcm(self.den, other.den)
            (a, most_a), (b, most_b) = self._over(common // self.den), other._over(common // other.den)
            return a, b, common, max(most_a, most_b)
        (a, most_a), (b, most_b) = self._over(other.den), other._over(self.den)
        return a, b, product(self.den, other.den), max(most_a, most_b)

    def _aligned_number(self, number: Fraction) -> tuple[Ints, Any, Ints | int, int]:
        top, bottom = number.numerator, number.denominator
        if isinstance(self.den, int):
            common = lcm(self.den, bottom)
            a, most = self._over(common // self.den)
            b = top * (common // bottom)
            return a, b, common, max(most, abs(b))
        a, most = self._over(bottom)
        share = times(self.den, top, largest(self.den) * abs(top))
        return a, share, product(self.den, bottom), max(most, largest(share))

    def __add__(self, other: Number | Exact) -> Exact:
        a, b, den, most = self._aligned(other)
        if 2 * most >= SAFE and small(a, b):
            most = max(largest(a), abs(b) if isinstance(b, int) else largest(b))
        return Exact._made(plus(a, b, most), den, 2 * most)

    def __sub__(self, other: Number | Exact) -> Exact:
        return self + -other

    def __neg__(self) -> Exact:
        return Exact._made(-self.num, self.den, self._most)

    def __abs__(self) -> Exact:
        return Exact._made(np.abs(self.num), self.den, self._most)

    def __mul__(self, other: Number | Exact) -> Exact:
        if isinstance(other, Exact):
            most = self._bound(other)
            return Exact._made(times(self.num, other.num, most), product(self.den, other.den), most)
        number = Fraction(other)
        num, most = self._over(number.numerator)
        return Exact._made(num, product(self.den, number.denominator), most)

    def __truediv__(self, other: Number | Exact) -> Exact:
        """Row by row; a zero divisor is the caller's mistake and raises ZeroDivisionError."""
        if not isinstance(other, Exact):
            return self * (1 / Fraction(other))
        if np.any(other.num == 0):
            raise ZeroDivisionError
        if isinstance(other.den, int) and len(other) and np.all(other.num == other.num[0]):
            return self * (1 / other[0])
        num, most = self._over(other.den)
        den = product(self.den, np.abs(other.num))
        return Exact._made(np.where(other.num < 0, -num, num), den, most)

    def _compare(self, other: Number | Exact, operator: Callable[[Any, Any], Any]) -> Mask:
        a, b, _, _ = self._aligned(other)
        return np.asarray(operator(a, b) if small(a, b) else operator(wide(a), wide(b)), dtype=bool)

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
        return self._chosen(other, lambda a, b: np.where(mask, a, b))

    def at_most(self, limit: Number | Exact) -> Exact:
        return self._chosen(limit, np.minimum)

    def at_least(self, limit: Number | Exact) -> Exact:
        return self._chosen(limit, np.maximum)

    def _chosen(self, other: Number | Exact, choose: Callable[[Any, Any], Any]) -> Exact:
        a, b, den, most = self._aligned(other)
        picked = choose(a, b) if small(a, b) else narrow(np.asarray(choose(wide(a), wide(b)), dtype=object))
        return Exact._made(picked, den, most)

    def round(self, places: int) -> Exact:
        """Half up at so many decimal places."""
        scale = 10**places
        if isinstance(self.den, int) and scale % self.den == 0:
            num, most = self._over(scale // self.den)
            return Exact._made(num, scale, most)
        rounded = divide_half_up(self._over(scale)[0], self.den)
        return Exact._made(rounded, scale, largest(rounded))

    def floor(self) -> Exact:
        return Exact(wide(self.num) // wide(self.den) if not small(self.num, self.den) else self.num // self.den)

    def ceiling(self) -> Exact:
        return -(-self).floor()

    def placed(self, rows: Rows, count: int) -> Exact:
        """A column of `count` rows that has these values at `rows` and zeros elsewhere (the opposite of `take`)."""
        num = np.zeros(count, dtype=self.num.dtype)
        num[rows] = self.num
        if isinstance(self.den, int):
            return Exact._made(num, self.den, self._most)
        den = np.ones(count, dtype=self.den.dtype)
        den[rows] = self.den
        return Exact._made(num, den, self._most)

    def sums(self, groups: Rows, count: int) -> Exact:
        """Σ per group: `groups[i]` in 0…count-1 is the group of row i; an empty group sums to 0."""
        if not isinstance(self.den, int):
            exact = [Fraction(0)] * count
            for group, value in zip(groups, self.fractions(), strict=True):
                exact[group] += value
            return Exact.of(exact)
        fits = self.num.dtype != object and self._bound(max(len(self), 1)) < SAFE
        totals = np.zeros(count, dtype=np.int64 if fits else object)
        np.add.at(totals, groups, self.num)
        return Exact(totals, self.den)

    def order(self) -> Ints:
        """Sortable keys: integers that compare as the values do."""
        if isinstance(self.den, int):
            return self.num
        scale = largest(self.den) ** 2  # two different values are at least 1 ÷ scale apart
        keys, den = self._over(scale)[0], self.den
        return keys // den if small(keys, den) else narrow(wide(keys) // wide(den))
