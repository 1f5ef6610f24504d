"""洪江 worked by hand: a township and a municipal unit, out of 1,200 points.

Every figure was worked with a pencil from the scheme and its facts; none was copied from the engine. Rounding is half
up at two places at leaf, node, panel and total, and the rounded value goes on. `→` marks where it changes a figure.
The indicators that were not handed down to a unit are reported as 不涉及; they are not written here one by one.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sample import plan_of
from tests.schemes.facts_by_hand import Scored, on_paper, readings, targets, without

UNITS = """
unit,name,category
YX,雨溪镇,乡镇
JY,市教育局,市直机关单位
"""

GIVEN = readings(
    """
indicator,fact,YX,JY
rural_roads,,12.6,
safe_water,,1850,
zero_jobs,done,0,
zero_jobs,whole,0,
rural_medical,done,18240,
rural_medical,whole,19200,
good_schools,,,10
teacher_homes,,,45
poor_students,,,2100
biogas,,130,
vocational,,,1900
land_levelling,,310,
farmland,,是,
births,,88.6,
grain,,8820,
work_safety,accident,1,无
work_safety,grave,0,无
petitions,done,23,10
petitions,whole,25,10
clean_villages,done,8,
clean_villages,whole,10,
model_villages,,2,
upper_funds,,,800
revenue,,520,
tax_share,,72.5,
farm_income,,4300,
schooling,done,,980
schooling,whole,,1000
high_schools,,,7600
archives,,,4.8
lawful,,,4.9
openness,,4.5,5
approvals,done,,0
approvals,whole,,0
complaints,proven,2,
complaints,exposed,1,
meetings,,40,
running_costs,,,95.5
decisions,,27.5,29
culture,,28,29.5
integrity,warned,6,0
integrity,punished,1,0
organisation,,46,48
united_front,,23.5,24
armed_forces,,24,24.5
"""
)

TARGETS = targets(
    """
