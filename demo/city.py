"""The sample city under one scheme: two years of facts for each of its evaluations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from operator import itemgetter
from pathlib import Path

from demo.awards import add_awards, headcount
from demo.beyond import add_beyond
from demo.facts import add_facts, looks_of
from demo.moves import add_moves
from demo.own import add_own
from demo.sheets import Sheets
from demo.units import Unit, roster
from demo.votes import add_votes, in_charge
from engine.language.scheme import EvaluationPlan, Scheme
from engine.score import score
from engine.score.cuts import cut_of
from engine.score.result import Outcome
from indicators.facts import load_facts

TURNS = ("year1", "year2")
_NEAR = 3  # so many units on each side of a cut may become level
_ALWAYS_LEVEL = {"C03": "C02"}  # two counties with the same facts


@dataclass(frozen=True)
class Year:
    """One evaluation of one year: where its sheets are, and what comes out."""

    scheme: Scheme
    plan: EvaluationPlan
    turn: int
    folder: Path
    outcome: Outcome


def write_city(scheme: Scheme, seed: int, out: Path) -> list[Year]:
    """Draw two years of everything that the scheme asks for, and write it.

    Each year has a folder, in it each scheme, and in that each evaluation where the scheme has several. In the second
    year the seats of a quota, if there is one and units may be level, end between two units that are.
    """
    years: list[Year] = []
    for plan in scheme.evaluations:
        drawn = _drawn(scheme, plan, seed, out, _ALWAYS_LEVEL)
        for upper, lower in _near_the_cuts(drawn[-1].outcome):
            drawn = _drawn(scheme, plan, seed, out, {**_ALWAYS_LEVEL, lower: upper})
            if _share_a_cut(drawn[-1].outcome, upper, lower):
                break
        years += drawn
    return years


def _drawn(scheme: Scheme, plan: EvaluationPlan, seed: int, out: Path, twins: Mapping[str, str]) -> list[Year]:
    """Draw and write both years of an evaluation, and score what was written; the second knows the first's results."""
    years: list[Year] = []
    for turn, name in enumerate(TURNS):
        folder = out / name / scheme.code
        folder = folder / plan.code if len(scheme.evaluations) > 1 else folder
        units = roster(scheme.code, plan, seed, turn, twins)
        sheets = fill(plan, units, f"{seed}/{turn}", years[-1].outcome if years else None)
        outcome = _scored(sheets, plan, folder)
        if add_moves(sheets, units, outcome):
            outcome = _scored(sheets, plan, folder)
        years.append(Year(scheme, plan, turn, folder, outcome))
    return years


def _scored(sheets: Sheets, plan: EvaluationPlan, folder: Path) -> Outcome:
    """What comes out of the sheets, once they are written and read."""
    sheets.write(folder)
    return score(plan, load_facts(folder, plan)[0])


def fill(plan: EvaluationPlan, units: list[Unit], seed: str, before: Outcome | None) -> Sheets:
    """The sheets of the city for one evaluation in one year, unwritten, but for what rests on the grades."""
    sheets = Sheets()
    leaders, looks = _leaders(units), {one.code: looks_of(one) for one in plan.sets}
    for unit in units:
        category = unit.part_of.categories[unit.category]
        heads = {"人数": str(headcount(unit))} if any(use.counts_heads for use in plan.written.use) else {}
        who = {"单位代码": unit.code, "单位名称": unit.name, "类别": category, "分管领导": leaders.get(unit.code, "")}
        sheets.add("单位", **who, 主管部门=unit.parent, 分组=_group(unit, units, plan), **heads)
        add_facts(sheets, unit, looks[unit.part_of.code])
        add_own(sheets, unit)
    for part_of in plan.sets:
        add_votes(sheets, units, part_of)
    add_beyond(sheets, units, plan.written, seed)
    add_awards(sheets, units, plan.written, seed, before)
    return sheets


def _group(unit: Unit, units: list[Unit], plan: EvaluationPlan) -> str:
    """The named groups that a unit belongs to: the first unit of each category to all that go unit by unit."""
    first = next(one for one in units if one.category == unit.category)
    names = [group.name for group in plan.written.groups.values() if not group.categories]
    return "、".join(names) if unit is first else ""


def _near_the_cuts(outcome: Outcome) -> list[tuple[str, str]]:
    """Pairs of one unit inside a quota and one outside that has the points for it, nearest to the cut first.

    None where it is an error that units are level.
    """
    found: list[tuple[int, str, str]] = []
    if outcome.plan.written.ranking.ties == "error":
        return []
    for result in outcome.sets:
        for category in range(len(result.plan.categories)):
            rows = [row for row in result.members(category) if result.place[row]]
            for number, grade in enumerate(outcome.plan.written.grades):
                line = grade.from_.of(outcome.plan.written.full_marks) if grade.from_ else 0
                inside = [row for row in rows if result.earned[row] == number]
                outside = [row for row in rows if result.earned[row] > number and result.total[row] >= line]
                for up, down in product(range(_NEAR), repeat=2) if grade.quota else ():
                    if up < len(inside) and down < len(outside):
                        found.append((up + down, result.units[inside[-1 - up]].code, result.units[outside[down]].code))
    return [(upper, lower) for _, upper, lower in sorted(found, key=itemgetter(0))]


def _share_a_cut(outcome: Outcome, one: str, other: str) -> bool:
    """Whether two units have one place, and the seats of a quota end between those who have it."""
    found = [outcome.find(code) for code in (one, other)]
    (result, row), (_, second) = (each for each in found if each)
    cuts = [cut_of(each, row) for each in result.main.cuts.values()]
    same = result.place[row] == result.place[second] > 0
    return bool(same and any(cut.before < cut.left < cut.before + cut.level for cut in cuts))


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
