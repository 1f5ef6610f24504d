"""The 1+5 worked by hand: two districts in the comprehensive evaluation, three in two of the special ones.

Every figure was worked with a pencil from the scheme and its facts; none was copied from the engine. Rounding is half
up at two places at leaf, node, panel and total, and the rounded value goes on. `→` marks where it changes a figure.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.sample import plan_of
from tests.schemes.facts_by_hand import Scored, on_paper, readings, targets

BOOK = "district-2022-1plus5"

UNITS = """
unit,name,category
DC,东城区,县（市、区）党委政府
XL,西岭县,县（市、区）党委政府
"""

READINGS = readings(
    """
indicator,fact,DC,XL
epidemic,slow,1,无
epidemic,spread,0,无
revitalisation,,18,12
incomes,,15200,13800
grain,,8.1,12.04
farmland,,是,是
industry_projects,,21.6,9
major_projects,,33,14.7
inflow,,46,20
water,met,5,4
water,sections,6,4
air,,340,355
debt,,6000,0
homes,delivered,950,0
homes,due,1000,0
distinctive_industry,,18,16
distinctive_farming,,17,19
trade,,14,不涉及
town,,13.5,12
schools,,14,13
skills,,13,14
gdp,,5,4
primary,,3,5
tertiary,,4.4,4.4
investment,,8,-2
retail,,1.5,2.5
industry,,7,6
revenue,,105000,20600
research,,1.5,0.63
income,,31500,21200
energy,,0.42,0.5
safety,accident,6,1
safety,large,0,0
petitions,settled,194,0
petitions,received,200,0
statistics,wrong,2,0
statistics,false,0,0
budget,spent,930,970
budget,planned,1000,1000
approvals,on_time,4950,1000
approvals,accepted,5000,1000
wages,,9.5,10
daily,,9,9.5
"""
)

TARGETS = targets(
    """
