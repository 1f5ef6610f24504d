"""Roots, logarithms and powers to the last place, against known digits and against whole numbers alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.irrational import rounded, rounded_ln, rounded_power, rounded_root, whole_power


@pytest.mark.parametrize(
    ("value", "places", "found"),
    [
        ("1", 9, "0"),
        ("2", 4, "0.6931"),  # 0.693147…
        ("2", 6, "0.693147"),  # 0.6931471…
        ("10", 9, "2.302585093"),  # 2.3025850929940…
        ("0.5", 3, "-0.693"),
        ("0.001", 2, "-6.91"),  # −6.9077…
        ("1.000000000000000000000000000000000000000000000000000000001", 9, "0"),
        ("1000000000000000000", 2, "41.45"),  # 18 × 2.302585… = 41.4465…
    ],
)
def test_r2_logarithm(value: str, places: int, found: str):
    assert rounded_ln(Fraction(value), places) == Fraction(found)


def test_r2_a_logarithm_that_looks_like_a_tie_is_decided():
    # e^0.5 lies between these two fractions, so their logarithms lie on either side of 0.5, 40 places away from it
    e_to_half = Fraction("1.6487212707001281468486507878141635716537761007")
    assert rounded_ln(e_to_half, 0) == 0
    assert rounded_ln(e_to_half + Fraction(1, 10**46), 0) == 1


@pytest.mark.parametrize(
    ("base", "exponent", "places", "found"),
    [
        ("2.25", "0.5", 0, "2"),  # 1.5 exactly: half up
        ("0.25", "-0.5", 3, "2"),
        ("2", "0.5", 4, "1.4142"),
        ("8", "1/3", 5, "2"),
        ("10", "0.37", 4, "2.3442"),  # e^(0.37 × 2.302585…) = e^0.851956… = 2.34422…
        ("2", "-10", 6, "0.000977"),  # 1 ÷ 1024 = 0.0009765625
        ("1", "123456789/1000000007", 2, "1"),
    ],
)
def test_r2_power(base: str, exponent: str, places: int, found: str):
    assert rounded_power(Fraction(base), Fraction(exponent), places) == Fraction(found)


@given(st.fractions(Fraction(1, 1000), 1000, max_denominator=1000), st.integers(1, 6), st.integers(-4, 4))
def test_r2_a_power_is_the_root_of_a_whole_power(base: Fraction, degree: int, top: int):
    assert rounded_power(base, Fraction(top, degree), 5) == rounded_root(base**top, degree, 5)


@pytest.mark.parametrize(("base", "exponent"), [("10", "100000"), ("10", "100000.5"), ("0.1", "100000.5")])
def test_r5_what_has_thousands_of_digits_is_not_worked_out(base: str, exponent: str):
    assert rounded_power(Fraction(base), Fraction(exponent), 2) is None


def test_r5_small_bases_have_any_whole_power():
    assert [whole_power(Fraction(base), 10**30 + 1) for base in (0, 1, -1)] == [0, 1, -1]
    assert whole_power(Fraction(2), 10**30) is None
    assert whole_power(Fraction(-2, 3), 3) == Fraction(-8, 27)
    assert whole_power(Fraction(0), 0) == 1


def test_r2_ties_go_away_from_zero():
    assert [rounded(Fraction(text), 2) for text in ("0.125", "-0.125")] == [Fraction("0.13"), Fraction("-0.13")]
