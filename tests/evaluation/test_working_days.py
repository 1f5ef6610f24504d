"""The working calendar of the database."""

from __future__ import annotations

from datetime import date

import pytest

from engine.calendar import Calendar
from evaluation.models import WorkingDay
from evaluation.selectors import calendar_now


@pytest.mark.django_db
def test_the_calendar_is_what_is_entered():
    assert calendar_now() == Calendar()
    WorkingDay.objects.create(day=date(2026, 1, 1), works=False)
    WorkingDay.objects.create(day=date(2026, 1, 4), works=True)
    assert calendar_now() == Calendar(frozenset({date(2026, 1, 1)}), frozenset({date(2026, 1, 4)}))
