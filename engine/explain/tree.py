"""Why a number is what it is: the derivation of a total, node by node, from the columns that scoring left behind."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.exact import Exact
from engine.explain.derivation import Derivation, rounding_lines
from engine.explain.leaf import leaf_lines, own_items, panel_lines
from engine.facts import EvaluatedUnit, Status
from engine.scheme import Indicator
from engine.score.result import Extras, NodeResult, Outcome, SetResult
from engine.score.rollup import carried
from engine.show import show
from engine.text import Text

BONUS, DEDUCTIONS = "bonus", "deductions"


class Explainer:
    """Derivations of one set's results. Needs an outcome scored with its trace."""

    def __init__(self, outcome: Outcome, result: SetResult) -> None:
        self.outcome, self.result = outcome, result
        self._brought = {id(children): carried(children, full) for children, full in self._families() if children}

    def _families(self) -> Iterator[tuple[tuple[NodeResult, ...], Exact]]:
        whole = Exact.same(self.outcome.plan.written.full_marks, len(self.result.units))
        yield self.result.parts, whole
        yield from ((node.children, node.full) for node in self.result.nodes())

    def total(self, row: int) -> Derivation:
        """The total of a unit and everything below it."""
        result, evaluation = self.result, self.outcome.plan.written
        parts = self._children(result.parts, row, adds_up=True)
        extras = [*_extras(BONUS, Text("加分", "bonus"), result.bonuses[row], evaluation.bonus, 1)]
        extras += _extras(DEDUCTIONS, Text("扣分", "deductions"), result.deductions[row], evaluation.deductions, -1)
        exact, points = result.exact_total[row], result.total[row]
        numbers = [part.brings for part in (*parts, *extras)]
        lines = [_sum_line(numbers, sum(numbers, Fraction(0)))]
        if sum(numbers, Fraction(0)) != exact:
            lines.append(
                Text("总分有上下限，计 {exact} 分", "the total is limited to {exact}").format(exact=show(exact))
            )
        lines += rounding_lines(exact, points, evaluation.rounding.total.digits)
        lines += self._standing(row)
        title = evaluation.title
        full = Fraction(evaluation.full_marks)
        return Derivation(evaluation.code, title, full, exact, points, points, tuple(lines), (*parts, *extras))

    def _standing(self, row: int) -> Iterator[Text]:
        result, evaluation = self.result, self.outcome.plan.written
        unit = result.units[row]
        category = result.plan.categories[unit.category]
        if result.place[row]:
            count = int((result.place[result.category == result.category[row]] > 0).sum())
            text = Text("{category}，{count} 个单位中第 {place} 名", "place {place} of {count} in {category}")
            yield text.format(category=category, count=count, place=int(result.place[row]))
        else:
            yield Text("单列，不参加排名", "listed separately, outside the ranking")
        names = [grade.name for grade in evaluation.grades]
        earned, final = names[int(result.earned[row])], names[int(result.grade[row])]
        yield Text("按分数和名额定为“{grade}”", 'by total and quota: "{grade}"').format(grade=earned)
        for move in result.moves[row]:
            if move.decision:
                text = Text("{ground}；{body}{decision}", "{ground}; {body} {decision}")
            else:
                text = Text("{ground}：尚未决定，不影响等次", "{ground}: not decided, changes nothing")
            yield text.format(ground=move.ground, body=move.body, decision=move.decision)
        if final != earned:
            yield Text("等次由“{earned}”调整为“{final}”", 'the grade moves from "{earned}" to "{final}"').format(
                earned=earned, final=final
            )

    def _children(self, children: tuple[NodeResult, ...], row: int, adds_up: bool) -> tuple[Derivation, ...]:
        pairs = zip(children, self._brought[id(children)], strict=True)
        return tuple(self._node(child, amount[row], row, adds_up) for child, amount in pairs)

    def _node(self, result: NodeResult, brings: Fraction, row: int, adds_up: bool) -> Derivation:
        node, unit = result.node, self.result.units[row]
        status = Status(int(result.status[row]))
        full = result.full[row]
        if status == Status.LEFT_OUT:
            said = Text("本类别不设此项", "this category does not have it")
            return Derivation(node.code, node.name, full, None, None, Fraction(0), (said,))
        if result.children:
            children = self._children(result.children, row, node.roll_up == "sum")
        else:
            children = own_items(result, row, unit.code, self.outcome.facts)
        lines = list(self._body(result, children, row))
        if status == Status.NOT_APPLICABLE:
            lines.append(Text("不计分，权重由同级其他指标分担", "does not count; its weight goes to its siblings"))
            return Derivation(node.code, node.name, full, None, None, Fraction(0), tuple(lines), children)
        exact, points = result.exact[row], result.points[row]
        lines += rounding_lines(exact, points, node.rounding.digits)
        if adds_up and points not in (0, brings):
            text = Text(
                "折算计入上级：{points} ÷ {full} × {share} = {brings}",
                "counts above as {points} ÷ {full} × {share} = {brings}",
            )
            share = brings * full / points
            lines.append(text.format(points=show(points), full=show(full), share=show(share), brings=show(brings)))
        lines += _sources(node, unit)
        return Derivation(node.code, node.name, full, exact, points, brings, tuple(lines), children)

    def _body(self, result: NodeResult, children: tuple[Derivation, ...], row: int) -> Iterator[Text]:
        node = result.node
        if node.rule is not None:
            yield from leaf_lines(result, row, self.result.units[row].code, self.outcome.facts)
        elif node.panel is not None:
            yield from panel_lines(result, node.panel, row)
        elif children and result.status[row] == Status.GIVEN:
            yield from _roll_up_lines(node, children, result.exact[row])


