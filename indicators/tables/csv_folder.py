"""Reading a folder with one CSV file for each table."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from pathlib import Path

from engine.text import Place, Problem, Problems
from evaluation.archives import MAX_ENTRIES, MAX_UNPACKED_BYTES, MIB
from indicators.tables import messages
from indicators.tables.csv_file import read_records
from indicators.tables.files import refusal
from indicators.tables.findings import Findings
from indicators.tables.limits import MAX_CELLS, MAX_COLUMNS, MAX_TABLES
from indicators.tables.shape import shape_table
from indicators.tables.table import Area, Tables


def read_csv_folder(folder: Path, name: str, passing_over: Collection[str] = ()) -> Tables:
    """Read every CSV file of a folder; hidden files and README*.md are left alone.

    Args:
        folder: the folder.
        name: its name as shown to people.
        passing_over: files for people, by their stems, which are not looked at.

    Raises:
        Problems: why nothing of it can be read.
    """
    files, problems = _csv_files(folder, name)
    files = [path for path in files if path.stem not in passing_over]
    result = Tables(problems=problems)
    cells = 0
    for path in files:
        cells += _read_file(f"{name}/{path.name}", path, result)
        if cells > MAX_CELLS:
            raise Problems([*problems, Problem(Place(name), messages.TOO_MANY_CELLS.format(limit=MAX_CELLS))])
    if not files:
        raise Problems(problems)
    return result


def read_csv_file(path: Path) -> Tables:
    """Read one CSV file by itself.

    Raises:
        Problems: everything that is wrong with it.
    """
    if not path.is_file():
        raise refusal(path.name, messages.NOT_FOUND)
    result = Tables()
    _read_file(path.name, path, result)
    if result.problems:
        raise Problems(result.problems)
    return result


def _read_file(file: str, path: Path, result: Tables) -> int:
    """Add the table or the problems of one file; returns how many cells it has."""
    try:
        numbers, rows, wide = read_records(file, path)
    except Problems as refused:
        result.problems.extend(refused.found)
        return 0
    table, found = shape_table(file, path.stem, numbers, rows)
    result.problems.extend([*wide, *found])
    result.unsure[path.stem] = [Area(one.place.row, one.place.row, 0, MAX_COLUMNS) for one in wide]
    if table:
        result.tables.append(table)
    return sum(map(len, rows))


def _csv_files(folder: Path, name: str) -> tuple[list[Path], list[Problem]]:
    """The CSV files in the order of their names, and the problems of the folder as such."""
    entries = sorted(islice((path for path in folder.iterdir() if not _left_alone(path)), MAX_ENTRIES))
    files = [path for path in entries if path.suffix.lower() == ".csv" and path.is_file()]
    _check_amount(files, name)
    problems = Findings()
    for path in entries:
        if path not in files:
            problems.add(Place(f"{name}/{path.name}"), messages.UNKNOWN_FILE)
    stems: dict[str, str] = {}
    for path in files:
        other = stems.setdefault(path.stem.casefold(), path.name)
        if other != path.name:
            problems.add(Place(f"{name}/{path.name}"), messages.SAME_NAME.format(other=other))
    if not files:
        problems.add(Place(name), messages.NO_CSV)
    return files, problems.problems()


def _left_alone(path: Path) -> bool:
    return path.name.startswith(".") or (path.name.startswith("README") and path.suffix == ".md")


def _check_amount(files: list[Path], name: str) -> None:
    if len(files) > MAX_TABLES:
        raise refusal(name, messages.TOO_MANY_TABLES.format(count=len(files), limit=MAX_TABLES))
    if sum(path.stat().st_size for path in files) > MAX_UNPACKED_BYTES:
        raise refusal(name, messages.FILE_TOO_LARGE.format(limit=MAX_UNPACKED_BYTES // MIB))
