"""Periods and assessors: who they are is said once, everybody is known, and what they make has a meaning."""

from __future__ import annotations

from engine.language.checks.report import Report
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.language.slots import Assessors
from engine.text import Text

_UNKNOWN = Text("评分单位“{name}”不在 collectors 名单里", 'the assessor "{name}" is not listed in collectors')
_NO_SUM = Text(
    "“{name}”的计分方法 {rule} 不能合计各期的数据（pooled）；请改 take，如 mean",
    'the rule {rule} of "{name}" cannot pool the figures of its periods; change take, such as mean',
)


def check(plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    """Check one indicator set."""
    for node in part_of.walk():
        written = node.written
        if written.periods is not None and written.assessors is not None:
            zh = "“{name}”同时写了 periods 和 assessors，只能写一个"
            en = '"{name}" has both periods and assessors; keep one'
            report.add(written.line("assessors"), zh, en, name=node.name)
        elif written.assessors is not None and not written.lost("assessors"):
            _form(node, written.assessors, report)
            _names(node, written.assessors, plan, report)
            _collectors(node, report)
        elif written.periods is not None and written.periods.take == "pooled" and _has_no_sum(node):
            said = _NO_SUM.format(name=node.name, rule=node.rule.word if node.rule else "")
            report.add(written.periods.line("take"), "{said}", "{said}", said=said)


def _has_no_sum(node: Indicator) -> bool:
    judged = node.rule is not None and node.rule.word == "judged"
    return judged or any(fact.kind == "yes_no" for fact in node.facts.values())


def _form(node: Indicator, said: Assessors, report: Report) -> None:
    """Either lead, assist and lead_share, or mean."""
    leading = [said.lead, said.assist, said.lead_share]
    whole = all(part is not None for part in leading) if said.mean is None else not any(leading)
    if not whole and not said.lost("lead", "assist", "lead_share", "mean"):
        zh = "“{name}”的 assessors 要么写 lead、assist 和 lead_share，要么只写 mean"
        en = 'the assessors of "{name}" are either lead, assist and lead_share, or mean alone'
        report.add(said.line(), zh, en, name=node.name)
    elif said.lead_share is not None and said.lead_share in (0, 1):
        zh = "“{name}”的 lead_share 是 0% 或 100%，有一方不起作用"
        report.add(said.line("lead_share"), zh, 'the lead_share of "{name}" leaves nothing to one side', name=node.name)


def _names(node: Indicator, said: Assessors, plan: EvaluationPlan, report: Report) -> None:
    zh, en = (
        "评分单位“{name}”写了两次（第 {first} 行已有）",
        'the assessor "{name}" is there twice (first in line {first})',
    )
    report.repeated(said.names(), zh, en)
    for name, line in said.names():
        if name not in plan.written.collectors and not plan.written.lost("collectors"):
            report.unknown(line, _UNKNOWN, name, plan.written.collectors)


def _collectors(node: Indicator, report: Report) -> None:
    for key in ("collector", "substitute", "by"):
        if getattr(node.written, key) is not None:
            zh = "“{name}”由 assessors 评分，不写 {key}；请删去"
            en = '"{name}" is scored by its assessors; remove {key}'
            report.add(node.written.line(key), zh, en, name=node.name, key=key)
