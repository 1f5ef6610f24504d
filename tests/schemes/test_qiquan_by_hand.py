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
wages,,6000,5000,4800
idle,,92.5,70,81.5
days,,10,15,12
inspections,done,45,20,13
inspections,planned,50,20,15
waste,,2,4,3
"""
)

TARGETS = targets(
    """
indicator,fact,known,DY,XY,NY
tax,,last_year,5000,3000,1300
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
    "tax": "20",  # 200 more; the mean of 200, −100 and 200 is 100: 40, at most 20
    "wages": "15",  # the median of 6000 and 5000 is 5500
    "idle": "15",  # 22.5 above the lowest of its category
    "days": "10",  # the quickest
    "inspections": "9",  # 45 ÷ 50 × 10
    "waste": "10",  # 1 − 0 ÷ 4
}
# 9.5 + 10 + 20 + 15 + 15 + 10 + 9 + 10 = 98.5

XIYUAN = {
    "firms": "9",  # (10 + 8) ÷ 2
    "output": "7.5",  # 300 ÷ 400 × 10
    "tax": "0",  # 100 less: −20, at least 0
    "wages": "13.64",  # 5000 ÷ 5500 × 15 = 13.6363… → 13.64
    "idle": "6",  # the lowest: 40 % of 15
    "days": "8",  # 5 days slower, two whole steps
    "inspections": "10",
    "waste": "5",  # 10 × (1 − (4 − 2) ÷ 4)
}
# 9 + 7.5 + 0 + 13.64 + 6 + 8 + 10 + 5 = 59.14

NANYUAN = {
    "firms": "6",  # (8 + 4) ÷ 2
    "output": "10",
    "tax": "20",
    "wages": "15",  # alone in its category: its own median
    "idle": "6",  # and its own lowest
    "days": "9",  # 2 days slower, one step
    "inspections": "8.67",  # 13 ÷ 15 × 10 = 8.666… → 8.67
    "waste": "10",
}
# 6 + 10 + 20 + 15 + 6 + 9 + 8.67 + 10 = 84.67

RESULTS = {"DY": ("98.5", 1, "先进"), "XY": ("59.14", 2, "不达标"), "NY": ("84.67", 1, "达标")}


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
