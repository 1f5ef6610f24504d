"""What a sheet and a column are, and the columns that several sheets have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.text import Text

Kind = Literal["code", "text", "number", "value", "yes_no", "count", "place", "date", "moment", "shown"]


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


def filled(key: str, title: tuple[str, str], kind: Kind, note: tuple[str, str]) -> Column:
    """A column whose cells must be filled."""
    return Column(key, Text(*title), kind, Text(*note), required=True, needed=True)


def needed(key: str, title: tuple[str, str], kind: Kind, note: tuple[str, str]) -> Column:
    """A column that must be there; its cells may stay empty."""
    return Column(key, Text(*title), kind, Text(*note), needed=True)


def free(key: str, title: tuple[str, str], kind: Kind, note: tuple[str, str]) -> Column:
    """A column that may be left out."""
    return Column(key, Text(*title), kind, Text(*note))


def shown(key: str, title: tuple[str, str], note: tuple[str, str]) -> Column:
    """A column that helps people."""
    return Column(key, Text(*title), "shown", Text(*note))


UNIT = filled(
    "unit", ("单位代码", "Unit"), "code", ("单位表里的代码，不是名称", "the code on the units sheet, not the name")
)
UNIT_NAME = shown(
    "unit_name",
    ("单位名称", "Unit name"),
    ("提示用，可以空着；填了就要与单位代码一致", "for people, may be empty; if filled it must agree with the code"),
)
INDICATOR = filled(
    "indicator",
    ("指标代码", "Indicator"),
    "code",
    (
        "方案里的指标代码，见“指标一览”；自定指标写“所属指标/代码”，如 key/1",
        "the code in the scheme, see “Indicators”; an own indicator is node/code, as key/1",
    ),
)
INDICATOR_NAME = shown(
    "indicator_name",
    ("指标名称", "Indicator name"),
    ("提示用，可以空着；填了就要与指标代码一致", "for people, may be empty; if filled it must agree with the code"),
)
FACT = free(
    "fact",
    ("数据项", "Fact"),
    "code",
    (
        "数据项的代码，见“指标一览”；只有一个数据项的指标可以不写",
        "the fact's code, see “Indicators”; may stay empty where the indicator has only one",
    ),
)
FACT_NAME = shown(
    "fact_name",
    ("数据项名称", "Fact name"),
    ("提示用，可以空着；填了就要与数据项一致", "for people, may be empty; if filled it must agree with the fact"),
)
MEASURE = shown(
    "measure",
    ("计量单位", "Measure"),
    ("提示用：数值按这个单位填，不写单位本身", "for people: the unit in which the value is given"),
)
PERIOD = free(
    "period",
    ("期次", "Period"),
    "text",
    (
        "只用于分期计分的指标：如 3月、2季度、上半年；目标各期相同的可以空着",
        "only where an indicator is scored by period, as 3月, 2季度, 上半年; empty for a target that holds for all",
    ),
)
ASSESSOR = free(
    "assessor",
    ("评分单位", "Assessor"),
    "text",
    ("只用于几个单位分别评分的指标：谁评的", "only where several units assess: whose figure it is"),
)
PANEL = filled(
    "panel", ("投票", "Panel"), "code", ("投票指标的代码，见“指标一览”", "the code of the panel, see “Indicators”")
)
VOTER = filled(
    "voter",
    ("投票人", "Voter"),
    "text",
    ("投票人的称呼或编号，同一个人始终写得一样", "the voter's title or number, always written the same way"),
)
DOCUMENT = ("依据", "Document")
BODY = ("决定机构", "Body")
DECISION = ("决定文号", "Decision")
