"""What stops the scoring → the cell that would mend it; false consequences of what is told already are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.facts import Key, Status
from engine.language.scheme import Indicator, NodeFactor
from engine.rules.base import Rule
from engine.rules.inputs import ACTUAL, SOURCES, Need
from engine.score.context import no_factor
from engine.score.fill import unsaid
from engine.text import Place, Problem, Subject, Text
from indicators.facts import sheets
from indicators.facts.grid import Grid
from indicators.facts.reading import Reading
from indicators.facts.roster import Seat

_ANYTHING = "*"
_MISSING = Text("缺{title}", "no {title}")
_ABSENT = (Status.NOT_APPLICABLE, Status.NOT_DRAWN, Status.MISSING)
_NO_VOTES = Text("还没有票：这个单位一格票数也没有填", "no ballots yet: no count of this unit is filled")
_SAID = Text("单位“{unit}”，指标“{node}”：{why}", 'unit "{unit}", indicator "{node}": {why}')
_SAID_OF_MANY = Text(
    "指标“{node}”：{why}（{units}{more}，表里没有相应的行）",
    'indicator "{node}": {why} ({units}{more}: there is no row for it)',
)
_MORE = Text(" 等 {count} 个", " and others, {count} in all")
_MOST_NAMED = 5
_RESTS_ON = {  # who is not applicable needs no target; who is on nobody's list needs no ballot
    sheets.TARGETS.key: (sheets.READINGS.key,),
    sheets.BALLOTS.key: (sheets.SUBJECTS.key,),
}


@dataclass(frozen=True)
class _Spot:
    """Where a problem belongs: a sheet, a row of it if there is one, a column; and the reason in its best words."""

    grid: Grid
    row: int | None
    key: str
    why: Text

    def place(self, file: str) -> Place:
        if self.grid.table is None:
            return Place(file, self.grid.sheet.title.zh)
        return self.grid.whole() if self.row is None else self.grid.place(self.row, self.key)


def place_stopped(reading: Reading, stopped: list[Problem]) -> list[Problem]:
    """The problems of a scoring pass, each at its cell, without those that what was read wrong may have caused."""
    return list(_Stopped(reading).placed(stopped))


class _Stopped:
    def __init__(self, reading: Reading) -> None:
        self.reading, self.grids = reading, reading.grids
        self.blind = {key for key, grid in self.grids.items() if grid.blind} | set(reading.absent())
        self.units: set[str] = set()
        self.loose: set[tuple[str, str]] = set()  # sheet, indicator
        for key, grid in self.grids.items():
            self._touch(key, grid)
        self.spoilt = bool(reading.all_problems())

    def _touch(self, key: str, grid: Grid) -> None:
        """What the wrong rows of a sheet are about; who cannot be told may be anybody."""
        column = {"own": "node", "targets": "indicator", "readings": "indicator"}.get(key, "panel")
        for row in grid.bad:
            unit = grid["unit"][row] if row < len(grid) else None
            if unit in self.reading.roster.seats and key not in (sheets.SUBJECTS.key, sheets.BALLOTS.key):
                self.units.add(unit)
            elif column in {one.key for one in grid.sheet.columns}:
                node = grid[column][row] if row < len(grid) else None
                self.loose.add((key, node.partition("/")[0] if node else _ANYTHING))
            elif key == sheets.FACTORS.key:
                self.loose.add((key, _ANYTHING))

    def placed(self, stopped: list[Problem]) -> Iterator[Problem]:
        many: dict[tuple[str, str, Text], list[Subject]] = {}
        for problem in stopped:
            subject = problem.subject
            if subject is None:
                if not self.spoilt:
                    yield replace(problem, place=Place(self.reading.file))
                continue
            for spot in self._spots(subject) if self._is_true(subject) else ():
                if self._hidden(spot, subject):
                    continue
                if spot.row is None and spot.key:
                    subjects = many.setdefault((spot.grid.sheet.key, subject.indicator, spot.why), [])
                    subjects += [] if subject in subjects else [subject]
                else:
                    yield Problem(spot.place(self.reading.file), self._said(subject, spot.why))
        for (sheet, indicator, why), subjects in many.items():
            place = _Spot(self.grids[sheet], None, "", why).place(self.reading.file)
            yield Problem(place, self._said_of_many(indicator, why, subjects))

    def _is_true(self, subject: Subject) -> bool:
        """Whether it can be no consequence of another unit's mistakes, or of mistakes on this one."""
        if subject.unit in self.units:
            return False
        seat, node = self._meant(subject)
        if not self.spoilt or subject.why == unsaid(node, seat.unit, Status.MISSING):
            return True
        return not _depends_on_others(node, self._rule(seat, node, subject))

    def _hidden(self, spot: _Spot, subject: Subject) -> bool:
        """Whether a sheet could not be read that the problem rests on, or a row there that may be this one."""
        key = spot.grid.sheet.key
        together = {key, *_RESTS_ON.get(key, ()), *((sheets.OWN.key,) if subject.item else ())}
        if spot.row is not None and key in (sheets.TARGETS.key, sheets.READINGS.key):
            return bool(self.blind.intersection(together))
        return any(one in self.blind or {(one, subject.indicator), (one, _ANYTHING)} & self.loose for one in together)

    def _meant(self, subject: Subject) -> tuple[Seat, Indicator]:
        seat = self.reading.roster.seats[subject.unit]
        node = seat.plan.find(subject.indicator)
        assert node is not None
        return seat, node

    def _rule(self, seat: Seat, node: Indicator, subject: Subject) -> Rule | None:
        if node.own is None or not subject.item:
            return node.rule
        own = self.reading.own[seat.plan.code]
        place = own.find(node.code, seat.row, subject.item)
        return None if place is None else node.own.rules.get(own.rows[node.code][place].rule)

    def _spots(self, subject: Subject) -> list[_Spot]:
        """The cells to be mended; several where several facts are missing."""
        seat, node = self._meant(subject)
        rule = self._rule(seat, node, subject)
        if node.factor is not None and subject.why == no_factor(node.factor):
            return [self._factor(subject, node.factor)]
        if node.panel is not None:
            return [self._votes(seat, node, subject.why)]
        if node.own is not None and not subject.item:
            row = self.reading.own[seat.plan.code].first(node.code, seat.row)
            return [_Spot(self.grids[sheets.OWN.key], row, "full_marks", subject.why)]
        if node.special:
            return [self._other_result(subject, node)]
        if rule is None:
            return [_Spot(self.grids[sheets.UNITS.key], self.reading.roster.rows[subject.unit], "unit", subject.why)]
        return self._values(seat, node, rule, subject)

    def _other_result(self, subject: Subject, node: Indicator) -> _Spot:
        grid = self.grids[sheets.OTHER_RESULTS.key]
        names = (node.special, self.reading.plan.written.special[node.special].name)
        rows = (row for row, unit, name in grid.rows("unit", "evaluation") if unit == subject.unit and name in names)
        return _Spot(grid, next(rows, None), "total", subject.why)

    def _factor(self, subject: Subject, factor: NodeFactor) -> _Spot:
        grid, called = self.grids[sheets.FACTORS.key], (factor.code, factor.name)
        rows = [row for row, unit, name in grid.rows("unit", "factor") if unit == subject.unit and name in called]
        return _Spot(grid, rows[0] if rows else None, "value", subject.why)

    def _votes(self, seat: Seat, node: Indicator, why: Text) -> _Spot:
        assert node.panel is not None
        row = self.reading.votes.count_rows.get((seat.unit.code, node.code))
        tally = self.reading.votes.tallies.get((seat.plan.code, node.code))
        if row is not None and (tally is None or not tally.counts[seat.row].any()):
            return _Spot(self.grids[sheets.TALLIES.key], row, "count", _NO_VOTES)
        counted = row is not None or node.panel.secrecy == "anonymous"
        return _Spot(self.grids[sheets.TALLIES.key if counted else sheets.BALLOTS.key], row, "count", why)

    def _values(self, seat: Seat, node: Indicator, rule: Rule, subject: Subject) -> list[_Spot]:
        must = rule.needs()
        needs = sorted(rule.reads(), key=lambda need: (need not in must, SOURCES.index(need.source), need.fact))
        absent = [status for status in _ABSENT if unsaid(node, seat.unit, status) == subject.why]
        if absent:
            place = self.reading.own[seat.plan.code].find(node.code, seat.row, subject.item) if node.own else seat.row
            assert place is not None
            slots = (subject.slot,) if subject.slot or not node.slots else node.slots.names
            lacking = [
                (need, slot)
                for need in needs
                for slot in slots
                if self._status(seat, node, need, place, slot) == absent[0]
            ]
            why = {need: _missing(need, subject) if absent[0] == Status.MISSING else subject.why for need, _ in lacking}
            return [self._value(need, slot, subject, why[need]) for need, slot in lacking if need in must] or [
                self._value(need, slot, subject, why[need]) for need, slot in lacking
            ]
        named = [(at, need) for need in needs if (at := subject.why.zh.find(self._name(node, need))) >= 0]
        actual = [need for need in needs if need.source == "actual"]
        need = min(named)[1] if named else actual[0] if actual else needs[0]
        slot = subject.slot or (node.slots.names[0] if node.slots else "")
        return [self._value(need, slot, subject, subject.why)]

    def _status(self, seat: Seat, node: Indicator, need: Need, place: int, slot: str) -> Status:
        fact = ACTUAL if node.own else need.fact
        keys = [Key(node.code, fact, need.source, slot)]
        if slot and need.source != "actual":
            keys.append(Key(node.code, fact, need.source))
        found = [self.reading.columns.status(seat.plan.code, key, place) for key in keys]
        return next((status for status in found if status != Status.MISSING), Status.MISSING)

    def _name(self, node: Indicator, need: Need) -> str:
        """How a sentence names a value."""
        if need.source != "actual":
            return sheets.TARGETS.column(need.source).title.zh
        return (node.facts[need.fact].name if need.fact in node.facts else "") or "\0"

    def _value(self, need: Need, slot: str, subject: Subject, why: Text) -> _Spot:
        sheet, key = ("readings", "value") if need.source == "actual" else ("targets", need.source)
        indicator = f"{subject.indicator}/{subject.item}" if subject.item else subject.indicator
        rows = self.reading.columns.rows
        row = rows.get((sheet, subject.unit, indicator, need.fact, slot))
        if row is None and need.source != "actual":
            row = rows.get((sheet, subject.unit, indicator, need.fact, ""))
        if key not in self.grids[sheet].at:
            row = None
        return _Spot(self.grids[sheet], row, key, why)

    def _said(self, subject: Subject, why: Text) -> Text:
        seat, node = self._meant(subject)
        return _SAID.format(unit=f"{subject.unit} {seat.unit.name}", node=self._called(node, subject), why=why)

    def _called(self, node: Indicator, subject: Subject) -> str:
        if not subject.item:
            return f"{node.code} {node.name}" + (f"（{subject.slot}）" if subject.slot else "")
        seat = self.reading.roster.seats[subject.unit]
        own = self.reading.own[seat.plan.code]
        place = own.find(node.code, seat.row, subject.item)
        return f"{node.code}/{subject.item} {own.name(node.code, place)}" if place is not None else node.code

    def _said_of_many(self, indicator: str, why: Text, subjects: list[Subject]) -> Text:
        _, node = self._meant(subjects[0])
        names = [f"{one.unit}（{indicator}/{one.item}）" if one.item else one.unit for one in subjects]
        names = [f"{name} {one.slot}".rstrip() for name, one in zip(names, subjects, strict=True)]
        more = _MORE.format(count=len(names)) if len(names) > _MOST_NAMED else Text("", "")
        units = Text("、".join(names[:_MOST_NAMED]), ", ".join(names[:_MOST_NAMED]))
        return _SAID_OF_MANY.format(node=f"{indicator} {node.name}", why=why, units=units, more=more)


def _missing(need: Need, subject: Subject) -> Text:
    if need.source == "actual":
        return subject.why
    return _MISSING.format(title=sheets.TARGETS.column(need.source).title)


def _depends_on_others(node: Indicator, rule: Rule | None) -> bool:
    """Whether a refusal may come from what other units have, or from what stands below a node."""
    if node.panel is not None or (node.own is not None and rule is None):
        return False
    ways = (node.not_applicable, node.not_drawn, node.missing)
    return rule is None or rule.comparative() or "mean" in ways
