"""张家界 worked by hand: three units that the city evaluates itself, and one that a lead unit evaluates.

Every figure was worked with a pencil from the scheme and its facts; none was copied from the engine. Rounding is half
up at two places at leaf, node and total, and the rounded value goes on. `→` marks where rounding changes a figure.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.schemes.facts_by_hand import Scored, on_paper, readings, targets, without

UNITS = """
unit,name,category
WL,市文化旅游局,市直单位
JW,市纪委市监委,市直单位
SW,市税务局,中央省属驻张单位
"""

# 市纪委市监委 collects `integrity` itself and has a substitute there: its reading counts.
# 市税务局 has no provincial indicators, and its budget is not the city's.
READINGS = readings(
    """
indicator,fact,WL,JW,SW
provincial/1,,95.5,39.5,不涉及
provincial/2,,是,,
municipal_goals/1,,66,是,47.3
municipal_goals/2,,否,,
statutory/1,,17.5,29.2,27
statutory/2,,11.25,,
branches,met,11,6,9
branches,branches,12,6,10
integrity,warned,6,0,0
integrity,punished,0,无,1
ideology,incident,0,0,1
ideology,mishandled,1,0,2
budget,spent,912.5,960,不涉及
budget,planned,1000,1000,不涉及
documents,returned,3,0,无
documents,absent,1,0,无
secrecy,,是,是,否
energy,,10.5,9.8,8
"""
)

TARGETS = targets(
    """
