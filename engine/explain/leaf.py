"""The lowest level of a derivation: facts, their documents, and what the rule made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from engine.explain.absent import absent_lines, unasked
from engine.explain.derivation import Derivation, limit_lines, rounding_lines
from engine.explain.rollup import converted, kept_lines
from engine.facts import EvaluatedUnit, Source, Status
from engine.language.scheme import Indicator
from engine.rules.base import FactSpec, Row
from engine.rules.inputs import ACTUAL, SOURCES, Need
from engine.rules.wording import NOTHING, SOURCE_TITLES, Peers, joined
from engine.score.result import NodeResult, Outcome, OwnResult, SetResult, Trace
from engine.show import percent, show
from engine.text import Text

_MEASURES = {"分": Text("分", "points"), "次": Text("次", "times"), "%": Text("%", "%"), "": NOTHING}
_OVER = Text("超额部分：{sum}{kept}，记入加分", "beyond full marks: {sum}{kept}, goes to the bonus")
_OVER_KEPT = Text("，最多计 {points} 分", ", at most {points}")


def leaf_lines(result: NodeResult, row: int, whole: SetResult, outcome: Outcome) -> Iterator[Text]:
    """Facts with their documents, then the rule's own steps; or why there is none of it."""
    node, unit = result.node, whole.units[row]
    places = [f"{node.code}/{name}" for name in node.slots.names] if node.slots else [node.reported_as]
    sources = [outcome.facts.sources.get((unit.code, place, fact), Source()) for place in places for fact in node.facts]
    if result.asked[row] != Status.GIVEN:
        yield from absent_lines(result, row, whole, outcome)
    else:
        assert result.trace is not None, "derivations need an outcome scored with its trace"
        names = outcome.plan.written.series
        yield from rule_lines(result.trace, row, node.facts, _peers(result.trace, row, whole), node, names)
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
    kept = result.over[row]
    yield _OVER.format(sum=sum_, kept=_OVER_KEPT.format(points=show(kept)) if kept != brings else NOTHING)


def _peers(trace: Trace, row: int, whole: SetResult) -> Peers:
    """The units behind the rows of a rule, which has only those whose facts are given."""
    rows = np.flatnonzero(trace.position >= 0)
    category = whole.plan.categories[whole.units[row].category]
    return Peers(Text(category, category), lambda at: whole.units[int(rows[at])].name)


def rule_lines(
    trace: Trace,
    row: int,
    facts: Mapping[str, FactSpec],
    peers: Peers,
    node: Indicator,
    series: Mapping[str, str],
) -> Iterator[Text]:
    """What was reported, and what the rule made of it; `series` are the names of outside figures."""
    at = int(trace.position[row])
    order = {fact: number for number, fact in enumerate(facts)}
    reads = sorted(trace.rule.reads(), key=lambda need: (order[need.fact], SOURCES.index(need.source)))
    for need in reads if not trace.rule.restates else ():
        if trace.inputs.given(*need)[at]:
            yield _fact_line(need, facts[need.fact], trace.inputs.read(*need)[at])
    yield from trace.rule.explain(Row(trace.inputs, at, facts, peers, node.self_scored, series))


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


def own_items(result: NodeResult, row: int, unit: EvaluatedUnit, outcome: Outcome) -> tuple[Derivation, ...]:
    """One derivation per own indicator of a unit."""
    own = result.own
    if own is None:
        return ()
    rows: Sequence[int] = [int(item) for item in np.flatnonzero(own.rows.unit == row)]
    stake = sum((own.rows.full[item] for item in rows if own.status[item] == Status.GIVEN), Fraction(0))
    return tuple(_own_item(result, own, item, (stake, result.full[row]), unit, outcome) for item in rows)


def _own_item(
    result: NodeResult,
    own: OwnResult,
    item: int,
    share: tuple[Fraction, Fraction],
    unit: EvaluatedUnit,
    outcome: Outcome,
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
        lines += rule_lines(trace, item, {ACTUAL: spec}, Peers(), node, outcome.plan.written.series)
        lines += limit_lines(trace.raw[int(trace.position[item])], own.exact[item])
        lines += rounding_lines(own.exact[item], own.points[item], node.own.rounding)
    else:
        lines.append(unasked(node, unit, asked, own.points[item]))
    lines += _documents([outcome.facts.sources.get((unit.code, code, ACTUAL), Source())])
    if not counts:
        return Derivation(code, rows.name[item], rows.full[item], None, None, Fraction(0), tuple(lines))
    points, (stake, full) = own.points[item], share
    brings = points * full / stake
    lines += converted(points, stake, full, brings)
    return Derivation(code, rows.name[item], rows.full[item], own.exact[item], points, brings, tuple(lines))
