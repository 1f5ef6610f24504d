"""Full marks and weights: they are written, and they add up in every category."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.grammar.fields import EVERY
from engine.language.checks.report import Report
from engine.language.model import Node
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.show import show
from engine.text import Text

_HUNDRED = Decimal(100)
UNWEIGHTED = {"mean", "minimum", "maximum", "geometric_mean"}
_SUM = Text(
    "“{name}”的满分是 {full}，下级指标满分合计 {found}，两者应相等",
    'the full marks of "{name}" are {full} but those below it add up to {found}; they must be equal',
)
_WEIGHTS = Text(
    "“{name}”下级指标的权重合计 {found}，应为 {allowed}",
    'the weights below "{name}" add up to {found}; they must be {allowed}',
)
_OR_HUNDRED = Text("{own}（或 100）", "{own} (or 100)")
_WEIGHT_OF_NOTHING = Text(
    "“{name}”的权重是 {weight}，满分却是 0；不设这一项，两处都写 0",
    '"{name}" has weight {weight} but full marks 0; to leave it out, write 0 for both',
)


@dataclass(frozen=True)
class _Family:
    """A node, or the whole evaluation, and what stands right below it; `full` and `weight` where they are stated."""

    name: str
    written: tuple[Node, ...]
    children: tuple[Indicator, ...]
    full: Mapping[str, Decimal] | None
    weight: Mapping[str, Decimal] | None
    line_of_weights: int
    line_of_full: int


def check(plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    """Check one indicator set."""
    written = plan.written
    whole = None if written.lost("full_marks") else dict.fromkeys(part_of.categories, written.full_marks)
    lines = written.line("indicators"), written.line("full_marks")
    if not written.lost("indicators"):
        _siblings(_Family(written.title, written.indicators, part_of.parts, whole, None, *lines), plan, part_of, report)
    for node in part_of.walk():
        _categories(node, plan, part_of, report)
        _full_marks(node, report)
        _stakes(node, plan, part_of, report)
        weighs = node.roll_up not in UNWEIGHTED and not node.written.lost("indicators", "for", "roll_up", "weight")
        if node.children and weighs:
            _siblings(_family(node), plan, part_of, report)


def _family(node: Indicator) -> _Family:
    written = node.written
    stated = node.full if written.full_marks is not None and not written.lost("full_marks") else None
    lines = written.line("indicators"), written.line("full_marks")
    return _Family(node.name, written.indicators or (), node.children, stated, node.weight, *lines)


def _siblings(family: _Family, plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    if any(child.lost("weight", "for") or set(child.for_ or ()) - set(plan.written.sets) for child in family.written):
        return
    weighted = [child for child in family.children if child.weight is not None]
    if weighted and len(weighted) < len(family.children):
        odd = next(child for child in family.children if child.weight is None)
        zh = "“{name}”没有写权重（weight），而同级的其他指标写了；请一律写或一律不写"
        en = '"{name}" has no weight but its siblings have; give all of them one, or none'
        report.add(odd.written.line("code"), zh, en, name=odd.name)
        return
    if not weighted and (family.full is None or not all(_measurable(child) for child in family.children)):
        return
    among = sum(len(one.categories) for one in plan.sets)
    for category, shown in part_of.categories.items() if family.children else ():
        if not all(_states(child, category) for child in family.children):
            continue
        found = sum(((child.weight or child.full)[category] for child in family.children), Decimal(0))
        wrong = _wrong_weights(family, found, category) if weighted else _wrong_sum(family, found, category)
        line = family.line_of_weights if weighted else family.line_of_full
        if wrong:
            report.add_in(shown, min(among, _reach(family, plan)), line, wrong)


def _reach(family: _Family, plan: EvaluationPlan) -> int:
    """In how many categories the family exists at all."""
    code = family.children[0].path[:-1]
    return sum(len(one.categories) for one in plan.sets if not code or any(node.path == code for node in one.walk()))


def _wrong_sum(family: _Family, found: Decimal, category: str) -> Text | None:
    full = family.full[category] if family.full is not None else found
    if found == full or full == 0:
        return None
    return _SUM.format(name=family.name, full=show(full), found=show(found))


def _wrong_weights(family: _Family, found: Decimal, category: str) -> Text | None:
    own = _HUNDRED if family.weight is None else family.weight[category]
    if found in (_HUNDRED, own) or own == 0:
        return None
    allowed: object = "100" if own == _HUNDRED else _OR_HUNDRED.format(own=show(own))
    return _WEIGHTS.format(name=family.name, found=show(found), allowed=allowed)


def _measurable(node: Indicator) -> bool:
    """Whether its full marks are those the file means, no mistake having hidden any part of them."""
    if node.written.lost("full_marks", "indicators", "for"):
        return False
    if node.written.full_marks is not None:
        return True
    return _adds_up(node) and all(_measurable(child) for child in node.children)


def _adds_up(node: Indicator) -> bool:
    """Whether its full marks are simply those of its children together."""
    return bool(node.children) and node.children[0].weight is None and node.roll_up not in UNWEIGHTED


def _states(node: Indicator, category: str) -> bool:
    """Whether what it writes by category names this one."""
    stakes = node.written.full_marks if node.weight is None else node.written.weight
    return stakes is None or EVERY in stakes or category in stakes


def _categories(node: Indicator, plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    if plan.written.lost("sets") or any(one.lost("categories") for one in plan.written.sets.values()):
        return
    known = {category for one in plan.sets for category in one.categories}
    written = node.written
    for key in ("full_marks", "weight", "collector", "lead"):
        values = getattr(written, key)
        if values is None or EVERY in values:
            continue
        for unknown in sorted(values.keys() - known):
            what = Text("没有类别“{name}”", 'there is no category "{name}"')
            report.unknown(written.line(key, unknown), what, unknown, known)
        misspelt = bool(values.keys() - known)
        if key in ("full_marks", "weight") and not misspelt and not written.lost(key):
            for absent in [category for category in part_of.categories if category not in values]:
                zh = "“{name}”的 {key} 没有写类别“{code}”的数；不设这一项就写 0"
                en = 'the {key} of "{name}" states nothing for category "{code}"; write 0 to leave it out'
                report.add(written.line(key), zh, en, name=node.name, key=key, code=absent)


def _full_marks(node: Indicator, report: Report) -> None:
    written = node.written
    if written.lost("full_marks", "for", "indicators"):
        return
    if written.full_marks is None and not _adds_up(node):
        zh = "“{name}”没有写满分，请补上 full_marks"
        report.add(written.line("code"), zh, '"{name}" has no full marks; add full_marks', name=node.name)
    elif written.full_marks is not None and not any(written.full_marks.values()):
        zh = "“{name}”的满分是 0；不设这项指标就整项删去"
        en = 'the full marks of "{name}" are 0; remove the indicator if it does not count'
        report.add(written.line("full_marks"), zh, en, name=node.name)
    if written.weight is not None and not any(written.weight.values()) and not written.lost("weight"):
        zh = "“{name}”的权重是 0；不设这项指标就整项删去"
        en = 'the weight of "{name}" is 0; remove the indicator if it does not count'
        report.add(written.line("weight"), zh, en, name=node.name)


def _stakes(node: Indicator, plan: EvaluationPlan, part_of: IndicatorSetPlan, report: Report) -> None:
    written = node.written
    if node.weight is None or written.full_marks is None or not any(written.full_marks.values()):
        return
    if written.lost("full_marks", "weight", "for"):
        return
    among = sum(len(one.categories) for one in plan.sets)
    for category, shown in part_of.categories.items():
        if category in written.full_marks and node.weight[category] and not node.full[category]:
            what = _WEIGHT_OF_NOTHING.format(name=node.name, weight=show(node.weight[category]))
            report.add_in(shown, among, written.line("full_marks"), what)