indicator,fact,known,DC,XL
revitalisation,,target,20,12
incomes,,target,15000,14000
grain,,target,9,14
industry_projects,,target,24,10
major_projects,,target,30,15
inflow,,target,50,20
air,,target,350,350
debt,,target,8000,0
revenue,,last_year,100000,20000
income,,last_year,30000,20000
energy,,target,0.4,0.55
"""
)

TALLIES = """
panel,unit,answer,count
city_leaders,DC,好,8
city_leaders,DC,较好,2
city_leaders,XL,好,5
city_leaders,XL,较好,3
city_leaders,XL,一般,2
department_leaders,DC,好,20
department_leaders,DC,较好,4
department_leaders,DC,不了解,1
department_leaders,XL,好,12
department_leaders,XL,较好,12
public,DC,很满意,60
public,DC,满意,30
public,DC,一般,8
public,DC,不满意,2
public,DC,不了解,5
public,XL,很满意,90
public,XL,满意,8
public,XL,一般,2
"""

POOLS = """
code,amount
rewards,18061400.01
"""

SHEETS = {"units": UNITS, "readings": READINGS, "targets": TARGETS, "tallies": TALLIES, "pools": POOLS}

DONGCHENG = {
    "epidemic": "20",  # 25 − 1 × 5
    "revitalisation": "22.5",  # 18 ÷ 20 × 25
    "incomes": "25",  # 15200 ÷ 15000 × 25 = 25.333…: 0.333… → 0.33 beyond
    "grain": "22.5",  # 8.1 ÷ 9 = 90 %, not below 90 %
    "farmland": "25",
    "industry_projects": "22.5",  # 21.6 ÷ 24 × 25
    "major_projects": "25",  # 33 ÷ 30 × 25 = 27.5: 2.5 beyond
    "inflow": "23",  # 46 ÷ 50 × 25
    "water": "20.83",  # 5 ÷ 6 × 25 = 20.833… → 20.83
    "air": "24.29",  # 340 ÷ 350 × 25 = 24.2857… → 24.29
    "debt": "18.75",  # 6000 ÷ 8000 × 25
    "homes": "23.75",  # 95 % of 25
    # 20 + 22.5 + 25 + 22.5 + 25 + 22.5 + 25 + 23 + 20.83 + 24.29 + 18.75 + 23.75
    "major": "273.12",
    "distinctive_industry": "18",
    "distinctive_farming": "17",
    "trade": "14",
    "town": "13.5",
    "schools": "14",
    "skills": "13",
    "distinctive": "89.5",
    "gdp": "30",  # the better of two
    "primary": "12",  # the worse of two: 60 % of 20
    "tertiary": "20",  # both are equal: full marks
    "investment": "20",
    "retail": "12",
    "industry": "20",
    "revenue": "17",  # 5 %, the mean of 5 % and 3 % is 4 %: one step up, 16 + 1
    "research": "20",
    "income": "14",  # 1500 ÷ 30000 = 5 %, second
    "energy": "14.29",  # 0.4 ÷ 0.42 × 15 = 14.2857… → 14.29
    "level": "179.29",  # 30 + 12 + 20 + 20 + 12 + 20 + 17 + 20 + 14 + 14.29
    "safety": "10",  # 6 × 2 = 12, at most 10
    "petitions": "14.55",  # 97 % of 15
    "statistics": "13",  # 15 − 2 × 1
    "budget": "12",  # 93 %, from 90 % on 80 % of 15
    "approvals": "14.85",  # 99 % of 15
    "wages": "9.5",
    "daily": "9",
    "supporting": "82.9",  # 10 + 14.55 + 13 + 12 + 14.85 + 9.5 + 9
    "goals": "624.81",  # 273.12 + 89.5 + 179.29 + 82.9
    "city_leaders": "97",  # (8 × 100 + 2 × 85) ÷ 10
    "department_leaders": "48.75",  # (20 × 50 + 4 × 42.5) ÷ 24; one 不了解 does not count
    "public": "138",  # (60 × 150 + 30 × 130 + 8 × 100 + 2 × 50) ÷ 100
    "judgement": "283.75",
}
# 624.81 + 283.75 = 908.56; over-fulfilment 0.33 + 2.5 = 2.83: 911.39

XILING = {
    "epidemic": "25",
    "revitalisation": "25",
    "incomes": "24.64",  # 13800 ÷ 14000 × 25 = 24.642… → 24.64
    "grain": "0",  # 12.04 ÷ 14 = 86 %, below 90 %
    "farmland": "25",
    "industry_projects": "22.5",  # 9 ÷ 10 × 25
    "major_projects": "24.5",  # 14.7 ÷ 15 × 25
    "inflow": "25",
    "water": "25",
    "air": "25",
    "debt": "25",  # nothing to be reduced
    "homes": "25",  # nothing due
    "major": "271.64",  # 8 × 25 = 200, + 24.64 + 0 + 22.5 + 24.5
    "distinctive_industry": "16",
    "distinctive_farming": "19",
    "trade": None,
    "town": "12",
    "schools": "13",
    "skills": "14",
    "distinctive": "87.06",  # 74 ÷ 85 × 100 = 87.0588… → 87.06
    "gdp": "18",  # 60 % of 30
    "primary": "20",
    "tertiary": "20",
    "investment": "12",
    "retail": "20",
    "industry": "12",
    "revenue": "15",  # 3 %, one step down
    "research": "8.4",  # 0.63 ÷ 1.5 × 20
    "income": "15",  # 6 %, first
    "energy": "15",  # 0.55 ÷ 0.5 × 15 = 16.5, at most 15
    "level": "155.4",  # 18 + 20 + 20 + 12 + 20 + 12 + 15 + 8.4 + 15 + 15
    "safety": "18",
    "petitions": "15",
    "statistics": "15",
    "budget": "15",
    "approvals": "15",
    "wages": "10",
    "daily": "9.5",
    "supporting": "97.5",
    "goals": "611.6",  # 271.64 + 87.06 + 155.4 + 97.5
    "city_leaders": "89.5",  # (5 × 100 + 3 × 85 + 2 × 70) ÷ 10
    "department_leaders": "46.25",  # (12 × 50 + 12 × 42.5) ÷ 24
    "public": "147.4",  # (90 × 150 + 8 × 130 + 2 × 100) ÷ 100
    "judgement": "283.15",
}
# 611.6 + 283.15 = 894.75; nothing beyond: 资金 is just the target


@pytest.fixture
def scored(tmp_path: Path) -> Scored:
    return Scored(f"{BOOK}/comprehensive", tmp_path, **SHEETS)


@pytest.mark.parametrize(("unit", "nodes"), [("DC", DONGCHENG), ("XL", XILING)])
def test_every_node_has_the_points_of_the_pencil(scored: Scored, unit: str, nodes: dict[str, str | None]) -> None:
    assert scored.points(unit) == on_paper(nodes)


def test_without_claims_the_line_of_nine_tenths_divides_them(scored: Scored) -> None:
    assert (scored.total("DC"), scored.place("DC"), scored.grade("DC")) == (Decimal("911.39"), 1, "一等")
    assert (scored.total("XL"), scored.place("XL"), scored.grade("XL")) == (Decimal("894.75"), 2, "二等")


def with_readings(unit: str, **values: str) -> str:
    """The readings, those of a unit's single-fact leaves replaced."""
    kept = [line for line in READINGS.splitlines() if not any(line.startswith(f"{unit},{leaf},,") for leaf in values)]
    return "\n".join([*kept, *(f"{unit},{leaf},,{value}" for leaf, value in values.items())])


