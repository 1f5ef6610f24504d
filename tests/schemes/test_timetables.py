"""The windows that the shipped rule books plan: concrete days of 2025 and 2026, and those that the documents name."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from engine.language.timetable import Phase as Planned
from engine.language.timetable import PlannedWindow
from evaluation.models import Phase
from tests.sample import SCHEMES, plan_of

YEAR = 2025
NAMED = [
    ("songyuan", "targets", None, date(2025, 4, 15)),
    ("songyuan", "target_changes", None, date(2025, 10, 30)),
    ("songyuan", "collection", None, date(2026, 3, 31)),
    ("songyuan", "self_assessment", date(2026, 1, 1), date(2026, 3, 31)),
    ("songyuan", "claims", None, date(2026, 3, 31)),
    ("district-2022-1plus5/comprehensive", "target_changes", date(2025, 10, 1), date(2025, 11, 30)),
]


def windows(scheme: str) -> dict[str, PlannedWindow]:
    return {window.phase: window for window in plan_of(scheme).timetable}


def test_rule_books_plan_the_phases_that_a_cycle_has():
    assert list(get_args(Planned)) == Phase.values


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_evaluation_plans_days_that_are_in_order(scheme: str):
    planned = list(windows(scheme).values())
    opened = [window.opens_on(YEAR) for window in planned]
    days = [day for day in opened if day is not None]
    assert days == sorted(days)
    assert opened == [*days, *[None] * (len(opened) - len(days))]
    assert date(2025, 1, 1) <= days[0]
    for window in planned:
        opens, closes = window.opens_on(YEAR), window.closes_on(YEAR)
        assert (closes is None) == (window.days is not None)
        if opens and closes:
            assert opens < closes < date(2026, 12, 31)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_evaluation_plans_the_naming_and_how_long_results_are_shown(scheme: str):
    naming, publicity = windows(scheme)["naming"], windows(scheme)["publicity"]
    assert naming.opens_on(YEAR)
    assert (publicity.opens_on(YEAR), publicity.days, publicity.working) == (None, 5, True)


@pytest.mark.parametrize(("scheme", "phase", "opens", "closes"), NAMED)
def test_the_days_that_a_document_names_are_planned(scheme: str, phase: str, opens: date | None, closes: date):
    window = windows(scheme)[phase]
    assert opens in (None, window.opens_on(YEAR))
    assert window.closes_on(YEAR) == closes


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_an_evaluation_does_not_have_is_not_planned(scheme: str):
    plan = plan_of(scheme)
    votes = any(node.panel for one in plan.sets for node in one.walk())
    assert ("judgement" in windows(scheme)) == votes
    assert {"claims", "bonus_publicity"} & windows(scheme).keys() == (
        {"claims", "bonus_publicity"} if plan.written.bonus else set()
    )
