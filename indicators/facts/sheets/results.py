"""Results of other evaluations, and what results are paid from and to."""

from __future__ import annotations

from engine.text import Text
from indicators.facts.sheets.column import UNIT, UNIT_NAME, Sheet, filled, free

OTHER_RESULTS = Sheet(
    "other_results",
    Text("专项结果", "Other results"),
    (
        UNIT,
        UNIT_NAME,
        filled(
            "evaluation",
            ("考评", "Evaluation"),
            "text",
            ("方案登记的另一考评的名称或代码，从列表里选", "its name or code in the scheme, from the list"),
        ),
        filled(
            "total",
            ("总分", "Total"),
            "value",
            ("在那项考评的总分；没有参加的填 不涉及", "the total there; n/a for a unit that took no part"),
        ),
        free("full_marks", ("满分", "Full marks"), "number", ("那项考评的满分，大于 0", "its full marks, above 0")),
        free("grade", ("等次", "Grade"), "text", ("在那项考评的等次", "the grade there")),
    ),
    ("unit", "evaluation"),
    Text("各单位在其他考评中的结果", "what the units have in other evaluations"),
)

POOLS = Sheet(
    "pools",
    Text("奖金总额", "Pools"),
    (
        filled("code", ("代码", "Code"), "code", ("方案里的代码，从列表里选", "its code in the scheme, from the list")),
        filled("amount", ("金额", "Amount"), "number", ("元，大于 0，最多两位小数", "above 0, at most two decimals")),
    ),
    ("code",),
    Text("要分配的奖金总额", "the amounts to be distributed"),
)

PERSONS = Sheet(
    "persons",
    Text("人员", "Persons"),
    (
        UNIT,
        UNIT_NAME,
        filled("person", ("工号", "Number"), "code", ("在本单位内不重复；余数相同的按工号先后", "each once in a unit")),
        filled("name", ("姓名", "Name"), "text", ("姓名", "the name")),
        filled("coefficient", ("系数", "Coefficient"), "number", ("分配系数，大于 0", "above 0")),
    ),
    ("unit", "person"),
    Text("各单位的人员和分配系数", "the persons of each unit and their coefficients"),
)
