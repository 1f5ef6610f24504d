"""A table read as one of the known sheets: parsed columns, and the place of every cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from engine.grammar.near import nearest
from engine.text import Place, Problem, Text
from indicators.facts.cells import PARSERS, Wrong
from indicators.facts.findings import TITLES, Findings, sheet_named
from indicators.facts.sheets import SHEETS, Column, Sheet
from indicators.tables import Area, Table, Tables, column_letters

_MOST_UNSURE = 1_000_000
_UNKNOWN_COLUMN = Text(
    "不认识的列“{title}”；这张表可以有：{known}", 'unknown column "{title}"; this sheet may have: {known}'
)
_STILL_MISSING = Text("{said}；现在还缺：{missing}", "{said}; missing so far: {missing}")
_UNKNOWN_SHEET = Text("不认识的表“{name}”；可以有：{titles}", 'unknown sheet "{name}"; there may be: {titles}')
_SHEET_MEANT = Text("不认识的表“{name}”，是不是“{near}”？", 'unknown sheet "{name}"; is it "{near}"?')
_REPEATED = Text("“{names}”重复，第 {first} 行已有", '"{names}" is there twice (first in row {first})')


class Grid:
    """A sheet's columns by key, one value per row; None where a cell is empty or wrong.

    `bad` are the rows with something wrong; `blind`: the sheet is there, but what it says cannot be told;
    `idle`: the scheme has no use for the sheet.
    """

    def __init__(self, sheet: Sheet, table: Table | None, findings: Findings, unsure: list[Area] | None = None) -> None:
        self.sheet, self.table, self.findings = sheet, table, findings
        self.at: dict[str, int] = {}
        self.columns: dict[str, list[Any]] = {}
        self.bad: set[int] = set()
        self.blind = self.idle = False
        if table is not None:
            self.unsure = _cells(unsure or [], table)
            self.bad = {row for row, _ in self.unsure}
            self._find_columns(table)
            self._parse(table)

    def __len__(self) -> int:
        return len(self.table.rows) if self.table and not self.idle else 0

    def __getitem__(self, key: str) -> list[Any]:
        return self.columns.get(key) or [None] * len(self)

    def rows(self, *keys: str) -> Iterator[tuple[Any, ...]]:
        """Row number and these values, row by row."""
        return zip(range(len(self)), *(self[key] for key in keys), strict=True)

    def empty(self, row: int, key: str) -> bool:
        """Whether nothing stands in a cell; else its value is None only where it is wrong."""
        return key not in self.at or self.table is None or self.table.rows[row][self.at[key]] is None

    def place(self, row: int, key: str = "") -> Place:
        """The cell of a row (or the row itself) as people see it."""
        assert self.table is not None
        return self.table.place(row, self.at.get(key, 0))

    def whole(self) -> Place:
        """The sheet as such."""
        assert self.table is not None
        return Place(self.table.file, self.table.name)

    def wrong(
        self, row: int, key: str, zh: str, en: str, cause: object = None, rests_on: str = "", **values: object
    ) -> None:
        """Note a problem at a cell; one of the same `cause` in the same column is told once.

        `rests_on` is the other sheet without which nobody could tell.
        """
        self.bad.add(row)
        if (row, self.at.get(key, -1)) not in self.unsure:
            once = None if cause is None else (self.sheet.key, key, cause)
            problem = Problem(self.place(row, key), Text(zh, en).format(**values))
            self.findings.note(problem, once, rests_on)

    def _find_columns(self, table: Table) -> None:
        titles = {
            title: column for column in self.sheet.columns for title in (column.title.zh, column.title.en, column.key)
        }
        unknown: list[tuple[int, str]] = []
        for index, title in enumerate(table.header):
            column = titles.get(title)
            if column is None and title:
                unknown.append((index, title))
            elif column and column.key in self.at:
                text = Text("列“{title}”重复", 'the column "{title}" is there twice')
                self.findings.note(Problem(self._header(table, index), text.format(title=title)))
            elif column:
                self.at[column.key] = index
        missing = [column for column in self.sheet.columns if column.needed and column.key not in self.at]
        self.blind = bool(missing)
        for index, title in unknown:
            text = _UNKNOWN_COLUMN.format(title=title, known=_titles(self.sheet.columns))
            if missing:
                text = _STILL_MISSING.format(said=text, missing=_titles(missing))
            self.findings.note(Problem(self._header(table, index), text))
        for column in missing if not unknown else ():
            text = Text("缺少列“{title}”", 'the column "{title}" is missing')
            self.findings.note(Problem(self.whole(), text.format(title=column.title)))

    def _header(self, table: Table, index: int) -> Place:
        return Place(table.file, table.name, 1, column_letters(index))

    def _parse(self, table: Table) -> None:
        for column in self.sheet.columns:
            if column.key in self.at:
                self.columns[column.key] = self._parse_column(column, [row[self.at[column.key]] for row in table.rows])
        if not self.blind:
            self._refuse_repeats()

    def _parse_column(self, column: Column, cells: list[Any]) -> list[Any]:
        parse = PARSERS[column.kind]
        at = self.at[column.key]
        values: list[Any] = []
        known: dict[str, Any] = {}  # the same codes and names stand in row after row
        for row, cell in enumerate(cells):
            if type(cell) is str and cell in known and not self.unsure:
                values.append(known[cell])
                continue
            if cell is None or (row, at) in self.unsure:
                if column.required:
                    self.wrong(row, column.key, "“{title}”没有填", '"{title}" is empty', title=column.title)
                values.append(None)
                continue
            try:
                values.append(parse(cell))
                if type(cell) is str:
                    known[cell] = values[-1]
            except Wrong as wrong:
                self.wrong(row, column.key, "{said}", "{said}", said=wrong.text)
                values.append(None)
        return values

    def _refuse_repeats(self) -> None:
        seen: dict[tuple[Any, ...], int] = {}
        needed = [number for number, key in enumerate(self.sheet.unique) if self.sheet.column(key).required]
        for row, *key in self.rows(*self.sheet.unique):
            known = tuple(key)
            if None in known and any(known[number] is None for number in needed):
                continue
            first = seen.setdefault(known, row)
            if first != row:
                names = "、".join(str(part) for part in known if part is not None)
                place = self.place(first).row
                self.wrong(row, self.sheet.unique[0], _REPEATED.zh, _REPEATED.en, names=names, first=place)


def _titles(columns: Iterable[Column]) -> Text:
    titles = [column.title for column in columns]
    return Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))


def _cells(areas: list[Area], table: Table) -> set[tuple[int, int]]:
    """The rows (from 0) and columns of the table that lie in these areas."""
    width = range(len(table.header))
    found: set[tuple[int, int]] = set()
    for area in areas:
        rows = range(bisect_left(table.numbers, area.first_row), bisect_right(table.numbers, area.last_row))
        columns = width[area.first_column : area.last_column + 1]
        if len(found) + len(rows) * len(columns) > _MOST_UNSURE:
            break
        found.update((row, column) for row in rows for column in columns)
    return found


def grids(tables: Tables, findings: Findings) -> dict[str, Grid]:
    """Every known sheet by key; those that are not there are empty, those that could not be read are blind."""
    found: dict[str, Grid] = {}
    for table in tables.tables:
        sheet = sheet_named(table.name)
        whole = Place(table.file, table.name)
        if sheet is None:
            findings.note(Problem(whole, _unknown(table.name, findings)))
        elif sheet.key in found:
            text = Text("“{name}”有两张表", 'the sheet "{name}" is there twice')
            findings.note(Problem(whole, text.format(name=sheet.title)))
        else:
            found[sheet.key] = Grid(sheet, table, findings, tables.unsure.get(table.name))
    result = {sheet.key: found.get(sheet.key) or Grid(sheet, None, findings) for sheet in SHEETS}
    for key in findings.unread:
        result[key].blind = result[key].blind or result[key].table is None
    return result


def _unknown(name: str, findings: Findings) -> Text:
    """What is said of a sheet that nobody knows, and which one was probably meant."""
    titles = [title for title in (sheet.title.zh for sheet in SHEETS) if title in name]
    meant = max(titles, key=len, default="") or nearest(name, [sheet.title.zh for sheet in SHEETS])
    if sheet := sheet_named(meant):
        findings.unread.add(sheet.key)
        return _SHEET_MEANT.format(name=name, near=sheet.title)
    return _UNKNOWN_SHEET.format(name=name, titles=TITLES)
