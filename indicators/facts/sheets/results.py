"""Results from elsewhere: those of other evaluations."""

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
