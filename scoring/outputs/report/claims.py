"""Every bonus and deduction that was claimed, and what counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.explain.extras import why_said, worth_said
from engine.language.extras import Bonus, Deductions
from engine.score.counted import Counted, Extras, Why
from indicators.sheetwriter import without_empty
from scoring.outputs.report.pages import PLACES, Pages


def write_claims(pages: Pages) -> None:
    """Write the sheet; where the scheme has neither, there is none."""
    evaluation = pages.outcome.plan.written
    if evaluation.bonus is None and evaluation.deductions is None:
        return
    kinds = pages.say("加分", "bonus"), pages.say("扣分", "deduction")
    rows: list[list[Any]] = []
    for result in pages.outcome.sets:
        names = {node.node.code: node.node.name for node in result.nodes()}
        for unit, *both in zip(result.units, result.bonuses, result.deductions, strict=True):
            for kind, extras, rules in zip(kinds, both, (evaluation.bonus, evaluation.deductions), strict=True):
                claimed = [*_claimed(pages, extras, rules), *_over(pages, extras, names)] if rules else ()
                rows += [[unit.code, unit.name, kind, *cells] for cells in claimed]
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
        "日期 Date",
        "决定机构 Body",
        "决定文号 Decision",
        "备注 Note",
    )
    pages.book.table(pages.say("加分扣分", "Bonuses and deductions"), *without_empty(header, rows), PLACES, frozen=2)


def _claimed(pages: Pages, extras: Extras, rules: Bonus | Deductions) -> Iterator[list[Any]]:
    names = {standard.code: standard.name for standard in rules.standards}
    for one in extras.claims:
        claim = one.claim
        day = claim.day.isoformat() if claim.day else ""
        named = [names[claim.standard], claim.level, claim.matter, one.points, one.counted]
        yield [*named, claim.document, day, claim.body, claim.decision, _note(pages, one, rules)]


def _over(pages: Pages, extras: Extras, names: Mapping[str, str]) -> Iterator[list[Any]]:
    """What over-fulfilled indicators bring, before the cap on all of them."""
    for leaf, beyond in extras.over.items():
        yield [
            pages.say("超额完成", "over-fulfilment"),
            "",
            names[leaf],
            beyond.points,
            beyond.points if extras.over_total else 0,
            "",
            "",
            "",
            "",
            "",
        ]


def _note(pages: Pages, one: Counted, rules: Bonus | Deductions) -> str:
    """Why it does not count, or how its points were found where they do not stand in a table."""
    by_table = one.claim.level and not one.lifts and not one.claim.role
    note = worth_said(one, rules) if one.why is Why.COUNTS and not by_table else why_said(one, rules)
    return pages.say(note.zh, note.en)
