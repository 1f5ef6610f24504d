"""The lowest level of a derivation: facts, their documents, and what the rule made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from engine.explain.derivation import Derivation, limit_lines, rounding_lines
from engine.explain.rollup import converted, kept_lines
from engine.facts import EvaluatedUnit, Facts, Source, Status
from engine.language.scheme import Indicator
from engine.rules.base import FactSpec, Row
from engine.rules.inputs import ACTUAL, SOURCES, Need
from engine.rules.wording import NOTHING, SOURCE_TITLES, Peers, joined
from engine.score.result import NodeResult, OwnResult, SetResult, Trace
from engine.show import percent, show
from engine.text import Text

_MEASURES = {"分": Text("分", "points"), "次": Text("次", "times"), "%": Text("%", "%"), "": NOTHING}
_WHY = {
    Status.NOT_APPLICABLE: Text("不涉及", "not applicable"),
    Status.NOT_DRAWN: Text("抽查未抽中", "not drawn in the sample"),
    Status.MISSING: Text("没有数据", "no data"),
}
_ITSELF = Text(
    "本单位就是采集单位，方案没有指定代为采集的单位",
    "the unit is itself the collector, and the scheme names nobody to collect in its place",
)
_INSTEAD = {
    "mean": Text("按同类单位得分的平均计 {points} 分", "the mean of the category, {points} points"),
    "full": Text("按满分计 {points} 分", "full marks, {points} points"),
    "zero": Text("按方案计 0 分", "0 points, as stated"),
}
_MEAN_OF_THE_DRAWN = Text("按抽中单位得分的平均计 {points} 分", "the mean of those drawn, {points} points")
_OVER = Text("超额部分：{sum}{kept}，记入加分", "beyond full marks: {sum}{kept}, goes to the bonus")
_OVER_KEPT = Text("，计 {points} 分", ", of which {points}")
_OVER_CONVERTED = Text("，折算 ÷ {full} × {stake} = {points}", ", converted ÷ {full} × {stake} = {points}")
_COUNTS_NOT = Text("不计", "left out")


def leaf_lines(result: NodeResult, row: int, whole: SetResult, facts: Facts) -> Iterator[Text]:
    """Facts with their documents, then the rule's own steps; or why there is none of it."""
    node, unit = result.node, whole.units[row]
    places = [f"{node.code}/{name}" for name in node.slots.names] if node.slots else [node.reported_as]
    sources = [facts.sources.get((unit.code, place, fact), Source()) for place in places for fact in node.facts]
    if result.asked[row] != Status.GIVEN:
        yield unasked(node, unit, Status(int(result.asked[row])), result.points[row])
    else:
        assert result.trace is not None, "derivations need an outcome scored with its trace"
        yield from rule_lines(result.trace, row, node.facts, _peers(result.trace, row, whole), node)
        raw = result.trace.raw[int(result.trace.position[row])]
        yield from kept_lines(result, row, raw)
        yield from _over_lines(result, row, raw)
    yield from _documents(sources)


def _over_lines(result: NodeResult, row: int, raw: Fraction) -> Iterator[Text]:
    """What the points beyond full marks bring as a bonus."""
    over = result.node.over
    if over is None or result.over is None or not result.over[row]:
        return
    product = raw if result.factor is None else raw * result.factor[row]
    beyond = product - result.full[row]
    brings = beyond * Fraction(over.rate)
    rate = f" × {percent(over.rate)}" if over.rate != 1 else ""
    sum_ = f"({show(product)} − {show(result.full[row])}){rate} = {show(brings)}"
    kept = min(brings, over.at_most.of(result.full[row]))
    parts = [_OVER_KEPT.format(points=show(kept))] if kept != brings else []
    counted, full, stake = result.over[row], result.full[row], result.stake[row]
    if stake != full:
        kept = kept * stake / full
        values = {"full": show(full), "stake": show(stake), "points": show(kept)}
        parts.append(_OVER_CONVERTED.format(**values))
    parts += [_OVER_KEPT.format(points=show(counted))] if counted != kept else []
    yield _OVER.format(sum=sum_, kept=joined(parts, "", ""))


def unasked(node: Indicator, unit: EvaluatedUnit, asked: Status, points: Fraction) -> Text:
    """Why there is no reading, and what counts in its place."""
    ways = {
        Status.NOT_APPLICABLE: node.not_applicable,
        Status.NOT_DRAWN: node.not_drawn,
        Status.MISSING: node.missing,
    }
    why = _WHY[asked]
    if asked == Status.NOT_APPLICABLE and node.reports_on_itself(unit.name, unit.category):
        why = _ITSELF
    instead = _INSTEAD.get(ways[asked] or "", _COUNTS_NOT if why == _ITSELF else NOTHING)
    if asked == Status.NOT_DRAWN and ways[asked] == "mean":
        why, instead = Text("未抽中", "not drawn"), _MEAN_OF_THE_DRAWN
    return joined([why, instead.format(points=show(points))], "，", ": ")


