"""How the nodes below become one node's points; roots are kept as roots until they are rounded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.figures import Refused, half_up

Brought = list[tuple[Fraction, Fraction, Fraction]]  # points, full marks, stake


@dataclass(frozen=True)
class Root:
    """The n-th root of a number that is not negative, held between two limits."""

    of: Fraction
    n: int
    low: Fraction | None = None
    high: Fraction | None = None

    def between(self, low: Fraction | None, high: Fraction | None) -> Root:
        return Root(self.of, self.n, low, high)

    def rounded(self, places: int) -> Fraction:
        """Half up: the largest m with m − ½ ≤ root × 10^places, found by halving."""
        if self.low is not None and self.low >= 0 and self.of <= self.low**self.n:
            return half_up(self.low, str(places))
        if self.high is not None and (self.high < 0 or self.of >= self.high**self.n):
            return half_up(self.high, str(places))
        aim = self.of * Fraction(10) ** (places * self.n)
        few, many = 0, 1
        while (many - Fraction(1, 2)) ** self.n <= aim:
            many *= 2
        while many - few > 1:
            middle = (few + many) // 2
            if (middle - Fraction(1, 2)) ** self.n <= aim:
                few = middle
            else:
                many = middle
        return Fraction(few, 10**places)


def rolled_up(way: str, brought: Brought, full: Fraction) -> Fraction | Root | None:
    """The points of the node above; None where nothing below counts."""
    if not brought:
        return None
    if way == "sum":
        stakes = sum(stake for _, _, stake in brought)
        return sum((points / most * stake for points, most, stake in brought), Fraction(0)) / stakes * full
    shares = [points / most for points, most, _ in brought]
    if way == "mean":
        return sum(shares, Fraction(0)) / len(shares) * full
    if way == "minimum":
        return min(shares) * full
    if way == "maximum":
        return max(shares) * full
    if any(share < 0 for share in shares):
        raise Refused
    product = Fraction(1)
    for share in shares:
        product *= share
    return Root(product * full ** len(shares), len(shares))
