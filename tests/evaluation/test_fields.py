"""Exact numbers keep their digits on every database."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from evaluation.fields import ExactDecimalField, written
from evaluation.models import Cycle
from indicators.models import Series

DIGITS = ["0.1", "-0.5", "100000000000000000000.000000000000000000001", "87.35", "0"]


@pytest.mark.parametrize("digits", DIGITS)
def test_a_number_comes_back_with_every_digit(db, digits: str):
    cycle = Cycle.objects.create(code="c", title="年度", year=2025)
    Series.objects.create(cycle=cycle, code="nation", value=Decimal(digits))
    assert str(Series.objects.get().value) == digits
    assert Series.objects.filter(value=Decimal(digits)).exists()


def test_equal_numbers_are_equal_texts():
    assert [written(Decimal(text)) for text in ("1.50", "1.5", "-0", "1E+3", "0.00")] == [
        "1.5",
        "1.5",
        "0",
        "1000",
        "0",
    ]


@pytest.mark.parametrize("wrong", ["NaN", "Infinity", "十", "1,5"])
def test_r5_what_is_no_number_is_refused(wrong: str):
    with pytest.raises(ValidationError):
        ExactDecimalField().to_python(wrong)
