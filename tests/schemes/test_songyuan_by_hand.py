"""松原 worked by hand: three counties and three departments, from the single fact to total, place, grade and use.

Every figure was worked with a pencil from the scheme and its facts; none was copied from the engine. Rounding is half
up at two places at leaf, node, panel and total, and the rounded value goes on. `→` marks where it changes a figure.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from engine.text import Problems
from tests.schemes.facts_by_hand import Scored, on_paper, readings, said, targets, without

UNITS = """
unit,name,category
QG,前郭县,县（区）
CL,长岭县,县（区）
QA,乾安县,县（区）
RS,市人事局,社会管理和政务管理部门
JC,市监察局,社会管理和政务管理部门
ZJ,市质监局,市场监管和执法监管部门
"""

# 市人事局 collects `capacity` itself and has a substitute there: its reading counts like any other.
# 市监察局 collects `discipline` itself without a substitute: it has no reading there, and needs none.
READINGS = readings(
    """
indicator,fact,QG,CL,QA,RS,JC,ZJ
organised,,17,19,18,17,18,8
decomposed,,16.5,18,18,16,17,8
methods,,12,14,13,12,13,6
carriers,,12.5,14,14,12,12,6
daily,,13,14.5,14,12,13,6
related,,12.25,14,13,12,12,6
progress,,85.01,92,90,82.5,80,40
visits,,84,94.5,91,未抽中,85.5,45
self,,92,95,90,80.1,88,99
discipline,warned,1,无,0,0,,0
discipline,dismissed,1,无,0,0,,5
funds,,0.85,0.95,不涉及,1.8,1.9,0.5
meetings,absent,1,0,0,1,0,12
meetings,returned,2,1,0,0,2,9
capacity,,173,230,190,27,28,66
petitions,settled,47,0,9,35,0,10
petitions,received,50,0,12,40,0,25
proposals,satisfied,18,20,7,不涉及,17,13
proposals,handled,20,20,10,不涉及,20,20
hotline,overdue,1,0,2,1,1,3
hotline,off_duty,0,1,0,0,1,2
law,,0.8,0.9,0.85,2.4,2.5,1
education,,0.75,0.9,0.8,1.6,1.7,0.5
key/1,,34.5,46,27.5,26.53,32.17,30
key/2,,25,36.5,26.75,17,19,
key/3,,16.25,,27,10,,
""",
    """
indicator,fact,QG,CL,QA
safety,accident,2,无,1
safety,grave,0,无,1
""",
)

TARGETS = targets(
    """
