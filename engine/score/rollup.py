"""Children → node: each converted to its share, what does not apply taken out, the rest scaled up."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np

from engine.exact import Exact, Mask
from engine.facts import Status
from engine.irrational import rounded_root
from engine.language.scheme import Indicator
from engine.score.context import Context, Limits, multiplied, rounded
from engine.score.leaf import score_leaf
from engine.score.own import score_own
from engine.score.panel import score_panel
from engine.score.result import NodeResult
from engine.score.slots import score_slots
from engine.score.special import score_special
from engine.text import Text


def score_node(node: Indicator, context: Context) -> NodeResult:
    """A node and everything below it."""
    if node.panel is not None:
        return score_panel(node, node.panel, context)
    if node.own is not None:
        return score_own(node, node.own, context)
    if node.rule is not None:
        if node.slots is not None:
            return score_slots(node, node.rule, node.slots, context)
        return score_leaf(node, node.rule, context)
    if node.special:
        return score_special(node, context)
    children = tuple(score_node(child, context) for child in node.children)
    full = context.by_category(node.full)
    applicable = np.any([child.counts() for child in children], axis=0)
    factor = context.factor(node, applicable & ~context.left_out[node.code])
    if node.roll_up == "geometric_mean":  # rounded as it is made, so that the factor has to be in it by then
        raw = made = _geometric(children, multiplied(full, factor), context, node)
    else:
        raw = _ROLL_UPS[node.roll_up](children, full, context, node)
        made = multiplied(raw, factor)
    exact = Limits(node.cap, node.floor).hold(made, full)
    status = np.where(applicable, np.int8(Status.GIVEN), np.int8(Status.NOT_APPLICABLE))
    status[context.left_out[node.code]] = Status.LEFT_OUT
    points = rounded(exact, node.rounding)
    return NodeResult(
        node, full, context.stake(node, full), exact, points, status, status, children, raw=raw, factor=factor
    )


def at_stake(children: tuple[NodeResult, ...], full: Exact) -> Exact:
    """The stakes of the children that count, added up."""
    total = full * 0
    for child in children:
        total = total + child.stake.where(child.counts(), 0)
    return total


def brought(children: tuple[NodeResult, ...], full: Exact) -> Exact:
    """What the children bring to their parent, added up: its exact value."""
    total = full * 0
    for child in children:
        points = child.points.where(child.counts(), 0)
        total = total + (points if child.stake is child.full else points * _conversion(child))
    return total * _scale(children, full)


def _scale(children: tuple[NodeResult, ...], full: Exact) -> Exact:
    """So many points of the parent for one of the applicable stakes."""
    stakes = at_stake(children, full)
    return full / stakes.where(~stakes.equals(0), 1)


def scales(children: tuple[NodeResult, ...], full: Exact) -> list[Exact]:
    """What one point of each child is worth in its parent; 0 for a child that does not apply.

    That is stake ÷ full marks, scaled so that the applicable stakes fill the parent.
    """
    scale = _scale(children, full)
    return [_conversion(child) * scale.where(child.counts(), 0) for child in children]


def carried(children: tuple[NodeResult, ...], full: Exact) -> list[Exact]:
    """What each child brings to its parent; the sum is what `brought` gives."""
    return [child.points * scale for child, scale in zip(children, scales(children, full), strict=True)]


def _conversion(child: NodeResult) -> Exact:
    if child.stake is child.full:
        return Exact.same(1, len(child.full))
    return child.stake / child.full.where(~child.full.equals(0), 1)


def _sum(children: tuple[NodeResult, ...], full: Exact, context: Context, node: Indicator) -> Exact:
    return brought(children, full)


def _shares(children: tuple[NodeResult, ...]) -> list[Exact]:
    return [child.points / child.full.where(~child.full.equals(0), 1) for child in children]


def _mean(children: tuple[NodeResult, ...], full: Exact, context: Context, node: Indicator) -> Exact:
    total, number = full * 0, full * 0
    for child, share in zip(children, _shares(children), strict=True):
        total = total + share.where(child.counts(), 0)
        number = number + Exact.same(1, len(full)).where(child.counts(), 0)
    return total * full / number.at_least(1)


def _extreme(largest: bool, children: tuple[NodeResult, ...], full: Exact) -> Exact:
    best, known = full * 0, np.zeros(len(full), dtype=bool)
    for child, share in zip(children, _shares(children), strict=True):
        better: Mask = child.counts() & (~known | ((share > best) if largest else (share < best)))
        best, known = share.where(better, best), known | child.counts()
    return best * full


def _minimum(children: tuple[NodeResult, ...], full: Exact, context: Context, node: Indicator) -> Exact:
    return _extreme(False, children, full)


def _maximum(children: tuple[NodeResult, ...], full: Exact, context: Context, node: Indicator) -> Exact:
    return _extreme(True, children, full)


def _geometric(children: tuple[NodeResult, ...], full: Exact, context: Context, node: Indicator) -> Exact:
    """Full × (Π shares)^(1/n), rounded half up at the node's places: the root itself has no exact value."""
    shares, places = _shares(children), node.rounding.digits or 0
    values: list[Fraction] = []
    for row in range(len(full)):
        parts = [share[row] for child, share in zip(children, shares, strict=True) if child.counts()[row]]
        if any(part < 0 for part in parts):
            why = Text("下级有负分，不能取几何平均", "a negative share has no geometric mean")
            context.refuse(np.array([row]), node, why)
            parts = []
        values.append(rounded_root(full[row] ** len(parts) * prod(parts, start=Fraction(1)), len(parts), places))
    return Exact.of(values)


_ROLL_UPS = {"sum": _sum, "mean": _mean, "minimum": _minimum, "maximum": _maximum}
