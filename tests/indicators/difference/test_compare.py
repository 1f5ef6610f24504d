"""What is told of two rule books: each case changes one thing in the same small book and names what must be said."""

from __future__ import annotations

import pytest

from engine.language.read import read_scheme
from indicators.difference import compare

BOOK = """\
language: 1
scheme: book
title: 某市
source: 文件
evaluations:
  - code: annual
    title: 绩效
    full_marks: 100
    rounding: {leaf: 2, node: 2, panel: 2, total: 2}
    not_applicable: renormalise
    collectors: [市统计局, 市督查室]
    sets: {counties: {name: 县区, categories: {county: 县, district: 区}}}
    indicators:
      - code: growth
        name: 发展
        indicators:
          - code: gdp
            name: 生产总值
            full_marks: 40
            collector: 市统计局
            fact: {name: 生产总值, measure: 亿元, decimals: 2}
            rule: {ratio: {to: target}}
          - {code: revenue, name: 税收, full_marks: 20, collector: 市统计局, rule: judged}
      - code: work
        name: 工作
        indicators:
          - {code: order, name: 秩序, full_marks: 40, collector: 市督查室, rule: judged}
    deductions:
      highest_only: true
      standards:
        - {code: blame, name: 通报, levels: {省级: 2, 市级: 1}}
    grades:
      - {name: 优秀, from: 90}
      - {name: 良好, from: 80}
      - {name: 一般}
    veto: {effect: down_one, by: decision, grounds: [事故]}
    use:
      - {code: staff, name: 优秀比例, by_grade: {优秀: 20%}, otherwise: 15%}
"""

ORDER = "          - {code: order, name: 秩序, full_marks: 40, collector: 市督查室, rule: judged}\n"

WAYS = "不计，其余指标按比例放大", "按满分计"
SPRING = "closes: next 03-31"
STAFF = "优秀：20%；其余：15%", "优秀：22%；其余：15%"


def told(*changed: tuple[str, str]) -> list[tuple[str, ...]]:
    """(what, kind, code, aspect, before, after) of each difference between the book and its change."""
    other = BOOK
    for old, new in changed:
        assert old in other
        other = other.replace(old, new, 1)
    changes = compare(read_scheme(BOOK, "a.yaml"), read_scheme(other, "b.yaml"))
    return [(c.what.value, c.kind.zh, c.code, c.aspect.zh, c.before.zh, c.after.zh) for c in changes]


def test_a_book_does_not_differ_from_itself():
    assert told() == []


def test_a_remark_is_no_difference():
    assert told(("title: 某市\n", "title: 某市   # 草案\n")) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: 某市", "title: 某某市", ("changed", "方案", "book", "名称", "某市", "某某市")),
        ("to: target", "to: {mean_of_years: 3}", ("changed", "指标", "gdp", "参照", "目标值", "近3年平均值")),
        ("decimals: 2}", "decimals: 1}", ("changed", "指标", "gdp", "写法", "fact.decimals: 2", "fact.decimals: 1")),
        ("measure: 亿元", "measure: 元", ("changed", "指标", "gdp", "数据", "生产总值（亿元）", "生产总值（元）")),
        ("name: 税收", "name: 税收收入", ("changed", "指标", "revenue", "名称", "税收", "税收收入")),
        ("code: revenue", "code: tax", ("changed", "指标", "tax", "代码", "revenue", "tax")),
        ("from: 90", "from: 92", ("changed", "等次", "优秀", "条件", "总分达到 90 分", "总分达到 92 分")),
        ("name: 良好", "name: 较好", ("new", "等次", "较好", "", "", "次序：2；条件：总分达到 80 分")),
        ("省级: 2", "省级: 3", ("changed", "扣分项", "blame", "分值", "省级 2 分、市级 1 分", "省级 3 分、市级 1 分")),
        ("县, district: 区", "县, district: 市辖区", ("changed", "指标集", "counties", "类别", "区", "市辖区")),
        ("not_applicable: renormalise", "not_applicable: full", ("changed", "评估", "annual", "不涉及", *WAYS)),
        ("{优秀: 20%}", "{优秀: 22%}", ("changed", "结果运用", "staff", "内容", *STAFF)),
    ],
)  # fmt: skip
def test_one_change_is_told(old, new, expected):
    assert expected in told((old, new))


