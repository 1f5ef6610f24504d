"""What was filled in because there was no reading: the units and the leaves, for whoever can still bring it."""

from __future__ import annotations

from typing import Any

from engine.facts import Status
from engine.text import Text
from indicators.sheetwriter import without_empty
from scoring.outputs.filled import Filled, filled
from scoring.outputs.report.pages import PLACES, Pages
from scoring.outputs.report.reasons import NOT_APPLICABLE, NOT_DRAWN, RECUSED, TOO_FEW

_NO_DATA = Text("缺数据", "no data")
_ORDER = (Status.MISSING, Status.NOT_DRAWN, Status.NOT_APPLICABLE)


def write_filled(pages: Pages) -> None:
    """What is missing first, then what was not drawn or does not apply, by indicator. Nothing filled in, no sheet."""
    found = sorted(filled(pages.outcome), key=lambda one: _ORDER.index(one.why))
    if not found:
        return
    header = pages.titles(
        "情况 Why",
        "指标集 Set",
        "代码 Code",
        "指标 Indicator",
        "期次或评分单位 Period or assessor",
        "自定指标代码 Own code",
        "自定指标 Own indicator",
        "单位代码 Unit code",
        "单位 Unit",
        "补计办法 What counts instead",
        "满分 Full",
        "得分 Points",
    )
    rows: list[list[Any]] = [
        [
            why_said(one).to(pages.language),
            one.result.plan.name,
            one.node.code,
            one.node.name,
            one.slot,
            one.item,
            one.item_name,
            one.unit.code,
            one.unit.name,
            one.way_said().to(pages.language),
            one.full,
            one.points,
        ]
        for one in found
    ]
    pages.book.table(pages.say("补计", "Filled in"), *without_empty(header, rows), PLACES)


def why_said(one: Filled) -> Text:
    """Why there is no reading, in a word."""
    if one.why == Status.MISSING:
        return TOO_FEW.word if one.node.panel is not None else _NO_DATA
    if one.why == Status.NOT_DRAWN:
        return NOT_DRAWN.word
    return (RECUSED if one.node.reports_on_itself(one.unit.name, one.unit.category) else NOT_APPLICABLE).word
