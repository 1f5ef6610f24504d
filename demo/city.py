"""The sample city under one scheme: all its sheets."""

from __future__ import annotations

from pathlib import Path

from demo.beyond import add_beyond
from demo.facts import add_facts
from demo.own import add_own
from demo.sheets import Sheets
from demo.units import Unit, roster
from demo.votes import add_votes, in_charge
from engine.language.scheme import EvaluationPlan, Scheme


def write_city(scheme: Scheme, seed: int, folder: Path) -> None:
    """Draw everything that the scheme asks for and write it; each of several evaluations has a folder of its code."""
    for plan in scheme.evaluations:
        fill(scheme.code, plan, seed).write(folder if len(scheme.evaluations) == 1 else folder / plan.code)


def fill(scheme: str, plan: EvaluationPlan, seed: int) -> Sheets:
    """The sheets of the city for one evaluation, unwritten."""
    sheets, units = Sheets(), roster(scheme, plan, seed)
    leaders = _leaders(units)
    for unit in units:
        category = unit.part_of.categories[unit.category]
        sheets.add("单位", 单位代码=unit.code, 单位名称=unit.name, 类别=category, 分管领导=leaders.get(unit.code, ""))
        add_facts(sheets, unit)
        add_own(sheets, unit)
    for part_of in plan.sets:
        add_votes(sheets, units, part_of)
    add_beyond(sheets, units, plan.written, seed)
    return sheets


def _leaders(units: list[Unit]) -> dict[str, str]:
    """Unit code → the first leader who votes on it as one in his charge."""
    found: dict[str, str] = {}
    for part_of in {id(unit.part_of): unit.part_of for unit in units}.values():
        members = [unit for unit in units if unit.part_of is part_of]
        for node in part_of.leaves():
            if node.panel is not None and node.panel.subjects == "in_charge":
                for person, subjects in in_charge(node, members).items():
                    for unit in subjects:
                        found.setdefault(unit.code, person)
    return found