indicator,fact,known,QG,CL,QA,RS,JC,ZJ
capacity,,target,200,200,200,32,30,60
"""
)

# Own key goals: 90 points for a county, 80 for a department.
OWN = """
unit,node,code,name,full_marks
QG,key,1,粮食增产,40
QG,key,2,招商引资,30
QG,key,3,城镇建设,20
CL,key,1,工业项目,50
CL,key,2,农村道路,40
QA,key,1,油田服务,30
QA,key,2,盐碱地改良,30
QA,key,3,扶贫开发,30
RS,key,1,公务员培训,40
RS,key,2,人才引进,25
RS,key,3,军转安置,15
JC,key,1,效能监察,50
JC,key,2,软环境建设,30
ZJ,key,1,产品质量监督,80
"""

SUBJECTS = """
panel,voter,unit
vice_mayors,张副市长,RS
vice_mayors,张副市长,ZJ
vice_mayors,李副市长,RS
vice_mayors,李副市长,ZJ
vice_mayors,周副市长,RS
deputies,王副秘书长,RS
deputies,王副秘书长,JC
deputies,王副秘书长,ZJ
deputies,赵副秘书长,JC
deputies,赵副秘书长,ZJ
"""

BALLOTS = """
panel,voter,unit,answer
mayor,市长,QG,第二等次
mayor,市长,CL,第二等次
mayor,市长,QA,第一等次
mayor,市长,RS,第三等次
mayor,市长,JC,第二等次
mayor,市长,ZJ,第三等次
vice_mayors,张副市长,QG,第二等次
vice_mayors,李副市长,QG,第三等次
vice_mayors,周副市长,QG,第二等次
vice_mayors,张副市长,CL,第一等次
vice_mayors,李副市长,CL,第二等次
vice_mayors,周副市长,CL,第二等次
vice_mayors,张副市长,QA,第一等次
vice_mayors,李副市长,QA,第一等次
vice_mayors,周副市长,QA,第二等次
vice_mayors,张副市长,RS,1
vice_mayors,张副市长,ZJ,2
vice_mayors,李副市长,RS,2
vice_mayors,李副市长,ZJ,1
vice_mayors,周副市长,RS,1
deputies,王副秘书长,QG,第二等次
deputies,赵副秘书长,QG,第三等次
deputies,王副秘书长,CL,第一等次
deputies,赵副秘书长,CL,第二等次
deputies,王副秘书长,QA,第一等次
deputies,赵副秘书长,QA,第一等次
deputies,王副秘书长,JC,1
deputies,王副秘书长,ZJ,2
deputies,王副秘书长,RS,3
deputies,赵副秘书长,ZJ,1
deputies,赵副秘书长,JC,2
"""

TALLIES = """
panel,unit,answer,count
organs,QG,满意,9
organs,QG,基本满意,4
organs,QG,不满意,3
organs,QG,不了解,4
organs,CL,满意,18
organs,CL,基本满意,2
organs,QA,满意,20
organs,QA,无效,1
organs,RS,满意,10
organs,RS,基本满意,6
organs,RS,不满意,4
organs,JC,满意,8
organs,JC,基本满意,6
organs,JC,不满意,6
organs,ZJ,满意,2
organs,ZJ,基本满意,6
organs,ZJ,不满意,12
society,QG,满意,60
society,QG,基本满意,30
society,QG,不满意,10
society,CL,满意,90
society,CL,基本满意,8
society,CL,不满意,2
society,QA,满意,95
society,QA,基本满意,5
society,RS,满意,70
society,RS,基本满意,20
society,RS,不满意,10
society,JC,满意,60
society,JC,基本满意,30
society,JC,不满意,10
society,ZJ,满意,10
society,ZJ,基本满意,40
society,ZJ,不满意,50
"""

BONUSES = """
unit,standard,level,matter,document
QG,innovation,国家级,盐碱地种稻,国科发〔2010〕1号
QG,circulated,国家级,盐碱地种稻,农办发〔2010〕2号
QG,commendation,国家级,双拥模范县,国拥发〔2010〕3号
QG,top_ranking,省级,粮食产量评比,吉农发〔2010〕4号
ZJ,commendation,市级,文明单位,松文明发〔2010〕5号
ZJ,circulated,省级,特种设备普查,吉质监发〔2010〕6号
"""

MOVES = """
unit,ground,body,decision
QG,单位工作发生重大失误，造成重大损失或影响,市绩效评估委员会,松绩评〔2011〕3号
CL,单位工作发生重大失误，造成重大损失或影响,,
ZJ,班子成员或公务员违法犯罪、严重违纪被查处,市绩效评估委员会,松绩评〔2011〕4号
"""

SHEETS = {
    "units": UNITS,
    "readings": READINGS,
    "targets": TARGETS,
    "own": OWN,
    "subjects": SUBJECTS,
    "ballots": BALLOTS,
    "tallies": TALLIES,
    "bonuses": BONUSES,
    "moves": MOVES,
}

QIANGUO = {
    "organised": "17",
    "decomposed": "16.5",
    "methods": "12",
    "carriers": "12.5",
    "daily": "13",
    "related": "12.25",
    "basic": "83.25",  # 基础工作: 17 + 16.5 + 12 + 12.5 + 13 + 12.25 = 83.25
    "progress": "85.01",
    "visits": "84",
    "tracking": "84.51",  # 跟踪评估: (85.01 × 3 + 84 × 3) ÷ 6 = 84.505 → 84.51, an exact half
    "self": "92",
    "discipline": "0.3",  # 遵纪守法: 1 − 1 × 0.2 − 1 × 0.5 = 0.3
    "funds": "0.85",
    "meetings": "0.7",  # 会风文风: 1 − 1 × 0.1 − 2 × 0.1 = 0.7
    "clean": "1.85",  # 廉政和政风: 0.3 + 0.85 + 0.7 = 1.85
    "capacity": "0.87",  # 能力建设: 173 ÷ 200 × 1 = 0.865 → 0.87, an exact half
    "petitions": "0.94",  # 信访: 47 ÷ 50 = 94 %; × 1 = 0.94
    "proposals": "0.8",  # 议案提案: 18 ÷ 20 = 90 %, from 85 % on 80 % of 1 = 0.8
    "hotline": "0.8",  # 市长公开电话: 1 − 1 × 0.2 − 0 × 0.5 = 0.8
    "responsible": "2.54",  # 责任政府: 0.94 + 0.8 + 0.8 = 2.54
    "law": "0.8",
    "education": "0.75",
    "lawful": "1.55",  # 法制政府: 0.8 + 0.75 = 1.55
    "safety": "0.6",  # 安全生产: 1 − 2 × 0.2 − 0 × 1 = 0.6
    "common": "7.41",  # 共性目标: 1.85 + 0.87 + 2.54 + 1.55 + 0.6 = 7.41 of 10
    "organs": "85.63",  # 机关评议: (9 × 100 + 4 × 80 + 3 × 50) ÷ 16 = 85.625 → 85.63; four 不了解 do not count
    "society": "89",  # 社会各界: (60 × 100 + 30 × 80 + 10 × 50) ÷ 100 = 89
    "democratic": "87.2",  # 民主评估: (85.63 × 8 + 89 × 7) ÷ 15 = 1308.04 ÷ 15 = 87.2026… → 87.20
    "key/1": "34.5",
    "key/2": "25",
    "key/3": "16.25",
    "key": "75.75",  # 重点目标: 34.5 + 25 + 16.25 = 75.75 of 90
    "mayor": "90",  # 市长: 第二等次
    "vice_mayors": "86.67",  # 副市长: (90 + 80 + 90) ÷ 3 = 86.666… → 86.67
    "deputies": "85",  # 副秘书长: (90 + 80) ÷ 2 = 85
    "leaders": "88.06",  # 领导: (90 × 15 + 86.67 × 10 + 85 × 5) ÷ 30 = 2641.7 ÷ 30 = 88.0566… → 88.06
}
# 83.25 × 3 %           =  2.4975
# 84.51 × 6 %           =  5.0706
# 92    × 1 %           =  0.92
#  7.41 ÷ 10 × 9        =  6.669
# 87.2  × 15 %          = 13.08
# 75.75 ÷ 90 × 36       = 30.3
# 88.06 × 30 %          = 26.418
#                    sum  84.9551
# 加分 5 (3 + 2 + 1 = 6, at most 5)  89.9551 → 89.96: 良好 (with the sixth point it would have been 优秀)

CHANGLING = {
    "organised": "19",
    "decomposed": "18",
    "methods": "14",
    "carriers": "14",
    "daily": "14.5",
    "related": "14",
    "basic": "93.5",  # 基础工作: 19 + 18 + 14 + 14 + 14.5 + 14 = 93.5
    "progress": "92",
    "visits": "94.5",
    "tracking": "93.25",  # 跟踪评估: (92 × 3 + 94.5 × 3) ÷ 6 = 93.25
    "self": "95",
    "discipline": "1",  # 遵纪守法: nothing happened
    "funds": "0.95",
    "meetings": "0.9",  # 会风文风: 1 − 0 × 0.1 − 1 × 0.1 = 0.9
    "clean": "2.85",  # 廉政和政风: 1 + 0.95 + 0.9 = 2.85
    "capacity": "1",  # 能力建设: 230 ÷ 200 × 1 = 1.15, at most full marks
    "petitions": "1",  # 信访: nothing received counts as 100 %
    "proposals": "1",  # 议案提案: 20 ÷ 20 = 100 %, from 95 % on full marks
    "hotline": "0.5",  # 市长公开电话: 1 − 0 × 0.2 − 1 × 0.5 = 0.5
    "responsible": "2.5",  # 责任政府: 1 + 1 + 0.5 = 2.5
    "law": "0.9",
    "education": "0.9",
    "lawful": "1.8",  # 法制政府: 0.9 + 0.9 = 1.8
    "safety": "1",  # 安全生产: nothing happened
    "common": "9.15",  # 共性目标: 2.85 + 1 + 2.5 + 1.8 + 1 = 9.15
    "organs": "98",  # 机关评议: (18 × 100 + 2 × 80) ÷ 20 = 98
    "society": "97.4",  # 社会各界: (90 × 100 + 8 × 80 + 2 × 50) ÷ 100 = 97.4
    "democratic": "97.72",  # 民主评估: (98 × 8 + 97.4 × 7) ÷ 15 = 1465.8 ÷ 15 = 97.72
    "key/1": "46",
    "key/2": "36.5",
    "key": "82.5",  # 重点目标: 46 + 36.5 = 82.5
    "mayor": "90",
    "vice_mayors": "93.33",  # 副市长: (100 + 90 + 90) ÷ 3 = 93.333… → 93.33
    "deputies": "95",  # 副秘书长: (100 + 90) ÷ 2 = 95
    "leaders": "91.94",  # 领导: (90 × 15 + 93.33 × 10 + 95 × 5) ÷ 30 = 2758.3 ÷ 30 = 91.9433… → 91.94
}
# 93.5  × 3 %           =  2.805
# 93.25 × 6 %           =  5.595
# 95    × 1 %           =  0.95
#  9.15 ÷ 10 × 9        =  8.235
# 97.72 × 15 %          = 14.658
# 82.5  ÷ 90 × 36       = 33
# 91.94 × 30 %          = 27.582
#                    sum  92.825 → 92.83, an exact half: 优秀

QIANAN = {
    "organised": "18",
    "decomposed": "18",
    "methods": "13",
    "carriers": "14",
    "daily": "14",
    "related": "13",
    "basic": "90",  # 基础工作: 18 + 18 + 13 + 14 + 14 + 13 = 90
    "progress": "90",
    "visits": "91",
    "tracking": "90.5",  # 跟踪评估: (90 × 3 + 91 × 3) ÷ 6 = 90.5
    "self": "90",
    "discipline": "1",
    "funds": None,  # 专项资金: 不涉及
    "meetings": "1",
    "clean": "3",  # 廉政和政风: (1 + 1) ÷ (1 + 1) × 3 = 3, 专项资金 left out
    "capacity": "0.95",  # 能力建设: 190 ÷ 200 × 1 = 0.95
    "petitions": "0.75",  # 信访: 9 ÷ 12 = 75 %; × 1 = 0.75
    "proposals": "0.5",  # 议案提案: 7 ÷ 10 = 70 %, from 70 % on 50 % of 1 = 0.5
    "hotline": "0.6",  # 市长公开电话: 1 − 2 × 0.2 = 0.6
    "responsible": "1.85",  # 责任政府: 0.75 + 0.5 + 0.6 = 1.85
    "law": "0.85",
    "education": "0.8",
    "lawful": "1.65",  # 法制政府: 0.85 + 0.8 = 1.65
    "safety": "0",  # 安全生产: 1 − 1 × 0.2 − 1 × 1 = −0.2, not below 0
    "common": "7.45",  # 共性目标: 3 + 0.95 + 1.85 + 1.65 + 0 = 7.45
    "organs": "100",  # 机关评议: 20 × 100 ÷ 20 = 100; the void ballot does not count
    "society": "99",  # 社会各界: (95 × 100 + 5 × 80) ÷ 100 = 99
    "democratic": "99.53",  # 民主评估: (100 × 8 + 99 × 7) ÷ 15 = 1493 ÷ 15 = 99.5333… → 99.53
    "key/1": "27.5",
    "key/2": "26.75",
    "key/3": "27",
    "key": "81.25",  # 重点目标: 27.5 + 26.75 + 27 = 81.25
    "mayor": "100",
    "vice_mayors": "96.67",  # 副市长: (100 + 100 + 90) ÷ 3 = 96.666… → 96.67
    "deputies": "100",
    "leaders": "98.89",  # 领导: (100 × 15 + 96.67 × 10 + 100 × 5) ÷ 30 = 2966.7 ÷ 30 = 98.89
}
# 90    × 3 %           =  2.7
# 90.5  × 6 %           =  5.43
# 90    × 1 %           =  0.9
#  7.45 ÷ 10 × 9        =  6.705
# 99.53 × 15 %          = 14.9295
# 81.25 ÷ 90 × 36       = 32.5
# 98.89 × 30 %          = 29.667
#                    sum  92.8315 → 92.83: 优秀, equal to 长岭 after rounding

RENSHI = {
    "organised": "17",
    "decomposed": "16",
    "methods": "12",
    "carriers": "12",
    "daily": "12",
    "related": "12",
    "basic": "81",  # 基础工作: 17 + 16 + 12 × 4 = 81
    "progress": "82.5",
    "visits": None,  # 实地踏查: 未抽中
    "tracking": "82.5",  # 跟踪评估: 82.5 × 3 ÷ 3 = 82.5, the weight of the visits goes to 定期调度
    "self": "80.1",
    "discipline": "2",
    "funds": "1.8",
    "meetings": "1.9",  # 会风文风: 2 − 1 × 0.1 = 1.9
    "clean": "5.7",  # 廉政和政风: 2 + 1.8 + 1.9 = 5.7
    "capacity": "2.53",  # 能力建设: 27 ÷ 32 × 3 = 2.53125 → 2.53, read by its substitute 市政府办公室
    "petitions": "1.75",  # 信访: 35 ÷ 40 × 2 = 1.75
    "proposals": None,  # 议案提案: 不涉及
    "hotline": "1.8",  # 市长公开电话和应急值守: 2 − 1 × 0.2 = 1.8
    "responsible": "5.33",  # 责任政府: (1.75 + 1.8) ÷ (2 + 2) × 6 = 5.325 → 5.33, an exact half
    "law": "2.4",
    "education": "1.6",
    "lawful": "4",  # 法制政府: 2.4 + 1.6 = 4
    "common": "17.56",  # 共性目标: 5.7 + 2.53 + 5.33 + 4 = 17.56 of 20; departments have no 安全生产
    "organs": "84",  # 机关评议: (10 × 100 + 6 × 80 + 4 × 50) ÷ 20 = 84
    "society": "91",  # 社会各界: (70 × 100 + 20 × 80 + 10 × 50) ÷ 100 = 91
    "democratic": "87.27",  # 民主评估: (84 × 8 + 91 × 7) ÷ 15 = 1309 ÷ 15 = 87.2666… → 87.27
    "key/1": "26.53",
    "key/2": "17",
    "key/3": "10",
    "key": "53.53",  # 重点目标: 26.53 + 17 + 10 = 53.53 of 80
    "mayor": "80",  # 市长: 第三等次
    "vice_mayors": "99.33",  # 副市长: places 1, 2, 1 → (100 + 98 + 100) ÷ 3 = 99.333… → 99.33
    "deputies": "96",  # 副秘书长: on one list, place 3
    "leaders": "89.11",  # 领导: (80 × 15 + 99.33 × 10 + 96 × 5) ÷ 30 = 2673.3 ÷ 30 = 89.11
}
# 81    × 3 %           =  2.43
# 82.5  × 6 %           =  4.95
# 80.1  × 1 %           =  0.801
# 17.56 ÷ 20 × 9        =  7.902
# 87.27 × 15 %          = 13.0905
# 53.53 ÷ 80 × 36       = 24.0885
# 89.11 × 30 %          = 26.733
#                    sum  79.995 → 80.00, an exact half: 良好, for the line is held against the rounded total

JIANCHA = {
    "organised": "18",
    "decomposed": "17",
    "methods": "13",
    "carriers": "12",
    "daily": "13",
    "related": "12",
    "basic": "85",  # 基础工作: 18 + 17 + 13 + 12 + 13 + 12 = 85
    "progress": "80",
    "visits": "85.5",
    "tracking": "82.75",  # 跟踪评估: (80 × 3 + 85.5 × 3) ÷ 6 = 82.75
    "self": "88",
    "discipline": None,  # 遵纪守法: 市监察局 would report on itself
    "funds": "1.9",
    "meetings": "1.8",  # 会风文风: 2 − 2 × 0.1 = 1.8
    "clean": "5.55",  # 廉政和政风: (1.9 + 1.8) ÷ (2 + 2) × 6 = 5.55
    "capacity": "2.8",  # 能力建设: 28 ÷ 30 × 3 = 2.8
    "petitions": "2",  # 信访: nothing received counts as 100 %
    "proposals": "1.6",  # 议案提案: 17 ÷ 20 = 85 %, from 85 % on 80 % of 2 = 1.6
    "hotline": "1.3",  # 市长公开电话和应急值守: 2 − 1 × 0.2 − 1 × 0.5 = 1.3
    "responsible": "4.9",  # 责任政府: 2 + 1.6 + 1.3 = 4.9
    "law": "2.5",
    "education": "1.7",
    "lawful": "4.2",  # 法制政府: 2.5 + 1.7 = 4.2
    "common": "17.45",  # 共性目标: 5.55 + 2.8 + 4.9 + 4.2 = 17.45
    "organs": "79",  # 机关评议: (8 × 100 + 6 × 80 + 6 × 50) ÷ 20 = 79
    "society": "89",  # 社会各界: (60 × 100 + 30 × 80 + 10 × 50) ÷ 100 = 89
    "democratic": "83.67",  # 民主评估: (79 × 8 + 89 × 7) ÷ 15 = 1255 ÷ 15 = 83.6666… → 83.67
    "key/1": "32.17",
    "key/2": "19",
    "key": "51.17",  # 重点目标: 32.17 + 19 = 51.17
    "mayor": "90",
    "vice_mayors": None,  # 副市长: on nobody's list
    "deputies": "99",  # 副秘书长: places 1, 2 → (100 + 98) ÷ 2 = 99
    "leaders": "92.25",  # 领导: (90 × 15 + 99 × 5) ÷ (15 + 5) = 1845 ÷ 20 = 92.25
}
# 85    × 3 %           =  2.55
# 82.75 × 6 %           =  4.965
# 88    × 1 %           =  0.88
# 17.45 ÷ 20 × 9        =  7.8525
# 83.67 × 15 %          = 12.5505
# 51.17 ÷ 80 × 36       = 23.0265
# 92.25 × 30 %          = 27.675
#                    sum  79.4995 → 79.50: 一般, the figure that falls between 60–79 and 80 in the document

ZHIJIAN = {
    "organised": "8",
    "decomposed": "8",
    "methods": "6",
    "carriers": "6",
    "daily": "6",
    "related": "6",
    "basic": "40",  # 基础工作: 8 × 2 + 6 × 4 = 40
    "progress": "40",
    "visits": "45",
    "tracking": "42.5",  # 跟踪评估: (40 × 3 + 45 × 3) ÷ 6 = 42.5
    "self": "99",
    "discipline": "0",  # 遵纪守法: 2 − 5 × 0.5 = −0.5, not below 0
    "funds": "0.5",
    "meetings": "0",  # 会风文风: 2 − 12 × 0.1 − 9 × 0.1 = −0.1, not below 0
    "clean": "0.5",  # 廉政和政风: 0 + 0.5 + 0 = 0.5
    "capacity": "3",  # 能力建设: 66 ÷ 60 × 3 = 3.3, at most full marks
    "petitions": "0.8",  # 信访: 10 ÷ 25 × 2 = 0.8
    "proposals": "0",  # 议案提案: 13 ÷ 20 = 65 %, below 70 % nothing
    "hotline": "0.4",  # 市长公开电话和应急值守: 2 − 3 × 0.2 − 2 × 0.5 = 0.4
    "responsible": "1.2",  # 责任政府: 0.8 + 0 + 0.4 = 1.2
    "law": "1",
    "education": "0.5",
    "lawful": "1.5",  # 法制政府: 1 + 0.5 = 1.5
    "common": "6.2",  # 共性目标: 0.5 + 3 + 1.2 + 1.5 = 6.2
    "organs": "64",  # 机关评议: (2 × 100 + 6 × 80 + 12 × 50) ÷ 20 = 64
    "society": "67",  # 社会各界: (10 × 100 + 40 × 80 + 50 × 50) ÷ 100 = 67
    "democratic": "65.4",  # 民主评估: (64 × 8 + 67 × 7) ÷ 15 = 981 ÷ 15 = 65.4
    "key/1": "30",
    "key": "30",
    "mayor": "80",
    "vice_mayors": "99",  # 副市长: places 2, 1 → (98 + 100) ÷ 2 = 99
    "deputies": "99",  # 副秘书长: places 2, 1 → 99
    "leaders": "89.5",  # 领导: (80 × 15 + 99 × 10 + 99 × 5) ÷ 30 = 2685 ÷ 30 = 89.5
}
# 40    × 3 %           =  1.2
# 42.5  × 6 %           =  2.55
# 99    × 1 %           =  0.99
#  6.2  ÷ 20 × 9        =  2.79
# 65.4  × 15 %          =  9.81
# 30    ÷ 80 × 36       = 13.5
# 89.5  × 30 %          = 26.85
#                    sum  57.69
# 加分 0.5 + 1             59.19: 较差

NODES = {"QG": QIANGUO, "CL": CHANGLING, "QA": QIANAN, "RS": RENSHI, "JC": JIANCHA, "ZJ": ZHIJIAN}

# unit: exact total, total, place, grade by the total, final grade
RESULTS = {
    "QG": ("89.9551", "89.96", 3, "良好", "一般"),  # the committee decided: one grade lower
    "CL": ("92.825", "92.83", 1, "优秀", "优秀"),  # the veto is only proposed
    "QA": ("92.8315", "92.83", 1, "优秀", "优秀"),  # 1, 1, 3: a tie on the rounded total
    "RS": ("79.995", "80.00", 1, "良好", "良好"),
    "JC": ("79.4995", "79.50", 2, "一般", "一般"),
    "ZJ": ("59.19", "59.19", 1, "较差", "较差"),  # alone in its category; the lowest grade stays
}

CRITICISED = "通报批评、限期整改、对主要领导进行诫勉谈话"
USES: dict[str, dict[str, str]] = {
    "QG": {},
    "CL": {},
    "QA": {},
    "RS": {"excellent_staff_quota": "18%"},
    "JC": {"excellent_staff_quota": "16%"},
    "ZJ": {"excellent_staff_quota": "14%", "accountability": CRITICISED},
}


@pytest.fixture
def scored(tmp_path: Path) -> Scored:
    return Scored("songyuan", tmp_path, **SHEETS)


@pytest.mark.parametrize("unit", NODES)
def test_every_node_has_the_points_of_the_pencil(scored: Scored, unit: str) -> None:
    assert scored.points(unit) == on_paper(NODES[unit])


@pytest.mark.parametrize("unit", RESULTS)
def test_total_place_and_grade_are_those_of_the_pencil(scored: Scored, unit: str) -> None:
    exact, total, place, earned, final = RESULTS[unit]
    assert scored.exact_total(unit) == Decimal(exact)
    assert scored.total(unit) == Decimal(total)
    assert scored.place(unit) == place
    assert scored.earned(unit) == earned
    assert scored.grade(unit) == final


@pytest.mark.parametrize("unit", USES)
def test_the_grade_brings_its_uses_and_counties_have_no_staff_quota(scored: Scored, unit: str) -> None:
    assert scored.uses(unit) == USES[unit]


def test_one_matter_counts_once_and_bonuses_stop_at_five(scored: Scored) -> None:
    # 3 (盐碱地种稻, innovation) + 0 (the same matter, circulated, 1.5) + 2 + 1 = 6, at most 5
    assert scored.bonus("QG") == (
        Decimal(5),
        {
            ("盐碱地种稻", "innovation"): Decimal(3),
            ("盐碱地种稻", "circulated"): Decimal(0),
            ("双拥模范县", "commendation"): Decimal(2),
            ("粮食产量评比", "top_ranking"): Decimal(1),
        },
    )
    assert scored.bonus("ZJ")[0] == Decimal("1.5")  # 0.5 + 1
    assert scored.bonus("CL") == (Decimal(0), {})


def test_a_decision_turns_the_proposed_veto_into_one_grade_less(tmp_path: Path) -> None:
    decided = MOVES.replace("影响,,", "影响,市绩效评估委员会,松绩评〔2011〕5号")
    scored = Scored("songyuan", tmp_path, **{**SHEETS, "moves": decided})
    assert (scored.earned("CL"), scored.grade("CL")) == ("优秀", "良好")
    assert (scored.total("CL"), scored.place("CL")) == (Decimal("92.83"), 1)  # a veto moves neither points nor places


def test_without_the_decision_the_grade_of_the_total_stays(tmp_path: Path) -> None:
    proposed = MOVES.replace("市绩效评估委员会,松绩评〔2011〕3号", ",")
    scored = Scored("songyuan", tmp_path, **{**SHEETS, "moves": proposed})
    assert (scored.earned("QG"), scored.grade("QG")) == ("良好", "良好")


@pytest.mark.parametrize(
    ("line", "instead", "leaf", "points"),
    [
        ("QG,proposals,satisfied,18", "19", "proposals", "1"),  # 19 ÷ 20 = 95 %: full marks from 95 % on
        ("QG,proposals,satisfied,18", "16", "proposals", "0.5"),  # 16 ÷ 20 = 80 %: 50 % of 1
        ("ZJ,proposals,satisfied,13", "14", "proposals", "1"),  # 14 ÷ 20 = 70 %: 50 % of 2 from 70 % on
        ("ZJ,discipline,dismissed,5", "4", "discipline", "0"),  # 2 − 4 × 0.5 = 0
        ("ZJ,discipline,dismissed,5", "3", "discipline", "0.5"),  # 2 − 3 × 0.5 = 0.5
    ],
)
def test_a_threshold_belongs_to_the_step_above_it(
    tmp_path: Path, line: str, instead: str, leaf: str, points: str
) -> None:
    changed = without(READINGS, line) + f"\n{line.rpartition(',')[0]},{instead}"
    scored = Scored("songyuan", tmp_path, **{**SHEETS, "readings": changed})
    assert scored.points(line[:2])[leaf] == Decimal(points)


def test_not_drawn_is_an_answer_only_where_a_sample_is_drawn(tmp_path: Path) -> None:
    changed = without(READINGS, "RS,progress,,82.5") + "\nRS,progress,,未抽中"
    with pytest.raises(Problems) as stopped:
        Scored("songyuan", tmp_path, **{**SHEETS, "readings": changed})
    (one,) = said(stopped.value)
    assert "RS 市人事局" in one
    assert "progress 定期调度" in one


def test_a_collector_without_substitute_cannot_report_on_itself(tmp_path: Path) -> None:
    itself = READINGS + "JC,discipline,warned,0\n"
    with pytest.raises(Problems) as refused:
        Scored("songyuan", tmp_path, **{**SHEETS, "readings": itself})
    assert said(refused.value) == ["采集单位“市监察局”不能给自己报数；请填 不涉及"]


def test_a_missing_reading_stops_the_run_and_names_unit_and_leaf(tmp_path: Path) -> None:
    gone = without(without(READINGS, "CL,funds,,0.95"), "RS,key/2,,17")
    with pytest.raises(Problems) as stopped:
        Scored("songyuan", tmp_path, **{**SHEETS, "readings": gone})
    funds, key = said(stopped.value)
    assert "CL 长岭县" in funds
    assert "funds 专项资金使用" in funds
    assert "RS 市人事局" in key
    assert "key 重点工作目标" in key
    assert "2 人才引进" in key


def test_half_of_a_reading_is_a_missing_reading(tmp_path: Path) -> None:
    with pytest.raises(Problems) as stopped:
        Scored("songyuan", tmp_path, **{**SHEETS, "readings": without(READINGS, "ZJ,hotline,off_duty,2")})
    (one,) = said(stopped.value)
    assert "ZJ 市质监局" in one
    assert "hotline 市长公开电话办理和应急值守" in one


def test_a_unit_without_a_single_ballot_stops_the_run(tmp_path: Path) -> None:
    gone = "\n".join(line for line in TALLIES.strip().splitlines() if not line.startswith("society,QA,"))
    with pytest.raises(Problems) as stopped:
        Scored("songyuan", tmp_path, **{**SHEETS, "tallies": gone})
    (one,) = said(stopped.value)
    assert "QA 乾安县" in one
    assert "society 社会各界评议" in one