indicator,fact,known,YX,JY
rural_roads,,target,12,
safe_water,,target,2000,
good_schools,,target,,10
teacher_homes,,target,,60
poor_students,,target,,2000
biogas,,target,150,
vocational,,target,,2000
land_levelling,,target,400,
births,,target,90,
grain,,target,9000,
model_villages,,target,2,
upper_funds,,target,,640
revenue,,target,500,
tax_share,,target,70,
farm_income,,last_year,4000,
high_schools,,target,,8000
meetings,,target,36,
running_costs,,target,,100
"""
)

BALLOTS = """
panel,voter,unit,answer
leaders,市委书记,YX,95
leaders,市长,YX,92
leaders,市委副书记,YX,90
leaders,副市长,YX,93
leaders,市委书记,JY,98
leaders,市长,JY,96
leaders,市委副书记,JY,97
leaders,副市长,JY,95
"""

TALLIES = """
panel,unit,answer,count
questionnaires,YX,attitude/满意,30
questionnaires,YX,attitude/基本满意,8
questionnaires,YX,attitude/不满意,2
questionnaires,YX,attitude/不了解,3
questionnaires,YX,efficiency/满意,20
questionnaires,YX,efficiency/基本满意,20
questionnaires,YX,results/满意,32
questionnaires,YX,results/基本满意,8
questionnaires,JY,attitude/满意,36
questionnaires,JY,attitude/基本满意,4
questionnaires,JY,efficiency/满意,40
questionnaires,JY,results/满意,32
questionnaires,JY,results/基本满意,8
telephone,YX,满意,20
telephone,YX,基本满意,5
telephone,JY,满意,27
telephone,JY,基本满意,3
meeting,YX,好,6
meeting,YX,较好,3
meeting,YX,一般,1
meeting,JY,好,9
meeting,JY,较好,1
peers,YX,好,10
peers,YX,较好,8
peers,YX,一般,2
peers,JY,好,18
peers,JY,较好,2
"""


def with_the_rest(given: str) -> str:
    """The readings, and 不涉及 for every other indicator of each unit."""
    rows = list(csv.DictReader(io.StringIO(given.strip())))
    told = {(row["unit"], row["indicator"]) for row in rows}
    lines = [given.strip()]
    for leaf in plan_of("hongjiang-2010").sets[0].leaves():
        for unit in ("YX", "JY"):
            if leaf.rule and (unit, leaf.code) not in told:
                lines += [f"{unit},{leaf.code},{fact},不涉及" for fact in leaf.facts]
    return "\n".join(lines)


SHEETS = {
    "units": UNITS,
    "readings": with_the_rest(GIVEN),
    "targets": TARGETS,
    "ballots": BALLOTS,
    "tallies": TALLIES,
}

YUXI = {
    "rural_roads": "8",  # 12.6 ÷ 12 × 8 = 8.4, at most 8
    "safe_water": "7.4",  # 1850 ÷ 2000 × 8
    "zero_jobs": "7",  # no such household: 100 %
    "rural_medical": "6.65",  # 18240 ÷ 19200 = 95 %; × 7
    "biogas": "6.07",  # 130 ÷ 150 × 7 = 6.0666… → 6.07
    "livelihood": "189.84",  # (8 + 7.4 + 7 + 6.65 + 6.07) ÷ (8 + 8 + 7 + 7 + 7) × 200 = 35.12 ÷ 37 × 200 = 189.837…
    "land_levelling": "5.43",  # 310 ÷ 400 × 7 = 5.425 → 5.43, an exact half
    "projects": "116.36",  # 5.43 ÷ 7 × 150 = 116.357… → 116.36
    "farmland": "7",
    "births": "3.5",  # 88.6 − 90 = −1.4, from −3 on 50 % of 7
    "grain": "6.86",  # 8820 ÷ 9000 × 7
    "work_safety": "6",  # 7 − 1
    "petitions": "6.44",  # 23 ÷ 25 × 7
    "assigned": "59.6",  # 29.8 ÷ 35 × 70
    "clean_villages": "5.6",  # 8 ÷ 10 × 7
    "model_villages": "7",
    "priorities": "63",  # 12.6 ÷ 14 × 70
    "revenue": "7",
    "tax_share": "6",  # 2.5 above 70: two whole steps; 5 + 2 × 0.5
    "farm_income": "6.56",  # 300 ÷ 4000 = 7.5 %; ÷ 8 % × 7 = 6.5625 → 6.56
    "economy": "83.83",  # 19.56 ÷ 21 × 90 = 83.828… → 83.83
    "social": None,  # nothing of it was handed down
    "openness": "4.5",
    "complaints": "3",  # 5 − 2 × 0.5 − 1 × 1
    "meetings": "4.5",  # fewer are better: 36 ÷ 40 × 5
    "administration": "40",  # 12 ÷ 15 × 50
    "others": "308.04",  # (59.6 + 63 + 83.83 + 40) ÷ (70 + 70 + 90 + 50) × 350 = 246.43 ÷ 280 × 350 = 308.0375
    "performance": "614.24",  # 189.84 + 116.36 + 308.04
    "decisions": "27.5",
    "culture": "28",
    "integrity": "25",  # 6 × 2 = 12, at most 10; 40 − 10 − 5
    "organisation": "46",
    "united_front": "23.5",
    "armed_forces": "24",
    "party": "174",  # 27.5 + 28 + 25 + 46 + 23.5 + 24
    # 服务态度 (30 × 100 + 8 × 80 + 2 × 40) ÷ 40 = 93, three 不了解 do not count; 办事效率 90; 工作实绩 96
    "questionnaires": "93",  # 93 × 40 % + 90 × 30 % + 96 × 30 % = 37.2 + 27 + 28.8
    "telephone": None,  # 25 answers, of 30 that are needed
    "meeting": "37",  # (6 × 40 + 3 × 34 + 28) ÷ 10
    "public": "185.71",  # (93 + 37) ÷ 140 × 200 = 185.714… → 185.71
    "leaders": "92.5",  # (95 + 92 + 90 + 93) ÷ 4
    "peers": "91",  # (10 × 100 + 8 × 85 + 2 × 70) ÷ 20 = 1820 ÷ 20
    "internal": "91.75",  # (92.5 × 50 + 91 × 50) ÷ 100
}
# 614.24 + 174 + 185.71 + 91.75 = 1065.70

JIAOYU = {
    "good_schools": "7",
    "teacher_homes": "5.25",  # 45 ÷ 60 × 7
    "poor_students": "7",  # 2100 ÷ 2000 × 7, at most 7
    "livelihood": "183.33",  # 19.25 ÷ 21 × 200 = 183.333… → 183.33
    "vocational": "7.6",  # 1900 ÷ 2000 × 8
    "projects": "142.5",  # 7.6 ÷ 8 × 150
    "work_safety": "7",
    "petitions": "7",
    "assigned": "70",
    "upper_funds": "7",
    "priorities": "70",
    "economy": None,
    "schooling": "5.88",  # 98 % of 6
    "high_schools": "5.7",  # 7600 ÷ 8000 × 6
    "archives": "4.8",
    "social": "67.45",  # 16.38 ÷ 17 × 70 = 67.447… → 67.45
    "lawful": "4.9",
    "openness": "5",
    "approvals": "5",  # nothing to approve: 100 %
    "running_costs": "5",  # 100 ÷ 95.5 × 5, at most 5
    "administration": "49.75",  # 19.9 ÷ 20 × 50
    "others": "346.23",  # (70 + 70 + 67.45 + 49.75) ÷ 260 × 350 = 257.2 ÷ 260 × 350 = 346.230… → 346.23
    "performance": "672.06",  # 183.33 + 142.5 + 346.23
    "decisions": "29",
    "culture": "29.5",
    "integrity": "40",
    "organisation": "48",
    "united_front": "24",
    "armed_forces": "24.5",
    "party": "195",
    "questionnaires": "98",  # 98 × 40 % + 100 × 30 % + 96 × 30 % = 39.2 + 30 + 28.8
    "telephone": "58.8",  # (27 × 60 + 3 × 48) ÷ 30 = 1764 ÷ 30
    "meeting": "39.4",  # (9 × 40 + 34) ÷ 10
    "public": "196.2",
    "leaders": "96.5",  # 386 ÷ 4
    "peers": "98.5",  # (18 × 100 + 2 × 85) ÷ 20
    "internal": "97.5",
}
# 672.06 + 195 + 196.2 + 97.5 = 1160.76

# 先进 from 90 % of 1200 = 1080 on, 30 % of one unit is 0.3, but at least one
RESULTS = {"YX": ("1065.7", "合格"), "JY": ("1160.76", "先进")}


@pytest.fixture
def scored(tmp_path: Path) -> Scored:
    return Scored("hongjiang-2010", tmp_path, **SHEETS)


@pytest.mark.parametrize(("unit", "nodes"), [("YX", YUXI), ("JY", JIAOYU)])
def test_every_node_has_the_points_of_the_pencil(scored: Scored, unit: str, nodes: dict[str, str | None]) -> None:
    found = {code: points for code, points in scored.points(unit).items() if points is not None or code in nodes}
    assert found == on_paper(nodes)


@pytest.mark.parametrize("unit", RESULTS)
def test_total_and_grade_are_those_of_the_pencil(scored: Scored, unit: str) -> None:
    total, grade = RESULTS[unit]
    assert scored.total(unit) == Decimal(total)
    assert (scored.place(unit), scored.earned(unit), scored.grade(unit)) == (1, grade, grade)


def test_falsification_bars_from_the_top(tmp_path: Path) -> None:
    moves = "unit,ground,body,decision\nJY,弄虚作假,市综合绩效考核工作领导小组,纪要〔2011〕1号"
    scored = Scored("hongjiang-2010", tmp_path, **SHEETS, moves=moves)
    assert (scored.earned("JY"), scored.grade("JY")) == ("先进", "合格")
    assert scored.uses("JY")["annual_assessment"] == "15%"


def test_thirty_answers_are_enough_for_the_telephone(tmp_path: Path) -> None:
    tallies = without(TALLIES, "telephone,YX,基本满意,5") + "\ntelephone,YX,基本满意,10"
    scored = Scored("hongjiang-2010", tmp_path, **{**SHEETS, "tallies": tallies})
    # (20 × 60 + 10 × 48) ÷ 30 = 56; 93 + 56 + 37 = 186
    assert scored.points("YX")["public"] == Decimal(186)


def test_the_hundred_and_two_indicators_are_all_there() -> None:
    """28 livelihood, 19 investment projects, 55 others, of 700 points; 1,200 in all as 700 + 200 + 200 + 100."""
    (units,) = plan_of("hongjiang-2010").sets
    nodes = {node.code: node for node in units.walk()}
    parts = ("livelihood", "projects", "others", "performance")
    below = {code: sum(not node.children for node in nodes[code].walk()) for code in parts}
    assert below == {"livelihood": 28, "projects": 19, "others": 55, "performance": 102}
    assert [int(part.full["township"]) for part in units.parts] == [700, 200, 200, 100]
