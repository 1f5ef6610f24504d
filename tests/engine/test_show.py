"""How exact numbers are written: every digit that exists, cut and marked where there is no end."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.show import decimals, fixed, percent, show


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(7, 2), 0, "3.5"),
        (Fraction(175, 2), 2, "87.50"),
        (Fraction(-1, 8), 0, "-0.125"),
        (Fraction(2, 3), 2, "0.666666…"),
        (Fraction(-2, 3), 0, "-0.666666…"),
        (Fraction(0), 0, "0"),
        (Fraction(0), 2, "0.00"),
        (Decimal("1E+3"), 0, "1000"),
        (Decimal("0.10"), 0, "0.1"),
        (12, 0, "12"),
        (-5, 1, "-5.0"),
        (10**30, 0, "1" + "0" * 30),
        (Fraction(1, 10**12), 0, "0.000000000001"),
    ],
)
def test_r2_numbers_for_people(value, places, shown):
    assert show(value, places) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.0825", "8.25%"), ("1", "100%"), ("-0.5", "-50%"), ("0", "0%"), ("0.00001", "0.001%"), ("12", "1200%")],
)
def test_r2_shares_as_percentages(value, shown):
    assert percent(Decimal(value)) == shown


def test_r2_a_share_without_end_shows_its_first_digits():
    assert percent(Fraction(1, 3)) == "33.3333…%"
    assert percent(Fraction(-2, 3)) == "-66.6666…%"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_r2_what_ends_is_shown_whole(value):
    assert Decimal(show(value)) == value
    assert Decimal(percent(value).removesuffix("%")) == value * 100


@given(st.fractions(), st.integers(0, 8))
def test_r2_digits_are_cut_never_rounded(value, places):
    shown = Fraction(fixed(value, places))
    assert abs(shown) <= abs(value) < abs(shown) + Fraction(1, 10**places)


@given(st.fractions())
def test_r2_the_decimals_of_a_number(value):
    places = decimals(value)
    if places is None:
        assert (value * 10**40).denominator > 1
    else:
        assert (value * 10**places).denominator == 1
        assert places == 0 or (value * 10 ** (places - 1)).denominator > 1
