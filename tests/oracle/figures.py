"""The figures of a scheme file, read as text: numbers, percentages, marks; and rounding."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?%?")


class Refused(Exception):
    """Here the run stops: the scheme does not say what to do."""


class Unknown(Exception):
    """Nothing can be said, because the run stops somewhere else."""


def is_number(text: Any) -> bool:
    return isinstance(text, str) and NUMBER.fullmatch(text) is not None


def number(text: str) -> Fraction:
    """`12`, `0.5` or `30%`."""
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def marks(text: str, full: Fraction) -> Fraction:
    """Points, or a share of the full marks beside them."""
    return number(text) * full if text.endswith("%") else number(text)


def whole_half_up(value: Fraction) -> int:
    """To the nearest whole number, halves away from zero."""
    size = abs(value)
    whole = size.numerator // size.denominator
    if size - whole >= Fraction(1, 2):
        whole += 1
    return whole if value >= 0 else -whole


def half_up(value: Fraction, places: str) -> Fraction:
    """At so many decimal places; `none` leaves the value as it is."""
    if places == "none":
        return value
    scale = 10 ** int(places)
    return Fraction(whole_half_up(value * scale), scale)


def at_point(value: Fraction, said: Any) -> Fraction:
    """At a rounding point: places alone are half up; `down` cuts what is behind them, `up` adds one for it."""
    if isinstance(said, str):
        return half_up(value, said)
    if said["way"] == "half_up":
        return half_up(value, said["places"])
    scale = 10 ** int(said["places"])
    size = Fraction(rounded_count(abs(value) * scale, said["way"]), scale)
    return size if value >= 0 else -size


def rounded_count(value: Fraction, way: str) -> int:
    """A number of units: `half_up`, `down` or `up`."""
    whole = value.numerator // value.denominator
    if way == "half_up":
        return whole_half_up(value)
    return whole + 1 if way == "up" and value != whole else whole


def one_of(said: Any) -> tuple[str, Any]:
    """A construct written as a bare word, or as one word with its keys."""
    if isinstance(said, str):
        return said, {}
    ((word, keys),) = said.items()
    return word, keys


def yes(said: Any) -> bool:
    return said == "true"


def text_of(value: Fraction) -> str:
    """A finite decimal as it is written."""
    if value.denominator == 1:
        return str(value.numerator)
    places = next(n for n in range(1, 40) if (value * 10**n).denominator == 1)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
