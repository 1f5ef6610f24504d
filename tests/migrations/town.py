"""A small town in which everything that a cycle can know is known: no table of facts or judgements stays empty.

The product that has landed before reads and scores it just so: `landed.json` was made of it there.
"""

from __future__ import annotations

from pathlib import Path

from evaluation.actor import Actor
from evaluation.models import Cycle
from indicators.facts import load_facts
from indicators.selectors import plan_of, scheme_in_force
from indicators.services.schemes import load_scheme
from scoring.services.entering import enter_facts

CLERK = Actor("clerk", "test")
CODE = "town-2025"
SCHEME = """
language: 1
scheme: town
title: 小镇
source: 《小镇考评办法》
evaluations:
  - code: annual
    title: 年度考评
    full_marks: 100
    rounding: {leaf: 2, node: 2, panel: 2, total: 2}
    not_applicable: renormalise
    collectors: [考评办, 统计局]
    series: {province: 全省增速}
    special: {ecology: {name: 生态考核, grades: [合格, 不合格]}}
    factors: {scale: {name: 规模系数}}
    sets:
      counties: {name: 县区, categories: {east: 东部县, west: 西部县}}
      offices: {name: 部门, categories: {party: 党群部门, economy: 经济部门}}
    indicators:
      - {code: work, name: 重点工作, full_marks: 30, collector: 考评办, factor: scale, rule: judged, says: 由考评办核查}
      - code: growth
        name: 增速
        full_marks: 10
        collector: 统计局
        fact: {name: 增速, measure: "%", decimals: 1}
        rule: {base_steps: {to: {series: province}, base: 8, step: 0.5, up: 1, down: 1, count: completed, at_least: 0, at_most: 10}}
      - {code: tax, name: 税收, full_marks: 10, collector: 统计局, fact: {name: 税收, measure: 万元}, rule: {ratio: {to: target}}}
      - code: duties
        name: 自定职责
        full_marks: 20
        collector: 考评办
        own: {rules: {评分: judged, 完成: {ratio: {to: target}}}}
      - {code: ecology, name: 生态, full_marks: 10, evaluation: ecology}
      - code: voices
        name: 评议
        full_marks: 20
        panel:
          voters: 代表
          secrecy: anonymous
          method: {tiers: {好: 20, 中: 15, 差: 5}}
          not_counted: [不了解]
    bonus:
      at_most: 5
      highest_only: false
      by: decision
      standards: [{code: award, name: 表彰, levels: {省级: 2}}]
    deductions:
      at_most: 10
      highest_only: false
      lead_share: 60%
      standards:
        - {code: circular, name: 通报, levels: {市级: 2}}
        - {code: late, name: 迟报, lateness: {days: working, count: started, each: 0.5, at_most: 5}}
        - {code: upper, name: 上级扣分, passed_on: 0.5, at_most: 5}
    grades:
      - {name: 优秀, from: 90, quota: {share: 50%, rounding: up, ties: all_in}}
      - {name: 合格, from: 60}
      - {name: 不合格}
    veto: {effect: down_one, by: decision, grounds: [重大事故]}
    use:
      - {code: rise, name: 进步奖, by_rise: {first: 1, on: total, gives: 表扬}}
      - {code: prize, name: 奖金, for: offices, distribute: {pool: prize, by: total, persons: true}}
"""