indicator,fact,known,WL,JW,SW
provincial/1,,target,100,40,
municipal_goals/1,,target,60,,50
energy,,last_year,10,10,8
"""
)

OWN = """
unit,node,code,name,full_marks,rule
WL,provincial,1,接待游客,12,完成率
WL,provincial,2,星级饭店复核,8,办结
WL,municipal_goals,1,旅游项目投资,20,完成率
WL,municipal_goals,2,旅游条例出台,10,办结
WL,statutory,1,文化市场执法,18,评估赋分
WL,statutory,2,文物保护,12,评估赋分
JW,provincial,1,巡视整改,20,完成率
JW,municipal_goals,1,营商环境监督,30,办结
JW,statutory,1,纪律审查,30,评估赋分
SW,provincial,1,省考事项,20,完成率
SW,municipal_goals,1,税收收入,30,完成率
SW,statutory,1,依法征税,30,评估赋分
"""

BONUSES = """
unit,standard,level,matter,document
WL,commendation,国家级,文明旅游,文旅发〔2021〕1号
WL,commendation,省级,文明旅游,湘文旅〔2021〕2号
WL,pilot,国家级,文旅融合,文旅发〔2021〕3号
WL,pilot,省级,夜间经济,湘文旅〔2021〕4号
WL,pilot,省级,乡村旅游,湘文旅〔2021〕5号
"""

DEDUCTIONS = """
unit,standard,level,matter,document
WL,node,每次,六月未报,市绩效办通报1号
WL,node,每次,七月未报,市绩效办通报2号
WL,node,每次,八月未报,市绩效办通报3号
WL,node,每次,九月未报,市绩效办通报4号
WL,node,每次,十月未报,市绩效办通报5号
WL,extra_demands,每次,加报台账,市绩效办通报6号
JW,collecting,出现采集差错,处分人次错报,市绩效办通报7号
"""

MOVES = """
unit,ground,body,decision
WL,弄虚作假,市绩效评估委员会,纪要〔2022〕1号
SW,弄虚作假,,
"""

SHEETS = {
    "units": UNITS,
    "readings": READINGS,
    "targets": TARGETS,
    "own": OWN,
    "bonuses": BONUSES,
    "deductions": DEDUCTIONS,
    "moves": MOVES,
}

WENLV = {
    "provincial/1": "11.46",  # 95.5 ÷ 100 × 12 = 11.46
    "provincial/2": "8",
    "provincial": "19.46",
    "municipal_goals/1": "20",  # 66 ÷ 60 × 20 = 22, at most 20
    "municipal_goals/2": "0",
    "municipal_goals": "20",
    "statutory/1": "17.5",
    "statutory/2": "11.25",
    "statutory": "28.75",
    "branches": "3.67",  # 11 ÷ 12 × 4 = 3.6666… → 3.67
    "integrity": "3",  # 6 × 0.2 = 1.2, this kind costs at most 1: 4 − 1
    "ideology": "3.5",  # 4 − 1 × 0.5
    "party": "10.17",  # 3.67 + 3 + 3.5
    "budget": "1.5",  # 912.5 ÷ 1000 = 91.25 %, from 85 % on 75 % of 2
    "documents": "1.5",  # 2 − 3 × 0.1 − 1 × 0.2
    "secrecy": "2",
    "energy": "1.9",  # less is better: 10 ÷ 10.5 × 2 = 1.9047… → 1.90
    "organ": "6.9",  # 1.5 + 1.5 + 2 + 1.9
    "common": "17.07",  # 10.17 + 6.9
}
# 19.46 + 20 + 28.75 + 17.07 = 85.28
# bonus: 3 + 0 (the same matter) + 3 (pilots 2 + 1 + 1 = 4, at most 3) = 6, at most 5
# deductions: nodes 5 × 0.5 = 2.5, at most 2; and 1 = 3
# 85.28 + 5 − 3 = 87.28

JIWEI = {
    "provincial/1": "19.75",  # 39.5 ÷ 40 × 20
    "provincial": "19.75",
    "municipal_goals/1": "30",
    "municipal_goals": "30",
    "statutory/1": "29.2",
    "statutory": "29.2",
    "branches": "4",
    "integrity": "4",
    "ideology": "4",
    "party": "12",
    "budget": "2",  # 96 %, from 95 % on full marks
    "documents": "2",
    "secrecy": "2",
    "energy": "2",  # 10 ÷ 9.8 × 2 = 2.04…, at most 2
    "organ": "8",
    "common": "20",
}
# 19.75 + 30 + 29.2 + 20 = 98.95; a collector's error costs 0.5: 98.45

SHUIWU = {
    "provincial/1": None,
    "provincial": None,
    "municipal_goals/1": "28.38",  # 47.3 ÷ 50 × 30
    "municipal_goals": "28.38",
    "statutory/1": "27",
    "statutory": "27",
    "branches": "3.6",  # 9 ÷ 10 × 4
    "integrity": "3",  # 4 − 1 × 1
    "ideology": "0",  # three occurrences: nothing is left
    "party": "6.6",
    "budget": None,
    "documents": "2",
    "secrecy": "0",
    "energy": "2",  # as last year
    "organ": "5.33",  # (2 + 0 + 2) ÷ 6 × 8 = 5.3333… → 5.33
    "common": "11.93",  # 6.6 + 5.33
}
# (28.38 + 27 + 11.93) ÷ 80 × 100 = 67.31 ÷ 80 × 100 = 84.1375 → 84.14

NODES = {"WL": WENLV, "JW": JIWEI, "SW": SHUIWU}

# total, place, grade earned, grade. 优秀: 2 × 30 % = 0.6 → 1 seat; 1 × 30 % = 0.3 → 0, at least 1
RESULTS = {
    "JW": ("98.45", 1, "优秀", "优秀"),
    "WL": ("87.28", 2, "良好", "合格"),  # falsification: down by one
    "SW": ("84.14", 1, "良好", "良好"),  # first, but below 90; its veto is not decided
}


@pytest.fixture
def scored(tmp_path: Path) -> Scored:
    return Scored("zhangjiajie-2021/direct", tmp_path, **SHEETS)


@pytest.mark.parametrize("unit", NODES)
def test_every_node_has_the_points_of_the_pencil(scored: Scored, unit: str) -> None:
    assert scored.points(unit) == on_paper(NODES[unit])


@pytest.mark.parametrize("unit", RESULTS)
def test_total_place_and_grade_are_those_of_the_pencil(scored: Scored, unit: str) -> None:
    total, place, earned, grade = RESULTS[unit]
    assert scored.total(unit) == Decimal(total)
    assert (scored.place(unit), scored.earned(unit), scored.grade(unit)) == (place, earned, grade)


def test_bonus_and_deductions_stop_at_their_caps(scored: Scored) -> None:
    assert scored.bonus("WL")[0] == Decimal(5)
    assert scored.deduction("WL")[0] == Decimal(3)
    assert scored.deduction("JW")[0] == Decimal("0.5")


def test_a_grade_brings_its_coefficient(scored: Scored) -> None:
    assert {unit: scored.uses(unit)["bonus_coefficient"] for unit in RESULTS} == {"JW": "1.2", "WL": "1", "SW": "1.1"}


@pytest.mark.parametrize(
    ("line", "instead", "leaf", "points"),
    [
        ("WL,budget,spent,912.5", "950", "budget", "2"),  # 95 % exactly
        ("WL,budget,spent,912.5", "699.9", "budget", "0"),  # 69.99 %, below 70 % nothing
        ("WL,integrity,warned,6", "5", "integrity", "3"),  # 5 × 0.2 = 1, just the most this kind costs
        ("SW,ideology,mishandled,2", "1", "ideology", "1.5"),  # two occurrences: 4 − 2 − 0.5
        ("JW,energy,,9.8", "12.5", "energy", "1.6"),  # 10 ÷ 12.5 × 2
    ],
)
def test_limits_and_thresholds(tmp_path: Path, line: str, instead: str, leaf: str, points: str) -> None:
    changed = without(READINGS, line) + f"\n{line.rpartition(',')[0]},{instead}"
    scored = Scored("zhangjiajie-2021/direct", tmp_path, **{**SHEETS, "readings": changed})
    assert scored.points(line[:2])[leaf] == Decimal(points)


def test_an_enterprise_is_evaluated_by_its_lead_unit(tmp_path: Path) -> None:
    scored = Scored(
        "zhangjiajie-2021/delegated",
        tmp_path,
        units="unit,name,category\nJT,市交通投资公司,国有企业",
        own="unit,node,code,name,full_marks,rule\nJT,duties,1,融资任务,70,完成率",
        targets="unit,indicator,target\nJT,duties/1,200",
        readings=readings(
            """
indicator,fact,JT
duties/1,,185.5
quality,,8.75
party,met,3
party,branches,4
organ,late,1
organ,wrong,2
"""
        ),
    )
    assert scored.points("JT") == on_paper(
        {
            "duties/1": "64.93",  # 185.5 ÷ 200 × 70 = 64.925 → 64.93, an exact half
            "duties": "64.93",
            "quality": "8.75",
            "party": "9",  # 3 ÷ 4 × 12
            "organ": "6.5",  # 8 − 1 × 0.5 − 2 × 0.5
        }
    )
    # 64.93 + 8.75 + 9 + 6.5 = 89.18
    assert (scored.total("JT"), scored.place("JT"), scored.grade("JT")) == (Decimal("89.18"), 1, "良好")
