"""The made-up rule book, its evaluation of parks worked by hand: three parks in two categories."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.schemes.facts_by_hand import Scored, on_paper, readings, targets

UNITS = """
unit,name,category
DY,东园,省级园区
XY,西园,省级园区
NY,南园,市级园区
"""

READINGS = readings(
    """
indicator,fact,DY,XY,NY
output,,500,300,400
tax,,5200,2900,1500
plan,,75,136,250
wages,,6000,5000,4800
idle,,92.5,70,
days,,10,15,12
inspections,done,45,7,13
inspections,planned,50,20,15
waste,,2,3,
"""
)

TARGETS = targets(
    """
indicator,fact,known,DY,XY,NY
tax,,last_year,5000,3000,1300
plan,,target,100,100,100
"""
)

# 50 % of three, rounded up, are two: the third ballot calls all three 满意 and is void.
BALLOTS = """
panel,voter,unit,answer
firms,一号企业,DY,满意
firms,一号企业,XY,满意
firms,一号企业,NY,基本满意
firms,二号企业,DY,满意
firms,二号企业,XY,基本满意
firms,二号企业,NY,不满意
firms,三号企业,DY,满意
firms,三号企业,XY,满意
firms,三号企业,NY,满意
"""

DONGYUAN = {
    "firms": "9.5",  # (10 + 10) ÷ 2 = 10, at most 9.5
    "output": "10",  # the median of 500, 300 and 400 is 400: 500 ÷ 400 × 10, at most 10
    "tax": "15",  # 200 more; the mean of 200, −100 and 200 is 100: 30, at most 15
    "plan": "4.35",  # 25 of 100 missed; the root of 0.75 is 0.8660… → 0.87, × 5
    "wages": "15",  # the median of 6000 and 5000 is 5500
    "idle": "15",  # 22.5 above the lowest of its category
    "days": "10",  # the quickest
    "upkeep": "18.8",  # 9 ÷ 10 × 60 % × 20 = 10.8, 10 ÷ 10 × 40 % × 20 = 8
    "inspections": "9",  # 45 ÷ 50 × 10
    "waste": "10",  # the least: 1 − 0²
}
# 9.5 + 10 + 15 + 4.35 + 15 + 15 + 10 + 18.8 = 97.65

XIYUAN = {
    "firms": "9",  # (10 + 8) ÷ 2
    "output": "7.5",  # 300 ÷ 400 × 10
    "tax": "0",  # 100 less: −15, at least 0
    "plan": "4",  # 36 of 100 too many; the root of 0.64 is 0.8, × 5
    "wages": "13.64",  # 5000 ÷ 5500 × 15 = 13.6363… → 13.64
    "idle": "6",  # the lowest: 40 % of 15
    "days": "8",  # 5 days slower, two whole steps
    "upkeep": "11.33",  # 3.5 ÷ 10 × 12 = 4.2, 8.91 ÷ 10 × 8 = 7.128: 11.328 → 11.33
    "inspections": "3.5",  # 7 ÷ 20 × 10
    "waste": "8.91",  # 1 ÷ 3 = 0.3333… → 0.33; 0.33² = 0.1089; 10 × 0.8911 = 8.911 → 8.91
}
# 9 + 7.5 + 0 + 4 + 13.64 + 6 + 8 + 11.33 = 59.47

NANYUAN = {
    "firms": "6",  # (8 + 4) ÷ 2
    "output": "10",
    "tax": "15",
    "plan": "0",  # 150 of 100 too many, counted as all of it; 20 × the root of 0
    "wages": "15",  # alone in its category: its own median
    "idle": None,  # full marks of 0 in its category
    "days": "9",  # 2 days slower, one step
    "upkeep": "17.34",  # 8.67 ÷ 10 × 100 % × 20
    "inspections": "8.67",  # 13 ÷ 15 × 10 = 8.666… → 8.67
    "waste": None,  # a weight of 0 in its category
}
# 6 + 10 + 15 + 0 + 15 + 9 + 17.34 = 72.34

RESULTS = {"DY": ("97.65", 1, "先进"), "XY": ("59.47", 2, "不达标"), "NY": ("72.34", 1, "达标")}


@pytest.fixture
def scored(tmp_path: Path) -> Scored:
    return Scored(
        "qiquan-2025/parks", tmp_path, told=1, units=UNITS, readings=READINGS, targets=TARGETS, ballots=BALLOTS
    )


@pytest.mark.parametrize(("unit", "nodes"), [("DY", DONGYUAN), ("XY", XIYUAN), ("NY", NANYUAN)])
def test_every_node_has_the_points_of_the_pencil(scored: Scored, unit: str, nodes: dict[str, str | None]) -> None:
    assert scored.points(unit) == on_paper(nodes)


@pytest.mark.parametrize("unit", RESULTS)
def test_total_place_and_grade_are_those_of_the_pencil(scored: Scored, unit: str) -> None:
    total, place, grade = RESULTS[unit]
    assert (scored.total(unit), scored.place(unit), scored.grade(unit)) == (Decimal(total), place, grade)
