"""Who votes on whom, signed ballots, and counts of anonymous ones."""

from __future__ import annotations

from engine.text import Text
from indicators.facts.sheets.column import PANEL, UNIT, UNIT_NAME, VOTER, Sheet, filled, free, needed

SUBJECTS = Sheet(
    "subjects",
    Text("投票对象", "Subjects"),
    (PANEL, VOTER, UNIT, UNIT_NAME),
    ("panel", "voter", "unit"),
    Text("只评分管单位的投票：每位投票人评哪些单位", "panels on units in charge: which voter judges which units"),
)

_ANSWER = filled(
    "answer",
    ("评价", "Answer"),
    "text",
    (
        "投票的一种评价、分数或名次，从列表里选；问卷写“题目代码/回答”，每题一行",
        "an answer, points or place, from the list; of a questionnaire item/answer, one row for each item",
    ),
)
BALLOTS = Sheet(
    "ballots",
    Text("测评票", "Ballots"),
    (
        PANEL,
        VOTER,
        free(
            "voter_unit",
            ("投票人所在单位", "Voter's unit"),
            "code",
            (
                "投票人自己单位的代码，不能评自己的单位；写一行就够，可以空着",
                "the code of the voter's own unit, on which he has no vote; one row is enough; may be empty",
            ),
        ),
        UNIT,
        UNIT_NAME,
        _ANSWER,
        free(
            "note",
            ("说明", "Note"),
            "text",
            (
                "为什么给这个分；方案规定的范围以外必须写，其他可以空着",
                "why these points; needed outside the range that the scheme states, may be empty elsewhere",
            ),
        ),
    ),
    ("panel", "voter", "unit", "answer"),
    Text(
        "记名投票，每张票对每个单位一行；问卷每题一行",
        "signed ballots, one row per ballot and unit; of a questionnaire one per item",
    ),
)

TALLIES = Sheet(
    "tallies",
    Text("测评汇总", "Tallies"),
    (
        PANEL,
        UNIT,
        UNIT_NAME,
        filled(
            "answer",
            ("评价", "Answer"),
            "text",
            (
                "一种评价，从列表里选；问卷写“题目代码/回答”，名单长短不一、折合名次的排名写“名次/名单长度”，"
                "如 2/5；废票写“无效”",
                "an answer, from the list; of a questionnaire item/answer, of a ranking spread over lists of different "
                "length place/length, as 2/5; void ballots: 无效",
            ),
        ),
        needed(
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
