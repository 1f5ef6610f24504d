"""A workbook or CSV folder → the facts of one evaluation, or every problem."""

from __future__ import annotations

import re
from pathlib import Path

from engine.facts import EvaluatedUnit, Facts
from engine.language.scheme import EvaluationPlan
from engine.text import Place, Problem, Problems, Text
from indicators.facts.findings import Findings, ordered
from indicators.facts.grid import Grid
from indicators.facts.reading import Reading
from indicators.facts.roster import Roster
from indicators.facts.sheets import NOTES_SHEETS, UNITS
from indicators.tables import Tables, read_csv_file, read_tables

SCHEME_MARK = Text("方案代码：{code}", "Scheme: {code}")
_MARK = re.compile(r"(?:方案代码：|Scheme: )(\S+)")
_OTHER_SCHEME = Text(
    "这是“{found}”方案的工作簿，不是“{wanted}”的；请用 make_workbook 做的本方案工作簿",
    'this is a workbook of the scheme "{found}", not of "{wanted}"; use one that make_workbook wrote for this scheme',
)


def load_facts(path: Path, plan: EvaluationPlan) -> tuple[Facts, list[Problem]]:
    """Read and check the facts of an evaluation; whether they are complete is not looked at.

    Args:
        path: an .xlsx workbook or a folder of CSV files.
        plan: the evaluation that they are for.

    Returns:
        The facts, and notes on what is not wrong but worth saying (formula cells).

    Raises:
        Problems: everything that is wrong, each at its cell.
    """
    tables = read_tables(path, NOTES_SHEETS)
    return facts_of(tables, plan, path.name or path.resolve().name), tables.notes


def facts_of(tables: Tables, plan: EvaluationPlan, file: str) -> Facts:
    """The facts that tables say; see `load_facts`."""
    reading = Reading(tables, plan, file)
    found = reading.problems()
    if found or reading.facts is None:
        raise Problems(ordered(found))
    return reading.facts


def read_facts(path: Path, plan: EvaluationPlan, scheme: str = "") -> Reading:
    """Read as much as can be read.

    Args:
        path: an .xlsx workbook or a folder of CSV files.
        plan: the evaluation that the facts are for.
        scheme: the code of its scheme; a workbook made for another one is refused.

    Raises:
        Problems: why nothing can be read.
    """
    file = path.name or path.resolve().name
    tables = read_tables(path, NOTES_SHEETS)
    marks = [mark[1] for text in tables.aside if (mark := _MARK.fullmatch(text.strip()))]
    if scheme and marks and scheme not in marks:
        raise Problems([Problem(Place(file), _OTHER_SCHEME.format(found=marks[0], wanted=scheme))])
    return Reading(tables, plan, file)


def load_units(path: Path, plan: EvaluationPlan) -> list[EvaluatedUnit]:
    """The units of a CSV file that has the columns of the units sheet, by set and code.

    Raises:
        Problems: everything that is wrong with it.
    """
    findings = Findings()
    tables = read_csv_file(path).tables
    grid = Grid(UNITS, tables[0] if tables else None, findings)
    roster = Roster(plan, grid)
    if not len(grid):
        findings.add(Place(path.name), "没有单位", "there are no units")
    if found := findings.all():
        raise Problems(ordered(found))
    return [unit for one in plan.sets for unit in roster.sets.get(one.code, [])]
