"""Grades, quotas, moves and uses."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from engine.language.checks.report import Report
from engine.language.model import Band, Evaluation, Grade, Use
from engine.scheme import EvaluationPlan
from engine.show import percent, show


def check(plan: EvaluationPlan, report: Report) -> None:
    """Check one evaluation."""
    evaluation = plan.written
    full = Fraction(evaluation.full_marks)
    grades = evaluation.grades
    named = [(grade.name, grade.line("name")) for grade in grades]
    report.repeated(named, "等次“{name}”写了两次（第 {first} 行已有）", 'the grade "{name}" is there twice (first in line {first})')
    for grade in grades[:-1]:
        if grade.from_ is None and grade.quota is None:
            zh = "等次“{name}”没有分数线（from）也没有名额（quota），会与下一等次重叠"
            report.add(grade.line(), zh, 'the grade "{name}" has neither a line (from) nor a quota and overlaps the next', name=grade.name)
    _lowest(grades[-1], report)
    _lines(grades, full, report)
    shares = sum((grade.quota.share for grade in grades if grade.quota), Decimal(0))
    if shares > 1:
        line = next(grade.line("quota") for grade in grades if grade.quota)
        report.add(line, "各等次名额合计 {all}，超过 100%", "the quotas add up to {all}, above 100%", all=percent(shares))
    for use in evaluation.use:
        _use(use, evaluation, report)


def _lowest(grade: Grade, report: Report) -> None:
    if grade.from_ is not None:
        zh = "最低等次“{name}”不写分数线：低于它的分数会没有等次（空档）"
        report.add(grade.line("from"), zh, 'the lowest grade "{name}" has a line: totals below it would have no grade (a hole)', name=grade.name)
    if grade.quota is not None:
        report.add(grade.line("quota"), "最低等次“{name}”不能有名额", 'the lowest grade "{name}" takes the rest and has no quota', name=grade.name)


def _lines(grades: tuple[Grade, ...], full: Fraction, report: Report) -> None:
    lined = [grade for grade in grades if grade.from_ is not None]
    for upper, lower in pairwise(lined):
        high, low = _line(upper, full), _line(lower, full)
        if low >= high:
            zh = "等次“{lower}”的分数线 {low} 不低于上一等次“{upper}”的 {high}，两者重叠"
            en = 'the line {low} of "{lower}" is not below the {high} of "{upper}": they overlap'
            report.add(lower.line("from"), zh, en, lower=lower.name, upper=upper.name, low=show(low), high=show(high))
    for upper, lower in pairwise(grades):
        if lower.below is not None and upper.from_ is not None:
            _meet(upper, lower, full, report)
    if grades[0].below is not None:
        report.add(grades[0].line("below"), "最高等次不写上限（below）", "the top grade has no upper end (below)")


def _meet(upper: Grade, lower: Grade, full: Fraction, report: Report) -> None:
    high, end = _line(upper, full), lower.below.of(full) if lower.below else Fraction(0)
    values = {"upper": upper.name, "lower": lower.name, "high": show(high), "end": show(end)}
    if end < high:
        zh = "等次“{lower}”到 {end} 为止，“{upper}”从 {high} 起，中间有空档"
        report.add(lower.line("below"), zh, '"{lower}" ends at {end} and "{upper}" starts at {high}: a hole', **values)
    elif end > high:
        zh = "等次“{lower}”到 {end} 为止，“{upper}”从 {high} 起，两者重叠"
        report.add(lower.line("below"), zh, '"{lower}" ends at {end} and "{upper}" starts at {high}: they overlap', **values)


def _line(grade: Grade, full: Fraction) -> Fraction:
    return grade.from_.of(full) if grade.from_ else Fraction(0)


def _use(use: Use, evaluation: Evaluation, report: Report) -> None:
    ways = [key for key in ("by_grade", "by_rank", "by_rise") if getattr(use, key) is not None]
    if len(ways) != 1:
        zh = "“{name}”要写且只写 by_grade、by_rank、by_rise 之一"
        report.add(use.line("code"), zh, '"{name}" states exactly one of by_grade, by_rank, by_rise', name=use.name)
    names = [grade.name for grade in evaluation.grades]
    for unknown in [name for name in use.by_grade or {} if name not in names]:
        report.add(use.line("by_grade"), "没有等次“{name}”", 'there is no grade "{name}"', name=unknown)
    if use.only_for is not None and use.only_for not in evaluation.sets:
        report.add(use.line("for"), "没有指标集“{code}”", 'there is no indicator set "{code}"', code=use.only_for)
    bands = [*(use.by_rank or ()), *([use.by_rise] if use.by_rise else [])]
    for band in bands:
        _band(band, use, report)
    relative = [extent.amount for band in use.by_rank or () if (extent := band.first or band.last) and extent.relative]
    if sum(relative, Decimal(0)) > 1:
        zh = "“{name}”各段合计 {all}，超过 100%，会重叠"
        report.add(use.line("by_rank"), zh, 'the bands of "{name}" add up to {all} and overlap', name=use.name, all=percent(sum(relative, Decimal(0))))


def _band(band: Band, use: Use, report: Report) -> None:
    extent = band.first or band.last
    if (band.first is None) == (band.last is None):
        report.add(band.line(), "每一段要写且只写 first 或 last", "a band states exactly one of first and last")
    elif extent and (extent.amount <= 0 or (not extent.relative and extent.amount % 1)):
        zh = "“{name}”的段应是整数个或百分比"
        report.add(band.line(), zh, 'a band of "{name}" is a whole number of places or a percentage', name=use.name)
    if use.by_rise is band and band.last is not None:
        report.add(band.line(), "进步奖只能写 first", "places gained are counted from the first")
