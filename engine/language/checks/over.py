"""Over-fulfilment: it can happen, counts once, and its bonus has a cap."""

from __future__ import annotations

from fractions import Fraction

from engine.grammar.fields import damaged
from engine.language.checks.report import Report
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.show import show


def check_bonus(plan: EvaluationPlan, report: Report) -> None:
    """Check what the bonus says of over-fulfilment."""
    bonus, evaluation = plan.written.bonus, plan.written
    if bonus is None or bonus.lost("standards", "over_fulfilment"):
        return
    over = bonus.over_fulfilment
    if over is None and not bonus.standards:
        zh = "加分（bonus）里什么也没有；请写 standards 或 over_fulfilment"
        report.add(evaluation.line("bonus"), zh, "the bonus is empty; write standards or over_fulfilment")
    nodes = [node for one in plan.sets for node in one.walk()]
    hidden = evaluation.lost("indicators") or any(
        node.written.lost("over_fulfilment", "for", "indicators") for node in nodes
    )
    if over is not None and not hidden and not any(node.over for node in nodes):
        zh = "加分里写了 over_fulfilment，而没有指标计超额完成；请删去，或在指标上写 over_fulfilment"
        en = "no indicator has over_fulfilment; remove it from the bonus, or write it at an indicator"
        report.add(bonus.line("over_fulfilment"), zh, en)
    if over is not None and bonus.at_most is not None and over.at_most > bonus.at_most:
        zh = "超额完成的上限 {own} 分高于加分总上限 {most} 分"
        en = "the cap {own} of over-fulfilment is above the cap {most} of everything"
        report.add(over.line("at_most"), zh, en, own=show(over.at_most), most=show(bonus.at_most))


def check(plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    """Check one indicator set."""
    bonus, ways = plan.written.bonus, {node.code: node.roll_up for node in part_of.walk()}
    for node in part_of.walk():
        if node.over is None or node.rule is None:
            continue
        line = node.written.line("over_fulfilment")
        if (bonus is None or bonus.over_fulfilment is None) and not plan.written.lost("bonus"):
            zh = "“{name}”的超额完成没有处记；请在 bonus 里写 over_fulfilment: {{at_most: …}}"
            en = 'the over-fulfilment of "{name}" has no place; write over_fulfilment: {{at_most: …}} in the bonus'
            report.add(line, zh, en, name=node.name)
        if node.slots is not None:
            zh = "“{name}”分期或分单位计分，不能再计超额完成（over_fulfilment）"
            en = '"{name}" is scored by period or by several assessors and has no over-fulfilment'
            report.add(line, zh, en, name=node.name)
        if any(ways[above] != "sum" for above in node.path[:-1]):
            zh = "“{name}”的上级不是按相加汇总（roll_up），超额的分值多少没有一定，不能记入加分"
            en = 'what is above "{name}" is no sum (roll_up): a point beyond full marks has no fixed worth'
            report.add(line, zh, en, name=node.name)
        if node.over.rate == 0:
            zh = "“{name}”的超额完成按 0% 计，不起作用"
            report.add(line, zh, 'the over-fulfilment of "{name}" counts at 0%: it has no effect', name=node.name)
        if node.over.at_most.amount <= 0:
            zh = "“{name}”的超额完成最多记 {most} 分，不起作用；at_most 应大于 0"
            en = 'the over-fulfilment of "{name}" brings at most {most}: it has no effect; at_most must be above 0'
            report.add(line, zh, en, name=node.name, most=show(node.over.at_most.amount))
        _beyond(node, line, report)
        _twice(node, line, report)


def _beyond(node: Indicator, line: int, report: Report) -> None:
    if node.rule is None or node.factor is not None or damaged(node.rule):
        return
    fulls = [Fraction(full) for full in node.full.values() if full]
    bounds = [node.rule.bound(full) for full in fulls]
    if fulls and all(most is not None and most <= full for most, full in zip(bounds, fulls, strict=True)):
        zh = "“{name}”的计分方法 {rule} 不会超过满分，没有超额完成可计"
        en = 'the rule {rule} of "{name}" never goes beyond full marks: there is no over-fulfilment'
        report.add(line, zh, en, name=node.name, rule=node.rule.word)


def _twice(node: Indicator, line: int, report: Report) -> None:
    beyond = any(node.cap is not None and node.cap.of(full) > full for full in node.full.values() if full)
    if beyond and not node.written.lost("cap", "full_marks"):
        zh = "“{name}”的上限（cap）高于满分，超出的分在指标里计了，不能再记入加分；请去掉 cap 或 over_fulfilment"
        en = 'the cap of "{name}" is above full marks: what is beyond would count twice; remove cap or over_fulfilment'
        report.add(line, zh, en, name=node.name)
