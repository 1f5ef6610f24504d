"""A leaf in slots: each scored like the leaf by itself, unrounded, then taken together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.exact import Exact, Mask
from engine.facts import Column, Key, Status, status_of
from engine.grammar.places import UNROUNDED
from engine.language.scheme import Indicator
from engine.language.slots import Slots
from engine.rules.base import Rule
from engine.rules.inputs import Need
from engine.score.context import Context, Limits, multiplied, rounded
from engine.score.leaf import column_of, score_leaf
from engine.score.result import NodeResult


def score_slots(node: Indicator, rule: Rule, slots: Slots, context: Context) -> NodeResult:
    """Points of a leaf with periods or assessors, for every unit of the set."""
    if slots.take == "pooled":
        return score_leaf(node, rule, context, pooled=_pooled(node, rule, slots, context))
    results = tuple(score_leaf(in_slot(node, name), rule, context, slots.part) for name in slots.names)
    full = context.by_category(node.full)
    brings = brought(slots, results)
    raw = sum(brings[1:], start=brings[0])
    counts = np.any([result.counts() for result in results], axis=0)
    factor = context.factor(node, counts)
    exact = Limits(node.cap, node.floor).hold(multiplied(raw, factor), full)
    asked = _asked(results)
    status = np.where(counts, np.int8(Status.GIVEN), np.int8(Status.NOT_APPLICABLE))
    status[context.left_out[node.code]] = Status.LEFT_OUT
    points, stake = rounded(exact, node.rounding), context.stake(node, full)
    return NodeResult(node, full, stake, exact, points, status, asked, raw=raw, factor=factor, slots=results)


def in_slot(node: Indicator, name: str) -> Indicator:
    """The leaf as it is scored in one slot; an assessor collects there what it assesses."""
    one = replace(node, slot=name, slots=None, factor=None, rounding=UNROUNDED)
    if node.slots and node.slots.by_assessor:
        return replace(one, collector=dict.fromkeys(node.collector, name))
    return one


def brought(slots: Slots, results: tuple[NodeResult, ...]) -> list[Exact]:
    """What each slot brings to the leaf; slots that do not apply bring nothing, and the others stand for them."""
    counts = [result.counts() for result in results]
    if slots.take in ("best", "last"):
        chosen = _best(results) if slots.take == "best" else _last(results)
        return [result.points.where(mask, 0) for result, mask in zip(results, chosen, strict=True)]
    of_those = results[0].full * 0
    for share, mask in zip(slots.shares, counts, strict=True):
        of_those = of_those + Exact.same(share, len(mask)).where(mask, 0)
    scale = (Exact.same(1, len(of_those)) / of_those.where(~of_those.equals(0), 1)) * (1 / slots.part)
    shared = zip(results, slots.shares, counts, strict=True)
    return [(result.points * share * scale).where(mask, 0) for result, share, mask in shared]


def _best(results: tuple[NodeResult, ...]) -> list[Mask]:
    """Per slot, the units whose best it is, the first of equals."""
    best, at = results[0].points, np.full(len(results[0].points), -1)
    for number, result in enumerate(results):
        better = result.counts() & ((at < 0) | (result.points > best))
        best, at = result.points.where(better, best), np.where(better, number, at)
    return [at == number for number in range(len(results))]


def _last(results: tuple[NodeResult, ...]) -> list[Mask]:
    at = np.full(len(results[0].points), -1)
    for number, result in enumerate(results):
        at = np.where(result.counts(), number, at)
    return [at == number for number in range(len(results))]


def _asked(results: tuple[NodeResult, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    """What was known of the leaf: a figure in any slot is one; else what is missing goes before what is not there."""
    asked = results[0].asked.copy()
    order = (Status.NOT_APPLICABLE, Status.NOT_DRAWN, Status.MISSING, Status.GIVEN, Status.LEFT_OUT)
    for which in order:
        asked[np.any([result.asked == which for result in results], axis=0)] = which
    return asked


def _pooled(node: Indicator, rule: Rule, slots: Slots, context: Context) -> dict[Need, Column]:
    """Every fact added up over the periods that have it; a value known before the year may stand once for all."""
    return {need: _added(node, need, rule, slots, context) for need in rule.reads()}


def _added(node: Indicator, need: Need, rule: Rule, slots: Slots, context: Context) -> Column:
    total, statuses = Exact.same(0, len(context)), []
    facts = [fact for fact in rule.needs() if fact.source == "actual"]
    for name in slots.names:
        one = in_slot(node, name)
        status = status_of([column_of(one, fact, context).status for fact in facts], len(context))
        column = column_of(one, need, context)
        status = np.where(status == Status.GIVEN, column.status, status)
        total = total + column.values.where(status == Status.GIVEN, 0)
        statuses.append(status)
    asked = statuses[0].copy()
    for which in (Status.NOT_APPLICABLE, Status.NOT_DRAWN, Status.GIVEN, Status.MISSING):
        asked[np.any([status == which for status in statuses], axis=0)] = which
    whole = context.facts.columns.get(Key(node.code, *need))
    if need.source == "actual" or whole is None:
        return Column(total, asked)
    once = np.asarray(whole.status == Status.GIVEN)
    return Column(whole.values.where(once, total), np.where(once, whole.status, asked))
