"""Why a number is what it is: the derivation of a total, node by node, from the columns that scoring left behind."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.exact import Exact
from engine.explain.absent import unasked
from engine.explain.conditions import unmet_said
from engine.explain.derivation import Derivation, limit_lines, rounding_lines, sum_lines
from engine.explain.extras import extras_of
from engine.explain.leaf import leaf_lines, own_items
from engine.explain.panel import panel_lines
from engine.explain.rollup import Family, left_out_of_list, roll_up_lines
from engine.explain.slots import pooled_lines, slot_items, slot_lines
from engine.explain.special import special_lines
from engine.explain.standing import standing_lines
from engine.facts import EvaluatedUnit, Status
from engine.language.extras import Bonus, Deductions
from engine.language.scheme import Indicator
from engine.score.counted import Extras
from engine.score.result import NodeResult, Outcome, SetResult
from engine.text import Text

BONUS, DEDUCTIONS = "bonus", "deductions"

_NOT_HERE = Text("本类别不设此项", "this category does not have it")
_SHARED = Text("不计分，权重由同级其他指标分担", "does not count; its weight goes to its siblings")


class Explainer:
    """Derivations of one set's results. Needs an outcome scored with its trace."""

    def __init__(self, outcome: Outcome, result: SetResult) -> None:
        self.outcome, self.result = outcome, result
        whole = Exact.same(outcome.plan.written.full_marks, len(result.units))
        self._whole = Family.of(result.parts, whole)
        self._families = {
            node.node.code: Family.of(node.children, node.full) for node in result.nodes() if node.children
        }

    def total(self, row: int) -> Derivation:
        """The total of a unit and everything below it."""
        result, evaluation = self.result, self.outcome.plan.written
        parts = self._children(self._whole, row, adds_up=True)
        extras = [
            *self._extras(BONUS, Text("加分", "bonus"), result.bonuses, evaluation.bonus, row),
            *self._extras(DEDUCTIONS, Text("扣分", "deductions"), result.deductions, evaluation.deductions, row),
        ]
        exact, points = result.exact_total[row], result.total[row]
        numbers = [part.brings for part in (*parts, *extras) if part.points is not None]
        raw = sum(numbers, Fraction(0))
        lines = [*self._whole.left_out(row, adds_up=True), *sum_lines(numbers, raw), *limit_lines(raw, exact)]
        lines += rounding_lines(exact, points, evaluation.rounding.total)
        lines += standing_lines(self.outcome, result, row)
        full = Fraction(evaluation.full_marks)
        children = (*parts, *extras)
        return Derivation(evaluation.code, evaluation.title, full, exact, points, points, tuple(lines), children)

    def _extras(
        self, code: str, name: Text, extras: list[Extras], rules: Bonus | Deductions | None, row: int
    ) -> Iterator[Derivation]:
        holders = {"": rules, **{standard.code: standard for standard in rules.standards}} if rules else {}
        unmet = {code: unmet_said(one.only_if, self.result.basis, row) for code, one in holders.items() if one}
        names = {node.node.code: node.node.name for node in self.result.nodes()}
        return extras_of(code, name, extras[row], rules, unmet, names)

    def _children(self, family: Family, row: int, adds_up: bool) -> tuple[Derivation, ...]:
        pairs = zip(family.children, family.brought, strict=True)
        return tuple(self._node(child, family, amount[row], row, adds_up) for child, amount in pairs)

    def _node(self, result: NodeResult, above: Family, brings: Fraction, row: int, adds_up: bool) -> Derivation:
        node, unit = result.node, self.result.units[row]
        full, status = result.full[row], Status(int(result.status[row]))
        if status == Status.LEFT_OUT:
            return Derivation(node.code, node.name, full, None, None, Fraction(0), (_NOT_HERE,))
        if result.children:
            children = self._children(self._families[node.code], row, node.roll_up == "sum")
        else:
            children = own_items(result, row, unit, self.outcome)
            children += slot_items(result, row, self.result, self.outcome)
        lines = list(self._body(result, children, row))
        if status == Status.NOT_APPLICABLE:
            lines.append(_SHARED)
            return Derivation(node.code, node.name, full, None, None, Fraction(0), tuple(lines), children)
        exact, points = result.exact[row], result.points[row]
        lines += rounding_lines(exact, points, node.rounding)
        if adds_up:
            lines += above.conversion(result, brings, row)
        lines += _sources(node, unit)
        return Derivation(node.code, node.name, full, exact, points, brings, tuple(lines), children)

    def _body(self, result: NodeResult, children: tuple[Derivation, ...], row: int) -> Iterator[Text]:
        node = result.node
        if result.slots:
            yield from slot_lines(result, row)
        elif node.rule is not None:
            yield from pooled_lines(result, row, self.result, self.outcome.facts)
            yield from leaf_lines(result, row, self.result, self.outcome)
        elif node.panel is not None:
            yield from panel_lines(result, node.panel, row, self.result, self.outcome)
        elif node.own is not None:
            yield from self._own_lines(result, children, row)
        elif node.special:
            yield from special_lines(result, row, self.result, self.outcome)
        elif result.status[row] == Status.GIVEN:
            yield from self._families[node.code].left_out(row, node.roll_up == "sum")
            yield from roll_up_lines(result, children, row)

    def _own_lines(self, result: NodeResult, children: tuple[Derivation, ...], row: int) -> Iterator[Text]:
        if result.asked[row] == Status.GIVEN:
            yield from left_out_of_list(children, result.full[row])
            yield from roll_up_lines(result, children, row)
        elif not children and result.asked[row] == Status.NOT_APPLICABLE:
            yield unasked(result.node, self.result.units[row], Status.NOT_APPLICABLE, result.points[row])


def _sources(node: Indicator, unit: EvaluatedUnit) -> Iterator[Text]:
    collector = node.collector[unit.category]
    if node.children:
        pass  # each of them says who
    elif node.self_scored:
        yield Text("评分：被评估单位自评", "scored by the unit itself")
    elif collector == unit.name and node.substitute:
        text = Text("采集：{who}（{unit}回避）", "collected by {who} in place of {unit}")
        yield text.format(who=node.substitute, unit=unit.name)
    elif collector and not node.reports_on_itself(unit.name, unit.category):
        yield Text("采集：{who}", "collected by {who}").format(who=collector)
    if node.says:
        yield Text("方案说明：{says}", "the scheme: {says}").format(says=node.says)
