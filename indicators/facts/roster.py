"""The units of a workbook: who takes part, in which set and category, at which row of its columns."""

from __future__ import annotations

from dataclasses import dataclass

from engine.facts import EvaluatedUnit
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.text import Text
from indicators.facts.grid import Grid


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a unit stands: its set and its row in every column of that set."""

    plan: IndicatorSetPlan
    row: int
    unit: EvaluatedUnit


class Roster:
    """The units by set, ordered by code, and the seat of each."""

    def __init__(self, plan: EvaluationPlan, grid: Grid) -> None:
        self.grid = grid
        self.mentioned = set(grid["unit"])
        self.sets: dict[str, list[EvaluatedUnit]] = {}
        self.rows: dict[str, int] = {}
        self._read(plan)
        self.seats: dict[str, Seat] = {}
        for one in plan.sets:
            units = self.sets.get(one.code, [])
            units.sort(key=lambda unit: unit.code)
            self.seats |= {unit.code: Seat(one, row, unit) for row, unit in enumerate(units)}
        self.code_of = {seat.unit.name: code for code, seat in self.seats.items()}

    def _read(self, plan: EvaluationPlan) -> None:
        known = {name: code for one in plan.sets for code, title in one.categories.items() for name in (code, title)}
        titles = "、".join(title for one in plan.sets for title in one.categories.values())
        names: dict[str, int] = {}
        for row, code, name, category, leader, separate, listed, heads, parent in self.grid.rows(
            "unit", "name", "category", "leader", "listed_separately", "groups", "headcount", "parent"
        ):
            groups = self._groups(plan, row, listed)
            if name in names and name is not None:
                self.grid.wrong(row, "name", "单位名称“{name}”重复", 'the unit name "{name}" is there twice', name=name)
            names[name] = row
            if category is not None and category not in known:
                zh, en = (
                    "方案里没有类别“{category}”；有：{titles}",
                    'the scheme has no category "{category}"; there are: {titles}',
                )
                self.grid.wrong(row, "category", zh, en, cause=category, category=category, titles=titles)
            elif code and name and category:
                one = plan.set_of(known[category])
                assert one is not None
                unit = EvaluatedUnit(
                    code, name, known[category], leader or "", bool(separate), groups, heads, parent or ""
                )
                self.sets.setdefault(one.code, []).append(unit)
                self.rows[code] = row

    def _groups(self, plan: EvaluationPlan, row: int, listed: str | None) -> frozenset[str]:
        """The codes of the groups named in a cell; those whose members the scheme states by category are not for it."""
        groups = plan.written.groups.items()
        known = {group.name: code for code, group in groups if group.categories is None}
        by_category = {group.name for _, group in groups if group.categories is not None}
        named = listed.split("、") if listed else []
        there = "、".join(known)
        there_are = Text(f"；有：{there}", f"; there are: {there}") if known else Text("", "")
        for name in [one for one in named if one not in known]:
            zh = "单位表里没有分组“{name}”可填{known}；几个分组之间用顿号（、）隔开"
            en = 'the scheme has no group "{name}" for this sheet{known}; put 、 between several'
            if name in by_category:
                zh = "分组“{name}”有哪些单位由方案按类别定，这里不用填"
                en = 'who belongs to "{name}" is stated in the scheme, by category; leave it out here'
            self.grid.wrong(row, "groups", zh, en, cause=name, name=name, known=there_are)
        return frozenset(known[name] for name in named if name in known)

    def seat(self, grid: Grid, row: int, unit: str | None) -> Seat | None:
        """The seat of the unit named in a row of any sheet; a problem if there is none."""
        if unit is None:
            return None
        seat = self.seats.get(unit)
        if seat is None:
            self._refuse(grid, row, unit)
        elif "unit_name" in grid.at:
            self._compare(grid, row, seat)
        return seat

    def _refuse(self, grid: Grid, row: int, unit: str) -> None:
        code = self.code_of.get(unit)
        if code is not None:
            zh = "“{unit}”是单位名称，这里应写代码 {code}"
            en = '"{unit}" is the name of a unit; write its code {code}'
            grid.wrong(row, "unit", zh, en, cause=unit, unit=unit, code=code)
        elif unit in self.mentioned or None in self.mentioned:  # its own row is wrong, which is told there
            grid.bad.add(row)
        else:
            zh, en = "单位表里没有代码“{unit}”", 'there is no unit "{unit}" in the units sheet'
            grid.wrong(row, "unit", zh, en, cause=unit, unit=unit)

    def _compare(self, grid: Grid, row: int, seat: Seat) -> None:
        compare(grid, row, "unit_name", seat.unit.code, {seat.unit.name})


def compare(grid: Grid, row: int, key: str, code: str, names: set[str]) -> None:
    """A label that contradicts the code beside it; a blank one says nothing."""
    label = grid.columns[key][row] if key in grid.columns else None
    if label is not None and label not in names and label not in {name.strip() for name in names}:
        zh = "“{label}”与 {code} 不符，{code} 是“{name}”；请改正其中一个"
        en = '"{label}" contradicts {code}, which is "{name}"; correct one of them'
        grid.wrong(row, key, zh, en, cause=(label, code), label=label, code=code, name=min(names))


def node_of(grid: Grid, row: int, key: str, seat: Seat, code: str) -> Indicator | None:
    """The node that a code names; where the name of one stands instead of its code, the code is told."""
    node = seat.plan.find(code)
    if node is None:
        named = next((one for one in seat.plan.leaves() if one.name == code), None)
        if named is not None:
            zh = "“{name}”是名称，这里应写代码 {code}"
            en = '"{name}" is a name; write the code {code}'
            grid.wrong(row, key, zh, en, cause=(seat.plan.code, code), name=code, code=named.code)
    return node


def is_name(seat: Seat, code: str) -> bool:
    """Whether it is the name of an indicator, which `node_of` has told."""
    return seat.plan.find(code) is None and any(one.name == code for one in seat.plan.leaves())
