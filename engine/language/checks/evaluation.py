"""Names and figures that belong to the whole evaluation: codes, sets, ties, limits."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from engine.language.checks.report import Report
from engine.language.model import Evaluation, SchemeFile
from engine.language.scheme import EvaluationPlan
from engine.show import show
from engine.text import Text

_NO_SET = Text("没有指标集“{name}”", 'there is no indicator set "{name}"')


def check_file(written: SchemeFile, report: Report) -> None:
    """Check what stands above the evaluations."""
    named = [(evaluation.code, evaluation.line("code")) for evaluation in written.evaluations]
    zh = "评估代码“{name}”重复，第 {first} 行已用；请改成别的代码"
    report.repeated(named, zh, 'the evaluation code "{name}" is used twice (first in line {first}); change one')
    named = [(one.title, one.line("title")) for one in written.evaluations if not one.lost("title")]
    zh = "有两项评估都叫“{name}”（第 {first} 行已有），请改名以便区分"
    report.repeated(named, zh, 'two evaluations are called "{name}" (first in line {first}); rename one')


def check(plan: EvaluationPlan, report: Report) -> None:
    """Check one evaluation."""
    _sets(plan.written, report)
    _for(plan, report)
    _ties(plan, report)
    _limits(plan.written, report)


def _sets(evaluation: Evaluation, report: Report) -> None:
    sets = evaluation.sets.values()
    codes = [(category, one.line("categories", category)) for one in sets for category in one.categories]
    zh = "类别代码“{name}”重复，第 {first} 行已用；请改成别的代码"
    report.repeated(codes, zh, 'the category code "{name}" is used twice (first in line {first}); change one')
    names = [(name, one.line("categories", code)) for one in sets for code, name in one.categories.items()]
    zh = "有两个类别都叫“{name}”（第 {first} 行已有），请改名以便区分"
    report.repeated(names, zh, 'two categories are called "{name}" (first in line {first}); rename one')
    named = [(one.name, one.line("name")) for one in sets if not one.lost("name")]
    zh = "有两个指标集都叫“{name}”（第 {first} 行已有），请改名以便区分"
    report.repeated(named, zh, 'two indicator sets are called "{name}" (first in line {first}); rename one')


def _for(plan: EvaluationPlan, report: Report) -> None:
    evaluation = plan.written
    if evaluation.lost("sets"):
        return
    waiting = list(evaluation.indicators)
    while waiting:
        node = waiting.pop()
        for code, body in (node.for_ or {}).items():
            waiting += body.indicators or ()
            if code not in evaluation.sets:
                report.unknown(node.line("for", code), _NO_SET, code, evaluation.sets)
        waiting += node.indicators or ()


def _ties(plan: EvaluationPlan, report: Report) -> None:
    ranking = plan.written.ranking
    nodes = [node for part_of in plan.sets for node in part_of.walk()]
    if plan.written.lost("indicators") or any(node.written.lost("code", "indicators", "for") for node in nodes):
        return
    codes = {part_of.code: {node.code for node in part_of.walk()} for part_of in plan.sets}
    for place, code in enumerate(ranking.break_ties_by):
        _tie(code, ranking.line("break_ties_by", place), codes, plan, report)
    named = [(code, ranking.line("break_ties_by", place)) for place, code in enumerate(ranking.break_ties_by)]
    zh = "并列时比较的指标“{name}”写了两次（第 {first} 行已有）"
    report.repeated(named, zh, 'the tie-breaker "{name}" is there twice (first in line {first})')


def _tie(code: str, line: int, codes: Mapping[str, set[str]], plan: EvaluationPlan, report: Report) -> None:
    known = set().union(*codes.values())
    if code not in known:
        what = Text("并列时比较的指标“{name}”不存在", 'there is no indicator "{name}" to break ties by')
        report.unknown(line, what, code, known)
        return
    for part_of in [one for one in plan.sets if one.parts and code not in codes[one.code]]:
        zh = "并列时比较的指标“{code}”在指标集“{set}”里没有；请选各指标集都有的指标"
        en = 'the tie-breaker "{code}" is not an indicator of the set "{set}"; choose one that every set has'
        report.add(line, zh, en, code=code, set=part_of.name)


def _limits(evaluation: Evaluation, report: Report) -> None:
    if evaluation.lost("cap", "floor", "full_marks"):
        return
    full = Fraction(evaluation.full_marks)
    cap = evaluation.cap.of(full) if evaluation.cap is not None else None
    floor = evaluation.floor.of(full) if evaluation.floor is not None else None
    if cap is not None and cap < full:
        zh = "总分上限（cap）{cap} 低于满分 {full}"
        report.add(
            evaluation.line("cap"),
            zh,
            "the cap {cap} of the total is below the full marks {full}",
            cap=show(cap),
            full=show(full),
        )
    if floor is not None and floor >= (full if cap is None else cap):
        zh = "总分下限（floor）{floor} 不低于上限 {cap}，各单位总分会完全一样"
        en = "the floor {floor} of the total is not below {cap}: all totals would be the same"
        report.add(evaluation.line("floor"), zh, en, floor=show(floor), cap=show(full if cap is None else cap))