def test_a_rule_that_changes_is_told_in_words_and_with_what_it_is_held_against():
    changes = told(("to: target", "to: {mean_of_years: 3}"))
    assert changes == [
        ("changed", "指标", "gdp", "计分方法", "实际值 ÷ 目标值 × 满分", "实际值 ÷ 近3年平均值 × 满分"),
        ("changed", "指标", "gdp", "参照", "目标值", "近3年平均值"),
    ]


PLANNED = """\
    timetable:
      - {phase: targets, opens: 02-01, closes: 04-15}
      - {phase: self_assessment, opens: next 01-05, days: 10, count: working}
"""
SHOWN = "      - {phase: publicity, days: 5, count: calendar}\n"


def test_a_window_more_less_or_otherwise_is_told_alone():
    head = "    collectors:"
    (planned,) = told((head, PLANNED.replace("      - {phase: targets, opens: 02-01, closes: 04-15}\n", "") + head))
    assert planned == (
        "changed", "评估", "annual", "时间安排（自查自评）", "", "次年1月5日起 10 个工作日",
    )  # fmt: skip
    first, second = (
        read_scheme(BOOK.replace(head, timetable + head), "a.yaml")
        for timetable in (
            PLANNED,
            PLANNED.replace("04-15", "04-20").replace("days: 10, count: working", SPRING) + SHOWN,
        )
    )
    there = [(c.what.value, c.aspect.zh, c.before.zh, c.after.zh) for c in compare(first, second)]
    assert there == [
        ("changed", "时间安排（目标申报）", "2月1日至4月15日", "2月1日至4月20日"),
        ("changed", "时间安排（自查自评）", "次年1月5日起 10 个工作日", "次年1月5日至次年3月31日"),
        ("changed", "时间安排（结果公示）", "", "5 个自然日，开始日期另定"),
    ]
    back = [(c.aspect.en, c.before.en, c.after.en) for c in compare(second, first)]
    assert back == [
        ("timetable (proposing targets)", "02-01 to 04-20", "02-01 to 04-15"),
        (
            "timetable (self-assessment)",
            "01-05 of the next year to 03-31 of the next year",
            "10 working days from 01-05 of the next year",
        ),
        ("timetable (publicity of results)", "5 calendar days, from a day to be set", ""),
    ]


def test_windows_in_another_order_are_no_difference():
    head, (first, second) = "    collectors:", PLANNED.splitlines(keepends=True)[1:]
    books = [BOOK.replace(head, f"    timetable:\n{rows}{head}") for rows in (first + second, second + first)]
    assert compare(*(read_scheme(book, "a.yaml") for book in books)) == []


def test_what_indicators_inherit_is_told_once():
    assert len(told(("not_applicable: renormalise", "not_applicable: full"))) == 1


def test_full_marks_are_told_where_they_changed_and_not_where_the_sum_stays():
    changes = told(("full_marks: 40\n", "full_marks: 45\n"), ("税收, full_marks: 20", "税收, full_marks: 15"))
    assert changes == [
        ("changed", "指标", "gdp", "满分", "40", "45"),
        ("changed", "指标", "revenue", "满分", "20", "15"),
    ]


def test_a_new_and_a_gone_indicator():
    new = ORDER.replace("full_marks: 40", "full_marks: 30") + ORDER.replace("order", "letters").replace(
        "秩序, full_marks: 40", "信访, full_marks: 10"
    )
    changes = told((ORDER, new))
    assert [change[:4] for change in changes] == [("changed", "指标", "order", "满分"), ("new", "指标", "letters", "")]
    assert changes[1][5].startswith("上级指标：工作；满分：10；计分方法：评分人评定")
    (gone,) = [change for change in _reversed(new) if change[0] == "gone"]
    assert gone[:3] == ("gone", "指标", "letters")


def _reversed(new: str) -> list[tuple[str, ...]]:
    changes = compare(read_scheme(BOOK.replace(ORDER, new), "b.yaml"), read_scheme(BOOK, "a.yaml"))
    return [(c.what.value, c.kind.zh, c.code, c.aspect.zh, c.before.zh, c.after.zh) for c in changes]


def test_an_indicator_under_another_is_moved_not_new():
    tax = "          - {code: revenue, name: 税收, full_marks: 20, collector: 市统计局, rule: judged}\n"
    changes = told((tax, ""), (ORDER, ORDER + tax))
    assert ("moved", "指标", "revenue", "上级指标", "发展", "工作") in changes
    assert not {"new", "gone"} & {change[0] for change in changes}