FAR_BEYOND = with_readings("DC", incomes="31500", industry_projects="60", major_projects="66", inflow="100.8")


@pytest.mark.parametrize(
    ("leaf", "value", "beyond"),
    [
        ("inflow", "20", "0"),  # just the target
        ("inflow", "23", "3.75"),  # 23 ÷ 20 × 25 = 28.75
        ("inflow", "40", "25"),  # twice the target: 50, 25 beyond
        ("inflow", "47.2", "25"),  # 59, 34 beyond, at most 25
        ("incomes", "14300", "0.54"),  # 14300 ÷ 14000 × 25 = 25.5357…: 0.5357… → 0.54
        ("industry_projects", "21", "25"),  # 21 ÷ 10 × 25 = 52.5, 27.5 beyond, at most 25
        ("revitalisation", "24", "0"),  # 24 ÷ 12 × 25 = 50, but not one of the four
    ],
)
def test_what_is_beyond_the_target_is_bonus_up_to_its_cap(tmp_path: Path, leaf: str, value: str, beyond: str) -> None:
    changed = {**SHEETS, "readings": with_readings("XL", **{leaf: value})}
    scored = Scored(f"{BOOK}/comprehensive", tmp_path, **changed)
    assert scored.points("XL")[leaf] == 25
    assert scored.bonus("XL")[0] == Decimal(beyond)


def test_all_four_far_beyond_their_targets_bring_a_hundred(tmp_path: Path) -> None:
    scored = Scored(f"{BOOK}/comprehensive", tmp_path, **{**SHEETS, "readings": FAR_BEYOND})
    # 31500 ÷ 15000 × 25 = 52.5, 60 ÷ 24 × 25 = 62.5, 66 ÷ 30 × 25 = 55, 100.8 ÷ 50 × 25 = 50.4: 25 of each
    assert scored.bonus("DC")[0] == Decimal(100)
    assert scored.bonus("XL")[0] == Decimal(0)


def test_the_rewards_are_shared_out_by_total(scored: Scored) -> None:
    # 911.39 + 894.75 = 1806.14, so 10000 yuan a point; of the last cent 0.504… is 东城's, the larger remainder
    assert {unit: scored.uses(unit)["second_distribution"] for unit in ("DC", "XL")} == {
        "DC": "9113900.01",
        "XL": "8947500.00",
    }


BONUSES = """
unit,standard,level,matter,document
DC,two_higher,每项,地区生产总值,市统计局1号
DC,two_higher,每项,固定资产投资,市统计局2号
DC,two_higher,每项,第三产业增加值,市统计局3号
DC,commendation,国家级,文明城区,国发1号
DC,commendation,国家级,双拥模范城区,国发2号
DC,commendation,国家级,卫生城区,国发3号
DC,commendation,省级,卫生城区,省发3号
DC,commendation,国家级,示范街区,国发4号
DC,results,国家级,一网通办,国办1号
DC,results,国家级,社区治理,国办2号
DC,results,国家级,科创园,国办3号
"""

DEDUCTIONS = """
unit,standard,level,matter,document
DC,circular,省级,会风不正,省党委办公厅通报
DC,circular,市级,会风不正,市委办通报
DC,accountability,中央和国家级,违法占地,国家督察通报
"""

MOVES = """
unit,ground,body,decision
XL,重大工作贡献突出,市考评领导小组,纪要〔2023〕1号
"""


def test_the_pool_ends_at_300_and_one_matter_costs_once(tmp_path: Path) -> None:
    extras = {"bonuses": BONUSES, "deductions": DEDUCTIONS, "moves": MOVES}
    scored = Scored(f"{BOOK}/comprehensive", tmp_path, **{**SHEETS, "readings": FAR_BEYOND}, **extras)
    # over-fulfilment 4 × 25 = 100; 3 × 10 = 30; 4 × 30 = 120 (卫生城区 once); 3 × 20 = 60: 310, of which 300
    assert scored.bonus("DC")[0] == Decimal(300)
    # 10 for 会风不正, once, and 30
    assert scored.deduction("DC")[0] == Decimal(40)
    # 908.56 + 2.5 for 工业 + 2 for 资金, now full, + 300 − 40
    assert (scored.total("DC"), scored.grade("DC")) == (Decimal("1173.06"), "一等")
    # 894.75 is 二等, lifted by one
    assert (scored.total("XL"), scored.earned("XL"), scored.grade("XL")) == (Decimal("894.75"), "二等", "一等")


