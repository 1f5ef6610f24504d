"""OUT.xlsx: ranking, uses, score matrix, lost points by indicator and by who answers, gaps, claims, parameters."""

from __future__ import annotations

from pathlib import Path

from engine.language.scheme import Scheme
from engine.score.result import Outcome
from indicators.sheetwriter import Book
from scoring.outputs.parameters import leaf_rows, scheme_rows
from scoring.outputs.report.claims import write_claims
from scoring.outputs.report.gaps import write_filled
from scoring.outputs.report.lost import write_lost_by_indicator, write_lost_by_unit
from scoring.outputs.report.matrix import write_matrix
from scoring.outputs.report.pages import PROPOSED, Pages
from scoring.outputs.report.ranking import Ranking
from scoring.outputs.report.used import write_uses


def write_report(path: Path, scheme: Scheme, outcome: Outcome, language: str) -> None:
    """Write the result workbook of one evaluation."""
    pages = Pages(Book(str(path)), outcome, language)
    pages.book.footer(f"{scheme.title}　{PROPOSED.to(language)}", "&P / &N")
    Ranking(pages, scheme).write()
    write_uses(pages)
    for result in outcome.sets:
        write_matrix(pages, result)
    write_lost_by_indicator(pages)
    write_lost_by_unit(pages)
    write_filled(pages)
    write_claims(pages)
    titles = pages.titles("项目 Item", "内容 Value")
    pages.book.table(pages.say("参数", "Parameters"), titles, scheme_rows(scheme, outcome, language))
    titles = pages.titles(
        "指标集 Set", "代码 Code", "指标 Indicator", "满分 Full", "权重 Weight", "计分方法 Rule", "采集单位 Collector"
    )
    pages.book.table(pages.say("计分参数", "Rules"), titles, leaf_rows(outcome.plan, language))
    pages.book.close()