def test_children_of_a_renamed_group_are_not_moved():
    assert {change[2] for change in told(("name: 发展", "name: 高质量发展"))} == {"growth"}
    assert {change[2] for change in told(("code: growth", "code: development"))} == {"development"}


def test_one_collector_more_is_told_alone():
    changes = told(
        ("[市统计局, 市督查室]", "[市统计局, 市督查室, 市财政局]"),
        ("税收, full_marks: 20, collector: 市统计局", "税收, full_marks: 20, collector: 市财政局"),
    )
    assert changes == [
        ("changed", "评估", "annual", "采集单位", "", "市财政局"),
        ("changed", "指标", "revenue", "数据来源", "市统计局", "市财政局"),
    ]


def test_lines_of_both_files_are_given():
    other = BOOK.replace("    not_applicable", "    # 说明\n    not_applicable").replace("from: 90", "from: 91")
    (change,) = compare(read_scheme(BOOK, "a.yaml"), read_scheme(other, "b.yaml"))
    line = BOOK[: BOOK.index("{name: 优秀")].count("\n") + 1
    assert (change.line_before, change.line_after) == (line, line + 1)


def test_an_evaluation_more_is_one_difference():
    second = BOOK[BOOK.index("  - code: annual") :].replace("code: annual", "code: safety").replace("绩效", "平安")
    changes = compare(read_scheme(BOOK, "a.yaml"), read_scheme(BOOK + second, "b.yaml"))
    assert [(c.what.value, c.kind.zh, c.code) for c in changes] == [("new", "评估", "safety")]


def test_what_no_sentence_tells_is_told_as_written_beside_what_is_told():
    groups = "    groups: {hills: {name: 山区, categories: [county]}}\n    sets:"
    ratio = "rule: {ratio: {to: {mean: {among: {group: hills}}}}}"
    book = BOOK.replace("    sets:", groups, 1).replace("rule: {ratio: {to: target}}", ratio)
    other = book.replace("categories: [county]}", "categories: [district]}").replace("title: 绩效", "title: 考核")
    changes = compare(read_scheme(book, "a.yaml"), read_scheme(other, "b.yaml"))
    told_of = [(c.kind.zh, c.aspect.zh, c.before.zh, c.after.zh) for c in changes]
    assert told_of == [
        ("评估", "名称", "绩效", "考核"),
        ("评估", "写法", "groups.hills.categories.1: county", "groups.hills.categories.1: district"),
    ]


# Whatever differs is told, whatever else does.

RICH = BOOK.replace(
    "      highest_only: true\n      standards:\n        - {code: blame, name: 通报, levels: {省级: 2, 市级: 1}}\n",
    "      highest_only: true\n      parts: {order: {name: 秩序类, at_most: 30}}\n      standards:\n"
    "        - {code: blame, name: 通报, part: order, at_most: 30, levels: {省级: 2, 市级: 1}}\n",
).replace("decimals: 2}", "decimals: 2, kind: count}\n            says: 按统计口径")
DECIMALS, COUNT, LEVELS, WORTH = (
    "fact.decimals: 2",
    "fact.kind: count",
    "{省级: 2, 市级: 1}",
    "省级 2 分、市级 1 分；本项最多 30 分",
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("part: order, at_most: 30", "at_most: 28", ("扣分项", "所属部分", "秩序类", "")),
        ("decimals: 2, kind: count", "decimals: 1", ("指标", "写法", f"{DECIMALS}；{COUNT}", "fact.decimals: 1")),
        ("亿元, decimals: 2,", "万元, decimals: 4,", ("指标", "写法", DECIMALS, "fact.decimals: 4")),
        ("says: 按统计口径", "says: 按核算口径", ("指标", "写法", "says: 按统计口径", "says: 按核算口径")),
        (LEVELS, f"{LEVELS}, says: 以文件为准", ("扣分项", "分值", WORTH, f"{WORTH}；以文件为准")),
    ],
)  # fmt: skip
def test_whatever_differs_is_told_beside_what_else_does(old, new, expected):
    other = (
        RICH.replace(old, new).replace("name: 生产总值\n", "name: 地区生产总值\n").replace("name: 通报,", "name: 批评,")
    )
    if "part: order" in old:
        other = other.replace("parts: {order: {name: 秩序类, at_most: 30}}\n", "at_most: 40\n")
    changes = compare(read_scheme(RICH, "a.yaml"), read_scheme(other, "b.yaml"))
    found = [(c.kind.zh, c.aspect.zh, c.before.zh, c.after.zh) for c in changes]
    assert expected in found, found
    assert {("指标", "名称", "生产总值", "地区生产总值"), ("扣分项", "名称", "通报", "批评")} <= set(found)


