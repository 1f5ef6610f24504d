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
unit,name,category,headcount
WL,市文化旅游局,市直单位,3
JW,市纪委市监委,市直单位,2
SW,市税务局,中央省属驻张单位,2
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
unit,standard,level,matter,document,due,done,excused
WL,node,,自查自评,市绩效办通报1号,2021-12-20,2021-12-22 10:00,
WL,node,,加分申报,市绩效办通报2号,2021-12-25 18:00,2021-12-26 09:00,
WL,node,,核心佐证材料,市绩效办通报3号,2021-12-25 18:00,2021-12-31 18:00,
WL,node,,采集数据报送,市绩效办通报4号,2021-12-25,2021-12-30,是
WL,extra_demands,每次,加报台账,市绩效办通报5号,,,
JW,collecting,出现采集差错,处分人次错报,市绩效办通报6号,,,
"""

MOVES = """
unit,ground,body,decision
WL,弄虚作假,市绩效评估委员会,纪要〔2022〕1号
SW,弄虚作假,,
"""

POOLS = """
code,amount
performance,76000.00
"""

PERSONS = """
unit,person,name,coefficient
WL,001,赵一,1.5
WL,002,钱二,1
WL,003,孙三,1
JW,001,李四,1
JW,002,周五,1
SW,001,吴六,1.2
SW,002,郑七,1
"""

SHEETS = {
    "units": UNITS,
    "readings": READINGS,
    "targets": TARGETS,
    "own": OWN,
    "bonuses": BONUSES,
    "deductions": DEDUCTIONS,
    "moves": MOVES,
    "pools": POOLS,
    "persons": PERSONS,
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
# deductions: 自查自评 a day and 10 hours, 2 × 0.5 = 1; 加分申报 15 hours, 1 × 0.5; 核心佐证材料 6 days, 3, at most 1;
#   采集数据报送 explained: 0; together 2.5, at most 2; and 1 for the ledgers = 3
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


def test_days_late_cost_up_to_the_cap_of_a_matter_and_an_explanation_lifts_them(scored: Scored) -> None:
    nodes = {matter: points for (matter, standard), points in scored.deduction("WL")[1].items() if standard == "node"}
    assert nodes == {
        "自查自评": Decimal(1),
        "加分申报": Decimal("0.5"),
        "核心佐证材料": Decimal(1),
        "采集数据报送": Decimal(0),
    }


def test_a_report_on_the_day_costs_nothing(tmp_path: Path) -> None:
    on_time = "unit,standard,level,matter,document,due,done,excused\nWL,node,,自查自评,登记表,2021-12-20,2021-12-20,"
    scored = Scored("zhangjiajie-2021/direct", tmp_path, **{**SHEETS, "deductions": on_time})
    assert scored.deduction("WL")[0] == Decimal(0)
    assert scored.total("WL") == Decimal("90.28")  # 85.28 + 5


def test_the_bonus_goes_to_the_units_by_grade_and_heads_and_on_to_their_persons(scored: Scored) -> None:
    # WL 合格 1 × 3, JW 优秀 1.2 × 2, SW 良好 1.1 × 2: 7.6 in all, 10000 yuan for each 1
    # WL: 30000 ÷ 3.5 = 8571.428… for 1, 12857.142… for 1.5; two cents are left, for the larger remainders
    # JW: equal coefficients; SW: 22000 ÷ 2.2 = 10000 for 1
    [bonus] = scored.outcome.distributions
    given = {share.unit.code: {person.name: fen for person, fen in share.persons} for share in bonus.shares}
    assert given == {
        "WL": {"赵一": 1285714, "钱二": 857143, "孙三": 857143},
        "JW": {"李四": 1200000, "周五": 1200000},
        "SW": {"吴六": 1200000, "郑七": 1000000},
    }
    paid = {unit: scored.uses(unit)["performance_bonus"] for unit in RESULTS}
    assert paid == {"JW": "24000.00", "WL": "30000.00", "SW": "22000.00"}


def test_a_failed_unit_has_no_share(tmp_path: Path) -> None:
    lost = "\n".join(
        line if not line.startswith(("SW,statutory", "SW,municipal")) else f"{line.rpartition(',')[0]},0"
        for line in READINGS.splitlines()
    )
    scored = Scored("zhangjiajie-2021/direct", tmp_path, **{**SHEETS, "readings": lost})
    # SW: 11.93 ÷ 80 × 100 = 14.9125 → 14.91; the others share by 3 and 2.4: 76000 ÷ 5.4 = 14074.074…
    assert (scored.total("SW"), scored.grade("SW")) == (Decimal("14.91"), "不合格")
    paid = {unit: scored.uses(unit)["performance_bonus"] for unit in RESULTS}
    assert paid == {"JW": "33777.78", "WL": "42222.22", "SW": "0.00"}


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
