"""Who collects what: everybody named is known, nothing is left without a collector, and nobody scores itself."""

from __future__ import annotations

from collections.abc import Iterator

from engine.language.checks.report import Report
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.text import Text

_ITSELF = {"self", "本单位", "各单位", "各部门", "自评"} | {
    f"{every}被{word}{unit}"
    for every in ("", "各")
    for word in ("评估", "考核", "考评", "评")
    for unit in ("单位", "部门")
}
_SELF_SCORED = ("collector", "by", "for")
_UNKNOWN = Text("采集单位“{name}”不在 collectors 名单里", 'the collector "{name}" is not listed in collectors')
_UNKNOWN_SUBSTITUTE = Text(
    "替代单位“{name}”不在 collectors 名单里", 'the substitute "{name}" is not listed in collectors'
)


def check(plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    """Check one indicator set."""
    for node, stated, unsure in _with_doubt(part_of.parts):
        _collector(node, plan, report)
        _substitute(node, plan, report)
        _own_score(node, stated, report)
        if not unsure:
            _nobody(node, part_of, report)


def check_listed(plan: EvaluationPlan, report: Report) -> None:
    """Check the list of collectors: each once, nobody idle, no evaluated unit among them."""
    evaluation = plan.written
    named = [(name, evaluation.line("collectors", place)) for place, name in enumerate(evaluation.collectors)]
    zh, en = (
        "采集单位“{name}”列了两次（第 {first} 行已有）",
        'the collector "{name}" is listed twice (first in line {first})',
    )
    report.repeated(named, zh, en)
    nodes = [node for part_of in plan.sets for node in part_of.walk()]
    used = {name for node in nodes for name in (*node.collector.values(), node.substitute)}
    used |= {name for node in nodes if node.slots and node.slots.by_assessor for name in node.slots.names}
    hidden = any(node.written.lost("collector", "substitute", "assessors", "for", "indicators") for node in nodes)
    misspelt = bool(used - {""} - set(evaluation.collectors))
    for name, line in dict(reversed(named)).items():
        if name in _themselves(plan):
            zh = "collectors 里的“{name}”是被评估单位自己；自评的指标写 by: self，不列入采集单位"
            en = '"{name}" in collectors means the evaluated units themselves; self-scored indicators say by: self'
            report.add(line, zh, en, name=name)
        elif name not in used and not hidden and not misspelt and not evaluation.lost("collectors", "indicators"):
            zh = "采集单位“{name}”没有要采集的指标；请删去，或在指标上写 collector"
            en = 'the collector "{name}" has nothing to collect; remove it, or name it at an indicator'
            report.add(line, zh, en, name=name)


def _with_doubt(
    nodes: tuple[Indicator, ...], above: Indicator | None = None, unsure: bool = False
) -> Iterator[tuple[Indicator, Indicator, bool]]:
    """Every node, the node that states who collects it, and whether a mistake already told hides that."""
    for node in nodes:
        here = unsure or node.written.lost(*_SELF_SCORED)
        mine = node.written.collector is not None or node.written.substitute is not None
        stated = node if mine or above is None else above
        yield node, stated, here
        yield from _with_doubt(node.children, stated, here)


def _themselves(plan: EvaluationPlan) -> set[str]:
    """Names that stand for the evaluated units."""
    sets = plan.written.sets.values()
    return _ITSELF | {one.name for one in sets} | {name for one in sets for name in one.categories.values()}


def _collector(node: Indicator, plan: EvaluationPlan, report: Report) -> None:
    written, known = node.written, plan.written.collectors
    for category, name in (written.collector or {}).items():
        line = written.line("collector", category)
        if name in _themselves(plan):
            zh = "“{name}”由被评估单位“{who}”自己采集，等于自己给自己打分；自评的指标要写 by: self"
            en = '"{name}" would be collected by the evaluated unit itself ("{who}"); say by: self for a self-score'
            report.add(line, zh, en, name=node.name, who=name)
        elif name not in known and not plan.written.lost("collectors"):
            report.unknown(line, _UNKNOWN, name, known)
    if written.by == "self" and written.collector is not None:
        zh = "“{name}”既写了自评（by: self）又写了采集单位（collector），请删去一个"
        en = '"{name}" is self-scored (by: self) and also has a collector; remove one'
        report.add(written.line("by"), zh, en, name=node.name)


def _substitute(node: Indicator, plan: EvaluationPlan, report: Report) -> None:
    written, known = node.written, plan.written.collectors
    name, line = written.substitute, written.line("substitute")
    if name is None:
        return
    if name in _themselves(plan):
        zh = "“{name}”的替代单位“{who}”就是被评估单位自己，等于自己给自己打分；请另写一个采集单位"
        en = 'the substitute for "{name}" is the evaluated unit itself ("{who}"); name another collector'
        report.add(line, zh, en, name=node.name, who=name)
    elif name not in known and not plan.written.lost("collectors"):
        report.unknown(line, _UNKNOWN_SUBSTITUTE, name, known)


def _own_score(node: Indicator, stated: Indicator, report: Report) -> None:
    if node.children or node.self_scored or not node.substitute or node.substitute not in node.collector.values():
        return
    zh = "“{name}”的替代单位就是采集单位“{who}”，等于自己给自己打分；请另写一个替代单位"
    en = 'the substitute for "{name}" is its collector "{who}", which would score itself; name another'
    key = "substitute" if stated.written.substitute is not None else "collector"
    report.add(stated.written.line(key), zh, en, name=stated.name, who=node.substitute)


def _nobody(node: Indicator, part_of: IndicatorSetPlan, report: Report) -> None:
    if (node.rule is None and node.own is None) or node.self_scored or node.written.assessors is not None:
        return
    if node.written.lost("rule", "own", "full_marks", "assessors"):
        return
    without = [name for code, name in part_of.categories.items() if not node.collector[code] and node.full[code]]
    if without and len(without) == len(part_of.categories):
        zh = "“{name}”没有人采集；请写 collector（自评写 by: self）"
        en = 'nobody collects "{name}"; name a collector (or say by: self)'
        report.add(node.written.line("code"), zh, en, name=node.name)
    elif without:
        listed = Text("、".join(without), ", ".join(without))
        zh = "“{name}”在类别“{without}”里没有人采集；请在 collector 里补上"
        en = 'nobody collects "{name}" in "{without}"; add them under collector'
        report.add(node.written.line("collector"), zh, en, name=node.name, without=listed)
