"""From numbered rows of cells to a table with a header: the part that sheets and CSV files share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from engine.text import Place, Problem
from indicators.tables import messages
from indicators.tables.table import Cell, Table, column_letters

Row = tuple[Cell, ...]


def shape_table(file: str, name: str, numbers: list[int], rows: list[Row]) -> tuple[Table | None, list[Problem]]:
    """Make a table whose header is row 1.

    Args:
        file: the file as shown to people.
        name: the sheet, or the stem of the CSV file.
        numbers: the number of each row as people see it, ascending.
        rows: the rows that are not blank; they may differ in width.

    Returns:
        The table (None without any row, or when the header has problems) and the problems.
    """
    if not rows:
        return None, []
    if numbers[0] != 1:
        return None, [Problem(Place(file, name, 1), messages.HEADER_EMPTY.format(row=numbers[0]))]
    header = _header(rows[0])
    problems = [*_titles_missing(file, name, header, numbers, rows), *_titles_twice(file, name, header)]
    if problems:
        return None, problems
    return Table(file, name, header, _fit(rows[1:], len(header)), numbers[1:]), []


def is_blank(row: Row) -> bool:
    """Nothing stands in the row."""
    return all(cell is None for cell in row)


def _header(row: Row) -> tuple[str, ...]:
    titles = [_title(cell) for cell in row]
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def _title(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else cell


def _titles_missing(
    file: str, name: str, header: tuple[str, ...], numbers: list[int], rows: list[Row]
) -> list[Problem]:
    width = max(map(len, rows))
    untitled = [column for column in range(width) if column >= len(header) or not header[column].strip()]
    problems = []
    for column in untitled:
        below = next((n for n, row in zip(numbers, rows, strict=True) if n > 1 and _filled(row, column)), None)
        if below:
            place = Place(file, name, 1, column_letters(column))
            problems.append(Problem(place, messages.TITLE_MISSING.format(row=below)))
    return problems


def _filled(row: Row, column: int) -> bool:
    return column < len(row) and row[column] is not None


def _titles_twice(file: str, name: str, header: tuple[str, ...]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for column, title in enumerate(header):
        letters, seen = column_letters(column), title.strip()
        if seen in first:
            what = messages.TITLE_TWICE.format(title=seen, first=first[seen])
            problems.append(Problem(Place(file, name, 1, letters), what))
        elif seen:
            first[seen] = letters
    return problems


def _fit(rows: list[Row], width: int) -> list[Row]:
    return [row if len(row) == width else (row + (None,) * (width - len(row)))[:width] for row in rows]
