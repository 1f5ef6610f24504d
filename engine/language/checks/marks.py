"""Full marks and weights: they are written, and they add up in every category."""

from __future__ import annotations

from decimal import Decimal

from engine.language.checks.report import Report
from engine.language.fields import EVERY
from engine.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.show import show

_HUNDRED = Decimal(100)


def check(plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    """Check one indicator set."""
    written = plan.written
    whole = {category: written.full_marks for category in part_of.categories}
    line = written.line("indicators")
    _siblings(part_of.parts, whole, None, written.title, (line, written.line("full_marks")), part_of, report)
    for node in part_of.walk():
        _categories(node, plan, part_of, report)
        _full_marks(node, part_of, report)
        if node.children:
            lines = (node.written.line("indicators"), node.written.line("full_marks"))
            stated = node.full if node.written.full_marks is not None else None
            _siblings(node.children, stated, node.weight, node.name, lines, part_of, report)


def _siblings(
    children: tuple[Indicator, ...],
    full: dict[str, Decimal] | None,
    weight: dict[str, Decimal] | None,
    name: str,
    lines: tuple[int, int],
    part_of: IndicatorSetPlan,
    report: Report,
) -> None:
    weighted = [child for child in children if child.weight is not None]
    if weighted and len(weighted) < len(children):
        odd = next(child for child in children if child.weight is None)
        zh = "“{name}”没有写权重（weight），而同级的其他指标写了；请一律写或一律不写"
        report.add(odd.written.line("code"), zh, '"{name}" has no weight but its siblings have; give all of them one, or none', name=odd.name)
        return
    for category in part_of.categories if children else ():
        found = sum(((child.weight or child.full)[category] for child in children), Decimal(0))
        if weighted:
            _weights(found, weight, category, name, lines[0], report)
        elif full is not None and found != full[category]:
            zh = "“{name}”的满分是 {full}，下级指标满分合计 {found}，两者应相等"
            en = 'the full marks of "{name}" are {full} but those below it add up to {found}'
            report.add(lines[1], zh, en, name=name, full=show(full[category]), found=show(found))


def _weights(
    found: Decimal, weight: dict[str, Decimal] | None, category: str, name: str, line: int, report: Report
) -> None:
    own = _HUNDRED if weight is None else weight[category]
    if found in (_HUNDRED, own) or (own == 0 and weight is not None):
        return
    allowed = "100" if own == _HUNDRED else f"{show(own)}（或 100）"
    zh = "“{name}”下级指标的权重合计 {found}，应为 {allowed}"
    en = 'the weights below "{name}" add up to {found}, not {allowed}'
    report.add(line, zh, en, name=name, found=show(found), allowed=allowed)


def _categories(node: Indicator, plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    known = {category for one in plan.sets for category in one.categories}
    written = node.written
    for key, values in (
        ("full_marks", written.full_marks),
        ("weight", written.weight),
        ("collector", written.collector),
        ("lead", written.lead),
    ):
        if values is None or EVERY in values:
            continue
        for unknown in values.keys() - known:
            report.add(written.line(key), "没有类别“{code}”", 'there is no category "{code}"', code=unknown)
        if key in ("full_marks", "weight"):
            for absent in part_of.categories.keys() - values.keys():
                zh = "“{name}”没有写类别“{code}”的数；不设这一项就写 0"
                report.add(written.line(key), zh, '"{name}" states nothing for category "{code}"; write 0 to leave it out', name=node.name, code=absent)


def _full_marks(node: Indicator, part_of: IndicatorSetPlan, report: Report) -> None:
    adds_up = node.children and node.children[0].weight is None
    if node.written.full_marks is None and not adds_up:
        zh = "“{name}”没有写满分（full_marks）"
        report.add(node.written.line("code"), zh, '"{name}" has no full_marks', name=node.name)
    elif not any(node.full.values()):
        zh = "“{name}”的满分是 0"
        report.add(node.written.line("full_marks"), zh, 'the full marks of "{name}" are 0', name=node.name)
