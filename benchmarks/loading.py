"""A workbook of readings into PostgreSQL: `load_workbook` over django-import-export, as it is and with `use_bulk`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import database, mixed
from benchmarks.filled import READINGS, filled, write_workbook
from benchmarks.province import plan_of
from benchmarks.timing import RUNS, in_turn

UNITS, LEAVES = 1040, 100
ROWS, PART = 100_000, 5_000  # of readings; the others load a part, since all of them would take minutes
_YEAR = 1990  # and those after it: a cycle for each run of ours
_OURS, _DEFAULT, _BULK = "load_workbook", "django-import-export, default", "django-import-export, use_bulk"
_INCLUDES = {
    _OURS: "the whole command: {rest} in the same workbook, every cell checked, what changes told sheet by sheet,"
    " old facts taken out, the trail; all or nothing, into a cycle without facts",
    _DEFAULT: "the readings alone, {part} of them and the time × {times}: XLSX format, a ModelResource of a plain table"
    " that finds each row by unit and indicator, which are unique; all or nothing",
    _BULK: "the same with use_bulk and batch_size 1000",
}


def main() -> None:
    """Print the ratios; the database is fresh."""
    from benchmarks import importing, tables

    text = mixed.text(LEAVES)
    rows = filled(plan_of(text), mixed.facts(UNITS, LEAVES))
    rows["readings"] = rows["readings"][:ROWS]
    cycles = [importing.cycle_without_facts(text, year) for year in range(_YEAR, _YEAR + RUNS)]
    fresh = iter(cycles)
    tables.make(tables.PlainReading)
    with TemporaryDirectory() as folder:
        whole, part = Path(folder, "facts.xlsx"), Path(folder, "readings.xlsx")
        write_workbook(whole, rows)
        write_workbook(part, {"readings": rows["readings"][:PART]}, head=lambda column: column.key)
        taken = in_turn(
            {
                _OURS: lambda: importing.by_command(whole, next(fresh)),
                _DEFAULT: importing.by_resource(part),
                _BULK: importing.by_resource(part, use_bulk=True, batch_size=1000),
            }
        )
    print(f"\na workbook of {ROWS} readings × {len(READINGS)} columns into PostgreSQL")
    for name, one in taken.items():
        seconds = one.median * (1 if name == _OURS else ROWS / PART)
        ratio = "" if name == _OURS else f"   {seconds / taken[_OURS].median:6.1f} × {_OURS}"
        print(f"  {name:48} {seconds:9.4f} s  n = {len(one.seconds)}{ratio}", flush=True)
    others = [f"{len(mine)} rows of {sheet}" for sheet, mine in rows.items() if mine and sheet != "readings"]
    for name, said in _INCLUDES.items():
        print(f"  {name}: {said.format(rest=', '.join(others), part=PART, times=ROWS // PART)}")
    ours, plain = importing.known_to(cycles[0]), importing.known_plainly()
    same = (len(ours), len(plain)) == (ROWS, PART) and plain.items() <= ours.items()
    print(f"  the tables hold the same readings: {'yes' if same else 'NO'}")


if __name__ == "__main__":
    if database.fresh_database():
        main()
