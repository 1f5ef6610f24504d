"""益阳 worked by hand: three counties held against each other, and six departments with own lists.

Every figure was worked with a pencil from the scheme and its facts; none was copied from the engine. Rounding is half
up at two places at leaf, node and total, and the rounded value goes on. `→` marks where rounding changes a figure.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from engine.text import Problems
from tests.schemes.facts_by_hand import Scored, on_paper, readings, said, targets, without

UNITS = """
unit,name,category
ZY,资阳区,区县（市）
HS,赫山区,区县（市）
NX,南县,区县（市）
SJ,市审计局,经济发展类
SW,市商务局,经济发展类
CZ,市财政局,经济发展类
NY,市能源局,经济发展类
WL,市物流局,经济发展类
DC,市委督查室,党群类
"""

# 市审计局 collects `risks` itself and has a substitute there: its reading counts.
# 市委督查室 collects `development` itself without a substitute: nothing of it applies.
READINGS = readings(
    """
indicator,fact,ZY,HS,NX
gdp,,430,640,270
industry,,215,330,112
revenue,,105000,210000,63000
tax_share,,70.45,74.95,66.1
investment,,380,520,290.4
projects,done,9,12,不涉及
projects,planned,10,12,不涉及
retail,,180,300,119
inflow,,50,90,24
high_tech,,60,104,18
income,,27000,32400,21500
energy,,0.52,0.48,0.64
new_firms,,9,15,0
debt,,92,0,120
hidden_debt,,4000,0,2499
fundraising,cases,1,无,3
fundraising,gatherings,0,无,1
lifted,,950,不涉及,1800
villages,,是,不涉及,否
pm25,,38,45,40
water,met,5,4,4
water,sections,6,4,7
environment,,是,是,否
branches,renewed,19,30,0
branches,due,20,30,0
weak_branches,closed,7,0,3
weak_branches,listed,8,0,4
integrity,warned,12,1,2
integrity,punished,0,0,3
integrity,notified,0,0,1
inspection,rectified,18,25,不涉及
inspection,reported,20,25,不涉及
ideology,incident,0,0,1
ideology,mishandled,0,0,2
petitions,settled,97,199,50
petitions,received,100,200,80
crime,,310,500,240
safety,accident,1,0,5
safety,large,0,0,1
safety,grave,0,0,0
food,passed,196,297,95
food,tested,200,300,100
""",
    """
indicator,fact,SJ,SW,CZ,NY,WL,DC
development/1,,114,47.25,30,80,3,
development/2,,是,是,是,,是,
development/3,,不涉及,,,,,
risks,corrected,17,不涉及,6,3,4,9
risks,found,18,不涉及,6,3,4,10
poverty,,15,8,10,5,6,6
pollution,finished,19,20,8,6,14,9
pollution,assigned,20,20,8,6,20,10
branches,renewed,37,11,9,4,3,5
branches,due,40,12,9,4,3,5
integrity,warned,1,0,0,0,0,0
integrity,punished,0,2,0,0,0,1
integrity,notified,0,0,0,0,0,0
inspection,rectified,不涉及,18,7,2,5,17
inspection,reported,不涉及,20,7,2,5,20
ideology,incident,0,0,0,0,0,1
ideology,mishandled,0,1,0,0,0,0
petitions,settled,0,83,12,7,9,4
petitions,received,0,100,12,7,9,4
order,gathering,0,0,0,0,0,0
order,warned,0,0,0,0,0,1
safety,accident,1,0,0,0,0,0
safety,large,0,0,0,0,0,0
safety,grave,0,0,0,0,0,0
""",
)

TARGETS = targets(
    """
indicator,fact,known,ZY,HS,NX
gdp,,last_year,400,600,250
industry,,last_year,200,300,100
revenue,,last_year,100000,200000,60000
investment,,target,400,500,330
retail,,target,190,290,140
inflow,,last_year,48,80,30
inflow,,two_years_ago,52,85,28
inflow,,three_years_ago,56,90,30.5
high_tech,,target,64,100,25
income,,last_year,25000,30000,20000
energy,,target,0.5,0.5,0.56
new_firms,,target,10,12,0
debt,,target,90,85,100
hidden_debt,,target,5000,0,5000
lifted,,target,1000,,2000
pm25,,last_year,40,40,39
pm25,,two_years_ago,42,42,40
pm25,,three_years_ago,44,44,38
crime,,last_year,300,520,200
crime,,two_years_ago,290,510,190
crime,,three_years_ago,280,500,210
""",
    """
