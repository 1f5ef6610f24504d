"""Quotas: said one way for every category, seats for somebody, no more than everybody."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engine.grammar.fields import EVERY
from engine.language.checks.conditions import known_node
from engine.language.checks.report import Report
from engine.language.grades import AlsoGraded, BreakTies, Grade, Quota, Scale
from engine.language.scheme import EvaluationPlan
from engine.show import percent
from engine.text import Text

_NO_CATEGORY = Text("没有类别“{name}”", 'there is no category "{name}"')


def check(scale: Scale, plan: EvaluationPlan, report: Report) -> None:
    """Check the quotas of one scale."""
    with_quota = [(grade, grade.quota) for grade in scale.grades if grade.quota is not None]
    for grade, quota in with_quota:
        _way(grade, quota, report)
        for key in ("share", "number"):
            _categories(getattr(quota, key), key, grade, plan, report)
        _seats(grade, quota, report)
        _ties(quota, _compared(scale, plan), plan, report)
    for category in (category for part_of in plan.sets for category in part_of.categories):
        shares = sum((quota.share_of(category) or Decimal(0) for _, quota in with_quota), Decimal(0))
        if shares > 1:
            zh = "各等次名额（quota）合计 {all}，超过 100%；比例按等次分别写，不累计"
            en = "the quotas add up to {all}, above 100%; each grade states its own share, not a cumulative one"
            report.add(with_quota[-1][0].line("quota", "share"), zh, en, all=percent(shares))


def _way(grade: Grade, quota: Quota, report: Report) -> None:
    if quota.lost("share", "number", "rounding", "at_least"):
        return
    name = grade.name
    if (quota.share is None) == (quota.number is None):
        zh = "等次“{name}”的名额要写且只写 share（比例）或 number（个数）"
        report.add(grade.line("quota"), zh, 'the quota of "{name}" states exactly one of share and number', name=name)
    elif quota.share is not None and quota.rounding is None:
        zh = "等次“{name}”的名额按比例，要写明怎么取整：rounding: half_up（四舍五入）、down（舍去）或 up（进位）"
        en = 'the quota of "{name}" is a share and must say its rounding: half_up, down or up'
        report.add(grade.line("quota"), zh, en, name=name)
    elif quota.number is not None and (quota.rounding is not None or quota.at_least):
        key = "rounding" if quota.rounding is not None else "at_least"
        zh = "等次“{name}”的名额是个数，不用写 {key}，请删去"
        report.add(quota.line(key), zh, 'the quota of "{name}" is a number and needs no {key}', name=name, key=key)


def _categories(
    stated: Mapping[str, object] | None, key: str, grade: Grade, plan: EvaluationPlan, report: Report
) -> None:
    if stated is None or EVERY in stated or plan.written.lost("sets"):
        return
    known = [category for part_of in plan.sets for category in part_of.categories]
    unknown = [category for category in stated if category not in known]
    for category in unknown:
        report.unknown(grade.line("quota", key, category), _NO_CATEGORY, category, known)
    for category in known if not unknown else ():
        if category not in stated:
            zh = "等次“{name}”的名额没有写类别“{code}”；没有名额就写 0"
            en = 'the quota of "{name}" states nothing for category "{code}"; write 0 for no seats'
            report.add(grade.line("quota", key), zh, en, name=grade.name, code=category)


def _seats(grade: Grade, quota: Quota, report: Report) -> None:
    stated = quota.share if quota.share is not None else quota.number
    if stated is not None and not any(stated.values()) and not quota.at_least and not quota.lost("at_least"):
        zh = "等次“{name}”的名额是 0，没有单位能得到；请改比例或删去这个等次"
        en = 'the quota of "{name}" is 0: nobody could have the grade; change it or remove the grade'
        report.add(grade.line("quota", "share" if quota.share is not None else "number"), zh, en, name=grade.name)


def _compared(scale: Scale, plan: EvaluationPlan) -> tuple[str, ...]:
    """The nodes by which the places of a scale are told apart: a node that is graded has places of its own."""
    if isinstance(scale, AlsoGraded) and scale.on != "total":
        return (scale.on,)
    return plan.written.ranking.break_ties_by


def _ties(quota: Quota, compared: tuple[str, ...], plan: EvaluationPlan, report: Report) -> None:
    if not isinstance(quota.ties, BreakTies):
        return
    for code in dict.fromkeys(quota.ties.break_by):
        if known_node(quota.ties, "break_by", code, plan, report) and code in compared:
            zh = "排名时已经比过“{code}”，名额末位不必再比；请删去或换一个指标"
            en = 'the ranking has compared "{code}" already; remove it, or name another indicator'
            report.add(quota.ties.line("break_by"), zh, en, code=code)
    named = [(code, quota.ties.line("break_by", place)) for place, code in enumerate(quota.ties.break_by)]
    zh = "并列时比较的指标“{name}”写了两次（第 {first} 行已有）"
    report.repeated(named, zh, 'the tie-breaker "{name}" is there twice (first in line {first})')
