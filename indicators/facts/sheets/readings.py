"""The units, what is known before the year, what is collected, and own indicators."""

from __future__ import annotations

from engine.text import Text
from indicators.facts.sheets.column import (
    ASSESSOR,
    DOCUMENT,
    FACT,
    FACT_NAME,
    INDICATOR,
    INDICATOR_NAME,
    MEASURE,
    PERIOD,
    UNIT,
    UNIT_NAME,
    Sheet,
    filled,
    free,
    needed,
    shown,
)

UNITS = Sheet(
    "units",
    Text("单位", "Units"),
    (
        filled(
            "unit",
            ("单位代码", "Unit"),
            "code",
            (
                "自己编，不重复，不用全角字符，如 C01；其他各表用它指单位",
                "of your own, each once: C01; other sheets use it",
            ),
        ),
        filled("name", ("单位名称", "Unit name"), "text", ("单位的名称，不重复", "the name of the unit, each once")),
        filled(
            "category",
            ("类别", "Category"),
            "text",
            ("方案里的类别，从列表里选", "a category of the scheme, from the list"),
        ),
        free(
            "leader",
            ("分管领导", "Leader in charge"),
            "text",
            ("可以空着；写进失分清单", "may be empty; told with lost points"),
        ),
        free(
            "parent",
            ("主管部门", "Supervising department"),
            "text",
            (
                "二级单位的主管部门名称，其他单位空着；写进排名",
                "the name of the department over a second-tier unit, empty for others; told in the ranking",
            ),
        ),
        free(
            "listed_separately",
            ("单列", "Listed separately"),
            "yes_no",
            (
                "是 或 否，空着即否；单列单位计分、定等次，不参加排名和名额",
                "yes or no, empty is no: scored and graded, outside ranking and quota",
            ),
        ),
        free(
            "headcount",
            ("人数", "Headcount"),
            "count",
            ("单位的人数，按人数计算的结果运用要用", "how many persons the unit has; for results counted by heads"),
        ),
        free(
            "groups",
            ("分组", "Groups"),
            "text",
            (
                "方案里的分组名称，属于几个的用顿号隔开，如 山区县、边境县；不属于任何分组的空着",
                "the groups of the scheme to which the unit belongs, with 、 between them; empty for none",
            ),
        ),
    ),
    ("unit",),
    Text("参加评估的单位，每个单位一行", "the evaluated units, one row each"),
)

_SOURCES = (
    ("target", "目标值", "Target"),
    ("stretch", "挑战值", "Stretch"),
    ("baseline", "基数", "Baseline"),
    ("last_year", "上年值", "Last year"),
    ("two_years_ago", "前年值", "Two years ago"),
    ("three_years_ago", "大前年值", "Three years ago"),
)
_SOURCE_NOTE = (
    "写数；深灰色的格子这个指标不用，要空着",
    "a number; dark grey cells are not used by the indicator and stay empty",
)
TARGETS = Sheet(
    "targets",
    Text("目标与基数", "Targets"),
    (
        UNIT,
        UNIT_NAME,
        INDICATOR,
        INDICATOR_NAME,
        FACT,
        FACT_NAME,
        PERIOD,
        MEASURE,
        *(free(key, (zh, en), "number", _SOURCE_NOTE) for key, zh, en in _SOURCES),
    ),
    ("unit", "indicator", "fact", "period"),
    Text("年初就知道的数：目标值、基数和往年值", "what is known before the year: targets, baselines, past years"),
)

READINGS = Sheet(
    "readings",
    Text("采集数据", "Readings"),
    (
        UNIT,
        UNIT_NAME,
        INDICATOR,
        INDICATOR_NAME,
        FACT,
        FACT_NAME,
        PERIOD,
        ASSESSOR,
        MEASURE,
        shown(
            "full_marks",
            ("满分", "Full marks"),
            ("提示用：评分的指标，数值在 0 和满分之间", "for people: judged points lie between 0 and this"),
        ),
        needed(
            "value",
            ("数值", "Value"),
            "value",
            (
                "填数，或填：不涉及、未抽中（只用于抽查的指标）；次数没有发生的填 无；是否项填 是 或 否。"
                "空着表示还没有数据",
                "a number, or: n/a, not drawn (only where a sample is drawn); none for counts; yes or no. "
                "Empty means not known yet",
            ),
        ),
        free(
            "reason",
            ("失分原因", "Reason"),
            "text",
            (
                "为什么失分；评分低于满分的必须写，其他的可以空着；写进失分清单",
                "why points were lost: to be said where judged points are below full marks, else it may be empty",
            ),
        ),
        free(
            "document", DOCUMENT, "text", ("数据依据的文件、文号，可以空着", "the document it rests on; may be empty")
        ),
        shown(
            "collector",
            ("采集单位", "Collector"),
            (
                "提示用，可以空着；填了就要与方案一致",
                "for people, may be empty; if filled it must agree with the scheme",
            ),
        ),
    ),
    ("unit", "indicator", "fact", "period", "assessor"),
    Text("采集到的数据，每个单位每个数据项一行", "what was collected, one row per unit and fact"),
)

OWN = Sheet(
    "own",
    Text("自定指标", "Own indicators"),
    (
        UNIT,
        UNIT_NAME,
        filled(
            "node",
            ("所属指标", "Node"),
            "code",
            ("放自定指标的指标代码，从列表里选", "the indicator that holds own ones, from the list"),
        ),
        filled("code", ("代码", "Code"), "code", ("在本单位内编号，如 1、2、3", "numbered inside the unit: 1, 2, 3")),
        filled("name", ("名称", "Name"), "text", ("自定指标的名称", "the name of the own indicator")),
        filled(
            "full_marks",
            ("分值", "Full marks"),
            "number",
            (
                "大于 0；一个单位的分值合计等于所属指标的满分",
                "above 0; those of a unit add up to the node's full marks",
            ),
        ),
        free(
            "rule",
            ("计分方法", "Rule"),
            "text",
            ("从列表里选；只有一种方法时可以空着", "from the list; may be empty where there is only one"),
        ),
        free(
            "role",
            ("承担方式", "Role"),
            "text",
            ("独立承担，或协调指导服务；可以空着", "alone, or coordinates, guides, serves; may be empty"),
        ),
        free(
            "measure", ("计量单位", "Measure"), "text", ("数值的单位，可以空着", "the unit of the value; may be empty")
        ),
    ),
    ("unit", "node", "code"),
    Text(
        "各单位自己的指标，分值合计等于所属指标的满分", "each unit's own indicators; their marks add up to the node's"
    ),
)
