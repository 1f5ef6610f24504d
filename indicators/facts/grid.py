"""A table read as one of the known sheets: parsed columns, and the place of every cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.text import Place, Problem, Problems, Text
from indicators.facts.cells import PARSERS, Wrong
from indicators.facts.sheets import SHEETS, Column, Sheet
from indicators.tables import Table, column_letters


@dataclass
class Findings:
    """Everything wrong with the facts."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, place: Place, zh: str, en: str, **values: object) -> None:
        """Note a problem; `values` fill both sentences."""
        self.problems.append(Problem(place, Text(zh, en).format(**values)))

    def all(self) -> Problems:
        """Every problem, in the order of the places, to be raised."""
        return Problems(sorted(self.problems, key=lambda problem: problem.place))


class Grid:
    """A sheet's columns by key, one value per row; None where a cell is empty or wrong."""

    def __init__(self, sheet: Sheet, table: Table | None, findings: Findings) -> None:
        self.sheet, self.table, self.findings = sheet, table, findings
        self.at: dict[str, int] = {}
        self.columns: dict[str, list[Any]] = {}
        if table is not None:
            self._find_columns(table)
            self._parse(table)

    def __len__(self) -> int:
        return len(self.table.rows) if self.table else 0

    def __getitem__(self, key: str) -> list[Any]:
        return self.columns.get(key) or [None] * len(self)

    def rows(self, *keys: str) -> Iterator[tuple[Any, ...]]:
        """Row number and these values, row by row."""
        return zip(range(len(self)), *(self[key] for key in keys), strict=True)

    def place(self, row: int, key: str = "") -> Place:
        """The cell of a row (or the row itself) as people see it."""
        assert self.table is not None
        return self.table.place(row, self.at.get(key, 0))

    def wrong(self, row: int, key: str, zh: str, en: str, **values: object) -> None:
        """Note a problem at a cell."""
        self.findings.add(self.place(row, key), zh, en, **values)

    def _find_columns(self, table: Table) -> None:
        titles = {
            title: column for column in self.sheet.columns for title in (column.title.zh, column.title.en, column.key)
        }
        for index, title in enumerate(table.header):
            if not title:
                continue
            column = titles.get(title)
            if column is None:
                known = Text(
                    "、".join(c.title.zh for c in self.sheet.columns), ", ".join(c.title.en for c in self.sheet.columns)
                )
                text = (
                    "不认识的列“{title}”；这张表可以有：{known}",
                    'unknown column "{title}"; this sheet may have: {known}',
                )
                self.findings.add(self._header(table, index), *text, title=title, known=known)
            elif column.key in self.at:
                self.findings.add(
                    self._header(table, index), "列“{title}”重复", 'the column "{title}" is there twice', title=title
                )
            else:
                self.at[column.key] = index
        for column in self.sheet.columns:
            if column.required and column.key not in self.at:
                place = Place(table.file, table.name)
                self.findings.add(place, "缺少列“{title}”", 'the column "{title}" is missing', title=column.title)

    def _header(self, table: Table, index: int) -> Place:
        return Place(table.file, table.name, 1, column_letters(index))

    def _parse(self, table: Table) -> None:
        for column in self.sheet.columns:
            if column.key in self.at and column.kind != "shown":
                self.columns[column.key] = self._parse_column(column, [row[self.at[column.key]] for row in table.rows])
        self._refuse_repeats()

    def _parse_column(self, column: Column, cells: list[Any]) -> list[Any]:
        parse = PARSERS[column.kind]
        values: list[Any] = []
        for row, cell in enumerate(cells):
            if cell is None:
                if column.required:
                    self.wrong(row, column.key, "“{title}”没有填", '"{title}" is empty', title=column.title)
                values.append(None)
                continue
            try:
                values.append(parse(cell))
            except Wrong as wrong:
                self.findings.problems.append(Problem(self.place(row, column.key), wrong.text))
                values.append(None)
        return values

    def _refuse_repeats(self) -> None:
        seen: dict[tuple[Any, ...], int] = {}
        for row, *key in self.rows(*self.sheet.unique):
            known = tuple(key)
            if known in seen and any(part is not None for part in known):
                first = self.place(seen[known]).row
                names = "、".join(str(part) for part in known if part is not None)
                self.wrong(
                    row,
                    self.sheet.unique[0],
                    "“{names}”重复，第 {first} 行已有",
                    '"{names}" is there twice (first in row {first})',
                    names=names,
                    first=first,
                )
            seen.setdefault(known, row)


def grids(tables: list[Table], findings: Findings) -> dict[str, Grid]:
    """Every known sheet by key; those that are not there are empty."""
    known = {name: sheet for sheet in SHEETS for name in (sheet.title.zh, sheet.title.en, sheet.key)}
    found: dict[str, Grid] = {}
    for table in tables:
        sheet = known.get(table.name)
        if sheet is None:
            titles = Text("、".join(s.title.zh for s in SHEETS), ", ".join(s.title.en for s in SHEETS))
            findings.add(
                Place(table.file, table.name),
                "不认识的表“{name}”；可以有：{titles}",
                'unknown sheet "{name}"; there may be: {titles}',
                name=table.name,
                titles=titles,
            )
        elif sheet.key in found:
            findings.add(
                Place(table.file, table.name), "“{name}”有两张表", 'the sheet "{name}" is there twice', name=sheet.title
            )
        else:
            found[sheet.key] = Grid(sheet, table, findings)
    return {sheet.key: found.get(sheet.key) or Grid(sheet, None, findings) for sheet in SHEETS}
