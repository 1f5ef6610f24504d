"""Targets and readings → one column per leaf, fact and source; own indicators → ragged columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from engine.exact import Exact
from engine.facts import Column, Key, OwnRows, Source, Status
from engine.language.scheme import Indicator, IndicatorSetPlan
from engine.rules.base import FactSpec
from engine.rules.direct import Judged
from engine.rules.inputs import ACTUAL, SOURCES
from engine.show import show
from indicators.facts.cells import Wrong
from indicators.facts.grid import Grid
from indicators.facts.own import OwnTable
from indicators.facts.roster import Roster, Seat, compare, is_name, node_of
from indicators.facts.slots import slot_in
from indicators.facts.values import read_value, scaled
from indicators.facts.wanted import source_of

_KNOWN_BEFORE = SOURCES[1:]


class _Meant(NamedTuple):
    """What a row of targets or readings speaks of; `place` is the row of the column."""

    seat: Seat
    leaf: Indicator
    spec: FactSpec
    fact: str
    place: int
    slot: str = ""


class _Buffer:
    """A column being filled."""

    def __init__(self, rows: int, decimals: int) -> None:
        self.values = [0] * rows
        self.status = [int(Status.MISSING)] * rows
        self.decimals = decimals
        self.filled_by: dict[int, int] = {}  # row of the column → row of the sheet

    def column(self) -> Column:
        return Column(
            Exact(np.array(self.values, dtype=object), [10**self.decimals]), np.array(self.status, dtype=np.int8)
        )


class Columns:
    """Everything that targets and readings say, by set."""

    def __init__(self, roster: Roster, own: dict[str, OwnTable], own_grid: Grid) -> None:
        self.roster, self.own, self.own_grid = roster, own, own_grid
        units = own_grid["unit"]
        self.own_unsure = {units[row] if units[row] in roster.seats else None for row in own_grid.bad}
        self.leaves = {one.code: {leaf.code: leaf for leaf in one.leaves()} for one in _plans(roster)}
        self.meant: dict[tuple[str, str, str | None], tuple[Indicator, FactSpec, str]] = {}  # set, indicator, fact
        self.buffers: dict[tuple[str, Key], _Buffer] = {}
        self.sources: dict[tuple[str, str, str], Source] = {}
        self.sources_read: dict[tuple[str, str, str, str], frozenset[str]] = {}  # set, leaf, rule of an own row, fact
        self.cells: dict[tuple[str, str, str, str], int] = {}  # unit, indicator, fact, slot → row with a value
        self.rows: dict[tuple[str, str, str, str, str], int] = {}  # sheet, unit, indicator, fact, slot → its row

    def read(self, targets: Grid, readings: Grid) -> None:
        """Take both sheets in."""
        for row, unit, indicator, fact, *values in targets.rows("unit", "indicator", "fact", *_KNOWN_BEFORE):
            found = self._find(targets, row, unit, indicator, fact)
            read = self._read_by_rule(found) if found else frozenset()
            for source, value in zip(_KNOWN_BEFORE, values, strict=True):
                if found and value is not None and source not in read:
                    zh, en = "这个指标不用{title}，请删去", "the indicator has no use for {title}; remove it"
                    targets.wrong(row, source, zh, en, title=targets.sheet.column(source).title)
                elif found and value is not None:
                    self._put(targets, row, source, found, source, value)
        for row, unit, indicator, fact, value, reason, document in readings.rows(
            "unit", "indicator", "fact", "value", "reason", "document"
        ):
            found = self._find(readings, row, unit, indicator, fact)
            if found is None or value is None:
                continue
            self._put(readings, row, "value", found, "actual", value)
            self.cells[(found.seat.unit.code, found.leaf.code, found.fact, found.slot)] = row
            if not reason:
                self._ask_reason(readings, row, found)
            if reason or document:
                place = f"{indicator}/{found.slot}" if found.slot else indicator
                self.sources[(unit, place, found.fact)] = Source(document or "", reason or "")

        self._refuse_half_answers(readings)

    def _read_by_rule(self, found: _Meant) -> frozenset[str]:
        """The values of a fact that its rule reads."""
        seat, leaf, _, fact, place, _ = found
        name = self.own[seat.plan.code].rows[leaf.code][place].rule if leaf.own else ""
        key = (seat.plan.code, leaf.code, name, fact)
        if key not in self.sources_read:
            rule = leaf.own.rules.get(name) if leaf.own else leaf.rule
            read = (need.source for need in rule.reads() if need.fact == fact) if rule else SOURCES
            self.sources_read[key] = frozenset(read)
        return self.sources_read[key]

    def _ask_reason(self, readings: Grid, row: int, found: _Meant) -> None:
        """Where an assessor, or a unit that scores itself, gives less than full marks, it is said why."""
        seat, leaf, _, fact, at, slot = found
        item = self.own[seat.plan.code].rows[leaf.code][at] if leaf.own else None
        rule = leaf.own.rules.get(item.rule) if leaf.own and item else leaf.rule
        if not isinstance(rule, Judged) or not readings.empty(row, "reason"):
            return
        buffer = self._buffer(seat.plan.code, Key(leaf.code, fact, "actual", slot), leaf)
        if buffer.filled_by.get(at) != row or buffer.status[at] != Status.GIVEN:
            return
        given = Fraction(buffer.values[at], 10**buffer.decimals)
        full = Fraction(item.full_marks if item else leaf.full[seat.unit.category])
        full *= leaf.slots.part if leaf.slots else 1
        if given < full:
            zh = "评分 {given} 低于满分 {full}，要在“{title}”里写明为什么"
            en = 'the points {given} are below full marks of {full}; say why under "{title}"'
            key = "reason" if "reason" in readings.at else "value"
            title = readings.sheet.column("reason").title
            readings.wrong(row, key, zh, en, given=show(given), full=show(full), title=title)

    def _refuse_half_answers(self, readings: Grid) -> None:
        """Where an indicator has several facts, all of them exist or none does."""
        for (unit, indicator, fact, slot), row in self.cells.items():
            seat = self.roster.seats[unit]
            leaf = self.leaves[seat.plan.code][indicator]
            if leaf.own or len(leaf.facts) == 1 or not self._is(Status.NOT_APPLICABLE, seat, indicator, fact, slot):
                continue
            if any(self._is(Status.GIVEN, seat, indicator, other, slot) for other in leaf.facts):
                zh = "“{name}”的其他数据项报了数，这一项不能报“不涉及”；没有发生的报 0 或“无”"
                en = 'other facts of "{name}" have a value, so this one cannot be n/a; report 0 or none'
                readings.wrong(row, "value", zh, en, name=leaf.name)

    def _is(self, status: Status, seat: Seat, indicator: str, fact: str, slot: str) -> bool:
        buffer = self.buffers.get((seat.plan.code, Key(indicator, fact, "actual", slot)))
        return buffer is not None and buffer.status[seat.row] == status

    def _find(self, grid: Grid, row: int, unit: str | None, indicator: str | None, fact: str | None) -> _Meant | None:
        """What a row of the sheet speaks of; its labels must say the same."""
        found = self._meant(grid, row, unit, indicator, fact)
        if found is None:
            return None
        seat, leaf, spec, code, place, _ = found
        assert indicator is not None
        name = self.own[seat.plan.code].name(leaf.code, place) if leaf.own else leaf.name
        compare(grid, row, "indicator_name", indicator, {name})
        if "fact_name" in grid.columns:
            fact_name = spec.name or name
            compare(grid, row, "fact_name", f"{indicator} {code}", {fact_name, name} if leaf.own else {fact_name})
        slot = slot_in(grid, row, leaf)
        if slot is None:
            return None
        assessed = leaf.slots is not None and leaf.slots.by_assessor
        collectors = {source_of(leaf, seat.unit), leaf.collector[seat.unit.category]}
        compare(grid, row, "collector", indicator, {slot} if assessed else collectors)
        self.rows.setdefault((grid.sheet.key, seat.unit.code, indicator, code, slot), row)
        return found._replace(slot=slot) if slot else found

    def _meant(self, grid: Grid, row: int, unit: str | None, indicator: str | None, fact: str | None) -> _Meant | None:
        """The seat, leaf, fact and row of the column that a row of the sheet speaks of."""
        seat = self.roster.seat(grid, row, unit)
        if seat is None or indicator is None:
            return None
        common = self.meant.get((seat.plan.code, indicator, fact))
        if common is not None:
            return _Meant(seat, *common, seat.row)
        node, _, item = indicator.partition("/")
        leaf = self.leaves[seat.plan.code].get(node)
        if leaf is None and is_name(seat, indicator):
            node_of(grid, row, "indicator", seat, indicator)
            return None
        if leaf is None or leaf.panel is not None or bool(item) != bool(leaf.own):
            zh = "“{unit}”所在的指标集没有要采集的指标“{indicator}”"
            grid.wrong(
                row,
                "indicator",
                zh,
                'the set of "{unit}" has no indicator "{indicator}" to collect',
                cause=(seat.plan.code, indicator),
                unit=seat.unit.name,
                indicator=indicator,
            )
            return None
        if leaf.own is not None:
            place = self.own[seat.plan.code].find(node, seat.row, item)
            if place is None and (self.own_grid.blind or {None, seat.unit.code} & self.own_unsure):
                grid.bad.add(row)  # the own list itself is wrong, which is told there
                return None
            if place is None:
                zh = "“{unit}”的自定指标里没有“{indicator}”"
                grid.wrong(
                    row,
                    "indicator",
                    zh,
                    '"{unit}" has no own indicator "{indicator}"',
                    rests_on=self.own_grid.sheet.key,
                    unit=seat.unit.name,
                    indicator=indicator,
                )
                return None
            rule = self.own[seat.plan.code].rows[node][place].rule
            spec = leaf.own.facts.get(rule)
            known = self._fact(grid, row, indicator, fact, {ACTUAL: FactSpec()})
            return _Meant(seat, leaf, spec, ACTUAL, place) if spec and known else None
        code = self._fact(grid, row, indicator, fact, leaf.facts)
        if code is None:
            return None
        self.meant[seat.plan.code, indicator, fact] = leaf, leaf.facts[code], code
        return _Meant(seat, leaf, leaf.facts[code], code, seat.row)

    def _fact(
        self, grid: Grid, row: int, indicator: str, fact: str | None, known: Mapping[str, FactSpec]
    ) -> str | None:
        """The fact that a row speaks of; it may be left out where there is only one."""
        code = fact or (next(iter(known)) if len(known) == 1 else "")
        if code in known:
            return code
        named = next((code for code, spec in known.items() if spec.name and spec.name == fact), "")
        if named:
            zh, en = "“{fact}”是名称，这里应写代码 {code}", '"{fact}" is a name; write the code {code}'
            grid.wrong(row, "fact", zh, en, cause=(indicator, fact), fact=fact, code=named)
            return None
        zh = "指标“{indicator}”的数据项应是 {facts} 之一"
        en = 'the fact of "{indicator}" must be one of {facts}'
        grid.wrong(row, "fact", zh, en, cause=(indicator, fact), indicator=indicator, facts="、".join(known))
        return None

    def _put(self, grid: Grid, row: int, key: str, found: _Meant, source: str, cell: Any) -> None:
        seat, leaf, spec, fact, at, slot = found
        try:
            value, status = read_value(cell, spec) if source == "actual" else (scaled(cell, spec), Status.GIVEN)
        except Wrong as wrong:
            grid.wrong(row, key, "{said}", "{said}", said=wrong.text)
            return
        given = source == "actual" and status == Status.GIVEN
        if given and (leaf.reports_on_itself(seat.unit.name, seat.unit.category) or slot == seat.unit.name):
            zh = "采集单位“{unit}”不能给自己报数；请填 不涉及"
            grid.wrong(row, key, zh, 'the collector "{unit}" cannot report on itself; write n/a', unit=seat.unit.name)
            return
        buffer = self._buffer(seat.plan.code, Key(leaf.code, fact, source, slot), leaf)
        first = buffer.filled_by.setdefault(at, row)
        if first != row and grid["fact"][first] != grid["fact"][row]:  # named and not named; else the grid has said it
            zh = "第 {first} 行已有这个数据项"
            grid.wrong(row, key, zh, "row {first} has this fact already", first=grid.place(first).row)
            return
        buffer.values[at] = value * 10 ** (buffer.decimals - spec.decimals)
        buffer.status[at] = int(status)

    def _buffer(self, set_code: str, key: Key, leaf: Indicator) -> _Buffer:
        found = self.buffers.get((set_code, key))
        if found is None:
            specs = leaf.own.facts.values() if leaf.own else [leaf.facts[key.fact]]
            rows = len(self.own[set_code].rows[leaf.code]) if leaf.own else len(self.roster.sets[set_code])
            found = self.buffers[(set_code, key)] = _Buffer(rows, max(spec.decimals for spec in specs))
        return found

    def status(self, set_code: str, key: Key, at: int) -> Status:
        """What is known of one value."""
        buffer = self.buffers.get((set_code, key))
        return Status(buffer.status[at]) if buffer else Status.MISSING

    def of_set(self, set_code: str) -> dict[Key, Column]:
        """The columns of one set's common indicators."""
        own = {code for code, leaf in self.leaves[set_code].items() if leaf.own}
        return {
            key: buffer.column()
            for (one, key), buffer in self.buffers.items()
            if one == set_code and key.indicator not in own
        }

    def of_own(self, set_code: str) -> dict[str, OwnRows]:
        """The own lists of one set, with their columns."""
        found: dict[str, OwnRows] = {}
        for node in self.own[set_code].rows:
            columns = {
                key.source: buffer.column()
                for (one, key), buffer in self.buffers.items()
                if one == set_code and key.indicator == node
            }
            found[node] = self.own[set_code].build(node, columns)
        return found


def _plans(roster: Roster) -> Iterator[IndicatorSetPlan]:
    seen = {seat.plan.code: seat.plan for seat in roster.seats.values()}
    return iter(seen.values())
