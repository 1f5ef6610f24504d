"""A unit's score sheet: where it stands, its parts, and the derivation level by level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.explain import Derivation
from engine.explain.tree import BONUS, DEDUCTIONS
from engine.language.model import Evaluation
from engine.language.scheme import EvaluationPlan, Indicator
from engine.show import show
from engine.text import Text
from indicators.wording import scored_said
from scoring.showing.bars import share

# How the engine begins the lines that are no arithmetic; a test holds these words against what it says.
KINDS = {"依据：": "document", "失分原因：": "reason", "采集：": "source", "评分：": "source", "方案说明：": "rule"}
STEP = "step"
_NOTHING = Text("", "")
_EXTRAS = {BONUS: Text("加分", "Bonus"), DEDUCTIONS: Text("扣分", "Deductions")}  # what is in no rule book's tree


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a derivation and what it is: a step, a document, a reason, a source, words of the rule book."""

    kind: str
    said: Text


@dataclass(frozen=True, slots=True)
class Node:
    """One number of the tree, ready to be shown; `points` is empty where it does not count."""

    code: str
    name: Text
    full: str
    points: str
    brings: str
    share: int
    lines: Sequence[Line]
    rule: Text
    children: Sequence[Node]

    @property
    def is_short(self) -> bool:
        """Whether points were lost."""
        return bool(self.points) and self.share < 100


def tree_of(derivation: Derivation, plan: EvaluationPlan, set_code: str) -> Node:
    """The derivation of a unit's total with the words of the rule book at every indicator."""
    one = next(one for one in plan.sets if one.code == set_code)
    return _node(derivation, {node.code: node for node in one.walk()}, plan.written)


def _node(one: Derivation, nodes: Mapping[str, Indicator], evaluation: Evaluation) -> Node:
    known = nodes.get(one.code)
    return Node(
        one.code, Text(one.name, one.name) if known or one.code not in _EXTRAS else _EXTRAS[one.code],
        show(one.full) if one.full is not None else "",
        show(one.points) if one.points is not None else "",
        show(one.brings) if one.points is not None and one.brings != one.points else "",
        share(one.points, one.full),
        list(_lines(one)),
        scored_said(known, evaluation) if known else _NOTHING,
        [_node(child, nodes, evaluation) for child in one.children],
    )  # fmt: skip


def _lines(one: Derivation) -> Iterator[Line]:
    for said in one.lines:
        kind = next((kind for words, kind in KINDS.items() if said.zh.startswith(words)), STEP)
        yield Line(kind, said)
