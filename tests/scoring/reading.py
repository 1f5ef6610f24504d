"""Reading a result workbook as its readers do: the tables of its sheets, and the ranking category by category."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook


@cache
def opened(report: Path) -> Workbook:
    return openpyxl.load_workbook(report)


def rows_of(report: Path, title: str) -> list[dict[str, Any]]:
    """The rows of a sheet by its header."""
    header, *rows = opened(report)[title].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def ranking_of(report: Path, title: str = "排名", first: str = "名次") -> tuple[list[str], list[dict[str, Any]]]:
    """The lines above the ranking's header, and its rows: `类别` the banner above, `kind` what the row is."""
    lines = [list(row) for row in opened(report)[title].iter_rows(values_only=True)]
    top = next(number for number, line in enumerate(lines) if line[0] == first)
    rows: list[dict[str, Any]] = []
    category = None
    for number, line in enumerate(lines[top + 1 :], start=top + 2):
        row = dict(zip(lines[top], line, strict=True)) | {"line": number}
        if line[1] is None and line[0] is None:
            category = None
            continue
        kind = "unit" if line[1] is not None else "banner" if category is None else "count"
        category = str(line[0]) if kind == "banner" else category
        rows.append(row | {"类别": category, "kind": kind})
    return [str(line[0]) for line in lines[:top]], rows


def ranked(report: Path) -> list[dict[str, Any]]:
    """The units of the ranking."""
    return [row for row in ranking_of(report)[1] if row["kind"] == "unit"]


def number(value: Any) -> str | None:
    """A cell as the JSON would write it."""
    return None if value is None else format(value, "g") if isinstance(value, float) else str(value)


def plain(value: str | None) -> str | None:
    return value and re.sub(r"\.?0+$", "", value) if value and "." in value else value