@pytest.mark.parametrize(("ground", "grade"), [("重大工作贡献突出", "二等"), ("一票肯定", "一等")])
def test_promotion_lifts_by_one_and_affirmation_to_the_top(tmp_path: Path, ground: str, grade: str) -> None:
    lost = "\n".join(f"XL,accountability,中央和国家级,事故{number},调查报告{number}号" for number in range(4))
    deductions = f"unit,standard,level,matter,document\n{lost}"
    moves = f"unit,ground,body,decision\nXL,{ground},市考评领导小组,纪要〔2023〕2号"
    scored = Scored(f"{BOOK}/comprehensive", tmp_path, **SHEETS, deductions=deductions, moves=moves)
    # 894.75 − 4 × 30 = 774.75, below 80 % of 1000
    assert (scored.total("XL"), scored.earned("XL"), scored.grade("XL")) == (Decimal("774.75"), "三等", grade)


def test_the_comprehensive_evaluation_has_its_thirty_five_indicators() -> None:
    (districts,) = plan_of(f"{BOOK}/comprehensive").sets
    goals = districts.find("goals")
    assert goals is not None
    assert [int(part.full["district"]) for part in goals.children] == [300, 100, 200, 100]
    assert sum(not node.children for node in goals.walk()) == 35


THREE = """
unit,name,category
DC,东城区,县（市、区）党委政府
XL,西岭县,县（市、区）党委政府
NH,南湖区,县（市、区）党委政府
"""


def test_the_party_building_evaluation_has_grades_of_its_own(tmp_path: Path) -> None:
    scored = Scored(
        f"{BOOK}/party",
        tmp_path,
        units=THREE,
        readings=readings(
            """
indicator,fact,DC,XL,NH
political,,24,22.5,20
branches,met,95,118,60
branches,branches,100,120,90
village_funds,reached,40,29,59
village_funds,villages,40,60,60
cadres,,14,13.5,12
discipline,leaders,0,0,1
discipline,circulars,1,0,2
"""
        ),
    )
    # 东城: 24 + 95 % of 25 = 23.75 + 20 + 14 + (15 − 2) = 94.75
    # 西岭: 22.5 + 118 ÷ 120 × 25 = 24.583… → 24.58 + 29 ÷ 60 = 48.3 %, below 50 %: 0 + 13.5 + 15 = 75.58
    # 南湖: 20 + 60 ÷ 90 × 25 = 16.666… → 16.67 + 59 ÷ 60 × 20 = 19.666… → 19.67 + 12 + (15 − 5 − 4 = 6) = 74.34
    assert {unit: (str(scored.total(unit)), scored.place(unit), scored.grade(unit)) for unit in ("DC", "XL", "NH")} == {
        "DC": ("94.75", 1, "一等"),
        "XL": ("75.58", 2, "三等"),
        "NH": ("74.34", 3, "三等"),
    }


def test_the_reform_evaluation_caps_each_level_of_experience(tmp_path: Path) -> None:
    scored = Scored(
        f"{BOOK}/reform",
        tmp_path,
        units=THREE,
        readings=readings(
            """
indicator,fact,DC,XL,NH
tasks,finished,24,19,30
tasks,tasks,25,20,30
quality,,28,25.5,27
experience,national,0,1,0
experience,provincial,4,2,1
experience,municipal,1,3,无
"""
        ),
    )
    # 东城: 24 ÷ 25 × 50 = 48; 28; 4 × 5 = 20, of which 15 count, + 2 = 17: 93
    # 西岭: 19 ÷ 20 × 50 = 47.5; 25.5; 10 + 10 + 6 = 26, at most 20: 93
    # 南湖: 50; 27; 5: 82
    assert {unit: (str(scored.total(unit)), scored.place(unit), scored.grade(unit)) for unit in ("DC", "XL", "NH")} == {
        "DC": ("93", 1, "一等"),
        "XL": ("93", 1, "一等"),
        "NH": ("82", 3, "二等"),
    }
