"""Reading the records of one CSV file. Every cell is text or empty; nothing is guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from engine.text import Place, Problem, Problems
from indicators.tables import messages
from indicators.tables.files import read_bytes, refusal
from indicators.tables.findings import Findings
from indicators.tables.limits import MAX_COLUMNS, MAX_ROWS
from indicators.tables.shape import Row, is_blank
from indicators.tables.table import column_letters


def read_records(file: str, path: Path) -> tuple[list[int], list[Row], list[Problem]]:
    """The records of a file that are not blank, with the line on which each begins, and those that are too wide.

    Args:
        file: its name as shown to people.
        path: where it is.

    Raises:
        Problems: the encoding, the quoting, or too much of it.
    """
    text = _text(file, read_bytes(path, file))
    numbers: list[int] = []
    rows: list[Row] = []
    findings, wide = Findings(), Findings()
    for line, record in _lines(file, path.stem, text, findings):
        row = tuple([cell or None for cell in record])
        if is_blank(row):
            continue
        numbers.append(line)
        rows.append(_cut(Place(file, path.stem, line), row, rows, wide))
        if len(rows) > MAX_ROWS:
            findings.add(Place(file, path.stem, line), messages.TOO_MANY_ROWS.format(limit=MAX_ROWS))
            break
    if problems := findings.problems():
        raise Problems([*wide.problems(), *problems])
    return numbers, rows, wide.problems()


def _text(file: str, data: bytes) -> str:
    if b"\0" in data:
        raise refusal(file, messages.NUL.format(line=_line(data, data.index(b"\0"))))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = messages.LOOKS_GBK if _is_gbk(data) else messages.NOT_UTF8
        line = _line(error.object, error.start)
        raise Problems([Problem(Place(file, row=line), what.format(line=line))]) from error


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def _lines(file: str, name: str, text: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; stops at the first that is not proper CSV."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for record in reader:
            yield begins, record
            begins = reader.line_num + 1
    except csv.Error as error:
        findings.add(Place(file, name, begins), messages.BAD_CSV.format(reason=error))


def _cut(place: Place, row: Row, rows: list[Row], findings: Findings) -> Row:
    """The row without empty cells beyond the header; what stands there is a problem."""
    if not rows:
        if len(row) > MAX_COLUMNS and not is_blank(row[MAX_COLUMNS:]):
            findings.add(place, messages.TOO_MANY_COLUMNS.format(count=len(row), limit=MAX_COLUMNS))
        return row[:MAX_COLUMNS]
    width = len(rows[0])
    if len(row) > width and not is_blank(row[width:]):
        extra = Place(place.file, place.sheet, place.row, column_letters(width))
        findings.add(extra, messages.TOO_MANY_FIELDS.format(count=len(row), width=width))
    return row[:width]
