"""The whole run of a city on PostgreSQL over what others would write: Django's objects, pandas, a spreadsheet."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import books, database, mixed, office
from benchmarks.filled import filled, write_workbook
from benchmarks.province import plan_of
from benchmarks.timing import Taken, compare

_OURS, _FLOOR, _ONE_BY_ONE, _BULK = "run", "floor", "ORM, one by one", "ORM, in bulk"
_OPENPYXL, _CALAMINE, _OFFICE = "pandas, floats, by openpyxl", "pandas, floats, by calamine", "LibreOffice"
_INCLUDES = {
    _OURS: "facts out of the tables, scored; a snapshot and a sheet for each unit written; adopted; the trail",
    _FLOOR: "the same figures out by COPY, as many rows in; no arithmetic",
    _ONE_BY_ONE: "a query for each reading and for all that it is held against, a row saved for each unit and leaf;"
    " Decimal; one transaction; no snapshot, no trail",
    _BULK: "values_list, Decimal, bulk_create of as many rows; one transaction; no snapshot, no trail",
    _OPENPYXL: "from a workbook of the facts to one of points, totals, places and grades, as pandas does by default",
    _CALAMINE: "the same, read by calamine",
    _OFFICE: "soffice started, a workbook of formulas over the facts as a matrix loaded, recalculated, saved",
}

Results = Mapping[str, tuple[Any, int]]  # by unit: total and place


def main(cycle: Any) -> None:
    """Print the ratios for a cycle that `database.cycle_of` has made."""
    from benchmarks import objects, tables

    units = cycle.evaluated_units.count()
    tables.make(tables.PlainPoints, tables.PlainTotal)
    with TemporaryDirectory() as name:
        folder = Path(name)
        works: dict[str, Callable[[], Any]] = {
            _OURS: partial(database.whole_run, cycle),
            _FLOOR: database.floor(cycle),
            _ONE_BY_ONE: partial(objects.one_by_one, cycle),
            _BULK: partial(objects.in_bulk, cycle),
            **_with_files(folder, units),
        }
        title = (
            f"the city on PostgreSQL, {units} units × {database.LEAVES} leaves of ten rules, comparison and rank among"
            " them, and a panel; 3 % missing, 2 % not applicable"
        )
        taken = compare(title, works)
        for work in works:
            print(f"  {work}: {_INCLUDES[work]}")
        if _OFFICE not in works:
            print("  left out: LibreOffice is not installed")
        _check(taken, _results_of(cycle))


def _with_files(folder: Path, units: int) -> dict[str, Callable[[], Any]]:
    """The works on files, with their files."""
    facts, leaves = mixed.facts(units, database.LEAVES), database.LEAVES
    source, out = folder / "facts.xlsx", folder / "results.xlsx"
    write_workbook(source, filled(plan_of(mixed.text(leaves)), facts))
    works: dict[str, Callable[[], Any]] = {
        _OPENPYXL: partial(books.by_workbook, source, out, leaves, "openpyxl"),
        _CALAMINE: partial(books.by_workbook, source, out, leaves, "calamine"),
    }
    if shutil.which("soffice"):
        office.make_profile(folder)
        office.write_formulas(folder / "formulas.xlsx", facts, leaves)
        works[_OFFICE] = partial(office.recalculate, folder, "formulas.xlsx")
    return works


def _results_of(cycle: Any) -> Results:
    """What our own run has written."""
    sheets = cycle.runs.get(state="adopted").sheets
    return {unit: (Decimal(total), place) for unit, total, place in sheets.values_list("unit_code", "total", "place")}


def _check(taken: Mapping[str, Taken], ours: Results) -> None:
    """Print whether the others come to the same."""
    for name in (_ONE_BY_ONE, _BULK):
        print(f"  {name} gives the same totals and places: {'yes' if taken[name].gave == ours else 'NO'}")
    found = {name: books.results_of(taken[name].gave) for name in (_OPENPYXL, _CALAMINE)}
    if _OFFICE in taken:
        found[_OFFICE] = office.results_of(taken[_OFFICE].gave)
    for name, theirs in found.items():
        totals = sum(round(theirs[unit][0] * 100) != total * 100 for unit, (total, _) in ours.items())
        places = sum(theirs[unit][1] != place for unit, (_, place) in ours.items())
        print(f"  {name}: {totals} totals and {places} places of {len(ours)} are wrong")


if __name__ == "__main__":
    if database.fresh_database():
        main(database.cycle_of(database.CITY))
