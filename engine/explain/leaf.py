"""The lowest level of a derivation: facts, their documents, and what the rule made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np

from engine.explain.derivation import Derivation, limit_lines, rounding_lines
from engine.facts import Facts, Source, Status
from engine.language.model import Panel
from engine.rules.base import ACTUAL, SOURCES, FactSpec, Row
from engine.score.panel import VOID
from engine.score.result import NodeResult, OwnResult, Trace
from engine.show import show
from engine.text import Text

_SOURCE_NAMES = {
    "actual": Text("", ""),
    "target": Text("目标值", "target"),
    "stretch": Text("挑战值", "stretch target"),
    "baseline": Text("基数", "baseline"),
    "last_year": Text("上年值", "last year"),
    "two_years_ago": Text("前年值", "two years ago"),
    "three_years_ago": Text("大前年值", "three years ago"),
}
_FILLED = {
    (Status.NOT_APPLICABLE, "mean"): Text(
        "不涉及，按同类单位得分的平均计 {points} 分", "not applicable: the mean of the category, {points} points"
    ),
    (Status.NOT_APPLICABLE, "full"): Text(
        "不涉及，按满分计 {points} 分", "not applicable: full marks, {points} points"
    ),
    (Status.NOT_DRAWN, "mean"): Text(
        "未抽中，按抽中单位得分的平均计 {points} 分", "not drawn: the mean of those drawn, {points} points"
    ),
    (Status.MISSING, "zero"): Text("没有数据，按方案计 0 分", "no data: 0 points, as stated"),
    (Status.MISSING, "mean"): Text(
        "没有数据，按同类单位得分的平均计 {points} 分", "no data: the mean of the category, {points} points"
    ),
}
_RENORMALISED = {
    Status.NOT_APPLICABLE: Text("不涉及", "not applicable"),
    Status.NOT_DRAWN: Text("抽查未抽中", "not drawn in the sample"),
}


def leaf_lines(result: NodeResult, row: int, unit: str, facts: Facts) -> Iterator[Text]:
    """Facts with their documents, then the rule's own steps; or why there is none of it."""
    node = result.node
    asked = Status(int(result.asked[row]))
    sources = {fact: facts.sources.get((unit, node.code, fact), Source()) for fact in node.facts}
    if asked != Status.GIVEN:
        yield _unasked(
            asked,
            {
                Status.NOT_APPLICABLE: node.not_applicable,
                Status.NOT_DRAWN: node.not_drawn,
                Status.MISSING: node.missing,
            }[asked],
            result.points[row],
        )
        yield from _documents(sources)
        return
    assert result.trace is not None, "derivations need an outcome scored with its trace"
    yield from rule_lines(result.trace, row, node.facts, result.exact[row])
    yield from _documents(sources)


def _unasked(asked: Status, way: str | None, points: Fraction) -> Text:
    text = _FILLED.get((asked, way or ""))
    return text.format(points=show(points)) if text else _RENORMALISED[asked]


def rule_lines(trace: Trace, row: int, facts: Mapping[str, FactSpec], exact: Fraction) -> Iterator[Text]:
    """What was reported, and what the rule made of it."""
    at = int(trace.position[row])
    order = {fact: number for number, fact in enumerate(facts)}
    needs = sorted(trace.rule.needs(), key=lambda need: (order[need.fact], SOURCES.index(need.source)))
    for need in needs if not trace.rule.restates else ():
        spec = facts[need.fact]
        value = trace.inputs.read(need.fact, need.source)[at]
        if spec.kind == "yes_no":
            shown = Text("是", "yes") if value == 1 else Text("否", "no")
        else:
            shown = Text(show(value, spec.decimals) + spec.measure, f"{show(value, spec.decimals)} {spec.measure}")
        name = Text(spec.name, spec.name)
        source = _SOURCE_NAMES[need.source]
        separator = "，" if spec.name and source.zh else ""
        label = Text(name.zh + separator + source.zh, f"{name.en}{', ' if separator else ''}{source.en}")
        if label.zh == "":
            label = Text("实际值", "actual value")
        yield Text("{label}：{shown}", "{label}: {shown}").format(label=label, shown=shown)
    yield from trace.rule.explain(Row(trace.inputs, at, facts))
    yield from limit_lines(trace.raw[at], exact)


