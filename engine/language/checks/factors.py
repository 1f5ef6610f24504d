"""Factors: every one that a node names is declared, says its value for every category, and has an effect."""

from __future__ import annotations

from engine.language.checks.report import Report
from engine.language.model import Evaluation, Factor
from engine.language.scheme import EvaluationPlan
from engine.text import Text

_UNKNOWN = Text("系数“{name}”没有登记；请写进 factors", 'the factor "{name}" is not declared; add it to factors')
_NO_CATEGORY = Text("没有类别“{name}”", 'there is no category "{name}"')


def check(plan: EvaluationPlan, report: Report) -> None:
    """Check the factors of one evaluation."""
    evaluation = plan.written
    nodes = [(one, node) for one in plan.sets for node in one.walk() if node.written.factor is not None]
    for _, node in nodes:
        code = node.written.factor or ""
        if code not in evaluation.factors and node.panel is None and not evaluation.lost("factors"):
            report.unknown(node.written.line("factor"), _UNKNOWN, code, evaluation.factors)
    named = [(code, one.name, one.line("name")) for code, one in evaluation.factors.items() if not one.lost("name")]
    report.confusable(Text("系数", "factor"), named)
    for code, factor in evaluation.factors.items():
        used = {category for one, node in nodes if node.written.factor == code for category in one.categories}
        if used:
            _values(code, factor, used, evaluation, report)
        elif not _hidden(plan):
            zh = "系数“{name}”登记了却没有用到；请删去，或在指标上写 factor: {code}"
            en = 'the factor "{name}" ({code}) is never used; remove it'
            report.add(evaluation.line("factors", code), zh, en, name=factor.name, code=code)


def _hidden(plan: EvaluationPlan) -> bool:
    """Whether a mistake told already may hide a use, or a node names a factor that nobody knows."""
    nodes = [node for one in plan.sets for node in one.walk()]
    if plan.written.lost("indicators") or any(node.written.lost("factor", "indicators", "for") for node in nodes):
        return True
    return any(node.written.factor not in (None, *plan.written.factors) for node in nodes)


def _values(code: str, factor: Factor, used: set[str], evaluation: Evaluation, report: Report) -> None:
    if factor.by_category is None or factor.lost("by_category") or evaluation.lost("sets"):
        return
    known = [category for one in evaluation.sets.values() for category in one.categories]
    for unknown in [category for category in factor.by_category if category not in known]:
        report.unknown(factor.line("by_category", unknown), _NO_CATEGORY, unknown, known)
    if set(factor.by_category) <= set(known):
        for absent in [category for category in known if category in used and category not in factor.by_category]:
            zh = "系数“{name}”没有写类别“{code}”的数；不变的写 1"
            en = 'the factor "{name}" states nothing for category "{code}"; write 1 to change nothing'
            report.add(factor.line("by_category"), zh, en, name=factor.name, code=absent)
    if all(value == 1 for value in factor.by_category.values()):
        zh = "系数“{name}”各类别都是 1，不起作用；请改数或删去"
        report.add(
            factor.line("by_category"), zh, 'the factor "{name}" is 1 everywhere; change or remove it', name=factor.name
        )
