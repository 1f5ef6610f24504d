"""Who is compared with whom: groups that are known, used and not empty; `passed` only behind a gate."""

from __future__ import annotations

from engine.grammar.fields import damaged
from engine.language.checks.report import Report
from engine.language.comparing import compared, rules_of
from engine.language.model import Evaluation
from engine.language.scheme import EvaluationPlan, IndicatorSetPlan
from engine.text import Text

_NO_GROUP = Text("没有分组“{name}”；请写进 groups", 'there is no group "{name}"; add it to groups')
_NO_CATEGORY = Text("没有类别“{name}”", 'there is no category "{name}"')


def check_groups(plan: EvaluationPlan, report: Report) -> None:
    """Check the named groups: each once, of known categories, and compared somewhere."""
    evaluation = plan.written
    named = [(group.name, evaluation.line("groups", code)) for code, group in evaluation.groups.items()]
    zh = "有两个分组都叫“{name}”（第 {first} 行已有），请改名以便区分"
    report.repeated(named, zh, 'two groups are called "{name}" (first in line {first}); rename one')
    known = [category for one in plan.sets for category in one.categories]
    for group in evaluation.groups.values():
        categories = [(code, group.line("categories", place)) for place, code in enumerate(group.categories or ())]
        for unknown, line in categories if not evaluation.lost("sets") else ():
            if unknown not in known:
                report.unknown(line, _NO_CATEGORY, unknown, known)
        zh = "类别“{name}”写了两次（第 {first} 行已有）"
        report.repeated(categories, zh, 'the category "{name}" is there twice (first in line {first})')
    _idle(plan, report)


def _idle(plan: EvaluationPlan, report: Report) -> None:
    evaluation = plan.written
    nodes = [node for one in plan.sets for node in one.walk()]
    if any(node.written.lost("rule", "own", "for", "indicators") or damaged(node.written) for node in nodes):
        return
    used = {among.group for node in nodes for rule in rules_of(node) for _, among in compared(rule)}
    if evaluation.lost("groups", "indicators") or used - evaluation.groups.keys() - {""}:
        return
    for code in [code for code in evaluation.groups if code not in used]:
        zh = "分组“{name}”没有用到；请删去，或在计分方法里写 among: {{group: {code}}}"
        en = 'the group "{name}" is never compared; remove it, or write among: {{group: {code}}} in a rule'
        report.add(evaluation.line("groups", code), zh, en, name=evaluation.groups[code].name, code=code)


def check(plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    """Check one indicator set."""
    for node in part_of.walk():
        for rule in rules_of(node):
            gated = {id(part) for then in rule.gated() for part, _ in compared(then)}
            for part, among in compared(rule):
                line = part.line("among") or node.written.line("rule" if node.rule else "own")
                if among.word == "passed" and id(part) not in gated:
                    zh = "“{name}”的 among: passed 只能写在 gate 的 then 里面；请改成 category 或 all"
                    en = '"{name}": among: passed has a meaning only inside the then of a gate; say category or all'
                    report.add(line, zh, en, name=node.name)
                if among.group:
                    _group(among.group, line, part_of, plan.written, report)


def _group(code: str, line: int, part_of: IndicatorSetPlan, evaluation: Evaluation, report: Report) -> None:
    group = evaluation.groups.get(code)
    if group is None:
        if not evaluation.lost("groups"):
            report.unknown(line, _NO_GROUP, code, evaluation.groups)
    elif group.categories is not None and not {*group.categories} & part_of.categories.keys():
        zh = "分组“{name}”的类别都不在“{set}”里，这里没有可比较的单位；请换一个分组"
        en = 'no category of the group "{name}" is in "{set}": there is nobody to compare with; choose another'
        report.add(line, zh, en, name=group.name, set=part_of.name)
