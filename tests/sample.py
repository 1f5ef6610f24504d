"""The sample city for the tests that go from files to results, and the product's commands as a person runs them."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import xlsxwriter

from demo.city import write_city
from engine.language.scheme import EvaluationPlan, Scheme
from indicators.command import read_scheme_file

ROOT = Path(__file__).resolve().parents[1]
SCHEMES = ("songyuan", "yiyang-2018")
CHINESE = re.compile("[\u3400-\u9fff]")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,9})(\.\d{1,4})?")

Rows = list[dict[str, str]]


def scheme_file(name: str) -> Path:
    return ROOT / "schemes" / f"{name}.yaml"


@cache
def scheme_of(name: str) -> Scheme:
    return read_scheme_file(scheme_file(name))


def plan_of(name: str) -> EvaluationPlan:
    return scheme_of(name).evaluations[0]


def write_sample(out: Path) -> Path:
    """A folder of CSV sheets for each scheme."""
    for name in SCHEMES:
        write_city(scheme_of(name), 2018, out / name)
    return out


def read_rows(file: Path) -> Rows:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write_rows(file: Path, rows: Rows, titles: list[str] | None = None) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, titles or list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def as_workbook(folder: Path, out: Path) -> Path:
    """The sheets of a folder in one workbook, what looks like a number as a number."""
    with xlsxwriter.Workbook(out) as book:
        for file in sorted(folder.glob("*.csv")):
            page, rows = book.add_worksheet(file.stem), read_rows(file)
            page.write_row(0, 0, list(rows[0]))
            for number, row in enumerate(rows, start=1):
                for column, cell in enumerate(row.values()):
                    if _NUMBER.fullmatch(cell):
                        page.write_number(number, column, float(cell))
                    elif cell:
                        page.write_string(number, column, cell)
    return out


def environ() -> dict[str, str]:
    """The environment with output buffered, as it is on anybody's machine."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def manage(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` in a process of its own, in nobody's terminal."""
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        cwd=cwd,
        env={**environ(), "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
