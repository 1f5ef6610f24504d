"""Result use: ways that go together, known grades and sets, bands that fit into the ranking."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.language.checks.conditions import known_node
from engine.language.checks.report import Report
from engine.language.grades import UNGRADED
from engine.language.model import Evaluation
from engine.language.scheme import EvaluationPlan
from engine.language.uses import Band, Distribute, Repeat, Use, WeightByGrade, WeightByNode, WeightByRank
from engine.show import percent
from engine.text import Text

_WAYS = ("by_grade", "by_rank", "by_rise", "by_repeat", "by_score", "distribute")
_TOGETHER = ("by_grade", "by_rank")
_PERCENT = re.compile(r"\d+(\.\d+)?%")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_NO_GRADE = Text("没有等次“{name}”", 'there is no grade "{name}"')
_NO_SET = Text("没有指标集“{name}”", 'there is no indicator set "{name}"')


def check(plan: EvaluationPlan, report: Report) -> None:
    """Check one evaluation."""
    evaluation = plan.written
    named = [(use.code, use.line("code")) for use in evaluation.use]
    zh = "结果运用的代码“{name}”重复，第 {first} 行已用；请改成别的代码"
    report.repeated(named, zh, 'the code of the use "{name}" is used twice (first in line {first}); change one')
    named = [(use.name, use.line("name")) for use in evaluation.use if not use.lost("name")]
    zh = "有两项结果运用都叫“{name}”（第 {first} 行已有），请改名以便区分"
    report.repeated(named, zh, 'two uses are called "{name}" (first in line {first}); rename one')
    for use in evaluation.use:
        _way(use, report)
        _names(use, evaluation, report)
        for band in use.by_rank or ():
            _band(band, use, report)
        _bands(use.by_rank or (), use.line("by_rank"), use, report)
        if use.by_rise is not None:
            _rise(use.by_rise, use, report)
        if use.by_repeat is not None:
            _repeat(use.by_repeat, use, evaluation, report)
        _heads(use, report)
        _otherwise(use, report)
        if use.distribute is not None:
            _distribute(use.distribute, use, plan, report)
    pools = [(use.distribute.pool, use.distribute.line("pool")) for use in evaluation.use if use.distribute]
    zh = "奖金总额“{name}”已在第 {first} 行分配，不能分两次"
    report.repeated(pools, zh, 'the pool "{name}" is distributed already in line {first}')


def _way(use: Use, report: Report) -> None:
    ways = [key for key in _WAYS if getattr(use, key) is not None]
    alone = [key for key in ways if key not in _TOGETHER]
    if len(ways) > 1 and alone:
        zh = "“{name}”同时写了 {ways}；{alone} 不能和别的一起写"
        en = '"{name}" has {ways}; {alone} stands alone'
        report.add(use.line(ways[1]), zh, en, name=use.name, ways=", ".join(ways), alone=alone[0])
    elif not ways and not use.lost(*_WAYS):
        zh = "“{name}”没有写按什么给；请写 {ways} 之一"
        en = '"{name}" does not say what it goes by; write one of {ways}'
        report.add(use.line("code"), zh, en, name=use.name, ways=Text("、".join(_WAYS), ", ".join(_WAYS)))


def _repeat(repeat: Repeat, use: Use, evaluation: Evaluation, report: Report) -> None:
    if (repeat.grade is None) == (repeat.last is None):
        if not repeat.lost("grade", "last"):
            zh = "“{name}”的 by_repeat 要写且只写 grade（等次）或 last（后几名）"
            en = 'by_repeat of "{name}" states exactly one of grade and last'
            report.add(use.line("by_repeat"), zh, en, name=use.name)
    elif repeat.grade is not None:
        _grade(repeat.grade, repeat.line("grade"), evaluation, report)


def _heads(use: Use, report: Report) -> None:
    if use.of is None:
        if use.rounding is not None:
            zh = "“{name}”不按人数算（of: headcount），不用写 rounding，请删去"
            en = '"{name}" is of no headcount and needs no rounding; remove it'
            report.add(use.line("rounding"), zh, en, name=use.name)
        return
    if use.by_grade is None and use.by_rank is None:
        zh = "“{name}”的 of: headcount 只和 by_grade、by_rank 一起写"
        report.add(use.line("of"), zh, 'of: headcount of "{name}" goes with by_grade and by_rank only', name=use.name)
        return
    if use.rounding is None and not use.lost("rounding"):
        zh = "“{name}”按人数算，要写明怎么取整：rounding: half_up（四舍五入）、down（舍去）或 up（进位）"
        en = '"{name}" is of the headcount and must say its rounding: half_up, down or up'
        report.add(use.line("of"), zh, en, name=use.name)
    gifts = [(gift, use.line("by_grade", grade)) for grade, gift in (use.by_grade or {}).items()]
    gifts += [(band.gives, band.line("gives")) for band in use.by_rank or ()]
    gifts += [(use.otherwise, use.line("otherwise"))] if use.otherwise is not None else []
    for gift, line in gifts:
        if not _PERCENT.fullmatch(gift):
            zh = "“{name}”按人数算，给的应是百分比，如 20%，写成了“{gift}”"
            en = '"{name}" is of the headcount and gives percentages such as 20%, not "{gift}"'
            report.add(line, zh, en, name=use.name, gift=gift)


def _otherwise(use: Use, report: Report) -> None:
    if use.otherwise is not None and (use.by_score is not None or use.distribute is not None):
        zh = "“{name}”人人都按同一办法算，otherwise 不起作用，请删去"
        report.add(
            use.line("otherwise"), zh, 'everybody has "{name}"; otherwise has no effect: remove it', name=use.name
        )


def _distribute(rule: Distribute, use: Use, plan: EvaluationPlan, report: Report) -> None:
    by, evaluation = rule.by, plan.written
    if isinstance(by, WeightByGrade):
        for grade in by.grade:
            _grade(grade, by.line("grade", grade), evaluation, report)
        if not any(by.grade.values()):
            zh = "“{name}”各等次的系数都是 0，无法分配"
            report.add(by.line("grade"), zh, 'all weights of "{name}" are 0: nobody would have a share', name=use.name)
    elif isinstance(by, WeightByRank):
        for band in by.rank:
            _band(band, use, report)
            if not _NUMBER.fullmatch(band.gives) and not band.lost("gives"):
                zh = "“{name}”的系数应是不小于 0 的数，写成了“{gift}”"
                en = 'a weight of "{name}" is a number from 0, not "{gift}"'
                report.add(band.line("gives"), zh, en, name=use.name, gift=band.gives)
        _bands(by.rank, by.line("rank"), use, report)
        weights = [Decimal(band.gives) for band in by.rank if _NUMBER.fullmatch(band.gives)]
        if len(weights) == len(by.rank) and not any(weights) and not by.otherwise and not by.lost("rank", "otherwise"):
            zh = "“{name}”各名次的系数都是 0，无法分配"
            report.add(by.line("rank"), zh, 'all weights of "{name}" are 0: nobody would have a share', name=use.name)

    elif isinstance(by, WeightByNode):
        _node(by, use, plan, report)
    elif by == "bonus" and evaluation.bonus is None and not evaluation.lost("bonus"):
        zh = "没有加分（bonus），“{name}”不能按加分分配"
        en = 'there is no bonus that "{name}" could be shared out by'
        report.add(rule.line("by"), zh, en, name=use.name)


def _node(by: WeightByNode, use: Use, plan: EvaluationPlan, report: Report) -> None:
    """The node must be there, in one of the sets that the use is for."""
    if known_node(by, "node", by.node, plan, report) and use.only_for in plan.written.sets:
        sets = [one for one in plan.sets if use.concerns(one.code)]
        if not any(one.find(by.node) for one in sets):
            zh = "“{name}”只给指标集“{set}”，那里没有指标“{node}”"
            en = '"{name}" is only for the indicator set "{set}", which has no indicator "{node}"'
            report.add(by.line("node"), zh, en, name=use.name, set=sets[0].name, node=by.node)


def _grade(name: str, line: int, evaluation: Evaluation, report: Report) -> None:
    names = [*(grade.name for grade in evaluation.grades), *_without_grade(evaluation)]
    hidden = evaluation.lost("grades") or any(grade.lost("name") for grade in evaluation.grades)
    if name not in names and not hidden:
        report.unknown(line, _NO_GRADE, name, names)


def _names(use: Use, evaluation: Evaluation, report: Report) -> None:
    for grade in use.by_grade or {}:
        _grade(grade, use.line("by_grade", grade), evaluation, report)
    if use.only_for is not None and use.only_for not in evaluation.sets and not evaluation.lost("sets"):
        report.unknown(use.line("for"), _NO_SET, use.only_for, evaluation.sets)


def _without_grade(evaluation: Evaluation) -> list[str]:
    """What units without a grade are called, if a veto may leave some without."""
    return [UNGRADED.zh] if any(veto.effect == "not_graded" for veto in evaluation.veto) else []


def _band(band: Band, use: Use, report: Report) -> None:
    extent = band.first or band.last
    line = band.line("first" if band.first else "last")
    if band.lost("first", "last"):
        return
    if (band.first is None) == (band.last is None):
        zh = "“{name}”的每一段要写且只写 first（前几名）或 last（后几名）"
        report.add(band.line(), zh, 'a band of "{name}" states exactly one of first and last', name=use.name)
    elif extent and (extent.amount <= 0 or (not extent.relative and extent.amount % 1)):
        zh = "“{name}”的段应是正整数（几名）或百分比，如 3 或 30%"
        report.add(
            line, zh, 'a band of "{name}" is a whole number of places or a percentage, such as 3 or 30%', name=use.name
        )
    elif extent and extent.relative and band.rounding is None and not band.lost("rounding"):
        zh = "“{name}”按比例取人数，要写明怎么取整：rounding: half_up（四舍五入）、down（舍去）或 up（进位）"
        report.add(line, zh, '"{name}" takes a share and must say its rounding: half_up, down or up', name=use.name)
    elif extent and not extent.relative and band.rounding is not None:
        zh = "“{name}”的段是名额数，不用取整，请删去 rounding"
        en = 'a band of "{name}" in places needs no rounding; remove it'
        report.add(band.line("rounding"), zh, en, name=use.name)


def _bands(bands: tuple[Band, ...], line: int, use: Use, report: Report) -> None:
    shares = [extent.amount for band in bands if (extent := band.first or band.last) and extent.relative]
    total = sum(shares, Decimal(0))
    if total > 1:
        zh = "“{name}”各段合计 {all}，超过 100%，会重叠；每段写自己的比例，不累计"
        en = 'the bands of "{name}" add up to {all} and overlap; each states its own share, not a cumulative one'
        report.add(line, zh, en, name=use.name, all=percent(total))


def _rise(band: Band, use: Use, report: Report) -> None:
    if band.last is not None:
        zh = "“{name}”按进步大小给，只能写 first（进步最大的几个）"
        report.add(band.line("last"), zh, '"{name}" goes by places gained and is counted from the first', name=use.name)
    else:
        _band(band, use, report)
