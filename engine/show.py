"""How exact numbers are written for people."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_APPROXIMATE_PLACES = 6


def decimals(value: Fraction) -> int | None:
    """How many decimal places the number needs; None if it never ends (as 2/3)."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def fixed(value: Fraction, places: int) -> str:
    """The number with so many places; the digits beyond are cut, never rounded."""
    scaled = abs(value.numerator) * 10**places // value.denominator
    digits = str(scaled).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def shifted(number: int, places: int) -> str:
    """A whole number of units of 10^-places, without idle zeros: 8750 at 2 places is `87.5`."""
    digits = str(abs(number)).zfill(places + 1)
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".") if places else digits
    return f"-{text}" if number < 0 else text


def show(value: Fraction | Decimal | int, places: int = 0) -> str:
    """The number as people write it, with at least so many places: `3.5`, `87.50`, `-0.125`.

    Of a number that never ends the first digits are shown, and that they go on: `0.666666…`.
    """
    exact = Fraction(value)
    needed = decimals(exact)
    if needed is None:
        return f"{fixed(exact, _APPROXIMATE_PLACES)}…"
    return fixed(exact, max(needed, places))


def percent(value: Fraction | Decimal) -> str:
    """A share as a percentage: `8.25%`, or its first digits where it never ends."""
    exact = Fraction(value) * 100
    needed = decimals(exact)
    return f"{fixed(exact, needed)}%" if needed is not None else f"{fixed(exact, 4)}…%"
