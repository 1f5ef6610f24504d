"""Conditions that a unit fails, said with its own figures."""

from __future__ import annotations

from engine.language.conditions import Condition, NodeReached, OtherGrade
from engine.rules.wording import listed
from engine.score.conditions import unmet
from engine.score.result import Basis
from engine.show import show
from engine.text import Text

_VETOED = Text("有一票否决", "there is a veto")
_SHORT = Text("“{name}”{points} 分 < {line}", '"{name}" has {points} < {line}')
_WORSE = Text("“{name}”为“{grade}”，未达到“{wanted}”", '"{name}" is "{grade}", short of "{wanted}"')


def unmet_said(conditions: tuple[Condition, ...] | None, basis: Basis, row: int) -> Text:
    """What a unit fails; nothing if it meets them all."""
    return listed(_said(condition, basis, row) for condition in unmet(conditions, basis, row))


def _said(condition: Condition, basis: Basis, row: int) -> Text:
    if isinstance(condition, NodeReached):
        node = basis.nodes[condition.node]
        line = condition.at_least.of(node.full[row])
        return _SHORT.format(name=node.node.name, points=show(node.points[row]), line=show(line))
    if isinstance(condition, OtherGrade):
        special, unit = basis.special[condition.evaluation], basis.units[row].code
        grade = basis.others[unit, condition.evaluation].grade
        return _WORSE.format(name=special.name, grade=grade, wanted=condition.grade)
    return _VETOED
