"""What a node is made of: one body, limits that leave room, keys that have an effect."""

from __future__ import annotations

from fractions import Fraction

from engine.language.checks.marks import UNWEIGHTED
from engine.language.checks.report import Report
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.show import show

_BODIES = ("indicators", "rule", "own", "panel", "evaluation")
_ROOTS = {"geometric_mean"}
_ONLY_ABOVE = ("roll_up",)
_NOT_WITH_PANEL = ("factor", "not_applicable", "missing", "not_drawn", "by", "substitute")
_NOT_WITH_EVALUATION = ("factor", "collector", "not_drawn", "by", "substitute")
_ONLY_WITH_RULE = ("fact", "facts", "periods", "assessors", "over_fulfilment")


def check(plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    """Check one indicator set."""
    named = [(node.code, node.written.line("code")) for node in part_of.walk()]
    report.repeated(
        named,
        "代码“{name}”重复，第 {first} 行已用；请改成别的代码",
        'the code "{name}" is used twice (first in line {first}); change one',
    )
    _same_names(part_of.parts, report)
    _empty(plan, part_of, report)
    for node in part_of.walk():
        _name(node, report)
        _body(node, report)
        _idle_keys(node, report)
        _limits(node, report)
        if node.children:
            _same_names(node.children, report)
            _roll_up(node, report)


def _empty(plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    hidden = plan.written.lost("indicators") or any(node.lost("for") for node in plan.written.indicators)
    if not part_of.parts and not hidden:
        zh = "指标集“{name}”没有指标；请在 indicators 里写，或删去这个指标集"
        en = 'the indicator set "{name}" has no indicators; write some, or remove the set'
        report.add(plan.written.line("sets", part_of.code), zh, en, name=part_of.name)


def _same_names(nodes: tuple[Indicator, ...], report: Report) -> None:
    named = [
        (node.name, node.written.line("name")) for node in nodes if node.name and not node.written.lost("name", "code")
    ]
    zh = "同一级有两个指标都叫“{name}”（第 {first} 行已有），请改名以便区分"
    report.repeated(named, zh, 'two indicators side by side are called "{name}" (first in line {first}); rename one')


def _name(node: Indicator, report: Report) -> None:
    if not node.name and not node.written.lost("name", "for"):
        zh = "指标“{code}”没有写名称，请补上 name"
        report.add(node.written.line("code"), zh, 'the indicator "{code}" has no name; add name', code=node.code)


def _body(node: Indicator, report: Report) -> None:
    written = node.written
    bodies = [key for key in _BODIES if getattr(written, key) is not None]
    if written.lost(*_BODIES, "for") and len(bodies) <= 1:
        return
    if len(bodies) > 1:
        zh = "“{name}”同时写了 {bodies}，只能写一个"
        en = '"{name}" has {bodies}; only one of them may stand'
        report.add(written.line(bodies[1]), zh, en, name=node.name, bodies=", ".join(bodies))
    elif not bodies:
        zh = "“{name}”没有下级指标，也没有写怎么计分；请写 indicators、rule、own、panel、evaluation 之一"
        en = '"{name}" does not say how it is scored; write indicators, rule, own, panel or evaluation'
        report.add(written.line("code"), zh, en, name=node.name)
    elif bodies == ["indicators"] and not node.children:
        zh = "“{name}”在这个指标集里没有下级指标（下级的 for 都没有写它）；请补上，或在“{name}”上也写 for"
        en = 'nothing below "{name}" is for this indicator set; add something, or say `for` here too'
        report.add(written.line("indicators"), zh, en, name=node.name)


def _idle_keys(node: Indicator, report: Report) -> None:
    """Keys that would be read and never used: whoever wrote them meant something."""
    written = node.written
    if written.lost(*_BODIES, "for"):
        return
    idle: list[tuple[str, str, str]] = []
    if written.rule is None:
        idle += [
            (key, "只写在有计分方法（rule）的指标上", "belongs to an indicator with a rule") for key in _ONLY_WITH_RULE
        ]
    if written.indicators is None:
        idle += [(key, "只写在有下级指标的地方", "belongs to an indicator with others below it") for key in _ONLY_ABOVE]
    if written.panel is not None:
        idle += [
            (key, "不用于投票产生的指标", "has no effect on an indicator that is voted on") for key in _NOT_WITH_PANEL
        ]
    if written.evaluation is not None:
        idle += [
            (key, "不用于取自另一考评的指标", "has no effect on an indicator taken from another evaluation")
            for key in _NOT_WITH_EVALUATION
        ]
    for key, zh, en in idle:
        if getattr(written, key) is not None:
            said_zh, said_en = f"“{{name}}”写了 {key}，而它{zh}；请删去", f'"{{name}}" has {key}, which {en}; remove it'
            report.add(written.line(key), said_zh, said_en, name=node.name)


def _limits(node: Indicator, report: Report) -> None:
    written = node.written
    if written.lost("cap", "floor", "full_marks", "for") or (written.cap is None and written.floor is None):
        return
    if node.cap is None or node.floor is None:
        return
    for full in sorted({full for full in node.full.values() if full}):
        low, high = node.floor.of(Fraction(full)), node.cap.of(Fraction(full))
        if low >= high:
            zh = "“{name}”的下限 {low} 不低于上限 {high}，各单位得分会完全一样"
            en = 'the floor {low} of "{name}" is not below its cap {high}: all would earn the same'
            key = "floor" if written.floor is not None else "cap"
            report.add(written.line(key), zh, en, name=node.name, low=show(low), high=show(high))


def _roll_up(node: Indicator, report: Report) -> None:
    line = node.written.line("roll_up")
    if node.roll_up in _ROOTS and not node.written.lost("rounding"):
        _root(node, line, report)
    if node.roll_up in UNWEIGHTED:
        for child in [child for child in node.children if child.weight is not None]:
            zh = "“{name}”的汇总方式（{how}）不用权重，下级指标“{child}”不要写 weight"
            en = '"{name}" rolls up ({how}) without weights; remove the weight of "{child}"'
            values = {"name": node.name, "how": node.roll_up, "child": child.name}
            report.add(child.written.line("weight"), zh, en, **values)


def _root(node: Indicator, line: int, report: Report) -> None:
    """A root hardly ever has an end: it is made at its places, to the nearest."""
    if node.rounding.digits is None:
        zh = "“{name}”按几何平均汇总要开方，必须写明保留几位小数，如 rounding: 2"
        report.add(line, zh, '"{name}" takes a root and must name its rounding, such as rounding: 2', name=node.name)
    elif node.rounding.way != "half_up":
        zh = "“{name}”按几何平均汇总要开方，只能四舍五入；请在这个指标上写 rounding: {places}"
        en = '"{name}" takes a root, which is rounded half up only; write rounding: {places} at this node'
        report.add(line, zh, en, name=node.name, places=node.rounding.digits)
