"""Chance that can be repeated: one generator for each thing drawn, named by what it is drawn for.

A named generator makes a value independent of everything drawn before it: a leaf added to a scheme leaves the other
leaves' facts as they were. Only integers are drawn.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random


def dice(*names: object) -> Random:
    """The generator for these names; text seeds do not depend on Python's hash seed."""
    return Random("/".join(str(name) for name in names))


def written(value: int, decimals: int) -> str:
    """A number drawn as an integer of its last decimal place, as people write it: 12350 with 2 is `123.5`."""
    number = Decimal(value).scaleb(-decimals)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def per_mille(value: int, share: int) -> int:
    """So many thousandths of a value, cut to an integer."""
    return value * share // 1000
