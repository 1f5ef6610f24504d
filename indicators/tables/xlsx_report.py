"""What a survey found in a sheet, said to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.text import Place, Problem, Text
from indicators.tables import messages
from indicators.tables.findings import Findings, listed, spans
from indicators.tables.limits import MAX_COLUMNS, MAX_ROWS
from indicators.tables.table import Area, column_letters
from indicators.tables.xlsx_sheet_safety import Survey, position_of


def survey_problems(file: str, sheet: str, found: Survey) -> list[Problem]:
    """Everything wrong that shows in the XML of a sheet, place by place."""
    says = _Says(file, sheet)
    return [
        *says.at((says.near(cell), _far(cell)) for cell in found.far),
        *says.at((says.whole, messages.BROKEN_REFERENCE.format(cell=cell)) for cell in found.broken),
        *says.hidden(found),
        *says.at((says.near(area.partition(":")[0]), messages.MERGED.format(range=area)) for area in found.merged),
        *says.at(
            (says.cell(row, column), messages.ERROR_CELL.format(error=error)) for row, column, error in found.errors
        ),
        *says.at((says.cell(*position), messages.FORMULA_WITHOUT_VALUE) for position in found.without_value),
    ]


def unsure_areas(found: Survey) -> list[Area]:
    """The cells that are wrong, and those that only seem empty since they are merged with another one."""
    wrong = [(row, column) for row, column, _ in found.errors] + found.without_value
    cells = [Area(row, row, column, column) for row, column in wrong]
    for area in found.merged:
        first, _, last = area.partition(":")
        start, end = position_of(first), position_of(last)
        if start and end:
            rows, columns = (start[0], min(end[0], MAX_ROWS)), (start[1], min(end[1], MAX_COLUMNS))
            cells += [Area(*rows, columns[0] + 1, columns[1]), Area(start[0] + 1, rows[1], columns[0], columns[0])]
    return cells


def survey_notes(file: str, sheet: str, found: Survey) -> list[Problem]:
    """What is not wrong but worth saying: that stored values of formulas were read."""
    if not found.formula_count:
        return []
    cells = listed((f"{column_letters(column)}{row}" for row, column in found.formulas[:6]), most=5)
    what = messages.FORMULAS_NOTED.format(count=found.formula_count, cells=cells)
    return [Problem(Place(file, sheet), what)]


def _far(cell: str) -> Text:
    last = column_letters(MAX_COLUMNS - 1)
    return messages.FAR_CELL.format(cell=cell, columns=MAX_COLUMNS, last=last, rows=MAX_ROWS)


class _Says:
    def __init__(self, file: str, sheet: str) -> None:
        self.whole = Place(file, sheet)

    def cell(self, row: int, column: int) -> Place:
        return Place(self.whole.file, self.whole.sheet, row, column_letters(column))

    def near(self, reference: str) -> Place:
        position = position_of(reference)
        return self.cell(*position) if position else self.whole

    def at(self, places: Iterable[tuple[Place, Text]]) -> list[Problem]:
        findings = Findings()
        for place, what in places:
            findings.add(place, what)
        return findings.problems()

    def hidden(self, found: Survey) -> Iterator[Problem]:
        if rows := spans(found.hidden_rows):
            names = listed(_span(str(first), str(last)) for first, last in rows)
            place = Place(self.whole.file, self.whole.sheet, rows[0][0])
            yield Problem(place, messages.HIDDEN_ROWS.format(rows=names))
        if columns := spans(found.hidden_columns):
            names = listed(_span(column_letters(first), column_letters(last)) for first, last in columns)
            yield Problem(self.cell(1, columns[0][0]), messages.HIDDEN_COLUMNS.format(columns=names))


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
