"""Bonuses, deductions, grade moves, outside figures, factors and last year's results."""

from __future__ import annotations

from engine.text import Text
from indicators.facts.sheets.column import BODY, DECISION, DOCUMENT, UNIT, UNIT_NAME, Sheet, filled, free, needed


def _claims(key: str, title: tuple[str, str], standard: tuple[str, str], about: Text) -> Sheet:
    columns = (
        UNIT,
        UNIT_NAME,
        filled(
            "standard",
            standard,
            "text",
            ("方案里的名称或代码，从列表里选", "its name or code in the scheme, from the list"),
        ),
        filled(
            "level",
            ("级别", "Level"),
            "text",
            ("方案给这一项定的级别，从列表里选", "a level that the scheme has for it, from the list"),
        ),
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
    ),
    ("unit",),
    Text("上年的总分和名次，评进步奖用", "last year's totals and places, for the progress award"),
)
