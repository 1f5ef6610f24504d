"""The sheets of a fact workbook: one per kind of fact, with its columns. Template, reader and export all use these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.text import Text

Kind = Literal["code", "text", "number", "value", "yes_no", "count", "shown"]

NO_NOTE = Text("", "")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `required` means its header must be there and its cells filled; `shown` columns only help people."""

    key: str
    title: Text
    kind: Kind
    required: bool = False
    note: Text = NO_NOTE


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns in order, and the columns that together may stand only once."""

    key: str
    title: Text
    columns: tuple[Column, ...]
    unique: tuple[str, ...]
    about: Text

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def _column(key: str, zh: str, en: str, kind: Kind, required: bool = False, note: Text = NO_NOTE) -> Column:
    return Column(key, Text(zh, en), kind, required, note)


_UNIT = _column("unit", "单位代码", "Unit", "code", True)
_UNIT_NAME = _column("unit_name", "单位名称", "Unit name", "shown")
_INDICATOR = _column(
    "indicator",
    "指标代码",
    "Indicator",
    "code",
    True,
    Text(
        "方案里的指标代码；自定指标写“所属指标/代码”，如 key/1",
        "the code in the scheme; an own indicator is node/code, as key/1",
    ),
)
_INDICATOR_NAME = _column("indicator_name", "指标名称", "Indicator name", "shown")
_FACT = _column(
    "fact",
    "数据项",
    "Fact",
    "code",
    False,
    Text(
        "方案里的数据项代码；只有一个数据项的指标可以不写",
        "the fact's code; may stay empty where the indicator has only one",
    ),
)
_FACT_NAME = _column("fact_name", "数据项名称", "Fact name", "shown")
_MEASURE = _column("measure", "计量单位", "Measure", "shown")
_PANEL = _column("panel", "投票", "Panel", "code", True, Text("投票指标的代码", "the code of the panel's indicator"))
_DOCUMENT = _column("document", "依据", "Document", "text")

UNITS = Sheet(
    "units",
    Text("单位", "Units"),
    (
        _UNIT,
        _column("name", "单位名称", "Unit name", "text", True),
        _column("category", "类别", "Category", "text", True),
        _column("leader", "分管领导", "Leader in charge", "text"),
        _column(
            "listed_separately",
            "单列",
            "Listed separately",
            "yes_no",
            False,
            Text("单列单位计分、定等次，不参加排名和名额", "scored and graded, outside ranking and quota"),
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
TARGETS = Sheet(
    "targets",
    Text("目标与基数", "Targets"),
    (
        _UNIT,
        _UNIT_NAME,
        _INDICATOR,
        _INDICATOR_NAME,
        _FACT,
        _FACT_NAME,
        _MEASURE,
        *(_column(key, zh, en, "number") for key, zh, en in _SOURCES),
    ),
    ("unit", "indicator", "fact"),
    Text("年初就知道的数：目标值、基数和往年值", "what is known before the year: targets, baselines, past years"),
)

READINGS = Sheet(
    "readings",
    Text("采集数据", "Readings"),
    (
        _UNIT,
        _UNIT_NAME,
        _INDICATOR,
        _INDICATOR_NAME,
        _FACT,
        _FACT_NAME,
        _MEASURE,
        _column(
            "value",
            "数值",
            "Value",
            "value",
            False,
            Text(
                "填数，或填：不涉及、未抽中；次数没有发生的填 无；是否项填 是 或 否。不填表示还没有数据",
                "a number, or: n/a, not drawn; none for counts; yes or no. Empty means not known yet",
            ),
        ),
        _column("reason", "失分原因", "Reason", "text"),
        _DOCUMENT,
        _column("collector", "采集单位", "Collector", "shown"),
    ),
    ("unit", "indicator", "fact"),
    Text("采集到的数据，每个单位每个数据项一行", "what was collected, one row per unit and fact"),
)

OWN = Sheet(
    "own",
    Text("自定指标", "Own indicators"),
    (
        _UNIT,
        _UNIT_NAME,
        _column("node", "所属指标", "Node", "code", True),
        _column(
            "code",
            "代码",
            "Code",
            "code",
            True,
            Text("在本单位内编号，如 1、2、3", "numbered inside the unit: 1, 2, 3"),
        ),
        _column("name", "名称", "Name", "text", True),
        _column("full_marks", "分值", "Full marks", "number", True),
        _column("rule", "计分方法", "Rule", "text"),
        _column(
            "role",
            "承担方式",
            "Role",
            "text",
            False,
            Text("独立承担，或协调指导服务", "alone, or coordinates, guides, serves"),
        ),
        _column("measure", "计量单位", "Measure", "text"),
    ),
    ("unit", "node", "code"),
    Text(
        "各单位自己的指标，分值合计等于所属指标的满分", "each unit's own indicators; their marks add up to the node's"
    ),
)

SUBJECTS = Sheet(
    "subjects",
    Text("投票对象", "Subjects"),
    (_PANEL, _column("voter", "投票人", "Voter", "text", True), _UNIT, _UNIT_NAME),
    ("panel", "voter", "unit"),
    Text("只评分管单位的投票：每位投票人评哪些单位", "panels on units in charge: which voter judges which units"),
)

BALLOTS = Sheet(
    "ballots",
    Text("测评票", "Ballots"),
    (
        _PANEL,
        _column("voter", "投票人", "Voter", "text", True),
        _column("voter_unit", "投票人所在单位", "Voter's unit", "code"),
        _UNIT,
        _UNIT_NAME,
        _column("answer", "评价", "Answer", "text", True),
    ),
    ("panel", "voter", "unit"),
    Text("记名投票，每张票对每个单位一行", "signed ballots, one row per ballot and unit"),
)

TALLIES = Sheet(
    "tallies",
    Text("测评汇总", "Tallies"),
    (
        _PANEL,
        _UNIT,
        _UNIT_NAME,
        _column("answer", "评价", "Answer", "text", True),
        _column("count", "票数", "Count", "count", True),
    ),
    ("panel", "unit", "answer"),
    Text(
        "不记名投票的票数，每个单位每种评价一行；废票记在“无效”", "counts of anonymous votes; void ballots under 无效"
    ),
)


def _claims(key: str, zh: str, en: str, standard: Text, about: Text) -> Sheet:
    columns = (
        _UNIT,
        _UNIT_NAME,
        Column("standard", standard, "text", True),
        _column("level", "级别", "Level", "text", True),
        _column(
            "matter",
            "事项",
            "Matter",
            "text",
            True,
            Text("同一事项写同一个名称：就高不重复按它判断", "the same matter under the same name: it counts once"),
        ),
        Column("document", _DOCUMENT.title, "text", True),
    )
    return Sheet(key, Text(zh, en), columns, ("unit", "standard", "level", "matter"), about)


BONUSES = _claims("bonuses", "加分", "Bonuses", Text("加分项", "Bonus"), Text("已批准的加分", "granted bonuses"))
DEDUCTIONS = _claims(
    "deductions", "扣分", "Deductions", Text("扣分项", "Deduction"), Text("已确认的扣分", "confirmed deductions")
)

MOVES = Sheet(
    "moves",
    Text("等次调整", "Grade moves"),
    (
        _UNIT,
        _UNIT_NAME,
        _column("ground", "事由", "Ground", "text", True),
        _column("body", "决定机构", "Body", "text"),
        _column(
            "decision",
            "决定文号",
            "Decision",
            "text",
            False,
            Text("没有决定文号的只是提议，不改变等次", "without a decision it is a proposal and moves nothing"),
        ),
    ),
    ("unit", "ground"),
    Text("一票否决、提档等", "vetoes and promotions"),
)

SERIES = Sheet(
    "series",
    Text("外部数据", "Series"),
    (_column("code", "代码", "Code", "code", True), _column("value", "数值", "Value", "number", True), _DOCUMENT),
    ("code",),
    Text("方案引用的外部数据，如全国平均", "outside figures that the scheme refers to"),
)

LAST_RESULTS = Sheet(
    "last_results",
    Text("上年结果", "Last results"),
    (_UNIT, _UNIT_NAME, _column("total", "总分", "Total", "number"), _column("place", "名次", "Place", "count")),
    ("unit",),
    Text("上年的总分和名次，评进步奖用", "last year's totals and places, for the progress award"),
)

SHEETS = (
    UNITS,
    TARGETS,
    READINGS,
    OWN,
    SUBJECTS,
    BALLOTS,
    TALLIES,
    BONUSES,
    DEDUCTIONS,
    MOVES,
    SERIES,
    LAST_RESULTS,
)
NOTES_SHEETS = ("说明", "Notes", "选项", "Options")  # for people; not read
