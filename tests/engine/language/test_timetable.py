"""What a rule book plans, as dates of a year; and that no point depends on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.language.comparing import part_of
from engine.language.read import read_scheme
from engine.language.timetable import PlannedWindow
from tests.engine.language.planted import BASE

WITHOUT = BASE[: BASE.index("    timetable:\n")]


def windows(text: str = BASE) -> dict[str, PlannedWindow]:
    return {window.phase: window for window in read_scheme(text, "s.yaml").evaluations[0].timetable}


def test_a_window_by_days_opens_in_the_year_of_the_cycle_and_has_no_last_day():
    naming = windows()["naming"]
    assert naming.opens_on(2025) == date(2025, 1, 15)
    assert naming.closes_on(2025) is None
    assert (naming.days, naming.working) == (10, True)


def test_next_means_the_year_after_that_of_the_cycle():
    assessing = windows()["self_assessment"]
    assert (assessing.opens_on(2025), assessing.closes_on(2025)) == (date(2026, 1, 5), date(2026, 3, 31))
    assert (assessing.opens_on(2027), assessing.closes_on(2027)) == (date(2028, 1, 5), date(2028, 3, 31))
    assert assessing.days is None


def test_of_a_window_that_is_opened_when_it_is_time_only_the_length_is_planned():
    publicity = windows(BASE.replace("days: 5, count: working", "days: 5, count: calendar"))["publicity"]
    assert publicity.opens_on(2025) is None
    assert publicity.closes_on(2025) is None
    assert (publicity.days, publicity.working) == (5, False)


def test_windows_stand_in_the_order_of_the_file():
    assert list(windows()) == ["naming", "self_assessment", "publicity"]


def test_without_a_timetable_nothing_is_planned():
    assert windows(WITHOUT) == {}


def test_a_part_of_an_evaluation_keeps_its_timetable():
    plan = read_scheme(BASE, "s.yaml").evaluations[0]
    assert part_of(plan, ["office"]).timetable == plan.timetable


def test_nothing_else_of_the_evaluation_depends_on_it():
    planning, without = (read_scheme(text, "s.yaml").evaluations[0] for text in (BASE, WITHOUT))
    assert planning.timetable
    assert replace(planning, written=without.written, timetable=()) == without
    assert planning.written.model_dump(exclude={"timetable"}) == without.written.model_dump(exclude={"timetable"})
