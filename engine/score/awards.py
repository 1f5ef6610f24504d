"""What results bring: gifts of units, pools shared out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from engine.facts import EvaluatedUnit, Person
from engine.language.uses import Use
from engine.text import Text


class Given(NamedTuple):
    """What a use brings a unit, the sum that made it, if there was one, and what it goes by."""

    gift: str
    how: str = ""
    by: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Share:
    """A unit's share of a pool, in cents, and what its persons have of it."""

    unit: EvaluatedUnit
    weight: Fraction
    amount: int
    persons: tuple[tuple[Person, int], ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """A pool shared out among units, in the order of their codes; amounts in cents."""

    use: Use
    pool: int
    shares: tuple[Share, ...]
