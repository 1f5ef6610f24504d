"""Deductions that are shared, passed on from above, or counted by days late; worked by hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from engine.calendar import Calendar, end_of
from engine.facts import Claim, Delay
from engine.language.extras import Deductions
from engine.score.counted import Extras, Why
from engine.score.extras import score_extras
from engine.text import Problems
from tests.engine.explain.equations import false_in
from tests.engine.making import derived, judged, lines, outcome_of, totals, yaml

RULES = """
highest_only: true
lead_share: 60%
standards:
  - {code: blamed, name: 通报, levels: {省级: 2, 市级: 1}}
  - {code: above, name: 上级考核失分, passed_on: 0.5, at_most: 3}
  - {code: report, name: 迟报, lateness: {days: working, count: started, each: 0.5, at_most: 2}}
  - {code: file, name: 迟交, lateness: {days: calendar, count: full, each: 0.2, at_most: 1}}
"""
NATIONAL_DAY = Calendar(
    off=frozenset({date(2024, 1, 1), *(date(2024, 10, day) for day in range(1, 8))}),
    working=frozenset({date(2024, 9, 29), date(2024, 10, 12)}),
)
UNITS = ["u1", "u2", "u3", "u4"]
SCHEME = judged(("x", 100)) + "deductions:\n" + "".join(f"  {line}\n" for line in RULES.strip().splitlines())


def taken(*claims: Claim, calendar: Calendar = NATIONAL_DAY) -> list[Extras]:
    return score_extras(Deductions.model_validate(yaml(RULES)), claims, UNITS, calendar)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text) if " " in text else end_of(date.fromisoformat(text))


def late(standard: str, due: str, done: str, unit: str = "u1", excused: bool = False, matter: str = "季报") -> Claim:
    delay = Delay(moment(due), moment(done), excused)
    return Claim(unit, standard, "", matter, "登记表", delay=delay)


def blamed(unit: str, role: str, level: str = "省级", matter: str = "甲") -> Claim:
    return Claim(unit, "blamed", level, matter, "通报", role=role)  # type: ignore[arg-type]


# lead and assist


def test_the_lead_bears_its_share_and_those_who_assist_equal_parts_of_the_rest():
    # 2 points: 60 % = 1.2; 40 % = 0.8 in three parts of 0.8 / 3
    found = taken(blamed("u1", "lead"), *(blamed(unit, "assist") for unit in UNITS[1:]))
    assert [one.total for one in found] == [Fraction("1.2"), *[Fraction("0.8") / 3] * 3]
    assert sum(one.total for one in found) == 2


def test_a_unit_that_stands_alone_bears_everything():
    assert [one.total for one in taken(blamed("u1", ""), blamed("u2", "", matter="乙"))] == [2, 2, 0, 0]


def test_only_those_who_assist_in_the_same_matter_of_the_same_kind_share():
    found = taken(blamed("u1", "lead"), blamed("u2", "assist"), blamed("u3", "assist", matter="乙"))
    assert [one.total for one in found] == [Fraction("1.2"), Fraction("0.8"), Fraction("0.8"), 0]


def test_a_unit_that_assists_at_two_levels_is_one_of_those_who_share():
    # u2's half of 40 % of 2 is 0.4, of 40 % of 1 is 0.2; the higher counts
    found = taken(blamed("u2", "assist"), blamed("u2", "assist", "市级"), blamed("u3", "assist"))
    assert [one.total for one in found] == [0, Fraction("0.4"), Fraction("0.4"), 0]


def test_the_shares_are_said():
    claims = (blamed("u1", "lead"), blamed("u2", "assist"), blamed("u3", "assist"), blamed("u4", "assist"))
    outcome = outcome_of(SCHEME, " ".join(UNITS), {"x": [80] * 4}, deductions=claims)
    assert totals(outcome.sets[0])[:2] == ["78.8", "79.73"]  # 80 − 0.2666… = 79.7333…
    assert "通报（省级）甲：2 分；牵头分担 60%：2 × 60% = 1.2 分；依据：通报" in lines(derived(outcome), "deductions")
    said = lines(derived(outcome, 1), "deductions")
    assert "通报（省级）甲：2 分；协办 3 家均担 40%：2 × 40% ÷ 3 = 0.266666… 分；依据：通报" in said


# passed on


def test_what_was_lost_above_is_passed_on_unconverted_inside_the_cap_of_its_kind():
    def lost(matter: str, above: str) -> Claim:
        return Claim("u1", "above", "", matter, "省考核通报", above=Decimal(above))

    assert taken(lost("甲", "2.5"))[0].total == Fraction("1.25")
    assert taken(lost("甲", "2.5"), lost("乙", "4"))[0].total == 3  # 1.25 + 2 = 3.25, at most 3
    outcome = outcome_of(SCHEME, "u1", {"x": [80]}, deductions=(lost("甲", "2.5"),))
    assert "上级考核失分，甲：上级扣 2.5 分：2.5 × 0.5 = 1.25 分；依据：省考核通报" in lines(
        derived(outcome), "deductions"
    )


# lateness; the days themselves are worked out in tests/engine/test_calendar.py


@pytest.mark.parametrize(
    ("standard", "due", "done", "points", "why"),
    [
        ("report", "2024-09-30", "2024-09-30", "0", Why.IN_TIME),
        ("report", "2024-09-30", "2024-10-07", "0", Why.NOT_A_DAY),  # nothing but the holiday
        ("report", "2024-09-30", "2024-10-08 09:00", "0.5", Why.COUNTS),  # 8 October has begun
        ("report", "2024-09-29", "2024-10-12 08:00", "2", Why.COUNTS),  # 30 Sep, 8–11, 12 Oct: 6 days, 3, at most 2
        ("report", "2024-09-30", "2024-10-10 00:01", "1.5", Why.COUNTS),  # 8, 9 and a minute of 10 October
        ("file", "2024-09-30", "2024-10-01 23:59", "0", Why.NOT_A_DAY),
        ("file", "2024-09-30", "2024-10-01", "0.2", Why.COUNTS),
        ("file", "2024-09-30", "2024-10-04 12:00", "0.6", Why.COUNTS),  # 3 full days
        ("file", "2024-09-30 12:00", "2024-10-02 11:59", "0.2", Why.COUNTS),  # a minute short of two days
    ],
)
def test_points_for_every_day_late(standard: str, due: str, done: str, points: str, why: Why):
    found = taken(late(standard, due, done))[0]
    assert found.total == Fraction(points)
    assert found.claims[0].why is why


def test_an_accepted_explanation_lifts_it():
    found = taken(late("file", "2024-09-30", "2024-10-04", excused=True))[0]
    assert (found.total, found.claims[0].why) == (0, Why.EXCUSED)


def test_an_unknown_year_stops_nothing_for_a_unit_that_fails_a_condition():
    # 70 points do not meet 80 %: no deduction counts, and nobody needs the days of 2025
    conditional = SCHEME.replace("deductions:\n", "deductions:\n  only_if: [{node: x, at_least: 80%}]\n")
    claim = late("report", "2025-01-02", "2025-01-06")
    outcome = outcome_of(conditional, "u1", {"x": [70]}, deductions=(claim,), calendar=NATIONAL_DAY)
    assert totals(outcome.sets[0]) == ["70"]
    with pytest.raises(Problems):
        outcome_of(conditional, "u1", {"x": [90]}, deductions=(claim,), calendar=NATIONAL_DAY)


def test_an_unknown_year_stops_the_run_only_where_working_days_are_counted():
    in_2025 = late("report", "2025-01-06", "2025-01-07")
    with pytest.raises(Problems) as stopped:
        outcome_of(SCHEME, "u1", {"x": [80]}, deductions=(in_2025,), calendar=NATIONAL_DAY)
    [problem] = stopped.value.found
    assert (
        problem.what.zh
        == "单位“u1”，扣分事项“季报”：工作日历里没有 2025 年的放假安排（至少要有 2025-01-01 放假），数不了工作日"
    )
    for counted in (late("file", "2025-01-06", "2025-01-07"), late("report", "2025-01-06", "2025-01-07", excused=True)):
        outcome_of(SCHEME, "u1", {"x": [80]}, deductions=(counted,), calendar=NATIONAL_DAY)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_equation_of_a_derivation_holds(language: str):
    above = Claim("u1", "above", "", "节能", "通报", above=Decimal("2.5"))
    shared = [blamed(unit, "assist") for unit in UNITS[1:]]
    claims = (
        above, blamed("u1", "lead"), *shared, late("report", "2024-09-29", "2024-10-12 08:00"),
        late("file", "2024-09-30", "2024-10-04 12:00", unit="u2"),
    )  # fmt: skip
    outcome = outcome_of(SCHEME, " ".join(UNITS), {"x": [80] * 4}, deductions=claims, calendar=NATIONAL_DAY)
    said = [line for row in range(4) for line in lines(derived(outcome, row), "deductions", language).splitlines()]
    assert sum(line.count(" = ") for line in said) == 7  # 1 above, 4 shares, 2 delays
    assert [false for line in said for false in false_in(line)] == []


def test_the_days_are_said():
    claims = (
        late("report", "2024-09-29", "2024-10-12 08:00"),
        late("file", "2024-09-30", "2024-10-04 12:00", matter="年报"),
        late("file", "2024-09-30", "2024-10-01 12:00", matter="月报"),
        late("file", "2024-09-30", "2024-10-04", matter="总结", excused=True),
        late("file", "2024-09-30", "2024-09-29", matter="计划"),
    )
    said = lines(derived(outcome_of(SCHEME, "u1", {"x": [80]}, deductions=claims, calendar=NATIONAL_DAY)), "deductions")
    assert "迟报，季报：应报 2024-09-29，实报 2024-10-12 08:00，迟 6 个工作日（不足一天按一天计）" in said
    assert "（不足一天按一天计）：0.5 × 6 = 3 分，最多 2 分；依据：登记表" in said
    assert "迟交，年报：应报 2024-09-30，实报 2024-10-04 12:00，迟 3 天（只计满一天的）：0.2 × 3 = 0.6 分" in said
    assert "迟交，月报：应报 2024-09-30，实报 2024-10-01 12:00，迟不满一天，不计" in said
    assert "迟交，总结：应报 2024-09-30，实报 2024-10-04，说明被采纳，不计" in said
    assert "迟交，计划：应报 2024-09-30，实报 2024-09-29，没有迟，不计" in said
