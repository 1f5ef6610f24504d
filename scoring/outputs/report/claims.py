"""Every bonus and deduction that was claimed, and what counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.score.result import Extras
from indicators.sheetwriter import without_empty
from scoring.outputs.report.pages import PLACES, Pages


def write_claims(pages: Pages) -> None:
    """Write the sheet."""
    evaluation = pages.outcome.plan.written
    bonus = evaluation.bonus.standards if evaluation.bonus else ()
    deductions = evaluation.deductions.standards if evaluation.deductions else ()
    names = {standard.code: standard.name for standard in (*bonus, *deductions)}
    kinds = pages.say("加分", "bonus"), pages.say("扣分", "deduction")
    rows: list[list[Any]] = []
    for result in pages.outcome.sets:
        for unit, *both in zip(result.units, result.bonuses, result.deductions, strict=True):
            for kind, extras in zip(kinds, both, strict=True):
                rows += [[unit.code, unit.name, kind, *cells] for cells in _claimed(pages, extras, names)]
    header = pages.titles(
        "单位代码 Code",
        "单位 Unit",
        "类型 Kind",
        "项目 Standard",
        "级别 Level",
        "事项 Matter",
        "标准分 Points",
        "计入 Counted",
        "依据 Document",
        "备注 Note",
    )
    pages.book.table(pages.say("加分扣分", "Bonuses and deductions"), *without_empty(header, rows), PLACES, frozen=2)


def _claimed(pages: Pages, extras: Extras, names: dict[str, str]) -> Iterator[list[Any]]:
    for one in extras.claims:
        note = pages.say("同一事项就高不重复", "counted at its highest") if one.duplicate else ""
        claim = one.claim
        yield [names[claim.standard], claim.level, claim.matter, one.points, one.counted, claim.document, note]
