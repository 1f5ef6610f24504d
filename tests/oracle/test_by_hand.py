"""The oracle itself, where it is easiest to be wrong, against figures worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.oracle.figures import half_up, number, rounded_count
from tests.oracle.roll_up import Root, rolled_up
from tests.oracle.units import SetFacts, Unit
from tests.oracle.whole import Facts, evaluate


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("0.125", "2", "0.13"),
        ("-0.125", "2", "-0.13"),
        ("0.1249", "2", "0.12"),
        ("2.5", "0", "3"),
        ("-2.5", "0", "-3"),
        ("0.125", "none", "0.125"),
    ],
)
def test_half_up_is_away_from_zero(value: str, places: str, expected: str):
    assert half_up(Fraction(value), places) == Fraction(expected)


def test_percentages_are_exact():
    assert number("33.3%") == Fraction(333, 1000)


@pytest.mark.parametrize(("way", "expected"), [("half_up", 2), ("down", 1), ("up", 2)])
def test_a_share_of_a_category_is_rounded_as_said(way: str, expected: int):
    assert rounded_count(Fraction(3, 2), way) == expected  # 30 % of 5


def test_a_root_is_rounded_without_ever_being_computed():
    # √(0.8 × 0.9) × 50 = √1800 = 42.426…
    brought = [(Fraction(8), Fraction(10), Fraction(10)), (Fraction(18), Fraction(20), Fraction(20))]
    root = rolled_up("geometric_mean", brought, Fraction(50))
    assert isinstance(root, Root)
    assert root.between(Fraction(0), Fraction(50)).rounded(2) == Fraction("42.43")
    assert root.between(Fraction(0), Fraction(40)).rounded(2) == 40


ONE_PAGE = {
    "full_marks": "100",
    "rounding": {"leaf": "2", "node": "2", "panel": "2", "total": "2"},
    "not_applicable": "renormalise",
    "sets": {"departments": {"name": "市直单位", "categories": {"economy": "经济部门"}}},
    "indicators": [
        {
            "code": "work",
            "full_marks": "80",
            "indicators": [
                {"code": "investment", "full_marks": "50", "rule": {"ratio": {"to": "target"}}},
                {"code": "projects", "full_marks": "30", "rule": "judged"},
            ],
        },
        {"code": "discipline", "full_marks": "20", "rule": {"deduct": {"each": {"late": {"points": "2"}}}}},
    ],
    "grades": [{"name": "优秀", "from": "90"}, {"name": "良好", "from": "80"}, {"name": "一般"}],
}


def test_a_complete_scheme():
    given = {
        "甲局": ("9.40", "10", "28", "1"),
        "乙局": ("7", "9", "not_applicable", "0"),
        "丙局": ("6", "5", "24.5", "3"),
    }
    figures = {}
    for unit, (actual, target, judged, late) in given.items():
        figures[unit, "investment", "actual", "actual", ""] = Fraction(actual)
        figures[unit, "investment", "actual", "target", ""] = Fraction(target)
        figures[unit, "projects", "actual", "actual", ""] = judged if judged == "not_applicable" else Fraction(judged)
        figures[unit, "discipline", "late", "actual", ""] = Fraction(late)
    units = [Unit(code, "economy") for code in given]
    result = evaluate(ONE_PAGE, Facts({"departments": SetFacts(units, figures)}))
    # 9.40 ÷ 10 × 50 + 28 + 18 = 93; 38.89 ÷ 50 × 80 = 62.22, + 20 = 82.22; 50 (cut) + 24.5 + 14 = 88.5
    found = {code: (one.total, one.place, one.grades[""]) for code, one in result.units.items()}
    assert found == {
        "甲局": (Fraction("93"), 1, "优秀"),
        "乙局": (Fraction("82.22"), 3, "良好"),
        "丙局": (Fraction("88.5"), 2, "良好"),
    }
    assert result.units["乙局"].points["projects"] is None


def test_what_stops_the_run_is_named():
    units = [Unit("甲局", "economy"), Unit("乙局", "economy")]
    result = evaluate(ONE_PAGE, Facts({"departments": SetFacts(units, {})}))
    assert result.refused == {
        (unit.code, leaf, "") for unit in units for leaf in ("investment", "projects", "discipline")
    }