def test_a_bare_word_with_its_parameters_is_as_written():
    judged = "税收, full_marks: 20, collector: 市统计局, rule: judged"
    assert told((judged, judged.replace("judged", "{judged: {decimals: 2}}"))) == [
        ("changed", "指标", "revenue", "写法", "rule: judged", "rule.judged.decimals: 2")
    ]


# Each difference once.

VETO = "    veto: {effect: down_one, by: decision, grounds: [事故]}\n"


def test_a_veto_put_first_is_new_and_the_others_are_the_same():
    before = VETO.replace("{", "[{").replace("}", "}, {effect: lowest, by: decision, grounds: [造假, 违纪]}]")
    after = before.replace("[{", "[{effect: not_graded, by: decision, grounds: [撤并]}, {", 1)
    changes = compare(
        read_scheme(BOOK.replace(VETO, before), "a.yaml"), read_scheme(BOOK.replace(VETO, after), "b.yaml")
    )
    assert [(c.what.value, c.kind.zh, c.name) for c in changes] == [("new", "等次调整", "一票否决（撤并）")]


def test_a_veto_is_known_by_most_of_its_grounds():
    before = VETO.replace("[事故]", "[事故, 造假]")
    after = VETO.replace("[事故]", "[造假, 事故, 违纪]")
    (change,) = compare(
        read_scheme(BOOK.replace(VETO, before), "a.yaml"), read_scheme(BOOK.replace(VETO, after), "b.yaml")
    )
    said = "降低一个等次，由有权机关决定：事故；造假", "降低一个等次，由有权机关决定：造假；事故；违纪"
    assert (change.what.value, change.aspect.zh, change.before.zh, change.after.zh) == ("changed", "规定", *said)


def test_the_only_veto_is_the_same_on_other_grounds():
    (change,) = told(("grounds: [事故]", "grounds: [违纪]"))
    assert change[:2] == ("changed", "等次调整")


@pytest.mark.parametrize("name", ["县区", "县（市、区）"])
def test_a_set_under_another_code_is_the_same_set(name):
    changes = told(("counties: {name: 县区", f"places: {{name: {name}"), ("full_marks: 40\n", "full_marks: 45\n"),
                   ("税收, full_marks: 20", "税收, full_marks: 15"))  # fmt: skip
    named = [("changed", "指标集", "places", "名称", "县区", name)] if name != "县区" else []
    assert changes == [
        ("changed", "指标集", "places", "代码", "counties", "places"),
        *named,
        ("changed", "指标", "gdp", "满分", "40", "45"),
        ("changed", "指标", "revenue", "满分", "20", "15"),
    ]


@pytest.mark.parametrize(
    ("keys", "aspect", "after"),
    [
        ("lead: 市发改委", "牵头单位", "市发改委"),
        ("missing: zero", "缺数据", "计 0 分"),
        ("substitute: 市督查室", "数据来源", "（对采集单位自身：市督查室）"),
    ],
)
def test_what_is_handed_down_is_told_where_it_is_written(keys, aspect, after):
    old = "      - code: growth\n        name: 发展\n"
    changes = [change for change in told((old, f"{old}        {keys}\n")) if change[3] == aspect]
    assert (changes[0][2], after in changes[0][5]) == ("growth", True)
    if aspect != "数据来源":  # who collects differs from leaf to leaf, so that each says so
        assert len(changes) == 1


def test_what_a_moved_indicator_inherits_elsewhere_is_told_of_it():
    tax = "          - {code: revenue, name: 税收, full_marks: 20, collector: 市统计局, rule: judged}\n"
    led = "      - code: work\n        name: 工作\n        lead: 市督查室\n"
    book = BOOK.replace("      - code: work\n        name: 工作\n", led)
    changes = compare(
        read_scheme(book, "a.yaml"), read_scheme(book.replace(tax, "").replace(ORDER, ORDER + tax), "b.yaml")
    )
    assert ("revenue", "牵头单位", "市督查室") in [(c.code, c.aspect.zh, c.after.zh) for c in changes]


