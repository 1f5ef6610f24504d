"""Grades: lines without holes and overlaps, second grades."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from engine.language.checks import quotas
from engine.language.checks.conditions import known_node
from engine.language.checks.report import Report
from engine.language.grades import Grade, Scale
from engine.language.scheme import EvaluationPlan, Indicator
from engine.show import percent, show


def check(plan: EvaluationPlan, report: Report) -> None:
    """Check one evaluation."""
    evaluation = plan.written
    full = [] if evaluation.lost("full_marks") else [Fraction(evaluation.full_marks)]
    _scale(evaluation, full, plan, report)
    _reachable(plan, report)
    named = [(scale.code, scale.line("code")) for scale in evaluation.also_graded]
    zh = "另评等次的代码“{name}”重复，第 {first} 行已用；请改成别的代码"
    report.repeated(named, zh, 'the code of the second grade "{name}" is used twice (first in line {first})')
    named = [(scale.name, scale.line("name")) for scale in evaluation.also_graded if not scale.lost("name")]
    zh = "有两个另评等次都叫“{name}”（第 {first} 行已有），请改名以便区分"
    report.repeated(named, zh, 'two second grades are called "{name}" (first in line {first}); rename one')
    for scale in evaluation.also_graded:
        if scale.on == "total":
            _scale(scale, full, plan, report)
        elif known_node(scale, "on", scale.on, plan, report):
            nodes = [node for part_of in plan.sets for node in part_of.walk() if node.code == scale.on]
            fulls = sorted({Fraction(one) for node in nodes for one in node.full.values() if one})
            _scale(scale, fulls, plan, report)


def _scale(scale: Scale, fulls: list[Fraction], plan: EvaluationPlan, report: Report) -> None:
    grades = scale.grades
    named = [(grade.name, grade.line("name")) for grade in grades if not grade.lost("name")]
    report.repeated(
        named, "等次“{name}”写了两次（第 {first} 行已有）", 'the grade "{name}" is there twice (first in line {first})'
    )
    if scale.lost("grades"):
        return
    for grade in grades[:-1]:
        if grade.from_ is None and grade.quota is None and not grade.lost("from", "quota"):
            zh = "等次“{name}”没有分数线（from）也没有名额（quota），会与下一等次重叠；请写其中一样"
            en = 'the grade "{name}" has neither a line (from) nor a quota and overlaps the next; write one of them'
            report.add(grade.line(), zh, en, name=grade.name)
    _lowest(grades[-1], report)
    for full in fulls:
        _lines(grades, full, report)
    _shares(grades, fulls, report)
    quotas.check(scale, plan, report)


def _shares(grades: tuple[Grade, ...], fulls: list[Fraction], report: Report) -> None:
    """Lines such as 0.9 where 90% of the full marks is meant: everybody would have the best grade."""
    lined = [(grade, grade.from_) for grade in grades[:-1] if grade.from_ is not None]
    least = min(fulls, default=Fraction(0))
    if lined and all(not line.relative and 0 < line.amount < least / 100 for _, line in lined):
        grade, line = lined[0]
        zh = "各等次的分数线都不到满分的 1%（“{name}”从 {low} 分起）；按满分的比例写 {share}，按分数写 {points}"
        en = 'all lines are below 1% of full marks ("{name}" from {low}); as a share write {share}, as points {points}'
        share = Fraction(line.amount)
        values = {"low": show(share), "share": percent(share), "points": show(share * least)}
        report.add(grade.line("from"), zh, en, name=grade.name, **values)


def _lowest(grade: Grade, report: Report) -> None:
    if grade.from_ is not None:
        zh = "最低等次“{name}”不写分数线（from）：低于它的分数会没有等次（空档）；请删去"
        en = 'the lowest grade "{name}" has a line: totals below it would have no grade (a hole); remove `from`'
        report.add(grade.line("from"), zh, en, name=grade.name)
    if grade.quota is not None:
        zh = "最低等次“{name}”不能有名额（quota）：名额以外的单位会没有等次；请删去"
        en = 'the lowest grade "{name}" takes all the rest and has no quota; remove it'
        report.add(grade.line("quota"), zh, en, name=grade.name)
    if grade.only_if is not None:
        zh = "最低等次“{name}”不能有条件（only_if）：不符合的单位会没有等次；请删去"
        en = 'the lowest grade "{name}" takes all the rest and has no condition; remove only_if'
        report.add(grade.line("only_if"), zh, en, name=grade.name)


def _lines(grades: tuple[Grade, ...], full: Fraction, report: Report) -> None:
    lined = [grade for grade in grades if grade.from_ is not None]
    for upper, lower in pairwise(lined):
        high, low = _line(upper, full), _line(lower, full)
        if low >= high and lower is not grades[-1]:
            zh = "等次“{lower}”的分数线 {low} 不低于上一等次“{upper}”的 {high}，两者重叠；等次应由高到低写"
            en = 'the line {low} of "{lower}" is not below the {high} of "{upper}": they overlap; write the best first'
            values = {"lower": lower.name, "upper": upper.name, "low": show(low), "high": show(high)}
            report.add(lower.line("from"), zh, en, **values)
    for upper, lower in pairwise(grades):
        if lower.below is not None and upper.from_ is not None:
            _meet(upper, lower, full, report)
        elif lower.below is not None and not upper.lost("from"):
            zh = "等次“{lower}”写了上限（below），而上一等次“{upper}”没有分数线（from）；请删去 below"
            en = '"{lower}" has an upper end (below) but "{upper}" above it has no line (from); remove below'
            report.add(lower.line("below"), zh, en, lower=lower.name, upper=upper.name)
    if grades[0].below is not None:
        zh = "最高等次“{name}”不写上限（below）：更高的分数会没有等次（空档）；请删去"
        en = 'the top grade "{name}" has an upper end (below): higher totals would have no grade (a hole); remove it'
        report.add(grades[0].line("below"), zh, en, name=grades[0].name)


def _meet(upper: Grade, lower: Grade, full: Fraction, report: Report) -> None:
    high, end = _line(upper, full), lower.below.of(full) if lower.below else Fraction(0)
    values = {"upper": upper.name, "lower": lower.name, "high": show(high), "end": show(end)}
    if end < high:
        zh = "等次“{lower}”到不足 {end} 为止，“{upper}”从 {high} 起，中间有空档；below 应为 {high}"
        en = '"{lower}" ends below {end} and "{upper}" starts at {high}: a hole; below should be {high}'
        report.add(lower.line("below"), zh, en, **values)
    elif end > high:
        zh = "等次“{lower}”到不足 {end} 为止，“{upper}”从 {high} 起，两者重叠；below 应为 {high}"
        en = '"{lower}" ends below {end} and "{upper}" starts at {high}: they overlap; below should be {high}'
        report.add(lower.line("below"), zh, en, **values)


def _inside(part: Indicator, category: str) -> bool:
    most = part.most(category)
    return most is not None and most <= part.full[category]


def _line(grade: Grade, full: Fraction) -> Fraction:
    return grade.from_.of(full) if grade.from_ else Fraction(0)


def _reachable(plan: EvaluationPlan, report: Report) -> None:
    """A line above every possible total; only where nothing but full marks bounds the total."""
    evaluation = plan.written
    if evaluation.lost("grades", "full_marks"):
        return
    full = Fraction(evaluation.full_marks)
    capped = all(_inside(part, one) for part_of in plan.sets for part in part_of.parts for one in part_of.categories)
    if not capped or evaluation.lost("bonus", "indicators") or (evaluation.bonus and evaluation.bonus.at_most is None):
        return
    most = full + (Fraction(evaluation.bonus.at_most or 0) if evaluation.bonus else 0)
    for grade in evaluation.grades:
        if grade.from_ is not None and _line(grade, full) > most:
            zh = "等次“{name}”的分数线 {low} 高于可能的最高总分 {most}，没有单位能达到"
            en = 'the line {low} of the grade "{name}" is above the highest possible total {most}'
            report.add(grade.line("from"), zh, en, name=grade.name, low=show(_line(grade, full)), most=show(most))
