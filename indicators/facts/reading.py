"""One workbook as it was read: the facts as far as they go, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from engine.facts import Facts, SetFacts
from engine.language.scheme import EvaluationPlan
from engine.text import Place, Problem, Text
from indicators.facts import sheets
from indicators.facts.awards import (
    read_last_results,
    read_persons,
    read_pools,
    without_heads,
    without_last_results,
    without_pools,
)
from indicators.facts.claims import read_factors, read_moves, read_series
from indicators.facts.columns import Columns
from indicators.facts.extras import read_calendar, read_claims
from indicators.facts.findings import Findings, sheet_at, sheet_named
from indicators.facts.grid import grids
from indicators.facts.own import OwnTable, read_own
from indicators.facts.results import read_other_results, without_other_results
from indicators.facts.roster import Roster
from indicators.facts.votes import Votes
from indicators.facts.wanted import panels, sheets_for
from indicators.tables import Tables

_NO_USE = Text("本方案没有{title}；请删去这张表", 'this scheme has no use for "{title}"; remove the sheet')
_NO_SHEET = Text("缺少“{title}”表", 'the sheet "{title}" is missing')
_NO_UNITS = Text("没有“单位”表，或表里没有单位", "there is no units sheet, or no unit in it")
_NO_SERIES = Text("缺少外部数据“{code}”", 'the outside series "{code}" is missing')
_MAY_BE_ABSENT = (sheets.UNITS.key, sheets.BONUSES.key, sheets.DEDUCTIONS.key, sheets.CALENDAR.key, sheets.MOVES.key)


class Reading:
    """What a source says. `facts` are None where there are no units; with any problem they are not to be used."""

    def __init__(self, tables: Tables, plan: EvaluationPlan, file: str) -> None:
        self.plan, self.file, self.tables = plan, file, tables
        self.notes = tables.notes
        self.findings = Findings()
        self.findings.unread.update(_unread(tables))
        self.grids = grids(tables, self.findings)
        self._mark_rows()
        self._refuse_unused()
        self.roster = Roster(plan, self.grids[sheets.UNITS.key])
        self.own: dict[str, OwnTable] = {}
        self.facts: Facts | None = None
        if self.roster.seats:
            self._read()
        elif not len(self.grids[sheets.UNITS.key]) and not self.grids[sheets.UNITS.key].blind:
            self.findings.note(Problem(Place(file), _NO_UNITS))

    def problems(self) -> list[Problem]:
        """What is wrong with what there is."""
        return [*self.tables.problems, *self.findings.all()]

    def all_problems(self) -> list[Problem]:
        """What is wrong, and what is missing altogether."""
        absent = self.absent()
        missing = [Problem(Place(self.file), _NO_SHEET.format(title=self.grids[key].sheet.title)) for key in absent]
        unsaid = list(self._unsaid()) if self.facts else []
        return [*self.tables.problems, *self.findings.all(without=absent), *missing, *unsaid]

    def absent(self) -> list[str]:
        """The sheets that the scheme needs and that are not there."""
        if self.facts is None:
            return []
        return [sheet.key for sheet in sheets_for(self.plan) if self._lacks(sheet.key)]

    def _lacks(self, key: str) -> bool:
        grid = self.grids[key]
        if grid.table is not None or grid.blind or key in _MAY_BE_ABSENT:
            return False
        if key not in (sheets.SUBJECTS.key, sheets.BALLOTS.key, sheets.TALLIES.key):
            return True
        return any(self._wants(key, set_code, node) for set_code, node in self._panels())

    def _panels(self) -> Iterator[tuple[str, str]]:
        return ((one.code, node.code) for one, node in panels(self.plan) if one.code in self.roster.sets)

    def _wants(self, key: str, set_code: str, code: str) -> bool:
        """Whether a panel has no votes although its votes belong on this sheet."""
        [node] = [node for one, node in panels(self.plan) if (one.code, node.code) == (set_code, code)]
        assert node.panel is not None
        if (set_code, code) in self.votes.tallies and key != sheets.SUBJECTS.key:
            return False
        if key == sheets.SUBJECTS.key:
            return node.panel.subjects == "in_charge" and code in self.grids[sheets.BALLOTS.key]["panel"]
        return (node.panel.secrecy == "anonymous") == (key == sheets.TALLIES.key)

    def _read(self) -> None:
        grid = self.grids
        self.own = read_own(grid["own"], self.roster)
        self.columns = Columns(self.roster, self.own, grid["own"])
        self.columns.read(grid["targets"], grid["readings"])
        self.votes = Votes(self.roster)
        self.votes.read(grid["subjects"], grid["ballots"], grid["tallies"])
        self.notes.extend(self.votes.notes)
        evaluation = self.plan.written
        calendar = read_calendar(grid["calendar"])
        told = None if grid["calendar"].blind or grid["calendar"].bad else calendar
        self.facts = Facts(
            sets={
                code: SetFacts(
                    tuple(units), self.columns.of_set(code), self.columns.of_own(code), self.votes.of_set(code)
                )
                for code, units in self.roster.sets.items()
            },
            series=read_series(grid["series"], evaluation),
            factors=read_factors(grid["factors"], self.roster),
            bonuses=read_claims(grid["bonuses"], self.roster, evaluation.bonus, told),
            deductions=read_claims(grid["deductions"], self.roster, evaluation.deductions, told),
            moves=read_moves(grid["moves"], self.roster, evaluation),
            last_results=read_last_results(grid["last_results"], self.roster),
            pools=read_pools(grid["pools"], evaluation),
            persons=read_persons(grid["persons"], self.roster),
            other_results=read_other_results(grid["other_results"], self.roster, self.plan),
            calendar=calendar,
            sources=self.columns.sources,
        )
        for code in [one for one in evaluation.series if one not in grid["series"]["code"]]:
            if not grid["series"].blind:
                text = _NO_SERIES.format(code=code)
                self.findings.note(Problem(Place(self.file), text), rests_on=sheets.SERIES.key)

    def _mark_rows(self) -> None:
        """Rows about which the tables themselves have told something."""
        for problem in self.tables.problems:
            sheet = sheet_named(sheet_at(problem.place))
            grid = self.grids[sheet.key] if sheet else None
            if grid and grid.table and problem.place.row in grid.table.numbers:
                grid.bad.add(grid.table.numbers.index(problem.place.row))

    def _refuse_unused(self) -> None:
        """Sheets with rows for which the scheme has no use."""
        useful = {sheet.key for sheet in sheets_for(self.plan)}
        if useful & {sheets.BALLOTS.key, sheets.TALLIES.key}:  # votes may be counted by hand, and are judged one by one
            useful |= {sheets.SUBJECTS.key, sheets.BALLOTS.key, sheets.TALLIES.key}
        for key, grid in self.grids.items():
            if key not in useful and len(grid):
                self.findings.drop(grid.whole())
                self.findings.note(Problem(grid.whole(), _NO_USE.format(title=grid.sheet.title)))
                grid.idle, grid.columns, grid.bad = True, {}, set()

    def _unsaid(self) -> Iterator[Problem]:
        """What nobody has told of units about which something must be known."""
        grids, evaluation = self.grids, self.plan.written
        yield from without_last_results(grids[sheets.LAST_RESULTS.key], self.roster, self.plan)
        yield from without_other_results(grids[sheets.OTHER_RESULTS.key], self.roster, self.plan)
        yield from without_heads(self.roster, evaluation)
        yield from without_pools(grids[sheets.POOLS.key], evaluation)


def _unread(tables: Tables) -> Iterator[str]:
    """The sheets of which something is wrong and nothing could be read."""
    read = {table.name for table in tables.tables}
    for problem in tables.problems:
        name = sheet_at(problem.place)
        sheet = sheet_named(name)
        if sheet and name not in read:
            yield sheet.key