def two_sets(book: str) -> str:
    return book.replace("district: 区}}}", "district: 区}}, offices: {name: 部门, categories: {office: 部门}}}")


def test_what_sets_have_in_common_is_told_once():
    other = two_sets(BOOK).replace("税收, full_marks: 20", "税收收入, full_marks: 20").replace(
        "rule: judged}\n    deductions", "for: {counties: {says: 县}, offices: {}}, rule: judged}\n    deductions"
    )  # fmt: skip
    changes = compare(read_scheme(two_sets(BOOK), "a.yaml"), read_scheme(other, "b.yaml"))
    assert [(c.where.zh, c.where.en, c.code, c.aspect.zh) for c in changes] == [
        ("绩效 · 县区、部门", "绩效 · 县区, 部门", "revenue", "名称"),
        ("绩效 · 县区", "绩效 · 县区", "order", "写法"),
    ]


def test_everything_of_one_place_stands_together():
    tax = "          - {code: revenue, name: 税收, full_marks: 20, collector: 市统计局, rule: judged}\n"
    other = BOOK.replace(tax, "").replace("full_marks: 40\n", "full_marks: 60\n").replace("from: 90", "from: 91")
    changes = compare(read_scheme(BOOK, "a.yaml"), read_scheme(other.replace("县, district: 区", "县"), "b.yaml"))
    assert [change.where.zh for change in changes] == ["绩效", "绩效", "绩效 · 县区", "绩效 · 县区"]
    assert [change.what.value for change in changes if "县区" in change.where.zh][-1] == "gone"


# Order.


def test_another_order_of_indicators_is_told_at_what_they_stand_below():
    gdp = BOOK[BOOK.index("          - code: gdp") : BOOK.index("          - {code: revenue")]
    tax = "          - {code: revenue, name: 税收, full_marks: 20, collector: 市统计局, rule: judged}\n"
    assert told((gdp + tax, tax + gdp)) == [
        ("changed", "指标", "growth", "指标次序", "生产总值、税收", "税收、生产总值")
    ]


def test_another_order_of_parts_and_of_uses():
    growth = BOOK[BOOK.index("      - code: growth") : BOOK.index("      - code: work")]
    work = BOOK[BOOK.index("      - code: work") : BOOK.index("    deductions:")]
    assert told((growth + work, work + growth)) == [
        ("changed", "指标集", "counties", "指标次序", "发展、工作", "工作、发展")
    ]
    staff = "      - {code: staff, name: 优秀比例, by_grade: {优秀: 20%}, otherwise: 15%}\n"
    more = [staff.replace("staff", code).replace("优秀比例", name) for code, name in (("a", "甲"), ("b", "乙"))]
    books = [BOOK.replace(staff, "".join(uses)) for uses in ([staff, *more], [staff, *more[::-1]])]
    (change,) = compare(*(read_scheme(book, "a.yaml") for book in books))
    assert (change.kind.zh, change.aspect.zh, change.before.zh, change.after.zh) == (
        "评估", "结果运用次序", "甲、乙", "乙、甲",
    )  # fmt: skip


def test_a_grade_in_between_changes_no_order():
    changes = told(
        ("      - {name: 良好, from: 80}\n", "      - {name: 较好, from: 85}\n      - {name: 良好, from: 80}\n")
    )
    assert [change[:3] for change in changes] == [("new", "等次", "较好")]


def test_what_is_said_reads_well():
    judged = "order, name: 秩序, full_marks: 40, collector: 市督查室, rule: judged"
    panel = (
        "order, name: 秩序, full_marks: 40, panel: {voters: 代表, secrecy: signed, method: {tiers: {好: 40, 差: 20}}, "
        "limits: {好: %s}, %sover_limit: void}"
    )
    said = []
    for limits in (("40%", "limit_rounding: down, "), ("3", "")):
        other = BOOK.replace(judged, panel % limits).replace("panel: 2", "panel: 1").replace(", 市督查室]", "]")
        changes = compare(read_scheme(BOOK, "a.yaml"), read_scheme(other, "b.yaml"))
        said += [c.after for c in changes if c.aspect.zh in ("小数位数", "计分方法")]
    rounding, first, _, second = said
    assert "panel 1 place," in rounding.en
    assert "每票“好”最多对象的 40%（只舍不入）" in first.zh
    assert "每票“好”最多 3 个" in second.zh
    assert "at least 1 valid ballot," in first.en