def _roll_up_lines(node: Indicator, children: tuple[Derivation, ...], exact: Fraction) -> Iterator[Text]:
    ways = {
        "mean": Text("各项得分率的平均", "the mean of the shares"),
        "minimum": Text("各项得分率中最低的", "the lowest share"),
        "maximum": Text("各项得分率中最高的", "the highest share"),
        "geometric_mean": Text("各项得分率的几何平均", "the geometric mean of the shares"),
    }
    out = [child.name for child in children if child.points is None]
    if out:
        text = Text("不计：{names}；其余按比例放大", "left out: {names}; the rest is scaled up")
        yield text.format(names="、".join(out))
    if node.roll_up == "sum":
        numbers = [child.brings for child in children if child.points is not None]
        total = sum(numbers, Fraction(0))
        yield _sum_line(numbers, total)
        if total != exact:
            yield Text("按上下限计 {exact} 分", "within its limits: {exact}").format(exact=show(exact))
    else:
        text = Text("{way} × 满分 = {exact}", "{way} × full marks = {exact}")
        yield text.format(way=ways[node.roll_up], exact=show(exact))


def _sum_line(numbers: list[Fraction], total: Fraction) -> Text:
    shown = " + ".join(show(number) if number >= 0 else f"({show(number)})" for number in numbers) or "0"
    return Text("{shown} = {total}", "{shown} = {total}").format(shown=shown, total=show(total))


def _sources(node: Indicator, unit: EvaluatedUnit) -> Iterator[Text]:
    collector = node.collector[unit.category]
    if node.children:
        pass  # each of them says who
    elif node.self_scored:
        yield Text("评分：被评估单位自评", "scored by the unit itself")
    elif collector == unit.name and node.substitute:
        text = Text("采集：{who}（{unit}回避）", "collected by {who} in place of {unit}")
        yield text.format(who=node.substitute, unit=unit.name)
    elif collector:
        yield Text("采集：{who}", "collected by {who}").format(who=collector)
    if node.says:
        yield Text("方案原文：{says}", "the rule book: {says}").format(says=node.says)


def _extras(code: str, name: Text, extras: Extras, rules: object, sign: int) -> Iterator[Derivation]:
    if rules is None or not extras.claims:
        return
    standards = {standard.code: standard for standard in rules.standards}  # type: ignore[attr-defined]
    lines: list[Text] = []
    for counted in extras.claims:
        claim = counted.claim
        if counted.duplicate:
            text = Text(
                "{name}（{level}）{matter}：同一事项已按更高的计，不重复；依据：{document}",
                "{name} ({level}) {matter}: counted already at its highest; {document}",
            )
        else:
            text = Text(
                "{name}（{level}）{matter}：{points} 分；依据：{document}",
                "{name} ({level}) {matter}: {points}; {document}",
            )
        values = {
            "level": claim.level,
            "matter": claim.matter,
            "points": show(counted.points),
            "document": claim.document,
        }
        lines.append(text.format(name=standards[claim.standard].name, **values))
    for kind, points in extras.kinds.items():
        raw = sum((one.counted for one in extras.claims if one.claim.standard == kind), Fraction(0))
        if raw != points:
            text = Text("{name}合计 {raw}，本项最多 {points} 分", "{name}: {raw}, at most {points}")
            lines.append(text.format(name=standards[kind].name, raw=show(raw), points=show(points)))
    kinds = sum(extras.kinds.values(), Fraction(0))
    if kinds != extras.total:
        lines.append(
            Text("合计 {kinds}，最多 {total} 分", "{kinds} in all, at most {total}").format(
                kinds=show(kinds), total=show(extras.total)
            )
        )
    yield Derivation(code, name.zh, None, extras.total, extras.total, sign * extras.total, tuple(lines))
