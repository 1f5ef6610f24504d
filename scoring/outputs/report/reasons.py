"""Why a node does not count for a unit, in a word for its cell and in a sentence for the legend."""

from __future__ import annotations

from dataclasses import dataclass

from engine.facts import EvaluatedUnit, Status
from engine.score.result import NodeResult
from engine.text import Text


@dataclass(frozen=True)
class Reason:
    """A word and what it means."""

    word: Text
    meaning: Text

    def legend(self) -> Text:
        return Text("{word}：{meaning}", "{word}: {meaning}").format(word=self.word, meaning=self.meaning)


LEFT_OUT = Reason(Text("不设", "none"), Text("本类别没有这项指标", "the category does not have it"))
NOT_DRAWN = Reason(Text("未抽中", "not drawn"), Text("抽查没有抽到", "the sample missed it"))
RECUSED = Reason(
    Text("回避", "recused"), Text("本单位采集这项，不评自己", "the unit collects it and does not judge itself")
)
NOT_LISTED = Reason(Text("无人评", "unvoted"), Text("不在任何人的投票对象中", "on nobody's list of votes"))
TOO_FEW = Reason(Text("票数不足", "few votes"), Text("有效票少于规定", "fewer valid ballots than required"))
NOT_APPLICABLE = Reason(Text("不涉及", "n/a"), Text("没有这项工作", "the unit has no such work"))
NOTHING_BELOW = Reason(Text("不计", "no count"), Text("其下各项都不计", "nothing below it counts"))
REASONS = (LEFT_OUT, NOT_DRAWN, RECUSED, NOT_LISTED, TOO_FEW, NOT_APPLICABLE, NOTHING_BELOW)


def reason(node: NodeResult, unit: EvaluatedUnit, row: int) -> Reason | None:
    """Why a node does not count for a unit; None if it does."""
    status = Status(int(node.status[row]))
    if status == Status.GIVEN:
        return None
    if status == Status.LEFT_OUT:
        return LEFT_OUT
    if node.children:
        below = {reason(child, unit, row) for child in node.children} - {LEFT_OUT}
        return below.pop() if len(below) == 1 else NOTHING_BELOW
    if node.node.panel is not None:
        return TOO_FEW if node.asked[row] == Status.MISSING else NOT_LISTED
    if node.asked[row] == Status.NOT_DRAWN:
        return NOT_DRAWN
    return RECUSED if node.node.reports_on_itself(unit.name, unit.category) else NOT_APPLICABLE


def filled_in(node: NodeResult, row: int) -> bool:
    """Whether the points come from the scheme's way with a gap, not from a reading."""
    return bool(node.status[row] == Status.GIVEN and node.asked[row] != Status.GIVEN)
