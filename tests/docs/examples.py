"""The examples of docs/scheme-language.md: found in the text, completed to a scheme, with the facts of their tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.facts import Facts
from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan, Indicator
from indicators.facts.load import facts_of
from indicators.facts.sheets import READINGS, TARGETS, UNITS
from indicators.tables import Cell, Table, Tables

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "scheme-language.md"
FENCE = re.compile(r"```yaml (example|refused): (\S+)")
SHEET = re.compile(r"Sheet \*\*(\S+)\*\*:")

# What an example leaves out. Nodes are placed below `everything`, keys of an evaluation replace the ones here.
SCHEME = """\
language: 1
scheme: example
title: 示例
source: 示例
evaluations:
  - code: annual
    title: 年度绩效评估
"""
EVALUATION = {
    "full_marks": "full_marks: 100",
    "rounding": "rounding: {leaf: 2, node: 2, panel: 2, total: 2}",
    "collectors": "collectors: [市绩效办]",
    "sets": "sets: {departments: {name: 市直单位, categories: {economy: 经济部门, society: 社会部门}}}",
    "grades": "grades: [{name: 合格, from: 60}, {name: 不合格}]",
    "indicators": """\
indicators:
  - code: everything
    name: 全部指标
    weight: 100
    collector: 市绩效办
    indicators:
""",
}
LOSS = "见评分表"  # why points were lost, where a table of the document leaves it out
ONE_LEAF = "- {code: work, name: 工作, full_marks: 100, rule: judged}"

ROSTER = ("单列", "人数", "分组")  # further columns of the units sheet

Rows = list[dict[str, str]]


@dataclass
class Example:
    """One fragment; `units` is its table of units, `sheets` further tables of facts, `said` what a refusal says."""

    kind: str
    name: str
    line: int
    yaml: str = ""
    units: Rows = field(default_factory=list)
    sheets: dict[str, Rows] = field(default_factory=dict)
    said: str = ""

    def scheme(self) -> str:
        """The whole scheme file around the fragment."""
        if self.yaml.startswith("language:"):
            return self.yaml
        nodes = self.yaml.startswith("- ")
        written = {} if nodes else set(re.findall(r"^([a-z_]+):", self.yaml, re.MULTILINE))
        parts = [text for key, text in EVALUATION.items() if key not in written]
        if nodes or "indicators" not in written:
            parts.append(_indented(self.yaml if nodes else ONE_LEAF, 6))
        if not nodes:
            parts.append(self.yaml)
        return SCHEME + _indented("\n".join(part.rstrip() for part in parts), 4)

    def plan(self) -> EvaluationPlan:
        return read_scheme(self.scheme(), self.name).evaluations[0]

    def facts(self, plan: EvaluationPlan) -> Facts:
        """Through the reader of workbooks, as if somebody had filled one in."""
        return facts_of(Tables([*self._own_tables(plan), *self._sheets()]), plan, self.name)

    def _sheets(self) -> Iterator[Table]:
        for name, rows in self.sheets.items():
            if name == READINGS.title.zh and "失分原因" not in rows[0]:
                rows = [row | {"失分原因": LOSS} for row in rows]
            yield _table(name, [list(row.values()) for row in rows], list(rows[0]))

    def _own_tables(self, plan: EvaluationPlan) -> Iterator[Table]:
        first = next(category for one in plan.sets for category in one.categories)
        units, readings, targets = [], [], []
        for row in self.units:
            unit = row["unit"]
            units.append([unit, unit, row.get("category") or first, *(row.get(title, "") for title in ROSTER)])
            for header, cell in row.items():
                if not cell or header in ("unit", "category", *ROSTER) or is_result(header):
                    continue
                leaf, fact, source = fact_of(header, plan)
                if source == "value":
                    readings.append([unit, leaf, fact, cell, LOSS])
                else:
                    targets.append([unit, leaf, fact, source, cell])
        yield _table(UNITS.key, units, ["unit", "name", "category", "listed_separately", "headcount", "groups"])
        if readings:
            yield _table(READINGS.key, readings, ["unit", "indicator", "fact", "value", "reason"])
        if targets:
            yield _targets(targets)


def is_result(header: str) -> bool:
    """Columns that say what comes out; the others say what goes in."""
    return header.split()[0] in ("points", "total", "place", "grade", "bonus", "deductions", "gives")


def fact_of(header: str, plan: EvaluationPlan) -> tuple[str, str, str]:
    """`招商引资 目标值` → leaf, fact and source; each may be left out: the first leaf, its only fact, 数值."""
    leaves = [leaf for one in plan.sets for leaf in one.leaves() if leaf.rule]
    words = header.split()
    titles = {column.title.zh: column.key for sheet in (READINGS, TARGETS) for column in sheet.columns}
    source = titles[words.pop()] if words[-1] in titles else "value"
    named = next((leaf for leaf in leaves if words and words[0] in (leaf.code, leaf.name)), None)
    if named:
        words.pop(0)
    leaf = named or leaves[0]
    return leaf.code, _fact(leaf, words), source


def _fact(leaf: Indicator, words: list[str]) -> str:
    if not words:
        return next(iter(leaf.facts))
    return next(code for code, fact in leaf.facts.items() if " ".join(words) in (code, fact.name))


def _targets(cells: list[list[str]]) -> Table:
    sources = list(dict.fromkeys(source for *_, source, _ in cells))
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for *key, source, cell in cells:
        rows.setdefault(tuple(key), {})[source] = cell
    found = [[*key, *(row.get(source, "") for source in sources)] for key, row in rows.items()]
    return _table(TARGETS.key, found, ["unit", "indicator", "fact", *sources])


def _table(name: str, rows: list[list[str]], header: list[str]) -> Table:
    cells: list[tuple[Cell, ...]] = [tuple(cell or None for cell in row) for row in rows]
    return Table("example", name, tuple(header), cells, list(range(2, len(rows) + 2)))


def _indented(text: str, blanks: int) -> str:
    return "".join(" " * blanks + line if line.strip() else line for line in text.splitlines(keepends=True))


def examples(text: str) -> list[Example]:
    """Every example of a document, in its order. What follows a fragment up to the next one or a heading is its."""
    found: list[Example] = []
    lines = text.splitlines()
    current, sheet, number = None, "", 0
    while number < len(lines):
        line = lines[number]
        if opening := FENCE.fullmatch(line):
            end = lines.index("```", number)
            current = Example(opening[1], opening[2], number + 1, "\n".join(lines[number + 1 : end]))
            found.append(current)
            number = end
        elif line.startswith("#"):
            current, sheet = None, ""
        elif current and line.startswith("> "):
            current.said += line.removeprefix("> ")
        elif caption := SHEET.match(line):
            sheet = caption[1]
        elif current and line.startswith("|"):
            rows = list(_rows(lines, number))
            number += len(rows) + 1
            if sheet:
                current.sheets[sheet], sheet = rows, ""
            elif "unit" in rows[0]:
                current.units = rows
        number += 1
    return found


def _rows(lines: list[str], number: int) -> Iterator[dict[str, str]]:
    header = _cells(lines[number])
    for line in lines[number + 2 :]:
        if not line.startswith("|"):
            return
        yield dict(zip(header, _cells(line), strict=True))


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("—", "") for cell in line.strip().strip("|").split("|")]
