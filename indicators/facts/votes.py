"""Ballots and tallies → one tally per panel and set."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from engine.facts import Tally
from engine.language.scheme import Indicator
from engine.panels.ballots import Ballot, Fault, spelt, tally_ballots
from engine.panels.panel import Panel
from engine.text import Problem, Text
from indicators.facts.grid import Grid
from indicators.facts.roster import Roster, Seat, is_name, node_of
from indicators.facts.sheets import SUBJECTS, TALLIES

_MOST_SHOWN = 24
_BallotRow = tuple[str, str, str, int, str]  # set, panel, voter, unit row, answer; "" for the first of a unit


class Votes:
    """The votes of a workbook: signed ballots, counted here, and counts of anonymous ones."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.tallies: dict[tuple[str, str], Tally] = {}
        self.count_rows: dict[tuple[str, str], int] = {}  # unit, panel → the first row with its counts
        self.notes: list[Problem] = []  # on void ballots

    def read(self, subjects: Grid, ballots: Grid, tallies: Grid) -> None:
        """Take the three sheets in."""
        self.subjects = subjects
        self._count(self._lists(subjects), ballots)
        self._take_counts(tallies)

    def of_set(self, set_code: str) -> dict[str, Tally]:
        """The tallies of one set by panel."""
        return {panel: tally for (one, panel), tally in self.tallies.items() if one == set_code}

    def _panel(self, grid: Grid, row: int, seat: Seat | None, code: str | None) -> Indicator | None:
        node = node_of(grid, row, "panel", seat, code) if seat and code else None
        if seat and code and is_name(seat, code):
            return None
        if seat and code and (node is None or node.panel is None):
            zh = "“{unit}”所在的指标集没有投票“{code}”"
            en = 'the set of "{unit}" has no panel "{code}"'
            grid.wrong(row, "panel", zh, en, cause=(seat.plan.code, code), unit=seat.unit.name, code=code)
            return None
        return node

    def _lists(self, grid: Grid) -> dict[tuple[str, str, str], set[int]]:
        """Set, panel, voter → the rows of the units on his list."""
        found: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        for row, code, voter, unit in grid.rows("panel", "voter", "unit"):
            seat = self.roster.seat(grid, row, unit)
            node = self._panel(grid, row, seat, code)
            if seat and node and node.panel and node.panel.subjects == "all":
                zh, en = "投票“{code}”评全部单位，不用列投票对象", 'the panel "{code}" judges all units; it has no list'
                grid.wrong(row, "panel", zh, en, cause=code, code=code)
            elif seat and node and voter:
                found[(seat.plan.code, node.code, voter)].add(seat.row)
        return found

    def _homes(self, grid: Grid) -> dict[tuple[str, str], str]:
        """Panel and voter → the voter's own unit; it is enough to write it on one row of the ballot."""
        found: dict[tuple[str, str], str] = {}
        for row, code, voter, unit in grid.rows("panel", "voter", "voter_unit"):
            home = found.setdefault((code, voter), unit) if unit else unit
            if home != unit:
                zh = "“{voter}”前面写的所在单位是 {home}"
                en = '"{voter}" was said to be of {home} before'
                grid.wrong(row, "voter_unit", zh, en, voter=voter, home=home)
        return found

    def _count(self, lists: dict[tuple[str, str, str], set[int]], grid: Grid) -> None:
        homes = self._homes(grid)
        self._without_own_units(lists, homes)
        cast: dict[tuple[str, str], dict[str, Ballot]] = defaultdict(dict)
        rows: dict[_BallotRow, int] = {}
        nodes: dict[tuple[str, str], Indicator] = {}
        for row, code, voter, unit, answer, note in grid.rows("panel", "voter", "unit", "answer", "note"):
            seat = self.roster.seat(grid, row, unit)
            node = self._panel(grid, row, seat, code)
            if not (seat and node and node.panel and voter and answer):
                continue
            if node.panel.secrecy == "anonymous":
                zh = "“{code}”是不记名投票，不能写投票人；请把票数写在“{sheet}”"
                en = '"{code}" is an anonymous panel: no voters here, counts go into "{sheet}"'
                grid.wrong(row, "voter", zh, en, cause=code, code=code, sheet=TALLIES.title)
                continue
            home = homes.get((code, voter))
            if home == unit:
                zh = "“{voter}”不能评自己所在的单位"
                grid.wrong(row, "unit", zh, '"{voter}" cannot vote on his own unit', voter=voter)
                continue
            key = (seat.plan.code, node.code)
            nodes[key] = node
            own = self.roster.seats.get(home or "")
            ballot = cast[key].setdefault(voter, Ballot(voter, {}, own.row if own and own.plan is seat.plan else None))
            ballot.answers[seat.row] = (*ballot.answers.get(seat.row, ()), answer)
            if note:
                ballot.noted.add(seat.row)
            rows.setdefault((*key, voter, seat.row, ""), row)
            rows[(*key, voter, seat.row, answer)] = row
        for key in sorted(nodes.keys() | {(one, panel) for one, panel, _ in lists}):
            self._tally(
                key, cast[key], {voter: mine for (*of, voter), mine in lists.items() if tuple(of) == key}, rows, grid
            )

    def _tally(
        self,
        key: tuple[str, str],
        ballots: dict[str, Ballot],
        lists: dict[str, set[int]],
        rows: dict[_BallotRow, int],
        grid: Grid,
    ) -> None:
        units = self.roster.sets[key[0]]
        plan = self.roster.seats[units[0].code].plan
        node = plan.find(key[1])
        assert node is not None
        assert node.panel is not None
        counted = tally_ballots(node.panel, len(units), list(ballots.values()), lists)
        doubtful = self._doubtful(grid, node.code)
        for fault in counted.wrong if None not in doubtful else ():
            if fault.voter not in doubtful:
                unlisted = node.panel.subjects == "in_charge" and fault.voter not in lists
                self._refuse(key, node, fault, rows, grid, unlisted)
        for voter, why in counted.void:
            text = Text("{panel}，{voter}：{why}，这张票按废票计", "{panel}, {voter}: {why}; this ballot is void")
            at = min(row for (*of, _, _), row in rows.items() if of == [*key, voter])
            self.notes.append(Problem(grid.place(at, "voter"), text.format(panel=node.name, voter=voter, why=why)))
        self.tallies[key] = counted.tally

    def _refuse(
        self,
        key: tuple[str, str],
        node: Indicator,
        fault: Fault,
        rows: dict[_BallotRow, int],
        grid: Grid,
        unlisted: bool,
    ) -> None:
        """Tell a fault at its answer, or where the ballot says nothing of the unit at the ballot's first row."""
        mine = (*key, fault.voter)
        at = rows.get((*mine, fault.unit, fault.answer), rows.get((*mine, fault.unit, "")))
        cause = mine if at is None or unlisted else None
        at = min(row for one, row in rows.items() if one[:3] == mine) if at is None else at
        text = Text("{panel}，{voter}，{unit}：{what}", "{panel}, {voter}, {unit}: {what}")
        unit = self.roster.sets[key[0]][fault.unit].name
        said = text.format(panel=node.name, voter=fault.voter, unit=unit, what=fault.what)
        rests_on = SUBJECTS.key if node.panel and node.panel.subjects == "in_charge" else ""
        grid.wrong(at, "answer", "{said}", "{said}", cause=cause, rests_on=rests_on, said=said)

    def _without_own_units(
        self, lists: dict[tuple[str, str, str], set[int]], homes: dict[tuple[str, str], str]
    ) -> None:
        """Nobody's list has his own unit."""
        for (set_code, panel, voter), mine in lists.items():
            home = self.roster.seats.get(homes.get((panel, voter)) or "")
            if home and home.plan.code == set_code:
                mine.discard(home.row)

    def _doubtful(self, grid: Grid, panel: str) -> set[str | None]:
        """The voters of whose ballots or lists something is wrong already; None stands for all."""
        if self.subjects.blind:
            return {None}
        known = {node.code for seat in self.roster.seats.values() for node in seat.plan.leaves() if node.panel}
        return {
            one["voter"][row]
            for one in (self.subjects, grid)
            for row in one.bad
            if row < len(one) and one["panel"][row] in (panel, *{None, one["panel"][row]} - known)
        }

    def _take_counts(self, grid: Grid) -> None:
        found: dict[tuple[str, str], dict[tuple[int, str], int]] = defaultdict(dict)
        nodes: dict[tuple[str, str], Indicator] = {}
        answers: dict[tuple[str, str], frozenset[str]] = {}
        for row, code, unit, answer, count in grid.rows("panel", "unit", "answer", "count"):
            seat = self.roster.seat(grid, row, unit)
            node = self._panel(grid, row, seat, code)
            if not (seat and node and node.panel and answer):
                continue
            self.count_rows.setdefault((seat.unit.code, node.code), row)
            key = (seat.plan.code, node.code)
            if key not in answers:
                answers[key] = frozenset(node.panel.tallied())
            counted = _counted(node.panel, answer, answers[key])
            if counted is None:
                zh = "投票“{code}”没有“{answer}”；有：{known}"
                en = 'the panel "{code}" has no "{answer}"; there are: {known}'
                known = "、".join(node.panel.tallied()[:_MOST_SHOWN])
                cause = (seat.plan.code, code, answer)
                grid.wrong(row, "answer", zh, en, cause=cause, code=code, answer=answer, known=known)
                continue
            if count is None:  # nothing, if the unit has any other count
                continue
            if key in self.tallies:
                zh, en = "“{code}”已有测评票，不能再写汇总", '"{code}" already has ballots'
                grid.wrong(row, "panel", zh, en, cause=key, code=code)
            nodes[key] = node
            found[key][(seat.row, counted)] = count
        for key, counts in found.items():
            self._put_counts(key, nodes[key], counts)

    def _put_counts(self, key: tuple[str, str], node: Indicator, counts: dict[tuple[int, str], int]) -> None:
        assert node.panel is not None
        usual = node.panel.tallied()
        answers = (*usual, *sorted({answer for _, answer in counts} - set(usual)))
        table = np.zeros((len(self.roster.sets[key[0]]), len(answers)), dtype=np.int64)
        listed = np.full(len(table), node.panel.subjects == "all")
        for (unit, answer), count in counts.items():
            table[unit, answers.index(answer)] = count
            listed[unit] = True
        self.tallies.setdefault(key, Tally(answers, table, listed))


def _counted(panel: Panel, answer: str, usual: frozenset[str]) -> str | None:
    """An answer as a tally counts it; None where the panel has no such answer."""
    found = spelt(answer, usual)
    return answer if found is None and panel.method.chosen.is_counted(answer) else found
