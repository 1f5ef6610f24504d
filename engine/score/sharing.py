"""Sharing out an amount by weights so that it adds up: the largest remainder, in whole cents."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def shared(amount: int, weights: Sequence[Fraction]) -> list[int]:
    """Whole parts of a whole amount in proportion to the weights; they add up to the amount.

    Each gets amount × weight ÷ Σ weights rounded down; what is left goes, one each, to the largest remainders, of equal
    ones to the first.

    Args:
        amount: ≥ 0, in cents.
        weights: ≥ 0, not all of them 0; in the order that settles ties.
    """
    whole = sum(weights, Fraction(0))
    exact = [amount * weight / whole for weight in weights]
    parts = [value.numerator // value.denominator for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: amount - sum(parts)]:
        parts[place] += 1
    return parts
