"""Where points were lost: by indicator, and by who answers for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from engine.facts import Source
from indicators.sheetwriter import Formed, Look, percent, without_empty
from scoring.outputs.losses import Loss, losses, total_cost
from scoring.outputs.report.pages import GROUP, PART, PLACES, QUIET, Pages, hundredths

_WHOSE = 3  # columns that say whose the losses are
_WIDEST = 54  # a document on one line


def write_lost_by_indicator(pages: Pages) -> None:
    """Where points are lost, the most of the total first."""
    rows: list[list[Any]] = []
    for found in _grouped(losses(pages.outcome), lambda loss: id(loss.node)).values():
        node, one = found[0].node, found[0].result
        lost = [loss for loss in found if loss.points > 0]
        full = sum((node.full[loss.row] for loss in found), Fraction(0))
        total = sum((loss.points for loss in lost), Fraction(0))
        counts = [len(found), len(lost), full, total, hundredths(total_cost(lost)), _rate(total, full)]
        rows.append(
            [one.plan.name, node.node.code, node.node.name, *counts, *_who(node.node.collector, node.node.lead)]
        )
    rows.sort(key=lambda row: (row[0], -row[7]))
    header = pages.titles(
        "指标集 Set",
        "代码 Code",
        "指标 Indicator",
        "计分单位数 Units",
        "失分单位数 Losing",
        "满分合计 Full",
        "失分合计 Lost",
        "折合总分 In totals",
        "失分率 Rate",
        "采集单位 Collector",
        "牵头部门 Lead",
    )
    title = pages.say("失分（按指标）", "Lost by indicator")
    pages.book.table(title, *without_empty(header, rows), PLACES, frozen=3)


class _Line(NamedTuple):
    """A row of the sheet by who answers, and its level: 0 a leader, 1 a unit, 2 a loss."""

    level: int
    cells: list[Any]


def write_lost_by_unit(pages: Pages) -> None:
    """Who lost them and why: leaders and units with their sums at their heads, the dearest first."""
    written = _ByUnit(pages).lines()
    header = pages.titles(
        "分管领导 Leader",
        "单位代码 Code",
        "单位 Unit",
        "代码 Code",
        "指标 Indicator",
        "满分 Full",
        "得分 Points",
        "失分 Lost",
        "折合总分 In total",
        "失分原因 Reason",
        "依据 Document",
        "牵头部门 Lead",
    )
    title = pages.say("失分（按责任）", "Lost by who answers")
    top = min((line.level for line in written), default=0)

    def look(row: int, column: int) -> Look:
        level = written[row].level
        if level < 2:
            return {**(PART if level == top else GROUP), "top": 1, "top_color": "#BFBFBF"}
        return QUIET if column < _WHOSE - top else {}

    columns, rows = without_empty(header, [line.cells for line in written])
    levels = [line.level - top for line in written]
    pages.book.table(title, columns, rows, PLACES, _WHOSE - top, widest=_WIDEST, look=look, levels=levels)


class _ByUnit:
    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.found = [loss for loss in losses(pages.outcome) if loss.points > 0]

    def lines(self) -> list[_Line]:
        by_leader = _grouped(self.found, lambda loss: loss.unit.leader)
        led = any(by_leader)
        lines: list[_Line] = []
        for leader, found in sorted(by_leader.items(), key=lambda item: (not item[0], -total_cost(item[1]), item[0])):
            units = _grouped(found, lambda loss: loss.unit.code)
            if led:
                named = leader or self.pages.say("（没有分管领导）", "(no leader)")
                count = self.pages.say("{0} 个单位", "{0} units").format(len(units))
                lines.append(self._head(0, [named, "", count], found))
            for code, own in sorted(units.items(), key=lambda item: (-total_cost(item[1]), item[0])):
                lines.append(self._head(1, [leader, code, own[0].unit.name], own))
                own.sort(key=lambda loss: -(loss.in_total or Fraction(0)))
                lines += [_Line(2, self._loss(loss)) for loss in own]
        return lines

    def _head(self, level: int, whose: list[Any], found: list[Loss]) -> _Line:
        text = self.pages.say("共失分 {0} 项", "lost on {0}").format(len(found))
        return _Line(level, [*whose, "", text, None, None, None, hundredths(total_cost(found)), "", "", ""])

    def _loss(self, loss: Loss) -> list[Any]:
        unit, node = loss.unit, loss.node
        sources = self.pages.outcome.facts.sources
        found = [sources.get((unit.code, *fact), Source()) for fact in loss.facts()]
        reasons = "；".join(dict.fromkeys(source.reason for source in found if source.reason))
        documents = "；".join(dict.fromkeys(source.document for source in found if source.document))
        points = [node.full[loss.row], node.points[loss.row], loss.points, hundredths(loss.in_total)]
        lead = node.node.lead[unit.category]
        return [unit.leader, unit.code, unit.name, node.node.code, node.node.name, *points, reasons, documents, lead]


def _grouped(found: Iterable[Loss], key: Any) -> dict[Any, list[Loss]]:
    groups: dict[Any, list[Loss]] = {}
    for loss in found:
        groups.setdefault(key(loss), []).append(loss)
    return groups


def _who(*columns: Mapping[str, str]) -> list[str]:
    return ["、".join(dict.fromkeys(filter(None, one.values()))) for one in columns]


def _rate(part: Fraction, whole: Fraction) -> Formed | None:
    """A share for reading, as a percentage with two places."""
    share = hundredths(part * 100 / whole) if whole else None
    return None if share is None else percent(share / 100)
