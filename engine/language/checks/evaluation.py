"""Names and figures that belong to the whole evaluation: codes, collectors, series, bonus, moves, ties."""

from __future__ import annotations

from engine.language.checks.report import Report
from engine.language.model import GradeMove, SchemeFile, Standard
from engine.scheme import EvaluationPlan
from engine.show import show


def check_file(written: SchemeFile, report: Report) -> None:
    """Check what stands above the evaluations."""
    named = [(evaluation.code, evaluation.line("code")) for evaluation in written.evaluations]
    report.repeated(named, "评估代码“{name}”重复，第 {first} 行已用", 'the evaluation "{name}" is there twice (first in line {first})')


def check(plan: EvaluationPlan, report: Report) -> None:
    """Check one evaluation."""
    _sets(plan, report)
    _collectors(plan, report)
    _standards(plan, report)
    _moves(plan, report)
    _ties(plan, report)


def _sets(plan: EvaluationPlan, report: Report) -> None:
    evaluation = plan.written
    named = [(category, one.line("categories")) for one in evaluation.sets.values() for category in one.categories]
    report.repeated(named, "类别“{name}”重复，第 {first} 行已用", 'the category "{name}" is there twice (first in line {first})')
    nodes = [node for part_of in plan.sets for node in part_of.walk()]
    for node in nodes:
        for unknown in (node.written.for_ or {}).keys() - evaluation.sets.keys():
            report.add(node.written.line("for"), "没有指标集“{code}”", 'there is no indicator set "{code}"', code=unknown)


def _collectors(plan: EvaluationPlan, report: Report) -> None:
    evaluation = plan.written
    line = evaluation.line("collectors")
    report.repeated([(name, line) for name in evaluation.collectors], "采集单位“{name}”列了两次", 'the collector "{name}" is listed twice')
    nodes = [node for part_of in plan.sets for node in part_of.walk()]
    used = {name for node in nodes for name in (*node.collector.values(), node.substitute)}
    for idle in [name for name in evaluation.collectors if name not in used]:
        zh = "采集单位“{name}”没有要采集的指标"
        report.add(line, zh, 'the collector "{name}" has nothing to collect', name=idle)


def _standards(plan: EvaluationPlan, report: Report) -> None:
    evaluation = plan.written
    bonus = evaluation.bonus.standards if evaluation.bonus else ()
    deductions = evaluation.deductions.standards if evaluation.deductions else ()
    named = [(standard.code, standard.line("code")) for standard in (*bonus, *deductions)]
    report.repeated(named, "加减分项代码“{name}”重复，第 {first} 行已用", 'the standard "{name}" is there twice (first in line {first})')
    for standard in (*bonus, *deductions):
        _levels(standard, report)


def _levels(standard: Standard, report: Report) -> None:
    for level, points in standard.levels.items():
        if standard.at_most is not None and points > standard.at_most:
            zh = "“{name}”{level}一次 {points} 分，超过本项上限 {most} 分"
            en = '"{name}", {level}: {points} points at once, above the cap of {most} for the kind'
            values = {"name": standard.name, "level": level, "points": show(points), "most": show(standard.at_most)}
            report.add(standard.line("levels"), zh, en, **values)


def _moves(plan: EvaluationPlan, report: Report) -> None:
    evaluation = plan.written
    down, up = ("down_one", "bar_from_top", "lowest"), ("up_one", "top")
    for key, move, allowed in (("veto", evaluation.veto, down), ("promotion", evaluation.promotion, up)):
        if move is not None and move.effect not in allowed:
            zh, en = "{key} 的 effect 只能是 {allowed}", "the effect of {key} must be one of {allowed}"
            report.add(move.line("effect"), zh, en, key=key, allowed=", ".join(allowed))
    _grounds([move for move in (evaluation.veto, evaluation.promotion) if move], report)


def _grounds(moves: list[GradeMove], report: Report) -> None:
    named = [(ground, move.line("grounds")) for move in moves for ground in move.grounds]
    report.repeated(named, "事由“{name}”重复，第 {first} 行已用", 'the ground "{name}" is there twice (first in line {first})')


def _ties(plan: EvaluationPlan, report: Report) -> None:
    ranking = plan.written.ranking
    for code in ranking.break_ties_by:
        for part_of in plan.sets:
            if part_of.find(code) is None:
                zh = "并列时比较的指标“{code}”在指标集“{set}”里没有"
                en = 'the tie-breaker "{code}" is not an indicator of the set "{set}"'
                report.add(ranking.line("break_ties_by"), zh, en, code=code, set=part_of.code)
