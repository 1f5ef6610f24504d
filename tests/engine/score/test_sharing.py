"""The largest remainder: whole parts that add up, ties to the first."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.score.sharing import shared


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100000, [1, 1, 1], [33334, 33333, 33333]),  # 33333 1/3 each, one cent left: to the first
        (10000, [1, 2, 4], [1429, 2857, 5714]),  # 1428.57, 2857.14, 5714.29: the largest remainder is 4/7
        (1, [1, 1], [1, 0]),
        (1, [1, 2], [0, 1]),
        (0, [1, 2], [0, 0]),
        (5, [0, 3, 0], [0, 5, 0]),
        (7, [1, 1, 1, 1], [2, 2, 2, 1]),
        (100, [Fraction(1, 3), Fraction(2, 3)], [33, 67]),
    ],
)
def test_what_is_left_goes_to_the_largest_remainders(amount, weights, parts):
    assert shared(amount, [Fraction(weight) for weight in weights]) == parts


@given(st.integers(0, 10**9), st.lists(st.fractions(0, 1000), min_size=1, max_size=12).filter(any))
def test_r1_the_parts_add_up_and_none_is_a_cent_away(amount, weights):
    parts = shared(amount, weights)
    assert sum(parts) == amount
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / whole) < 1
        assert weight or not part
