"""The timetable: each phase once, and each row says how long it is open, in one way only."""

from __future__ import annotations

from dataclasses import replace

from engine.language.checks.report import Report
from engine.language.scheme import EvaluationPlan
from engine.language.timetable import TimetableRow


def check(plan: EvaluationPlan, report: Report) -> None:
    """Check one evaluation."""
    rows = plan.written.timetable
    zh = "timetable 里的“{name}”写了两次（第 {first} 行已有）"
    en = '"{name}" is in the timetable twice (first in line {first})'
    report.repeated([(row.phase, row.line("phase")) for row in rows], zh, en)
    for row in rows:
        if row.lost("opens", "closes", "days", "count"):
            continue
        _ends(row, report)
        _begins(row, report)
        _count(row, report)


def _ends(row: TimetableRow, report: Report) -> None:
    if row.closes is None and row.days is None:
        zh = "“{phase}”没有写开放到什么时候；请写 closes（截止日）或 days（天数）"
        en = '"{phase}" does not say how long it is open; write closes (the last day) or days (how many)'
        report.add(row.line("phase"), zh, en, phase=row.phase)
    elif row.closes is not None and row.days is not None:
        zh = "“{phase}”同时写了 closes 和 days，只能写一个"
        report.add(row.line("days"), zh, '"{phase}" has both closes and days; keep one', phase=row.phase)


def _begins(row: TimetableRow, report: Report) -> None:
    if row.closes is None:
        return
    if row.opens is None and row.days is None:
        zh = "“{phase}”写了 closes，没有写 opens（第一天）；只写 days 的才可以不写 opens"
        en = '"{phase}" has closes but not opens (the first day), which only a length in days may leave out'
        report.add(row.line("closes"), zh, en, phase=row.phase)
    elif row.opens is not None and row.closes < row.opens:
        zh = "“{phase}”的 closes 早于 opens；第二年的日子写成 next 01-31"
        en = '"{phase}" closes before it opens; a day of the year after is written as next 01-31'
        report.add(row.line("closes"), zh, en, phase=row.phase)
    elif row.opens is not None and not row.opens.next_year and row.closes >= replace(row.opens, next_year=True):
        zh = "“{phase}”开放超过一年，请核对 opens 和 closes"
        report.add(row.line("closes"), zh, '"{phase}" is open for more than a year; check its days', phase=row.phase)


def _count(row: TimetableRow, report: Report) -> None:
    if row.days is not None and row.count is None:
        zh = "“{phase}”要写明 days 怎么数：count: working（工作日）或 calendar（自然日）"
        en = '"{phase}" must say how its days are counted: count: working or calendar'
        report.add(row.line("days"), zh, en, phase=row.phase)
    elif row.closes is not None and row.days is None and row.count is not None:
        zh = "“{phase}”没有写 days，count 不起作用，请删去"
        report.add(row.line("count"), zh, '"{phase}" has no days to count; remove count', phase=row.phase)
