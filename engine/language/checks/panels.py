"""Panels: what a vote can bring, and that every answer makes a difference."""

from __future__ import annotations

from engine.grammar.fields import damaged
from engine.language.checks.report import Report
from engine.language.scheme import Indicator, IndicatorSetPlan
from engine.panels.panel import Panel
from engine.show import show


def check(part_of: IndicatorSetPlan, report: Report) -> None:
    """Check one indicator set."""
    for node in part_of.walk():
        if node.panel is not None:
            _panel(node, node.panel, report)


def _panel(node: Indicator, panel: Panel, report: Report) -> None:
    written = node.written
    if written.collector is not None:
        zh = "“{name}”由投票产生，不写采集单位（collector）"
        report.add(written.line("collector"), zh, '"{name}" is voted on and has no collector', name=node.name)
    named = [(answer, panel.line("not_counted", place)) for place, answer in enumerate(panel.not_counted)]
    zh = "不计票的答案“{name}”写了两次（第 {first} 行已有）"
    report.repeated(named, zh, 'the uncounted answer "{name}" is there twice (first in line {first})')
    if damaged(panel):
        return
    method = panel.method.chosen
    mistakes = list(method.mistakes())
    for key, text in mistakes:
        report.add(method.line(key) or panel.line("method"), "{said}", "{said}", said=text)
    aggregate = panel.aggregate.chosen
    for key, text in aggregate.mistakes():
        report.add(aggregate.line(key) or panel.line("aggregate"), "{said}", "{said}", said=text)
    if mistakes:
        return
    _scaling(node, panel, report)
    for place, answer in enumerate(panel.not_counted):
        if method.worth(answer) is not None:
            zh = "“{answer}”既有分值又列在不计票的答案（not_counted）里；请删去一处"
            en = '"{answer}" has points and is also not_counted; remove one'
            report.add(panel.line("not_counted", place), zh, en, answer=answer)
    if not written.lost("full_marks", "for") and panel.scaled_to_best is None:
        _full_marks(node, panel, report)


def _scaling(node: Indicator, panel: Panel, report: Report) -> None:
    least = panel.method.chosen.least()
    if panel.scaled_to_best is not None and least < 0:
        zh = "“{name}”的分值可低到 {least} 分，最高分可能不大于 0，不能以它为满分折算；请删去 scaled_to_best"
        en = '"{name}" goes down to {least}, so that the best may not be above 0; remove scaled_to_best'
        report.add(panel.line("scaled_to_best"), zh, en, name=node.name, least=show(least))


def _full_marks(node: Indicator, panel: Panel, report: Report) -> None:
    most = panel.method.chosen.most()
    for full in sorted({full for full in node.full.values() if full}):
        if most > full:
            zh = "“{name}”的满分是 {full}，投票最高可得 {most} 分，超过满分；请改分值或满分"
            en = 'the full marks of "{name}" are {full} but a vote can bring {most}; change one of them'
            report.add(panel.line("method"), zh, en, name=node.name, full=show(full), most=show(most))
