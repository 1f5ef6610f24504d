"""The geometry of bars: whole numbers on a canvas of fixed width, for SVG without styles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

WIDTH = 300  # of the canvas


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis and what stands there."""

    at: int
    label: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high`; it begins above 0 where all values are far above, and says so by its labels."""

    low: Fraction
    high: Fraction

    @classmethod
    def around(cls, values: Iterable[Fraction], full: Fraction) -> Axis:
        """The axis on which all of these and the full marks can be seen."""
        found = [*values, full]
        least, most = min(found), max(found)
        step = max(full / 20, Fraction(1, 100))
        high = step * -(-most // step)
        low = step * ((least - (high - least) / 4) // step)
        return cls(low if low > high / 3 else min(Fraction(0), low), high)

    def at(self, value: Fraction) -> int:
        """Where a value stands on the canvas."""
        span = self.high - self.low
        return int(max(Fraction(0), min(value - self.low, span)) * WIDTH // span) if span else 0


def share(points: Fraction | None, full: Fraction | None) -> int:
    """Points as whole hundredths of full marks, between 0 and 100."""
    return int(max(Fraction(0), min(points / full, Fraction(1))) * 100) if points is not None and full else 0