SHEETS = {
    "单位": """
单位代码,单位名称,类别,分管领导,人数
E1,东一县,东部县,赵副市长,30
E2,东二县,东部县,钱副市长,20
W1,西一县,西部县,赵副市长,25
P1,宣传部,党群部门,孙常委,12
P2,组织部,党群部门,孙常委,14
Q1,发改委,经济部门,钱副市长,18
Q2,财政局,经济部门,钱副市长,16
""",
    "目标与基数": """
单位代码,指标代码,目标值
E1,tax,900
E2,tax,800
W1,tax,700
P1,tax,10
P2,tax,10
Q1,tax,300
Q2,tax,400
Q2,duties/1,20
""",
    "自定指标": """
单位代码,所属指标,代码,名称,分值,计分方法
E1,duties,1,修路,12,评分
E1,duties,2,办学,8,评分
E2,duties,1,治水,20,评分
W1,duties,1,植树,20,评分
P1,duties,1,宣讲,20,评分
P2,duties,1,选人,20,评分
Q1,duties,1,立项,20,评分
Q2,duties,1,收支,20,完成
""",
    "测评汇总": """
投票,单位代码,评价,票数
voices,E1,好,40
voices,E1,中,9
voices,E1,不了解,3
voices,E2,好,33
voices,E2,差,4
voices,W1,好,21
voices,W1,中,21
voices,P1,好,8
voices,P1,中,3
voices,P2,好,9
voices,P2,差,1
voices,Q1,好,7
voices,Q1,中,5
voices,Q2,中,12
""",
    "加分": """
单位代码,加分项,级别,事项,依据,日期,决定机构,决定文号
E1,award,省级,文明县城,省文明办〔2025〕3号,2025-06-01,领导小组,〔2025〕9号
P2,award,省级,先进集体,省委〔2025〕7号,2025-07-01,领导小组,〔2025〕9号
""",
    "扣分": """
单位代码,扣分项,级别,事项,依据,日期,责任,上级扣分,应报时间,实报时间,说明被采纳
E2,circular,市级,违建,市办〔2025〕4号,2025-05-02,牵头,,,,
Q1,circular,市级,违建,市办〔2025〕4号,2025-05-02,协办,,,,
W1,late,,季报,登记簿第 8 页,,,,2025-04-11 17:00,2025-04-16 09:00,
P1,late,,月报,登记簿第 9 页,,,,2025-09-30 17:00,2025-10-04 09:00,是
Q2,upper,,审计,省审计厅通报,,,1.5,,,
""",
    "工作日历": """
日期,安排,依据
2025-01-01,放假,放假通知
2025-04-14,放假,放假通知
2025-04-12,上班,放假通知
""",
    "等次调整": """
单位代码,事由,决定机构,决定文号
W1,重大事故,领导小组,〔2025〕11号
""",
    "外部数据": "代码,数值\nprovince,5.5\n",
    "系数": """
单位代码,系数,数值
E1,scale,0.98
E2,scale,1
W1,scale,1
P1,scale,1
P2,scale,0.95
Q1,scale,1.02
Q2,scale,1.005
""",
    "上年结果": "单位代码,总分,名次,等次,参评数\nE1,91.5,1,优秀,2\nQ2,,2,合格,2\n",
    "专项结果": """
单位代码,考评,总分,满分,等次
E1,ecology,95,100,合格
E2,ecology,88,100,合格
W1,ecology,70,100,合格
P1,ecology,90,100,合格
P2,ecology,91.5,100,合格
Q1,ecology,85,100,合格
Q2,ecology,59,100,不合格
""",
    "奖金总额": "代码,金额\nprize,100000\n",
    "人员": "单位代码,工号,姓名,系数\n"
    + "".join(f"{unit},{unit}-1,某{unit},1.2\n" for unit in ("P1", "P2", "Q1", "Q2")),
}  # fmt: skip
READINGS = """
单位,work,growth,tax,duties/1,duties/2
E1,29.5,6.1,950,11.5,8
E2,28,5.4,780,18,
W1,26.25,4.2,700,17.5,
P1,29,5.5,12,19,
P2,28.75,5.6,9,18.25,
Q1,29,7,310,19.5,
Q2,27,6,380,16,
"""


def town_cycle(folder: Path) -> Cycle:
    """The cycle with its facts entered, not yet scored."""
    [cycle] = load_scheme(text=SCHEME, file="town.yaml", year=2025, actor=CLERK)
    for name, text in {**SHEETS, "采集数据": _readings()}.items():
        (folder / f"{name}.csv").write_text(text.lstrip(), encoding="utf-8")
    facts, _ = load_facts(folder, plan_of(scheme_in_force(cycle)))
    enter_facts(cycle=cycle, facts=facts, source="town", actor=CLERK)
    return cycle


def _readings() -> str:
    (_, *leaves), *lines = (line.split(",") for line in READINGS.split())
    cells = ((unit, leaf, value) for unit, *values in lines for leaf, value in zip(leaves, values, strict=True))
    rows = [f"{unit},{leaf},{value},稍慢,核查表" for unit, leaf, value in cells if value]
    return "\n".join(["单位代码,指标代码,数值,失分原因,依据", *rows, ""])