indicator,fact,known,SJ,SW,CZ,NY,WL,DC
development/1,,target,120,50,25,100,0,
poverty,,target,16,8,10,5,6,8
""",
)

# Own indicators: 40 points for every department.
OWN = """
unit,node,code,name,full_marks,rule
SJ,development,1,完成审计项目,15,完成率
SJ,development,2,开展专项审计,15,办结
SJ,development,3,审计信息化,10,完成率
SW,development,1,实际利用外资,20,完成率
SW,development,2,开展消费促进活动,20,办结
CZ,development,1,争取上级资金,25,完成率
CZ,development,2,国库改革,15,办结
NY,development,1,电网改造,40,完成率
WL,development,1,物流园建设,20,完成率
WL,development,2,物流标准化,20,办结
DC,development,1,重点工作督查,40,办结
"""

DEDUCTIONS = """
unit,standard,level,matter,document
NX,audited,省级,挪用项目资金,湘审〔2018〕1号
NX,supervised,市级,挪用项目资金,益督〔2018〕2号
NX,toured,中央和国家级,违规占地,巡视反馈〔2018〕3号
NX,supervised,省级,拖欠工程款,湘督〔2018〕4号
NX,supervised,中央和国家级,洞庭湖矮围,国督〔2018〕5号
CZ,audited,省级,预算编制不细,湘审〔2018〕6号
CZ,supervised,市级,预算编制不细,益督〔2018〕7号
"""

LAST_RESULTS = """
unit,total,place
ZY,93.5,1
HS,92.1,2
NX,70,3
SJ,85,5
SW,88,4
CZ,98,1
NY,95,2
WL,90,3
"""

SHEETS = {
    "units": UNITS,
    "readings": READINGS,
    "targets": TARGETS,
    "own": OWN,
    "deductions": DEDUCTIONS,
    "last_results": LAST_RESULTS,
}

# What the counties are held against, the same for all three:
#
# 地区生产总值 gdp          资阳 400 → 430   赫山 600 → 640   南县 250 → 270
#   增量                          30              40              20      best 40, worst 20
#   增速                        7.5 %          6 2/3 %           8 %      best 8 %, worst 6 2/3 %
#   full 5: 增量 5 × 40 % = 2, from 2 × 60 % = 1.2; 增速 5 × 60 % = 3, from 3 × 60 % = 1.8
#
# 规模工业增加值 industry   资阳 200 → 215   赫山 300 → 330   南县 100 → 112
#   增量                          15              30              12      best 30, worst 12
#   增速                        7.5 %            10 %            12 %     best 12 %, worst 7.5 %
#   full 4: 增量 1.6, from 0.96; 增速 2.4, from 1.44
#
# 一般公共预算收入 revenue  资阳 100000 → 105000   赫山 200000 → 210000   南县 60000 → 63000
#   增量                            5000                  10000                 3000      best 10000, worst 3000
#   增速                            5 %                    5 %                   5 %      all equal: full
#   full 4: 增量 1.6, from 0.96; 增速 2.4
#
# 税收占比 tax_share        mean (70.45 + 74.95 + 66.1) ÷ 3 = 211.5 ÷ 3 = 70.5
# 居民收入 income           资阳 25000 → 27000 = 8 %, 赫山 30000 → 32400 = 8 %, 南县 20000 → 21500 = 7.5 %:
#                           places 1, 1, 3
# 食品药品抽检 food         资阳 196 ÷ 200 = 98 %, 赫山 297 ÷ 300 = 99 %, 南县 95 ÷ 100 = 95 %: best 99 %, worst 95 %;
#                           full 3, from 3 × 80 % = 2.4

ZIYANG = {
    "gdp": "4.15",  # 增量 1.2 + (30 − 20) ÷ 20 × 0.8 = 1.6; 增速 1.8 + (7.5 − 6 2/3) ÷ (8 − 6 2/3) × 1.2 = 2.55
    "industry": "2.51",  # 增量 0.96 + (15 − 12) ÷ 18 × 0.64 = 1.0666…; 增速 1.44, the worst; 2.5066… → 2.51
    "revenue": "3.54",  # 增量 0.96 + (5000 − 3000) ÷ 7000 × 0.64 = 1.1428…; 增速 2.4; 3.5428… → 3.54
    "tax_share": "2.4",  # 2.4 − (70.5 − 70.45) × 0.1 = 2.395 → 2.40, an exact half
    "investment": "3.8",  # 380 ÷ 400 × 4 = 3.8
    "projects": "2.7",  # 9 ÷ 10 × 3 = 2.7
    "retail": "1.89",  # 180 ÷ 190 × 2 = 1.8947… → 1.89
    "inflow": "2.88",  # mean (48 + 52 + 56) ÷ 3 = 52; 50 ÷ 52 × 3 = 2.8846… → 2.88
    "high_tech": "2.81",  # 60 ÷ 64 × 3 = 2.8125 → 2.81
    "income": "3",  # place 1, shared
    "energy": "2.88",  # less is better: 0.5 ÷ 0.52 × 3 = 2.8846… → 2.88
    "new_firms": "2.7",  # 9 ÷ 10 × 3 = 2.7
    # 4.15 + 2.51 + 3.54 + 2.4 + 3.8 + 2.7 = 19.1; 1.89 + 2.88 + 2.81 + 3 + 2.88 + 2.7 = 16.16
    "development": "35.26",  # 高质量发展: 19.1 + 16.16 = 35.26
    "debt": "3.91",  # less is better: 90 ÷ 92 × 4 = 3.9130… → 3.91
    "hidden_debt": "2.4",  # 4000 ÷ 5000 = 80 %, not below 50 %; × 3 = 2.4
    "fundraising": "0.8",  # 1 − 1 × 0.2 − 0 × 0.5 = 0.8
    "risks": "7.11",  # 防范风险: 3.91 + 2.4 + 0.8 = 7.11
    "lifted": "4.75",  # 950 ÷ 1000 × 5 = 4.75
    "villages": "3",
    "poverty": "7.75",  # 精准脱贫: 4.75 + 3 = 7.75
    "pm25": "4",  # mean (40 + 42 + 44) ÷ 3 = 42; 42 ÷ 38 × 4 = 4.42…, at most full marks
    "water": "2.5",  # 5 ÷ 6 = 83.3 %, not below 60 %; × 3 = 2.5
    "environment": "2",
    "pollution": "8.5",  # 污染防治: 4 + 2.5 + 2 = 8.5
    "battles": "23.36",  # 三大攻坚战: 7.11 + 7.75 + 8.5 = 23.36
    "branches": "3.8",  # 19 ÷ 20 × 4 = 3.8
    "weak_branches": "3.5",  # 7 ÷ 8 × 4 = 3.5
    "integrity": "3",  # 12 × 0.1 = 1.2, at most 1; 4 − 1 = 3
    "inspection": "3.2",  # 18 ÷ 20 = 90 %, from 90 % on 80 % of 4 = 3.2
    "ideology": "4",
    "party": "17.5",  # 党的建设: 3.8 + 3.5 + 3 + 3.2 + 4 = 17.5
    "petitions": "3.88",  # 97 ÷ 100 × 4 = 3.88
    "crime": "2.81",  # mean (300 + 290 + 280) ÷ 3 = 290; 290 ÷ 310 × 3 = 2.8064… → 2.81
    "safety": "4.5",  # 5 − 1 × 0.5 = 4.5
    "food": "2.85",  # 2.4 + (98 − 95) ÷ (99 − 95) × 0.6 = 2.85
    "stability": "14.04",  # 社会稳定和安全生产: 3.88 + 2.81 + 4.5 + 2.85 = 14.04
}
# 35.26 + 23.36 + 17.5 + 14.04 = 90.16

HESHAN = {
    "gdp": "3.8",  # 增量 2, the best; 增速 1.8, the worst; 3.8
    "industry": "3.57",  # 增量 1.6; 增速 1.44 + (10 − 7.5) ÷ 4.5 × 0.96 = 1.9733…; 3.5733… → 3.57
    "revenue": "4",  # 增量 1.6; 增速 2.4
    "tax_share": "2.85",  # 2.4 + (74.95 − 70.5) × 0.1 = 2.845 → 2.85, an exact half
    "investment": "4",  # 520 ÷ 500 × 4 = 4.16, at most full marks
    "projects": "3",  # 12 ÷ 12 × 3
    "retail": "2",  # 300 ÷ 290 × 2 = 2.06…, at most full marks
    "inflow": "3",  # mean (80 + 85 + 90) ÷ 3 = 85; 90 ÷ 85 × 3 = 3.17…, at most full marks
    "high_tech": "3",  # 104 ÷ 100 × 3 = 3.12, at most full marks
    "income": "3",  # place 1, shared
    "energy": "3",  # less is better: 0.5 ÷ 0.48 × 3 = 3.125, at most full marks
    "new_firms": "3",  # 15 ÷ 12 × 3 = 3.75, at most full marks
    "development": "38.22",  # 高质量发展: 3.8 + 3.57 + 4 + 2.85 + 4 + 3 + 2 + 3 + 3 + 3 + 3 + 3 = 38.22
    "debt": "4",  # less is better, and 0 is the least: full marks
    "hidden_debt": "3",  # the target is 0: no task, full marks
    "fundraising": "1",
    "risks": "8",  # 防范风险: 4 + 3 + 1 = 8
    "lifted": None,  # 不涉及
    "villages": None,  # 不涉及
    "poverty": None,  # 精准脱贫: nothing in it applies, so it does not apply
    "pm25": "3.73",  # mean (40 + 42 + 44) ÷ 3 = 42; 42 ÷ 45 × 4 = 3.7333… → 3.73
    "water": "3",  # 4 ÷ 4
    "environment": "2",
    "pollution": "8.73",  # 污染防治: 3.73 + 3 + 2 = 8.73
    "battles": "24.6",  # 三大攻坚战: (8 + 8.73) ÷ (8 + 9) × 25 = 16.73 ÷ 17 × 25 = 24.6029… → 24.60
    "branches": "4",  # 30 ÷ 30
    "weak_branches": "4",  # nothing listed counts as 100 %
    "integrity": "3.9",  # 4 − 1 × 0.1 = 3.9
    "inspection": "4",  # 25 ÷ 25 = 100 %
    "ideology": "4",
    "party": "19.9",  # 党的建设: 4 + 4 + 3.9 + 4 + 4 = 19.9
    "petitions": "3.98",  # 199 ÷ 200 × 4 = 3.98
    "crime": "3",  # mean (520 + 510 + 500) ÷ 3 = 510; 510 ÷ 500 × 3 = 3.06, at most full marks
    "safety": "5",
    "food": "3",  # the best
    "stability": "14.98",  # 社会稳定和安全生产: 3.98 + 3 + 5 + 3 = 14.98
}
# 38.22 + 24.6 + 19.9 + 14.98 = 97.7

NANXIAN = {
    "gdp": "4.2",  # 增量 1.2, the worst; 增速 3, the best; 4.2: the smallest base comes first
    "industry": "3.36",  # 增量 0.96; 增速 2.4
    "revenue": "3.36",  # 增量 0.96; 增速 2.4
    "tax_share": "1.96",  # 2.4 − (70.5 − 66.1) × 0.1 = 1.96
    "investment": "3.52",  # 290.4 ÷ 330 × 4 = 3.52
    "projects": None,  # 不涉及
    "retail": "1.7",  # 119 ÷ 140 × 2 = 1.7
    "inflow": "2.44",  # mean (30 + 28 + 30.5) ÷ 3 = 29.5; 24 ÷ 29.5 × 3 = 2.4406… → 2.44
    "high_tech": "2.16",  # 18 ÷ 25 × 3 = 2.16
    "income": "2.8",  # place 3: two share the first
    "energy": "2.63",  # less is better: 0.56 ÷ 0.64 × 3 = 2.625 → 2.63, an exact half
    "new_firms": "3",  # the target is 0: no task, full marks
    # 4.2 + 3.36 + 3.36 + 1.96 + 3.52 = 16.4; 1.7 + 2.44 + 2.16 + 2.8 + 2.63 + 3 = 14.73; 31.13 of 40 − 3 = 37
    "development": "33.65",  # 高质量发展: 31.13 ÷ 37 × 40 = 33.6540… → 33.65
    "debt": "3.33",  # less is better: 100 ÷ 120 × 4 = 3.3333… → 3.33
    "hidden_debt": "0",  # 2499 ÷ 5000 = 49.98 %, below 50 %
    "fundraising": "0",  # 1 − 3 × 0.2 − 1 × 0.5 = −0.1, not below 0
    "risks": "3.33",  # 防范风险: 3.33 + 0 + 0 = 3.33
    "lifted": "4.5",  # 1800 ÷ 2000 × 5 = 4.5
    "villages": "0",
    "poverty": "4.5",  # 精准脱贫: 4.5 + 0 = 4.5
    "pm25": "3.9",  # mean (39 + 40 + 38) ÷ 3 = 39; 39 ÷ 40 × 4 = 3.9
    "water": "0",  # 4 ÷ 7 = 57.1 %, below 60 %
    "environment": "0",
    "pollution": "3.9",  # 污染防治: 3.9 + 0 + 0 = 3.9
    "battles": "11.73",  # 三大攻坚战: 3.33 + 4.5 + 3.9 = 11.73
    "branches": "4",  # nothing due counts as 100 %
    "weak_branches": "3",  # 3 ÷ 4 × 4 = 3
    "integrity": "1.8",  # 4 − 2 × 0.1 − 3 × 0.5 − 1 × 0.5 = 1.8
    "inspection": None,  # 不涉及
    "ideology": "0",  # 1 + 2 = 3 occurrences: from the third on nothing is left (else 4 − 1 − 1 = 2)
    "party": "11",  # 党的建设: (4 + 3 + 1.8 + 0) ÷ (20 − 4) × 20 = 8.8 ÷ 16 × 20 = 11
    "petitions": "2.5",  # 50 ÷ 80 × 4 = 2.5
    "crime": "2.5",  # mean (200 + 190 + 210) ÷ 3 = 200; 200 ÷ 240 × 3 = 2.5
    "safety": "1",  # 5 × 0.5 = 2.5, at most 2; 5 − 2 − 1 × 2 = 1
    "food": "2.4",  # the worst
    "stability": "8.4",  # 社会稳定和安全生产: 2.5 + 2.5 + 1 + 2.4 = 8.4
}
# 33.65 + 11.73 + 11 + 8.4 = 64.78
# 扣分 1 + 2 + 1 + 2 = 6, at most 5: 59.78

SHENJI = {
    "development/1": "14.25",  # 114 ÷ 120 × 15 = 14.25
    "development/2": "15",  # 办结: 是
    "development/3": None,  # 不涉及
    "development": "39",  # 高质量发展: (14.25 + 15) ÷ (15 + 15) × 40 = 29.25 ÷ 30 × 40 = 39
    "risks": "7.56",  # 审计查出问题整改: 17 ÷ 18 × 8 = 7.5555… → 7.56, read by its substitute 市财政局
    "poverty": "7.5",  # 驻村帮扶: 15 ÷ 16 × 8 = 7.5
    "pollution": "7.2",  # 责任任务: 19 ÷ 20 = 95 %, from 90 % on 80 % of 9 = 7.2
    "battles": "22.26",  # 三大攻坚战: 7.56 + 7.5 + 7.2 = 22.26
    "branches": "4.63",  # 37 ÷ 40 × 5 = 4.625 → 4.63, an exact half
    "integrity": "4.9",  # 5 − 1 × 0.1 = 4.9
    "inspection": None,  # 不涉及
    "ideology": "5",
    "party": "19.37",  # 党的建设: (4.63 + 4.9 + 5) ÷ 15 × 20 = 14.53 ÷ 15 × 20 = 19.3733… → 19.37
    "petitions": "5",  # nothing received counts as 100 %
    "order": "5",
    "safety": "4.5",  # 5 − 1 × 0.5 = 4.5
    "stability": "14.5",  # 社会稳定和安全生产: 5 + 5 + 4.5 = 14.5
}
# 39 + 22.26 + 19.37 + 14.5 = 95.13

SHANGWU = {
    "development/1": "18.9",  # 47.25 ÷ 50 × 20 = 18.9
    "development/2": "20",
    "development": "38.9",  # 高质量发展: 18.9 + 20 = 38.9
    "risks": None,  # 不涉及: no audit this year
    "poverty": "8",  # 驻村帮扶: 8 ÷ 8
    "pollution": "9",  # 责任任务: 20 ÷ 20 = 100 %
    "battles": "25",  # 三大攻坚战: (8 + 9) ÷ (8 + 9) × 25 = 25
    "branches": "4.58",  # 11 ÷ 12 × 5 = 4.5833… → 4.58
    "integrity": "4",  # 5 − 2 × 0.5 = 4
    "inspection": "4",  # 18 ÷ 20 = 90 %, from 90 % on 80 % of 5 = 4
    "ideology": "4.5",  # 5 − 1 × 0.5 = 4.5; one occurrence, not three
    "party": "17.08",  # 党的建设: 4.58 + 4 + 4 + 4.5 = 17.08
    "petitions": "4.15",  # 83 ÷ 100 × 5 = 4.15
    "order": "5",
    "safety": "5",
    "stability": "14.15",  # 社会稳定和安全生产: 4.15 + 5 + 5 = 14.15
}
# 38.9 + 25 + 17.08 + 14.15 = 95.13, equal to 市审计局

FULL_MARKS = {
    "risks": "8",
    "poverty": "8",
    "pollution": "9",
    "battles": "25",
    "branches": "5",
    "integrity": "5",
    "inspection": "5",
    "ideology": "5",
    "party": "20",
    "petitions": "5",
    "order": "5",
    "safety": "5",
    "stability": "15",
}

CAIZHENG = FULL_MARKS | {
    "development/1": "25",  # 30 ÷ 25 × 25 = 30, at most full marks
    "development/2": "15",
    "development": "40",
}
# 40 + 25 + 20 + 15 = 100
# 扣分 1 (one matter found twice, the heavier finding counts): 99

NENGYUAN = FULL_MARKS | {
    "development/1": "32",  # 80 ÷ 100 × 40 = 32
    "development": "32",
}
# 32 + 25 + 20 + 15 = 92

WULIU = FULL_MARKS | {
    "development/1": "0",  # the target is 0: nothing, as the scheme says
    "development/2": "20",
    "development": "20",
    "pollution": "0",  # 责任任务: 14 ÷ 20 = 70 %, below 75 % nothing
    "battles": "16",  # 三大攻坚战: 8 + 8 + 0 = 16
}
# 20 + 16 + 20 + 15 = 71

DUCHA = {
    "development/1": None,
    "development": None,  # 市委督查室 would report on itself
    "risks": "7.2",  # 9 ÷ 10 × 8 = 7.2
    "poverty": "6",  # 6 ÷ 8 × 8 = 6
    "pollution": "7.2",  # 9 ÷ 10 = 90 %, from 90 % on 80 % of 9 = 7.2
    "battles": "20.4",  # 三大攻坚战: 7.2 + 6 + 7.2 = 20.4
    "branches": "5",  # 5 ÷ 5
    "integrity": "4.5",  # 5 − 1 × 0.5 = 4.5
    "inspection": "3",  # 17 ÷ 20 = 85 %, from 80 % on 60 % of 5 = 3
    "ideology": "4",  # 5 − 1 × 1 = 4
    "party": "16.5",  # 党的建设: 5 + 4.5 + 3 + 4 = 16.5
    "petitions": "5",  # 4 ÷ 4
    "order": "3",  # 5 − 1 × 2 = 3
    "safety": "5",
    "stability": "13",  # 社会稳定和安全生产: 5 + 3 + 5 = 13
}
# (20.4 + 16.5 + 13) ÷ (100 − 40) × 100 = 49.9 ÷ 60 × 100 = 83.1666… → 83.17

NODES = {
    "ZY": ZIYANG,
    "HS": HESHAN,
    "NX": NANXIAN,
    "SJ": SHENJI,
    "SW": SHANGWU,
    "CZ": CAIZHENG,
    "NY": NENGYUAN,
    "WL": WULIU,
    "DC": DUCHA,
}

# unit: total, place, grade. 优秀 needs 90 and a seat:
#   counties: 3 × 30 % = 0.9 → 1 seat; 经济发展类: 5 × 30 % = 1.5 → 2 seats; 党群类: 1 × 30 % = 0.3 → 0, at least 1
RESULTS = {
    "HS": ("97.7", 1, "优秀"),
    "ZY": ("90.16", 2, "良好"),  # above 90, but the only seat is taken
    "NX": ("59.78", 3, "不合格"),  # 64.78 would have been 合格
    "CZ": ("99", 1, "优秀"),
    "SJ": ("95.13", 2, "优秀"),  # equals at the cut are all in: three on two seats
    "SW": ("95.13", 2, "优秀"),
    "NY": ("92", 4, "良好"),  # above 90, no seat left
    "WL": ("71", 5, "合格"),
    "DC": ("83.17", 1, "良好"),  # the first and only one, but below 90
}

UP = {"excellent_staff_quota": "20%", "bonus_coefficient": "在平均水平基础上上浮 20% 发放"}
MIDDLE = {"excellent_staff_quota": "15%", "bonus_coefficient": "按平均水平发放"}
DOWN = {"excellent_staff_quota": "10%", "bonus_coefficient": "在平均水平基础上下浮 20% 发放"}
AWARD = {"comprehensive_award": "给予综合奖励"}
PROGRESS = {"progress_award": "给予进步奖励"}

# counties: first 30 % of 3 = 0.9 → 1; last 20 % = 0.6 → 1; last 10 % = 0.3 → nobody is talked to
# 经济发展类: first 30 % of 5 = 1.5 → 2; last 20 % = 1; last 10 % = 0.5 → 1
# 党群类: 30 %, 20 % and 10 % of 1 are nobody
USES: dict[str, dict[str, str]] = {
    "HS": UP | AWARD | PROGRESS,  # from place 2 to 1, the only rise
    "ZY": MIDDLE,
    "NX": DOWN  # 不合格 goes before the last place
    | {"improvement": "限期整改", "bonus_coefficient": "不予发放", "accountability": "对单位责任人诫勉谈话或调整岗位"},
    "CZ": UP | AWARD,
    "SJ": UP | AWARD | PROGRESS,  # from place 5 to 2; 市商务局 rose by 2 only
    "SW": UP | AWARD,
    "NY": MIDDLE,
    "WL": DOWN | {"improvement": "制定改进措施", "talk": "约谈单位责任人"},
    "DC": MIDDLE,
}


@pytest.fixture
def scored(tmp_path: Path) -> Scored:
    return Scored("yiyang-2018", tmp_path, **SHEETS)


@pytest.mark.parametrize("unit", NODES)
def test_every_node_has_the_points_of_the_pencil(scored: Scored, unit: str) -> None:
    assert scored.points(unit) == on_paper(NODES[unit])


@pytest.mark.parametrize("unit", RESULTS)
def test_total_place_and_grade_are_those_of_the_pencil(scored: Scored, unit: str) -> None:
    total, place, grade = RESULTS[unit]
    assert scored.total(unit) == Decimal(total)
    assert scored.place(unit) == place
    assert scored.grade(unit) == scored.earned(unit) == grade


@pytest.mark.parametrize("unit", USES)
def test_place_and_grade_bring_their_uses(scored: Scored, unit: str) -> None:
    assert scored.uses(unit) == USES[unit]


def test_one_matter_costs_once_and_deductions_stop_at_five(scored: Scored) -> None:
    # 1 (挪用项目资金, audited) + 0 (the same matter, supervised, 0.5) + 2 + 1 + 2 = 6, at most 5
    assert scored.deduction("NX") == (
        Decimal(5),
        {
            ("挪用项目资金", "audited"): Decimal(1),
            ("挪用项目资金", "supervised"): Decimal(0),
            ("违规占地", "toured"): Decimal(2),
            ("拖欠工程款", "supervised"): Decimal(1),
            ("洞庭湖矮围", "supervised"): Decimal(2),
        },
    )
    assert scored.deduction("CZ")[0] == Decimal(1)
    assert scored.deduction("ZY") == (Decimal(0), {})


@pytest.mark.parametrize(
    ("line", "instead", "leaf", "points"),
    [
        ("NX,hidden_debt,,2499", "2500", "hidden_debt", "1.5"),  # 2500 ÷ 5000 = 50 %, not below 50 %; × 3 = 1.5
        ("NX,ideology,mishandled,2", "1", "ideology", "2.5"),  # 4 − 1 × 1 − 1 × 0.5: two occurrences, not three
        ("WL,pollution,finished,14", "15", "pollution", "4.5"),  # 15 ÷ 20 = 75 %: 50 % of 9 from 75 % on
        ("WL,pollution,finished,14", "18", "pollution", "7.2"),  # 18 ÷ 20 = 90 %: 80 % of 9 from 90 % on
        ("ZY,integrity,warned,12", "10", "integrity", "3"),  # 10 × 0.1 = 1, just the most this kind costs
        ("ZY,integrity,warned,12", "9", "integrity", "3.1"),  # 4 − 9 × 0.1 = 3.1
        ("ZY,tax_share,,70.45", "82.45", "tax_share", "3"),  # mean 74.5; 2.4 + 7.95 × 0.1 = 3.195, at most 3
        ("NX,tax_share,,66.1", "48.1", "tax_share", "1.2"),  # mean 64.5; 2.4 − 16.4 × 0.1 = 0.76, at least 1.2
        ("HS,debt,,0", "85", "debt", "4"),  # less is better: 85 ÷ 85 × 4 = 4
    ],
)
def test_limits_and_thresholds_to_the_last_unit(
    tmp_path: Path, line: str, instead: str, leaf: str, points: str
) -> None:
    changed = without(READINGS, line) + f"\n{line.rpartition(',')[0]},{instead}"
    scored = Scored("yiyang-2018", tmp_path, **{**SHEETS, "readings": changed})
    assert scored.points(line[:2])[leaf] == Decimal(points)


def test_two_first_places_share_the_only_seat(tmp_path: Path) -> None:
    # 资阳 and a twin with the same facts are the only counties: 2 × 30 % = 0.6 → 1 seat for two first places.
    scored = Scored("yiyang-2018", tmp_path, units=TWINS, readings=_twice(READINGS), targets=_twice(TARGETS))
    # Everybody is equal now: gdp, industry, revenue and food get full marks, tax_share lies at the mean.
    # 90.16 + (5 − 4.15) + (4 − 2.51) + (4 − 3.54) + (3 − 2.85) + (2.4 − 2.4) = 93.11
    for unit in ("ZY", "ZX"):
        assert (scored.total(unit), scored.place(unit), scored.grade(unit)) == (Decimal("93.11"), 1, "优秀")


TWINS = """
unit,name,category
ZY,资阳区,区县（市）
ZX,资阳新区,区县（市）
"""


def _twice(sheet: str) -> str:
    """The rows of 资阳 alone, once for itself and once for its twin."""
    header, *rows = sheet.strip().splitlines()
    mine = [row.removeprefix("ZY") for row in rows if row.startswith("ZY,")]
    return "\n".join([header, *(unit + row for unit in ("ZY", "ZX") for row in mine)])


def test_a_missing_reading_stops_the_run_and_names_unit_and_leaf(tmp_path: Path) -> None:
    gone = without(without(READINGS, "HS,gdp,,640"), "SW,development/2,,是")
    with pytest.raises(Problems) as stopped:
        Scored("yiyang-2018", tmp_path, **{**SHEETS, "readings": gone})
    gdp, own = said(stopped.value)
    assert "HS 赫山区" in gdp
    assert "gdp 地区生产总值" in gdp
    assert "SW 市商务局" in own
    assert "development 高质量发展" in own
    assert "2 开展消费促进活动" in own


def test_a_missing_past_year_stops_the_run_too(tmp_path: Path) -> None:
    gone = without(TARGETS, "NX,crime,,,200,190,210")
    gone += "\nNX,crime,,,200,190,"
    with pytest.raises(Problems) as stopped:
        Scored("yiyang-2018", tmp_path, **{**SHEETS, "targets": gone})
    (one,) = said(stopped.value)
    assert "NX 南县" in one
    assert "crime 刑事案件立案数" in one


def test_an_own_list_that_does_not_add_up_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(Problems) as stopped:
        Scored(
            "yiyang-2018",
            tmp_path,
            **{
                **SHEETS,
                "own": without(OWN, "CZ,development,2,国库改革,15,办结"),
                "readings": without(READINGS, "CZ,development/2,,是"),
            },
        )
    (one,) = said(stopped.value)
    assert "CZ 市财政局" in one
    assert "合计 25，应为 40" in one
