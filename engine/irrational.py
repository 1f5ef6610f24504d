"""Roots, logarithms and powers, rounded half up at stated places: exact to the last digit, on every machine.

A value that no fraction is equal to is enclosed between two fractions, more and more tightly, until both round alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction
from math import isqrt

from engine.integers import divided, ints

_MOST_DIGITS = 5000  # of the numerator or denominator of a power
_MOST_BITS = _MOST_DIGITS * 10 // 3
_FIRST_PRECISION = 40


def rounded(value: Fraction, places: int) -> Fraction:
    """Half up at so many decimal places."""
    scale = 10**places
    return Fraction(int(divided(ints([value.numerator * scale]), value.denominator)[0]), scale)


def rounded_root(value: Fraction, degree: int, places: int) -> Fraction:
    """The root of a value ≥ 0, rounded half up at so many places, by whole numbers alone; degree 0 gives 0."""
    if degree == 0:
        return Fraction(0)
    doubled = value * (2 * 10**places) ** degree  # k = round(10^p · root) is the largest k with (2k − 1)^n ≤ doubled
    below = _whole_root(doubled.numerator // doubled.denominator, degree)
    return Fraction((below + 1) // 2, 10**places)


def rounded_ln(value: Fraction, places: int) -> Fraction:
    """The natural logarithm of a value > 0, rounded half up at so many places."""
    if value == 1:
        return Fraction(0)
    return next(low for low, high in _both_rounded(_ln_bounds(value), places) if low == high)


def rounded_power(base: Fraction, exponent: Fraction, places: int) -> Fraction | None:
    """A base > 0 to any exponent, rounded half up at so many places; None of what has thousands of digits."""
    top, bottom = (_exact_root(part, exponent.denominator) for part in (base.numerator, base.denominator))
    if top is not None and bottom is not None:
        exact = whole_power(Fraction(top, bottom), exponent.numerator)
        return None if exact is None else rounded(exact, places)
    low, high = next(_ln_bounds(base))
    if max(abs(low * exponent), abs(high * exponent)) > 2 * _MOST_DIGITS:
        return None
    return next(low for low, high in _both_rounded(_power_bounds(base, exponent), places) if low == high)


def whole_power(base: Fraction, exponent: int) -> Fraction | None:
    """A base to a whole exponent (not 0 to one below 0), exactly; None of what has thousands of digits."""
    if base in (0, 1, -1):
        return base ** (exponent % 2 if base == -1 else exponent)
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    return None if bits * abs(exponent) > _MOST_BITS else base**exponent


def _whole_root(value: int, degree: int) -> int:
    """The largest whole number whose power does not exceed the value (Newton's method from above)."""
    if degree == 2:
        return isqrt(value)
    if value < 2 or degree == 1:
        return value
    if degree >= value.bit_length():
        return 1
    guess = 1 << -(-value.bit_length() // degree)
    while True:
        lower = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if lower >= guess:
            return guess
        guess = lower


def _exact_root(value: int, degree: int) -> int | None:
    """The root of a value > 0 where it is a whole number."""
    root = _whole_root(value, degree)
    return root if root == 1 == value or (root > 1 and root**degree == value) else None


def _both_rounded(bounds: Iterator[tuple[Fraction, Fraction]], places: int) -> Iterator[tuple[Fraction, Fraction]]:
    return ((rounded(low, places), rounded(high, places)) for low, high in bounds)


def _precisions() -> Iterator[tuple[Context, Fraction]]:
    """Ever more digits, and how far a correctly rounded number may be from the true one, as a share of it."""
    digits = _FIRST_PRECISION
    while True:
        yield Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN), Fraction(1, 10 ** (digits - 1))
        digits *= 2


def _ln_bounds(value: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    for context, error in _precisions():
        top, bottom = (Fraction(Decimal(part).ln(context)) for part in (value.numerator, value.denominator))
        off = (top + bottom) * error
        yield top - bottom - off, top - bottom + off


def _power_bounds(base: Fraction, exponent: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    for (context, error), (low, high) in zip(_precisions(), _ln_bounds(base), strict=False):
        ends = sorted((low * exponent, high * exponent))
        yield _exp(ends[0], context) * (1 - error), _exp(ends[1], context) * (1 + error)


def _exp(value: Fraction, context: Context) -> Fraction:
    """E to a value, the value itself cut to the digits at hand and so moved outward by one of them."""
    digits = context.prec
    cut = value.numerator * 10**digits // value.denominator
    return Fraction(Decimal(cut).scaleb(-digits, Context(prec=4 * digits)).exp(context))
