"""How leaves are scored: rules that make sense, facts that are declared and used, own lists."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.grammar.fields import Part, damaged
from engine.grammar.registry import Kind
from engine.grammar.walk import inside
from engine.language.checks.report import Report
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.rules.base import Rule
from engine.rules.formula import Formula
from engine.rules.occurrences import Deduct, Offence
from engine.rules.references import Series
from engine.show import show
from engine.text import Text

_SERIES = Text(
    "外部数据“{name}”没有登记；请写进 series", 'the outside series "{name}" is not declared; add it to series'
)
_UNDECLARED = Text(
    "计分方法用到数据“{name}”，但 facts 里没有；请在 facts 里写明，如 {name}: {{name: …, measure: 件}}",
    'the rule uses the fact "{name}", which facts does not have; declare it there',
)
_LOOKS_AT_NOTHING = Text(
    "的计分方法不看任何数据，各单位得分都一样；fixed 只用在 gate 或 composite 里面",
    "the rule looks at nothing, so that every unit gets the same; fixed belongs inside a gate or a composite",
)
_NO_FACT = Text(
    "没有声明要采集的数据；请写 fact，如 fact: {name: …, measure: 万元}",
    "no fact is declared; write fact with its name and measure",
)


def check(plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    """Check one indicator set."""
    for node in part_of.walk():
        if node.rule is not None:
            _facts(node, node.rule, report)
            _rule(node.rule, node, "rule", plan, report)
        if node.own is not None:
            _own(node, plan, report)


def check_series(plan: EvaluationPlan, report: Report) -> None:
    """Check that every outside series is used."""
    evaluation = plan.written
    nodes = [node for part_of in plan.sets for node in part_of.walk()]
    if any(node.written.lost("rule", "own", "for", "indicators") or damaged(node.written) for node in nodes):
        return
    rules = [rule for node in nodes for rule in (node.rule, *(node.own.rules.values() if node.own else ()))]
    used = {code for rule in rules for _, _, code in _series(rule)}
    if evaluation.lost("series", "indicators") or used - evaluation.series.keys():
        return
    for idle in [code for code in evaluation.series if code not in used]:
        zh = "外部数据“{name}”登记了却没有用到；请删去，或在计分方法里写 to: {{series: {code}}}"
        en = 'the outside series "{name}" ({code}) is never used; remove it'
        report.add(evaluation.line("series", idle), zh, en, name=evaluation.series[idle], code=idle)


def _facts(node: Indicator, rule: Rule, report: Report) -> None:
    written = node.written
    if written.fact is not None and written.facts is not None:
        zh, en = "“{name}”同时写了 fact 和 facts，只能写一个", '"{name}" has both fact and facts; keep one'
        report.add(written.line("fact"), zh, en, name=node.name)
        return
    if damaged(rule) or written.lost("rule", "fact", "facts", "for"):
        return
    if _looks_at_nothing(rule):
        report.add(written.line("rule"), "“{name}”{said}", '"{name}": {said}', name=node.name, said=_LOOKS_AT_NOTHING)
        return
    needed = {need.fact for need in node.reads()}
    for missing in sorted(needed - node.facts.keys()):
        if written.facts is None and missing == "actual":
            report.add(written.line("rule"), "“{name}”{said}", '"{name}": {said}', name=node.name, said=_NO_FACT)
        else:
            known = {*(node.facts.keys() - needed), *rule.own_words}
            report.unknown(written.line("rule"), _UNDECLARED, missing, known)
    for unused in sorted(node.facts.keys() - needed) if needed <= node.facts.keys() else ():
        zh = "“{name}”声明了数据“{fact}”，计分方法没有用到；请删去"
        en = 'the rule of "{name}" does not use the fact "{fact}"; remove it'
        report.add(written.line("facts", unused) or written.line("fact"), zh, en, name=node.name, fact=unused)
    _kinds(node, rule, report)
    named = [(fact.name, written.line("facts", code)) for code, fact in node.facts.items() if fact.name]
    zh = "两个数据都叫“{name}”（第 {first} 行已有），请改名以便区分"
    report.repeated(named, zh, 'two facts are called "{name}" (first in line {first}); rename one')


def _looks_at_nothing(rule: Rule) -> bool:
    """Whether a rule gives everybody the same, and does not say so itself."""
    return not rule.reads() and not any(True for part in inside(rule, Kind) for _ in part.mistakes())


def _kinds(node: Indicator, rule: Rule, report: Report) -> None:
    """Yes and no go with the rules that ask for them, figures with all others."""
    own = rule.default_facts()
    for code, fact in node.facts.items():
        asked = own[code].kind == "yes_no" if code in own else False
        line = node.written.line("facts", code) if node.written.facts is not None else node.written.line("fact")
        if asked and fact.kind != "yes_no":
            zh = "“{name}”的计分方法 {rule} 只看是或否；请写 kind: yes_no，或删去 fact"
            en = 'the rule {rule} of "{name}" asks yes or no; say kind: yes_no, or remove the fact'
            report.add(line, zh, en, name=node.name, rule=rule.word)
        elif not asked and fact.kind == "yes_no":
            zh = "“{name}”的计分方法 {rule} 要用数来算，不能用是/否（kind: yes_no）"
            en = 'the rule {rule} of "{name}" works on figures, not on yes or no (kind: yes_no)'
            report.add(line, zh, en, name=node.name, rule=rule.word)


def _rule(rule: Rule, node: Indicator, key: str, plan: EvaluationPlan, report: Report) -> None:
    for part in inside(rule, Kind):
        for where, text in () if damaged(part) else part.mistakes():
            report.add(part.line(where) or node.written.line(key), "{said}", "{said}", said=text)
    _highest(rule, node, key, report)
    _nothing_from(rule, node, report)
    for reader, where, code in _series(rule):
        if code not in plan.written.series and not plan.written.lost("series"):
            report.unknown(reader.line(where) or node.written.line(key), _SERIES, code, plan.written.series)


def _series(rule: Rule | None) -> Iterator[tuple[Part, str, str]]:
    """Every outside series inside a rule: the construct and the key that name it, and its code."""
    for reference in inside(rule, Series):
        yield reference, "code", reference.code
    for formula in inside(rule, Formula):
        for code in sorted(formula.series()):
            yield formula, "points", code


def _nothing_from(rule: Rule, node: Indicator, report: Report) -> None:
    """Occurrences that leave nothing must not be better for a unit than fewer of them, which leave less."""
    below_zero = node.floor is not None and node.floor.amount < 0
    for deduct in inside(rule, Deduct) if below_zero else ():
        stating: tuple[Deduct | Offence, ...] = (deduct, *deduct.each.values())
        for part in stating:
            if part.nothing_from is not None:
                zh = "“{name}”的下限（floor）低于 0：扣到负分的多发生一次反而得 0 分；请删去 nothing_from 或负的下限"
                en = 'the floor of "{name}" is below 0: one more occurrence would lift a unit to 0; remove one of them'
                report.add(part.line("nothing_from"), zh, en, name=node.name)


def _highest(rule: Rule, node: Indicator, key: str, report: Report) -> None:
    lost = node.written.lost("full_marks", "cap", "for") or damaged(rule)
    if node.cap is None or node.over is not None or lost:
        return
    for full in sorted({full for full in node.full.values() if full}):
        part = node.slots.part if node.slots else 1  # of what is at stake in one slot
        most, cap = rule.highest(Fraction(full) * part), node.cap.of(full) * part
        if most is not None and most > cap:
            zh = "“{name}”按计分方法最高可得 {most} 分，超过上限 {cap} 分；请改分值，或写明 cap"
            en = (
                '"{name}" can earn {most} points by its rule, above its cap of {cap}; change the points, or state a cap'
            )
            report.add(node.written.line(key), zh, en, name=node.name, most=show(most), cap=show(cap))


def _own(node: Indicator, plan: EvaluationPlan, report: Report) -> None:
    for key in ("not_applicable", "missing", "not_drawn"):
        if getattr(node, key) == "mean":
            zh = "“{name}”是自定指标，各单位互不相同，{key} 不能取同类平均（mean）"
            en = '"{name}" is an own list; units have nothing in common to take a mean of ({key})'
            report.add(node.written.line(key), zh, en, name=node.name, key=key)
    for name, rule in node.own.rules.items() if node.own else ():
        line = node.written.line("own", "rules", name)
        if rule.comparative():
            zh = "自定指标的计分方法“{name}”要与别的单位比较，而各单位的自定指标互不相同；请换一种"
            en = 'the rule "{name}" of an own list compares units, but every unit has its own list; choose another'
            report.add(line, zh, en, name=name)
        if not damaged(rule) and _looks_at_nothing(rule):
            report.add(line, "“{name}”{said}", '"{name}": {said}', name=name, said=_LOOKS_AT_NOTHING)
        if not damaged(rule) and {need.fact for need in rule.reads()} - {"actual"}:
            zh = "自定指标的计分方法“{name}”只能用一个数据，不能另外点名数据"
            report.add(line, zh, 'the rule "{name}" of an own list may use one fact only and names none', name=name)
        _rule(rule, node, "own", plan, report)
