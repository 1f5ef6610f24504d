"""The sample city for the tests that go from files to results, and the product's commands as a person runs them."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter

from demo.city import TURNS, write_city
from engine.language.scheme import EvaluationPlan, Scheme
from indicators.command import read_scheme_file

ROOT = Path(__file__).resolve().parents[1]
RULE_BOOKS = ("songyuan", "yiyang-2018", "zhangjiajie-2021", "hongjiang-2010", "district-2022-1plus5")

CHINESE = re.compile("[\u3400-\u9fff]")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,9})(\.\d{1,4})?")

Rows = list[dict[str, str]]


def scheme_file(name: str) -> Path:
    [file] = (ROOT / "schemes").rglob(f"{name.partition('/')[0]}.yaml")
    return file


@cache
def scheme_of(name: str) -> Scheme:
    return read_scheme_file(scheme_file(name))


def evaluation_of(name: str) -> str | None:
    """What `--evaluation` has to say."""
    return name.partition("/")[2] or None


def plan_of(name: str) -> EvaluationPlan:
    plans = {plan.code: plan for plan in scheme_of(name).evaluations}
    return plans[evaluation_of(name) or next(iter(plans))]


def _evaluations(book: str) -> list[str]:
    codes = [plan.code for plan in scheme_of(book).evaluations]
    return [f"{book}/{code}" for code in codes] if len(codes) > 1 else [book]


# Every evaluation that is shipped: `songyuan`; with its code where the file holds several: `zhangjiajie-2021/direct`.
SCHEMES = tuple(name for book in RULE_BOOKS for name in _evaluations(book))


def sample_at(facts: Path) -> str:
    """The evaluation whose sample stands in this folder."""
    [name] = [name for name in SCHEMES if facts.as_posix().endswith(f"/{name}")]
    return name


def first_unit(facts: Path) -> str:
    """The code of the first unit of a folder."""
    return read_rows(facts / "单位.csv")[0]["单位代码"]


def asked_for(name: str) -> tuple[str, ...]:
    """The option for the command line, where the file holds several evaluations."""
    code = evaluation_of(name)
    return ("--evaluation", code) if code else ()


def city_of(factory: pytest.TempPathFactory) -> Path:
    """Both years of the sample city, drawn once for all processes of a test run. Not to be changed."""
    root = factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    out, done = root / "city", root / "city.done"
    with (root / "city.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not done.exists():
            for name in RULE_BOOKS:
                write_city(scheme_of(name), 2018, out)
            done.touch()
    return out


def sample_of(factory: pytest.TempPathFactory) -> Path:
    """The city's second year: a folder of CSV sheets for each evaluation. Not to be changed."""
    return city_of(factory) / TURNS[1]


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