def _documents(sources: dict[str, Source]) -> Iterator[Text]:
    for document in dict.fromkeys(source.document for source in sources.values() if source.document):
        yield Text("依据：{document}", "document: {document}").format(document=document)
    for reason in dict.fromkeys(source.reason for source in sources.values() if source.reason):
        yield Text("失分原因：{reason}", "why points were lost: {reason}").format(reason=reason)


def own_items(result: NodeResult, row: int, unit: str, facts: Facts) -> tuple[Derivation, ...]:
    """One derivation per own indicator of a unit."""
    own = result.own
    if own is None:
        return ()
    rows = [int(item) for item in np.flatnonzero(own.rows.unit == row)]
    stake = sum((own.rows.full[item] for item in rows if own.status[item] == Status.GIVEN), Fraction(0))
    scale = result.full[row] / stake if stake else Fraction(0)
    return tuple(_own_item(result, own, item, scale, unit, facts) for item in rows)


def _own_item(result: NodeResult, own: OwnResult, item: int, scale: Fraction, unit: str, facts: Facts) -> Derivation:
    node, rows = result.node, own.rows
    assert node.own is not None
    code = f"{node.code}/{rows.code[item]}"
    sources = {ACTUAL: facts.sources.get((unit, code, ACTUAL), Source())}
    asked, counts = Status(int(own.asked[item])), own.status[item] == Status.GIVEN
    lines: list[Text] = []
    if asked == Status.GIVEN:
        trace = next(trace for trace in own.traces if trace.position[item] >= 0)
        stated = node.own.facts[rows.rule[item]]
        spec = stated.model_copy(update={"measure": rows.measure[item] or stated.measure})
        lines += rule_lines(trace, item, {ACTUAL: spec}, own.exact[item])
        lines += rounding_lines(own.exact[item], own.points[item], node.own.rounding.digits)
    else:
        ways = {
            Status.NOT_APPLICABLE: node.not_applicable,
            Status.NOT_DRAWN: node.not_drawn,
            Status.MISSING: node.missing,
        }
        lines.append(_unasked(asked, ways[asked], own.points[item]))
    lines += _documents(sources)
    exact, points = (own.exact[item], own.points[item]) if counts else (None, None)
    brings = own.points[item] * scale if counts else Fraction(0)
    return Derivation(code, rows.name[item], rows.full[item], exact, points, brings, tuple(lines))


def panel_lines(result: NodeResult, panel: Panel, row: int) -> Iterator[Text]:
    """The votes, what each is worth, and their mean."""
    tally = result.tally
    if tally is None:
        yield Text("没有测评票", "there are no ballots")
        return
    if not tally.listed[row]:
        yield Text("没有人负责评这个单位", "on nobody's list")
        return
    votes = [(answer, int(count)) for answer, count in zip(tally.answers, tally.counts[row], strict=True) if count]
    worths = {answer: panel.method.chosen.worth(answer) for answer, _ in votes}
    counted = [(answer, count, worth) for answer, count in votes if (worth := worths[answer]) is not None]
    shown = "、".join(f"{answer} {count} 票" for answer, count, _ in counted)
    yield Text("{voters}：{votes}", "{voters}: {votes}").format(voters=panel.voters, votes=shown or "0")
    apart = [f"{answer} {count}" for answer, count in votes if worths[answer] is None and answer != VOID]
    void = sum(count for answer, count in votes if answer == VOID)
    if apart:
        yield Text("不计入：{apart}", "not counted: {apart}").format(apart="、".join(apart))
    if void:
        yield Text("废票 {void} 张", "void ballots: {void}").format(void=void)
    total = sum(count for _, count, _ in counted)
    if total < panel.minimum_ballots:
        text = Text(
            "有效票 {total} 张，少于规定的 {least} 张", "{total} valid ballots, fewer than the {least} required"
        )
        yield text.format(total=total, least=panel.minimum_ballots)
    elif total:
        above = " + ".join(f"{show(worth)} × {count}" for _, count, worth in counted)
        mean = sum((worth * count for _, count, worth in counted), Fraction(0)) / total
        text = Text("({above}) ÷ {total} = {mean}", "({above}) ÷ {total} = {mean}")
        yield text.format(above=above, total=total, mean=show(mean))
        yield from limit_lines(mean, result.exact[row])