def _peers(trace: Trace, row: int, whole: SetResult) -> Peers:
    """The units behind the rows of a rule, which has only those whose facts are given."""
    rows = np.flatnonzero(trace.position >= 0)
    category = whole.plan.categories[whole.units[row].category]
    return Peers(Text(category, category), lambda at: whole.units[int(rows[at])].name)


def rule_lines(
    trace: Trace, row: int, facts: Mapping[str, FactSpec], peers: Peers | None, node: Indicator
) -> Iterator[Text]:
    """What was reported, and what the rule made of it."""
    at = int(trace.position[row])
    order = {fact: number for number, fact in enumerate(facts)}
    reads = sorted(trace.rule.reads(), key=lambda need: (order[need.fact], SOURCES.index(need.source)))
    for need in reads if not trace.rule.restates else ():
        if trace.inputs.given(*need)[at]:
            yield _fact_line(need, facts[need.fact], trace.inputs.read(*need)[at])
    yield from trace.rule.explain(Row(trace.inputs, at, facts, peers, node.self_scored))


def _fact_line(need: Need, spec: FactSpec, value: Fraction) -> Text:
    if spec.kind == "yes_no":
        shown = Text("是", "yes") if value == 1 else Text("否", "no")
    else:
        number = show(value, spec.decimals)
        measure = _MEASURES.get(spec.measure, Text(spec.measure, spec.measure))
        space = "" if spec.measure.startswith(("%", "‰")) else " "
        shown = joined([Text(number, number), measure], space, space)
    label = joined([Text(spec.name, spec.name), SOURCE_TITLES[need.source]], "，", ", ")
    if label == NOTHING:
        label = Text("实际值", "actual value")
    return Text("{label}：{shown}", "{label}: {shown}").format(label=label, shown=shown)


def _documents(sources: list[Source]) -> Iterator[Text]:
    for document in dict.fromkeys(source.document for source in sources if source.document):
        yield Text("依据：{document}", "document: {document}").format(document=document)
    for reason in dict.fromkeys(source.reason for source in sources if source.reason):
        yield Text("失分原因：{reason}", "why points were lost: {reason}").format(reason=reason)


def own_items(result: NodeResult, row: int, unit: EvaluatedUnit, facts: Facts) -> tuple[Derivation, ...]:
    """One derivation per own indicator of a unit."""
    own = result.own
    if own is None:
        return ()
    rows: Sequence[int] = [int(item) for item in np.flatnonzero(own.rows.unit == row)]
    stake = sum((own.rows.full[item] for item in rows if own.status[item] == Status.GIVEN), Fraction(0))
    return tuple(_own_item(result, own, item, (stake, result.full[row]), unit, facts) for item in rows)


def _own_item(
    result: NodeResult, own: OwnResult, item: int, share: tuple[Fraction, Fraction], unit: EvaluatedUnit, facts: Facts
) -> Derivation:
    node, rows = result.node, own.rows
    assert node.own is not None
    code = f"{node.code}/{rows.code[item]}"
    asked, counts = Status(int(own.asked[item])), own.status[item] == Status.GIVEN
    lines: list[Text] = []
    if asked == Status.GIVEN:
        trace = next(trace for trace in own.traces if trace.position[item] >= 0)
        stated = node.own.facts[rows.rule[item]]
        spec = stated.model_copy(update={"measure": rows.measure[item] or stated.measure})
        lines += rule_lines(trace, item, {ACTUAL: spec}, None, node)
        lines += limit_lines(trace.raw[int(trace.position[item])], own.exact[item])
        lines += rounding_lines(own.exact[item], own.points[item], node.own.rounding.digits)
    else:
        lines.append(unasked(node, unit, asked, own.points[item]))
    lines += _documents([facts.sources.get((unit.code, code, ACTUAL), Source())])
    if not counts:
        return Derivation(code, rows.name[item], rows.full[item], None, None, Fraction(0), tuple(lines))
    points, (stake, full) = own.points[item], share
    brings = points * full / stake
    lines += converted(points, stake, full, brings)
    return Derivation(code, rows.name[item], rows.full[item], own.exact[item], points, brings, tuple(lines))
