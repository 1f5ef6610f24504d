"""Vetoes and promotions: which are in force for a unit, and what they make of its grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from engine.exact import Exact, Mask
from engine.facts import Move
from engine.language.grades import NodeBelow, Promotion, Scale, ToGrade, Veto
from engine.score.reasons import Reason
from engine.score.result import NOT_GRADED, NodeResult

BY_BONUS = {
    "up_one": Promotion(effect="up_one", by="automatic", grounds=("加分",)),
    "top": Promotion(effect="top", by="automatic", grounds=("加分",)),
}


def reasons(
    scale: Scale, moves: Sequence[Sequence[Move]], nodes: Mapping[str, NodeResult], lifts: Sequence[str] = ()
) -> list[tuple[Reason, ...]]:
    """Every reason for moving each unit's grade, in force or proposed.

    Args:
        scale: the grades and what may move them.
        moves: what is recorded of each unit.
        nodes: by code, for vetoes without a record.
        lifts: what each unit's bonuses do to its grade; none where they do not touch this scale.
    """
    short = [(veto, _falls_short(veto.when, nodes)) for veto in scale.veto if veto.when and veto.when.node in nodes]
    if not (short or any(moves) or any(lifts)):
        return [()] * len(moves)
    found: list[tuple[Reason, ...]] = []
    for row, own in enumerate(moves):
        if not (own or short or (lifts and lifts[row])):
            found.append(())
            continue
        recorded = [
            Reason(block, move, block.by == "automatic" or bool(move.decision))
            for move in own
            for block in scale.moves
            if move.ground in block.grounds
        ]
        recorded += [Reason(veto, None, True) for veto, rows in short if rows[row]]
        if lifts and lifts[row]:
            recorded.append(Reason(BY_BONUS[lifts[row]], None, True))
        found.append(tuple(recorded))
    return found


def _falls_short(when: NodeBelow, nodes: Mapping[str, NodeResult]) -> Mask:
    """Which units have too few points at the node; one that does not count for a unit asks nothing."""
    node = nodes[when.node]
    least = when.below
    line = node.full * least.amount if least.relative else Exact.same(least.amount, len(node.full))
    return np.asarray((node.points < line) & node.counts())


def vetoed(found: Sequence[Sequence[Reason]]) -> Mask:
    """Which units have a veto in force."""
    against = np.zeros(len(found), dtype=bool)
    for row, own in enumerate(found) if any(found) else ():
        against[row] = bool(own and vetoes(own))
    return against


def vetoes(own: Sequence[Reason]) -> list[Veto]:
    """The vetoes in force against a unit; several grounds of one block are one."""
    return list(dict.fromkeys(one.block for one in own if one.in_force and isinstance(one.block, Veto)))


def promotions(own: Sequence[Reason]) -> list[Promotion]:
    """The promotions in force for a unit that no veto cancels."""
    found = dict.fromkeys(one.block for one in own if one.in_force and isinstance(one.block, Promotion))
    return [block for block in found if block.despite_veto or not vetoes(own)]


def moved(earned: int, own: Sequence[Reason], scale: Scale) -> int:
    """The final grade: the lowest that a veto makes of the earned one; then the best that promotions make of that."""
    grade = earned
    lowered = [_lowered(block, earned, scale) for block in vetoes(own)]
    if lowered:
        grade = NOT_GRADED if NOT_GRADED in lowered else max(lowered)
    if NOT_GRADED in (grade, earned):
        return NOT_GRADED
    return min([grade, *(_lifted(block, grade, scale) for block in promotions(own))])


def _lowered(block: Veto, grade: int, scale: Scale) -> int:
    lowest = len(scale.grades) - 1
    if isinstance(block.effect, ToGrade):
        return max(grade, scale.position(block.effect.to))
    if block.effect == "not_graded":
        return NOT_GRADED
    return {"down_one": min(grade + 1, lowest), "bar_from_top": max(grade, 1), "lowest": lowest}[block.effect]


def _lifted(block: Promotion, grade: int, scale: Scale) -> int:
    if isinstance(block.effect, ToGrade):
        return min(grade, scale.position(block.effect.to))
    return 0 if block.effect == "top" else max(grade - 1, 0)
