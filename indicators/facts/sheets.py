"""The sheets of a fact workbook: one per kind of fact, with its columns. Template, reader and export all use these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.text import Text

Kind = Literal["code", "text", "number", "value", "yes_no", "count", "place", "shown"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what its cells take, and the note at its header.

    `needed`: the header must be there; `required`: its cells must be filled too. `shown` columns only help people:
    what stands there is compared with the codes, and never used.
    """

    key: str
    title: Text
    kind: Kind
    note: Text
    required: bool = False
    needed: bool = False


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


def _filled(key: str, title: tuple[str, str], kind: Kind, note: tuple[str, str]) -> Column:
    """A column whose cells must be filled."""
    return Column(key, Text(*title), kind, Text(*note), required=True, needed=True)


def _needed(key: str, title: tuple[str, str], kind: Kind, note: tuple[str, str]) -> Column:
    """A column that must be there; its cells may stay empty."""
    return Column(key, Text(*title), kind, Text(*note), needed=True)


def _free(key: str, title: tuple[str, str], kind: Kind, note: tuple[str, str]) -> Column:
    """A column that may be left out."""
    return Column(key, Text(*title), kind, Text(*note))


def _shown(key: str, title: tuple[str, str], note: tuple[str, str]) -> Column:
    """A column that helps people."""
    return Column(key, Text(*title), "shown", Text(*note))


_UNIT = _filled(
    "unit", ("单位代码", "Unit"), "code", ("单位表里的代码，不是名称", "the code on the units sheet, not the name")
)
_UNIT_NAME = _shown(
    "unit_name",
    ("单位名称", "Unit name"),
    ("提示用，可以空着；填了就要与单位代码一致", "for people, may be empty; if filled it must agree with the code"),
)
_INDICATOR = _filled(
    "indicator",
    ("指标代码", "Indicator"),
    "code",
    (
        "方案里的指标代码，见“指标一览”；自定指标写“所属指标/代码”，如 key/1",
        "the code in the scheme, see “Indicators”; an own indicator is node/code, as key/1",
    ),
)
_INDICATOR_NAME = _shown(
    "indicator_name",
    ("指标名称", "Indicator name"),
    ("提示用，可以空着；填了就要与指标代码一致", "for people, may be empty; if filled it must agree with the code"),
)
_FACT = _free(
    "fact",
    ("数据项", "Fact"),
    "code",
    (
        "数据项的代码，见“指标一览”；只有一个数据项的指标可以不写",
        "the fact's code, see “Indicators”; may stay empty where the indicator has only one",
    ),
)
_FACT_NAME = _shown(
    "fact_name",
    ("数据项名称", "Fact name"),
    ("提示用，可以空着；填了就要与数据项一致", "for people, may be empty; if filled it must agree with the fact"),
)
_MEASURE = _shown(
    "measure",
    ("计量单位", "Measure"),
    ("提示用：数值按这个单位填，不写单位本身", "for people: the unit in which the value is given"),
)
_PANEL = _filled(
    "panel", ("投票", "Panel"), "code", ("投票指标的代码，见“指标一览”", "the code of the panel, see “Indicators”")
)
_VOTER = _filled(
    "voter",
    ("投票人", "Voter"),
    "text",
    ("投票人的称呼或编号，同一个人始终写得一样", "the voter's title or number, always written the same way"),
)
_DOCUMENT = ("依据", "Document")

