"""A workbook or CSV folder → the facts of one evaluation, or every problem."""

from __future__ import annotations

from pathlib import Path

from engine.facts import EvaluatedUnit, Facts, SetFacts
from engine.scheme import EvaluationPlan
from engine.text import Place, Problem
from indicators.facts.claims import read_claims, read_last_results, read_moves, read_series
from indicators.facts.columns import Columns
from indicators.facts.grid import Findings, Grid, grids
from indicators.facts.own import read_own
from indicators.facts.roster import Roster
from indicators.facts.sheets import NOTES_SHEETS, UNITS
from indicators.facts.votes import Votes
from indicators.tables import Tables, read_csv_file, read_tables


def load_facts(path: Path, plan: EvaluationPlan) -> tuple[Facts, list[Problem]]:
    """Read and check the facts of an evaluation.

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
    if findings.problems:
        raise findings.all()
    return [unit for one in plan.sets for unit in roster.sets.get(one.code, [])]


def facts_of(tables: Tables, plan: EvaluationPlan, file: str) -> Facts:
    """The facts that tables say; see `load_facts`."""
    findings = Findings()
    sheets = grids(tables.tables, findings)
    roster = Roster(plan, sheets["units"])
    if not len(sheets["units"]):
        findings.add(Place(file), "没有“单位”表，或表里没有单位", "there is no units sheet, or no unit in it")
        raise findings.all()
    own = read_own(sheets["own"], roster)
    columns = Columns(roster, own)
    columns.read(sheets["targets"], sheets["readings"])
    votes = Votes(roster)
    votes.read(sheets["subjects"], sheets["ballots"], sheets["tallies"])
    facts = _facts(plan, roster, columns, votes, sheets)
    for code in [one for one in plan.written.series if one not in sheets["series"]["code"]]:
        findings.add(Place(file), "缺少外部数据“{code}”", 'the outside series "{code}" is missing', code=code)
    if findings.problems:
        raise findings.all()
    return facts


def _facts(plan: EvaluationPlan, roster: Roster, columns: Columns, votes: Votes, sheets: dict[str, Grid]) -> Facts:
    evaluation = plan.written
    sets = {
        code: SetFacts(tuple(units), columns.of_set(code), columns.of_own(code), votes.of_set(code))
        for code, units in roster.sets.items()
    }
    bonus = evaluation.bonus.standards if evaluation.bonus else ()
    deductions = evaluation.deductions.standards if evaluation.deductions else ()
    return Facts(
        sets=sets,
        series=read_series(sheets["series"], evaluation),
        bonuses=read_claims(sheets["bonuses"], roster, bonus),
        deductions=read_claims(sheets["deductions"], roster, deductions),
        moves=read_moves(sheets["moves"], roster, evaluation),
        last_results=read_last_results(sheets["last_results"], roster),
        sources=columns.sources,
    )
