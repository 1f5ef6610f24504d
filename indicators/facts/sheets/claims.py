"""Bonuses, deductions, grade moves, outside figures, factors and last year's results."""

from __future__ import annotations

from engine.text import Text
from indicators.facts.sheets.column import (
    BODY,
    DECISION,
    DOCUMENT,
    UNIT,
    UNIT_NAME,
    Column,
    Sheet,
    filled,
    free,
    needed,
)

_OF_THE_LEVEL = ("方案给这一项定的级别，从列表里选", "a level that the scheme has for it, from the list")
LEVEL = filled("level", ("级别", "Level"), "text", _OF_THE_LEVEL)
LEVEL_OR_NONE = free(
    "level",
    ("级别", "Level"),
    "text",
    (
        f"{_OF_THE_LEVEL[0]}；不分级别的空着",
        f"{_OF_THE_LEVEL[1]}; empty where it has none",
    ),
)


def _claims(key: str, title: str, standard: tuple[str, str], level: Column, about: Text, *more: Column) -> Sheet:
    columns = (
        UNIT,
        UNIT_NAME,
        filled(
            "standard",
            standard,
            "text",
            ("方案里的名称或代码，从列表里选", "its name or code in the scheme, from the list"),
        ),
        level,
        filled(
            "matter",
            ("事项", "Matter"),
            "text",
            ("同一事项写同一个名称：就高不重复按它判断", "the same matter under the same name: it counts once"),
        ),
        filled("document", DOCUMENT, "text", ("批准或确认的文件、文号", "the document that grants or confirms it")),
        free(
            "day",
            ("日期", "Date"),
            "date",
            (
                "文件的日期，写成 2024-01-31；方案规定了截止日期的必须填",
                "the date of the document, as 2024-01-31; needed where the scheme has a cut-off date",
            ),
        ),
        free("body", BODY, "text", ("有决定文号就要写", "to be named where there is a decision")),
        free(
            "decision",
            DECISION,
            "text",
            ("方案规定须经决定的，没有决定文号不计", "where the scheme asks for a decision, it counts only with one"),
        ),
        *more,
    )
    return Sheet(key, Text(title, key.capitalize()), columns, ("unit", "standard", "level", "matter"), about)


BONUSES = _claims("bonuses", "加分", ("加分项", "Bonus"), LEVEL, Text("已批准的加分", "granted bonuses"))
DEDUCTIONS = _claims(
    "deductions",
    "扣分",
    ("扣分项", "Deduction"),
    LEVEL_OR_NONE,
    Text("已确认的扣分", "confirmed deductions"),
    free(
        "role",
        ("责任", "Role"),
        "text",
        ("牵头或协办；单独承担的空着", "lead or assist; empty for a unit that stands alone"),
    ),
    free(
        "above",
        ("上级扣分", "Lost above"),
        "number",
        (
            "按上级扣分计的填：上级扣的分数，不折算",
            "for what is passed on: the points lost at the upper level, unconverted",
        ),
    ),
    free(
        "due",
        ("应报时间", "Due"),
        "moment",
        (
            "按迟报计的填：2024-09-30 即当天 24:00，或写到分 2024-09-30 17:30",
            "for lateness: 2024-09-30, that is 24:00 of the day, or with a time, 2024-09-30 17:30",
        ),
    ),
    free(
        "done",
        ("实报时间", "Came"),
        "moment",
        (
            "按迟报计的填，写法同上；应报时间写到分的，这里也写到分",
            "for lateness, written in the same way; with a time where the due time has one",
        ),
    ),
    free(
        "excused",
        ("说明被采纳", "Excused"),
        "yes_no",
        ("是 或 否，空着是否：说明被采纳的不扣", "yes or no, empty is no: an accepted explanation lifts it"),
    ),
)

CALENDAR = Sheet(
    "calendar",
    Text("工作日历", "Calendar"),
    (
        filled("day", ("日期", "Date"), "date", ("写成 2024-10-01，一天一行", "as 2024-10-01, one row a day")),
        filled(
            "arrangement",
            ("安排", "Arrangement"),
            "text",
            (
                "放假 或 上班，照国务院办公厅的放假通知；没有列出的，周一至周五上班",
                "off or work, as the holiday notice says; days not listed: Monday to Friday are working days",
            ),
        ),
        free("document", DOCUMENT, "text", ("放假通知的文号，可以空着", "the notice; may be empty")),
    ),
    ("day",),
    Text(
        "放假和调休上班的日子，按工作日数迟报天数用；没有元旦放假（1月1日）的年份，按没有安排论，数不了",
        "days off and make-up workdays, to count working days late; a year without 1 January off cannot be counted",
    ),
)

MOVES = Sheet(
    "moves",
    Text("等次调整", "Grade moves"),
    (
        UNIT,
        UNIT_NAME,
        filled(
            "ground", ("事由", "Ground"), "text", ("方案里的事由，从列表里选", "a ground of the scheme, from the list")
        ),
        free("body", BODY, "text", ("有决定文号就要写", "to be named where there is a decision")),
        free(
            "decision",
            DECISION,
            "text",
            (
                "没有决定文号的只是提议，不改变等次；方案规定自动生效的除外",
                "without a decision it is a proposal, unless the scheme lets the ground take effect by itself",
            ),
        ),
    ),
    ("unit", "ground"),
    Text("一票否决、提档等", "vetoes and promotions"),
)

SERIES = Sheet(
    "series",
    Text("外部数据", "Series"),
    (
        filled("code", ("代码", "Code"), "code", ("方案登记的外部数据的代码", "the code of a series of the scheme")),
        filled("value", ("数值", "Value"), "number", ("写数", "a number")),
        free("document", DOCUMENT, "text", ("数据的出处，可以空着", "where it comes from; may be empty")),
    ),
    ("code",),
    Text("方案引用的外部数据，如全国平均", "outside figures that the scheme refers to"),
)

FACTORS = Sheet(
    "factors",
    Text("系数", "Factors"),
    (
        UNIT,
        UNIT_NAME,
        filled(
            "factor",
            ("系数", "Factor"),
            "text",
            ("方案里的系数的名称或代码，从列表里选", "its name or code in the scheme, from the list"),
        ),
        filled(
            "value",
            ("数值", "Value"),
            "number",
            ("大于 0 的数，如 1.1；不变的写 1", "a number above 0, such as 1.1; 1 changes nothing"),
        ),
        free("document", DOCUMENT, "text", ("定这个系数的文件，可以空着", "the document that sets it; may be empty")),
    ),
    ("unit", "factor"),
    Text("各单位的难度、规模等系数", "what a unit's points are multiplied by"),
)

LAST_RESULTS = Sheet(
    "last_results",
    Text("上年结果", "Last results"),
    (
        UNIT,
        UNIT_NAME,
        free("total", ("总分", "Total"), "number", ("上年的总分，可以空着", "last year's total; may be empty")),
        needed(
            "place",
            ("名次", "Place"),
            "place",
            (
                "上年在本类别的名次，从 1 起；上年没有名次的写 无",
                "last year's place in the category, from 1; none for a unit without one",
            ),
        ),
        free("grade", ("等次", "Grade"), "text", ("上年的等次", "last year's grade")),
        free(
            "members",
            ("参评数", "Ranked"),
            "count",
            ("上年本类别参加排名的单位数", "how many units were ranked in its category last year"),
        ),
    ),
    ("unit",),
    Text("上年的总分、名次和等次", "last year's totals, places and grades"),
)
