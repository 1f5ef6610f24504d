"""Result use: ways that go together, known grades and sets, bands that fit into the ranking."""

from __future__ import annotations

from decimal import Decimal

from engine.language.checks.report import Report
from engine.language.grades import UNGRADED
from engine.language.model import Evaluation
from engine.language.scheme import EvaluationPlan
from engine.language.uses import Band, Use
from engine.show import percent
from engine.text import Text

_WAYS = ("by_grade", "by_rank", "by_rise")
_NO_GRADE = Text("没有等次“{name}”", 'there is no grade "{name}"')
_NO_SET = Text("没有指标集“{name}”", 'there is no indicator set "{name}"')


def check(plan: EvaluationPlan, report: Report) -> None:
    """Check one evaluation."""
    evaluation = plan.written
    named = [(use.code, use.line("code")) for use in evaluation.use]
    zh = "结果运用的代码“{name}”重复，第 {first} 行已用；请改成别的代码"
    report.repeated(named, zh, 'the code of the use "{name}" is used twice (first in line {first}); change one')
    for use in evaluation.use:
        _way(use, report)
        _names(use, evaluation, report)
        for band in use.by_rank or ():
            _band(band, use, report)
        _bands(use, report)
        if use.by_rise is not None:
            _rise(use.by_rise, use, report)


def _way(use: Use, report: Report) -> None:
    ways = [key for key in _WAYS if getattr(use, key) is not None]
    if len(ways) > 1 and "by_rise" in ways:
        zh = "“{name}”同时写了 {ways}；by_rise 不能和别的一起写"
        report.add(
            use.line(ways[1]),
            zh,
            '"{name}" has {ways}; by_rise stands alone',
            name=use.name,
            ways=", ".join(ways),
        )
    elif not ways and not use.lost(*_WAYS):
        zh = "“{name}”没有写按什么给；请写 by_grade（按等次）、by_rank（按位次）、by_rise（按进步）之一"
        en = '"{name}" does not say what it goes by; write by_grade, by_rank or by_rise'
        report.add(use.line("code"), zh, en, name=use.name)


def _names(use: Use, evaluation: Evaluation, report: Report) -> None:
    names = [*(grade.name for grade in evaluation.grades), *_without_grade(evaluation)]
    hidden = evaluation.lost("grades") or any(grade.lost("name") for grade in evaluation.grades)
    for unknown in [name for name in use.by_grade or {} if name not in names and not hidden]:
        report.unknown(use.line("by_grade", unknown), _NO_GRADE, unknown, names)
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


def _bands(use: Use, report: Report) -> None:
    bands = use.by_rank or ()
    shares = [extent.amount for band in bands if (extent := band.first or band.last) and extent.relative]
    total = sum(shares, Decimal(0))
    if total > 1:
        zh = "“{name}”各段合计 {all}，超过 100%，会重叠；每段写自己的比例，不累计"
        en = 'the bands of "{name}" add up to {all} and overlap; each states its own share, not a cumulative one'
        report.add(use.line("by_rank"), zh, en, name=use.name, all=percent(total))


def _rise(band: Band, use: Use, report: Report) -> None:
    if band.last is not None:
        zh = "“{name}”按进步大小给，只能写 first（进步最大的几个）"
        report.add(band.line("last"), zh, '"{name}" goes by places gained and is counted from the first', name=use.name)
    else:
        _band(band, use, report)
