"""Equal totals and equal places that the points of indicators tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from engine.language.grades import Quota, Ranking
from engine.rules.wording import NOTHING, in_brackets, joined, named
from engine.score.cuts import cut_of
from engine.score.ranking import told_by
from engine.score.result import Basis, Graded, NodeResult, SetResult
from engine.show import show
from engine.text import Text

_EQUAL = Text("与{others}总分相同（{total} 分），{why}", "{others}: the same total of {total}; {why}")
_BEFORE = Text("按“{node}”得分 {mine} > {theirs} 排在前{nothing}", 'before by "{node}", {mine} > {theirs}{nothing}')
_BEHIND = Text("按“{node}”得分 {mine} < {theirs} 排在后{nothing}", 'behind by "{node}", {mine} < {theirs}{nothing}')
_AGAINST = Text("与{others}相比，{why}", "against {others}: {why}")
_AS_ZERO = Text("{unit}不涉及这一项，按 0 分比", "it does not count for {unit}, which stands at 0")


def tie_lines(result: SetResult, ranking: Ranking, row: int) -> Iterator[Text]:
    """What put a unit before or behind those of the same total who stand next to it."""
    mine = int(result.place[row])
    if not mine or not ranking.break_ties_by:
        return
    total = result.total if ranking.on == "rounded" else result.exact_total
    rivals = (result.category == result.category[row]) & (result.place > 0) & total.equals(total[row])
    nodes = [result.basis.nodes[code] for code in ranking.break_ties_by]
    places = set(result.place[rivals].tolist())
    before, behind = [one for one in places if one < mine], [one for one in places if one > mine]
    for place in (*sorted(before)[-1:], *sorted(behind)[:1]):
        others = np.flatnonzero(rivals & (result.place == place)).tolist()
        why = _deciding(row, others[0], nodes, result.basis)
        yield _EQUAL.format(others=_named(others, result), total=show(total[row]), why=why)


def cut_said(quota: Quota, number: int, graded: Graded, result: SetResult, row: int) -> Text:
    """What put a unit inside or outside a quota, where units of one place are on both sides of the cut."""
    nodes = [graded.basis.nodes[code] for code in quota.break_by if code in graded.basis.nodes]
    beside = (result.category == result.category[row]) & (graded.place == graded.place[row]) & ~graded.apart
    rows = [one for one in np.flatnonzero(beside).tolist() if cut_of(graded.cuts[number], one).members]
    inside = graded.earned[row] == number
    across = [one for one in rows if (graded.earned[one] == number) != inside]
    if not across or row not in rows:
        return NOTHING
    keys = {one: tuple(told_by(node)[one] for node in nodes) for one in across}
    nearest = max(keys.values()) if inside else min(keys.values())
    others = [one for one in across if keys[one] == nearest]
    why = _deciding(row, others[0], nodes, graded.basis)
    return _AGAINST.format(others=_named(others, result), why=why)


def _named(rows: Sequence[int], result: SetResult) -> Text:
    return named([result.units[one].name for one in rows])


def _deciding(row: int, other: int, nodes: Sequence[NodeResult], basis: Basis) -> Text:
    """The first of the indicators in which two units differ."""
    for node in nodes:
        mine, theirs = told_by(node)[row], told_by(node)[other]
        if mine != theirs:
            text = _BEFORE if mine > theirs else _BEHIND
            absent = [basis.units[one].name for one in (row, other) if not node.counts()[one]]
            nothing = joined((_AS_ZERO.format(unit=name) for name in absent), "，", ", ")
            values = {"node": node.node.name, "mine": show(mine), "theirs": show(theirs)}
            return text.format(nothing=in_brackets(nothing), **values)
    return NOTHING