UNITS = Sheet(
    "units",
    Text("单位", "Units"),
    (
        _filled(
            "unit",
            ("单位代码", "Unit"),
            "code",
            (
                "自己编，不重复，不用全角字符，如 C01；其他各表用它指单位",
                "of your own, each once: C01; other sheets use it",
            ),
        ),
        _filled("name", ("单位名称", "Unit name"), "text", ("单位的名称，不重复", "the name of the unit, each once")),
        _filled(
            "category",
            ("类别", "Category"),
            "text",
            ("方案里的类别，从列表里选", "a category of the scheme, from the list"),
        ),
        _free(
            "leader",
            ("分管领导", "Leader in charge"),
            "text",
            ("可以空着；写进失分清单", "may be empty; told with lost points"),
        ),
        _free(
            "listed_separately",
            ("单列", "Listed separately"),
            "yes_no",
            (
                "是 或 否，空着即否；单列单位计分、定等次，不参加排名和名额",
                "yes or no, empty is no: scored and graded, outside ranking and quota",
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
        _UNIT,
        _UNIT_NAME,
        _INDICATOR,
        _INDICATOR_NAME,
        _FACT,
        _FACT_NAME,
        _MEASURE,
        *(_free(key, (zh, en), "number", _SOURCE_NOTE) for key, zh, en in _SOURCES),
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
        _shown(
            "full_marks",
            ("满分", "Full marks"),
            ("提示用：评分的指标，数值在 0 和满分之间", "for people: judged points lie between 0 and this"),
        ),
        _needed(
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
        _free(
            "reason",
            ("失分原因", "Reason"),
            "text",
            ("为什么失分，可以空着；写进失分清单", "why points were lost; may be empty"),
        ),
        _free(
            "document", _DOCUMENT, "text", ("数据依据的文件、文号，可以空着", "the document it rests on; may be empty")
        ),
        _shown(
            "collector",
            ("采集单位", "Collector"),
            (
                "提示用，可以空着；填了就要与方案一致",
                "for people, may be empty; if filled it must agree with the scheme",
            ),
        ),
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
        _filled(
            "node",
            ("所属指标", "Node"),
            "code",
            ("放自定指标的指标代码，从列表里选", "the indicator that holds own ones, from the list"),
        ),
        _filled("code", ("代码", "Code"), "code", ("在本单位内编号，如 1、2、3", "numbered inside the unit: 1, 2, 3")),
        _filled("name", ("名称", "Name"), "text", ("自定指标的名称", "the name of the own indicator")),
        _filled(
            "full_marks",
            ("分值", "Full marks"),
            "number",
            (
                "大于 0；一个单位的分值合计等于所属指标的满分",
                "above 0; those of a unit add up to the node's full marks",
            ),
        ),
        _free(
            "rule",
            ("计分方法", "Rule"),
            "text",
            ("从列表里选；只有一种方法时可以空着", "from the list; may be empty where there is only one"),
        ),
        _free(
            "role",
            ("承担方式", "Role"),
            "text",
            ("独立承担，或协调指导服务；可以空着", "alone, or coordinates, guides, serves; may be empty"),
        ),
        _free(
            "measure", ("计量单位", "Measure"), "text", ("数值的单位，可以空着", "the unit of the value; may be empty")
        ),
    ),
    ("unit", "node", "code"),
    Text(
        "各单位自己的指标，分值合计等于所属指标的满分", "each unit's own indicators; their marks add up to the node's"
    ),
)

SUBJECTS = Sheet(
    "subjects",
    Text("投票对象", "Subjects"),
    (_PANEL, _VOTER, _UNIT, _UNIT_NAME),
    ("panel", "voter", "unit"),
    Text("只评分管单位的投票：每位投票人评哪些单位", "panels on units in charge: which voter judges which units"),
)

_ANSWER = _filled(
    "answer", ("评价", "Answer"), "text", ("投票的一种评价或名次，从列表里选", "an answer or place, from the list")
)
BALLOTS = Sheet(
    "ballots",
    Text("测评票", "Ballots"),
    (
        _PANEL,
        _VOTER,
        _free(
            "voter_unit",
            ("投票人所在单位", "Voter's unit"),
            "code",
            (
                "投票人自己单位的代码，不能评自己的单位；写一行就够，可以空着",
                "the code of the voter's own unit, on which he has no vote; one row is enough; may be empty",
            ),
        ),
        _UNIT,
        _UNIT_NAME,
        _ANSWER,
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
        _filled(
            "answer",
            ("评价", "Answer"),
            "text",
            ("一种评价，从列表里选；废票写“无效”", "an answer, from the list; void ballots: 无效"),
        ),
        _needed(
            "count",
            ("票数", "Count"),
            "count",
            (
                "整数。同一单位的这项投票填了任何一格，其余空格按 0 票；一格都没填，就是还没有票",
                "a whole number. Once one answer of a unit is filled, its other empty ones count 0; "
                "none filled: no ballots yet",
            ),
        ),
    ),
    ("panel", "unit", "answer"),
    Text(
        "不记名投票的票数，每个单位每种评价一行；废票记在“无效”", "counts of anonymous votes; void ballots under 无效"
    ),
)


def _claims(key: str, title: tuple[str, str], standard: tuple[str, str], about: Text) -> Sheet:
    columns = (
        _UNIT,
        _UNIT_NAME,
        _filled(
            "standard",
            standard,
            "text",
            ("方案里的名称或代码，从列表里选", "its name or code in the scheme, from the list"),
        ),
        _filled(
            "level",
            ("级别", "Level"),
            "text",
            ("方案给这一项定的级别，从列表里选", "a level that the scheme has for it, from the list"),
        ),
        _filled(
            "matter",
            ("事项", "Matter"),
            "text",
            ("同一事项写同一个名称：就高不重复按它判断", "the same matter under the same name: it counts once"),
        ),
        _filled("document", _DOCUMENT, "text", ("批准或确认的文件、文号", "the document that grants or confirms it")),
    )
    return Sheet(key, Text(*title), columns, ("unit", "standard", "level", "matter"), about)


BONUSES = _claims("bonuses", ("加分", "Bonuses"), ("加分项", "Bonus"), Text("已批准的加分", "granted bonuses"))
DEDUCTIONS = _claims(
    "deductions", ("扣分", "Deductions"), ("扣分项", "Deduction"), Text("已确认的扣分", "confirmed deductions")
)

MOVES = Sheet(
    "moves",
    Text("等次调整", "Grade moves"),
    (
        _UNIT,
        _UNIT_NAME,
        _filled(
            "ground", ("事由", "Ground"), "text", ("方案里的事由，从列表里选", "a ground of the scheme, from the list")
        ),
        _free("body", ("决定机构", "Body"), "text", ("有决定文号就要写", "to be named where there is a decision")),
        _free(
            "decision",
            ("决定文号", "Decision"),
            "text",
            ("没有决定文号的只是提议，不改变等次", "without a decision it is a proposal and moves nothing"),
        ),
    ),
    ("unit", "ground"),
    Text("一票否决、提档等", "vetoes and promotions"),
)

SERIES = Sheet(
    "series",
    Text("外部数据", "Series"),
    (
        _filled("code", ("代码", "Code"), "code", ("方案登记的外部数据的代码", "the code of a series of the scheme")),
        _filled("value", ("数值", "Value"), "number", ("写数", "a number")),
        _free("document", _DOCUMENT, "text", ("数据的出处，可以空着", "where it comes from; may be empty")),
    ),
    ("code",),
    Text("方案引用的外部数据，如全国平均", "outside figures that the scheme refers to"),
)

LAST_RESULTS = Sheet(
    "last_results",
    Text("上年结果", "Last results"),
    (
        _UNIT,
        _UNIT_NAME,
        _free("total", ("总分", "Total"), "number", ("上年的总分，可以空着", "last year's total; may be empty")),
        _needed(
            "place",
            ("名次", "Place"),
            "place",
            (
                "上年在本类别的名次，从 1 起；上年没有名次的写 无",
                "last year's place in the category, from 1; none for a unit without one",
            ),
        ),
    ),
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
NOTES_SHEETS = (
    "说明",
    "Notes",
    "指标一览",
    "Indicators",
    "选项",
    "Options",
)  # for people; only the scheme's mark is read
