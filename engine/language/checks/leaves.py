"""Leaves: how they are scored, by whom, from which facts."""

from __future__ import annotations

from fractions import Fraction

from engine.language.checks.report import Report
from engine.language.fields import EVERY
from engine.rules.base import Rule
from engine.rules.references import Series
from engine.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.show import show

_ITSELF = {"self", "本单位", "被评估单位", "被考核单位", "各单位", "各部门"}
_ROOTS = {"geometric_mean"}
_UNWEIGHTED = {"mean", "minimum", "maximum", "geometric_mean"}


def check(plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    """Check one indicator set."""
    named = [(node.code, node.written.line("code")) for node in part_of.walk()]
    report.repeated(named, "代码“{name}”重复，第 {first} 行已用", 'the code "{name}" is used twice (first in line {first})')
    for node in part_of.walk():
        _body(node, report)
        _limits(node, report)
        _collectors(node, plan, report)
        if node.children:
            _roll_up(node, report)
        if node.rule:
            _facts(node, report)
            _rule(node.rule, node, plan, report)
        if node.own:
            _own(node, plan, report)
        if node.panel:
            _panel(node, report)


def _body(node: Indicator, report: Report) -> None:
    written = node.written
    bodies = [key for key in ("indicators", "rule", "own", "panel") if getattr(written, key) is not None]
    if len(bodies) == 1 and (node.children or written.indicators is None):
        return
    if not bodies or written.indicators is not None and not node.children:
        zh = "“{name}”没有下级指标，也没有写怎么计分；请写 indicators、rule、own、panel 之一"
        en = '"{name}" says neither what it is made of nor how it is scored; write indicators, rule, own or panel'
    else:
        zh = "“{name}”同时写了 {bodies}，只能写一个"
        en = '"{name}" has {bodies}; only one of them may stand'
    report.add(written.line("code"), zh, en, name=node.name, bodies=", ".join(bodies))


def _limits(node: Indicator, report: Report) -> None:
    full = Fraction(max(node.full.values(), default=0)) or Fraction(1)
    low, high = node.floor.of(full), node.cap.of(full)
    if low > high:
        zh = "“{name}”的下限 {low} 高于上限 {high}"
        en = 'the floor {low} of "{name}" is above its cap {high}'
        report.add(node.written.line("floor"), zh, en, name=node.name, low=show(low), high=show(high))


def _collectors(node: Indicator, plan: EvaluationPlan, report: Report) -> None:
    written = node.written
    known = plan.written.collectors
    for name in (written.collector or {}).values():
        if name in _ITSELF:
            zh = "“{name}”由被评估单位自己采集；自评的指标要写 by: self"
            report.add(written.line("collector"), zh, '"{name}" would be collected by the evaluated unit itself; say by: self', name=node.name)
        elif name not in known:
            zh = "采集单位“{who}”不在 collectors 名单里"
            report.add(written.line("collector"), zh, 'the collector "{who}" is not listed in collectors', who=name)
    if written.by == "self" and written.collector is not None:
        zh = "“{name}”既写了自评（by: self）又写了采集单位，请删去一个"
        report.add(written.line("by"), zh, '"{name}" is self-scored and also has a collector; remove one', name=node.name)
    if written.substitute is not None and written.substitute not in known:
        zh = "替代单位“{who}”不在 collectors 名单里"
        report.add(written.line("substitute"), zh, 'the substitute "{who}" is not listed in collectors', who=written.substitute)
    _own_score(node, report)
    scored_by_facts = node.rule is not None or node.own is not None
    if scored_by_facts and not node.self_scored and not all(node.collector.values()):
        zh = "“{name}”没有人采集；请写 collector（自评写 by: self）"
        report.add(written.line("code"), zh, 'nobody collects "{name}"; name a collector (or by: self)', name=node.name)


def _own_score(node: Indicator, report: Report) -> None:
    if node.substitute and node.substitute in node.collector.values():
        zh = "“{name}”的替代单位就是采集单位“{who}”，等于自己给自己打分"
        en = 'the substitute for "{name}" is its collector "{who}", which would score itself'
        line = node.written.line("substitute" if node.written.substitute else "code")
        report.add(line, zh, en, name=node.name, who=node.substitute)


def _roll_up(node: Indicator, report: Report) -> None:
    line = node.written.line("roll_up")
    if node.roll_up in _ROOTS and node.rounding.digits is None:
        zh = "“{name}”按几何平均汇总要开方，必须写明保留几位小数（rounding）"
        report.add(line, zh, '"{name}" takes a root and must name its rounding', name=node.name)
    if node.roll_up in _UNWEIGHTED and any(child.weight is not None for child in node.children):
        zh = "“{name}”的汇总方式不用权重，下级指标不要写 weight"
        report.add(line, zh, '"{name}" rolls up without weights; remove those of its indicators', name=node.name)


def _facts(node: Indicator, report: Report) -> None:
    written = node.written
    if written.fact is not None and written.facts is not None:
        report.add(written.line("fact"), "fact 和 facts 只能写一个", "write either fact or facts")
    needed = {need.fact for need in node.needs()}
    for missing in sorted(needed - node.facts.keys()):
        zh = "“{name}”没有声明数据“{fact}”；请在 fact 或 facts 里写明计量单位（measure）和小数位（decimals）"
        en = '"{name}" does not declare the fact "{fact}"; give its measure and decimals under fact or facts'
        report.add(written.line("rule"), zh, en, name=node.name, fact=missing)
    for unused in sorted(node.facts.keys() - needed):
        zh = "“{name}”声明了数据“{fact}”，计分方法没有用到"
        report.add(written.line("facts"), zh, 'the rule of "{name}" does not use the fact "{fact}"', name=node.name, fact=unused)


def _rule(rule: Rule, node: Indicator, plan: EvaluationPlan, report: Report) -> None:
    for key, text in rule.mistakes():
        report.add(rule.line(key) or node.written.line("rule"), text.zh, text.en)
    most = rule.highest(Fraction(max(node.full.values())))
    cap = node.cap.of(max(node.full.values()))
    if most is not None and most > cap:
        zh = "“{name}”最高可得 {most} 分，超过上限 {cap} 分"
        en = '"{name}" can earn {most} points, above its cap of {cap}'
        report.add(node.written.line("rule"), zh, en, name=node.name, most=show(most), cap=show(cap))
    for series in _series(rule):
        if series not in plan.written.series:
            zh = "没有登记外部数据“{code}”；请写进 series"
            report.add(node.written.line("rule"), zh, 'the outside series "{code}" is not declared in series', code=series)


def _series(value: object) -> set[str]:
    """The outside series that a rule, or a rule inside it, refers to."""
    if isinstance(value, Series):
        return {value.code}
    if isinstance(value, tuple):
        return set().union(*(_series(item) for item in value))
    return set().union(*(_series(item) for item in vars(value).values())) if hasattr(value, "model_fields_set") else set()


def _own(node: Indicator, plan: EvaluationPlan, report: Report) -> None:
    if "mean" in (node.not_applicable, node.missing, node.not_drawn):
        zh = "“{name}”是自定指标，各单位互不相同，不能取同类平均（mean）"
        en = '"{name}" is an own list; units have nothing in common to take a mean of'
        report.add(node.written.line("code"), zh, en, name=node.name)
    for name, rule in node.own.rules.items() if node.own else ():
        line = node.written.line("own")
        if rule.comparative():
            zh = "自定指标的计分方法“{name}”要与别的单位比较，而各单位的自定指标互不相同"
            report.add(line, zh, 'the rule "{name}" of an own list compares units, but every unit has its own list', name=name)
        if {need.fact for need in rule.needs()} - {"actual"}:
            zh = "自定指标的计分方法“{name}”只能用一个数据"
            report.add(line, zh, 'the rule "{name}" of an own list may use one fact only', name=name)
        _rule(rule, node, plan, report)


def _panel(node: Indicator, report: Report) -> None:
    panel, written = node.panel, node.written
    if panel is None:
        return
    most = panel.method.chosen.most()
    for full in sorted(set(node.full.values())):
        if full and most > full:
            zh = "“{name}”的满分是 {full}，投票最高可得 {most} 分"
            en = 'the full marks of "{name}" are {full} but a vote can bring {most}'
            report.add(panel.line("method"), zh, en, name=node.name, full=show(full), most=show(most))
    for answer in panel.not_counted:
        if panel.method.chosen.worth(answer) is not None:
            zh = "“{answer}”既有分值又列在不计票的答案（not_counted）里"
            report.add(panel.line("not_counted"), zh, '"{answer}" has points and is also not_counted', answer=answer)
    if written.collector is not None and EVERY in written.collector:
        zh = "“{name}”由投票产生，不写采集单位"
        report.add(written.line("collector"), zh, '"{name}" is voted on and has no collector', name=node.name)
