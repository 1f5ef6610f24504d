"""One evaluation of a scheme, from plain facts to places, grades and uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle import extras, standing
from tests.oracle.extras import Claim
from tests.oracle.figures import Refused, Unknown, half_up, marks, number
from tests.oracle.indicators import Points, Scored, SetFacts, Unit
from tests.oracle.standing import Move

Stop = tuple[str, str, str]  # unit, node, row of an own list


@dataclass
class Facts:
    """Everything besides the scheme; sets by code, units in any order."""

    sets: Mapping[str, SetFacts]
    series: Mapping[str, Fraction] = field(default_factory=dict)
    bonuses: list[Claim] = field(default_factory=list)
    deductions: list[Claim] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    other_grades: Mapping[tuple[str, str], str] = field(default_factory=dict)
    last_places: Mapping[str, int | None] = field(default_factory=dict)


@dataclass
class UnitResult:
    points: dict[str, Points]
    base: Fraction
    bonus: Fraction
    deductions: Fraction
    exact: Fraction
    total: Fraction
    lifts: list[str]
    place: int = 0
    earned: str = ""
    grade: str = ""
    uses: dict[str, str | None] = field(default_factory=dict)


@dataclass
class Result:
    """`refused`: where the run stops; `unknown`: units of which nothing can be said because of that.

    `tied`: units that share a place although the scheme allows none to. `untold`: a condition asks what nobody told.
    """

    units: dict[str, UnitResult] = field(default_factory=dict)
    refused: set[Stop] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    tied: set[str] = field(default_factory=set)
    untold: set[str] = field(default_factory=set)


def evaluate(evaluation: Mapping[str, Any], facts: Facts) -> Result:
    """Score one evaluation of a scheme that has been read as plain YAML, every scalar a text."""
    result = Result()
    for set_code in evaluation["sets"]:
        if set_code in facts.sets:
            _set(evaluation, set_code, facts, result)
    return result


def _set(evaluation: Mapping[str, Any], set_code: str, facts: Facts, result: Result) -> None:
    known = facts.sets[set_code]
    scored = Scored(evaluation, set_code, known, facts.series)
    found: dict[str, UnitResult] = {}
    for unit in known.units:
        try:
            found[unit.code] = _unit(evaluation, scored, unit, facts)
        except Refused:
            result.refused.add((unit.code, scored.parts[0].code, ""))
        except Unknown:
            result.unknown.add(unit.code)
    result.refused |= scored.refused
    if len(found) == len(known.units):
        _standing(evaluation, set_code, scored, facts, found, result)
    else:
        result.unknown |= {unit.code for unit in known.units}
    result.units |= found


def _unit(evaluation: Mapping[str, Any], scored: Scored, unit: Unit, facts: Facts) -> UnitResult:
    base = scored.base(unit)
    points = {node.code: _counting(scored, node, unit) for node in scored.nodes()}
    bonus, lifts = extras.brought(evaluation.get("bonus"), facts.bonuses, unit.code)
    deductions, _ = extras.brought(evaluation.get("deductions"), facts.deductions, unit.code)
    exact, full = base + bonus - deductions, number(evaluation["full_marks"])
    if "cap" in evaluation:
        exact = min(exact, marks(evaluation["cap"], full))
    if "floor" in evaluation:
        exact = max(exact, marks(evaluation["floor"], full))
    total = half_up(exact, evaluation["rounding"]["total"])
    return UnitResult(points, base, bonus, deductions, exact, total, lifts)


def _counting(scored: Scored, node: Any, unit: Unit) -> Points:
    return scored.points(node, unit) if scored.has(node, unit.category) else None


def _standing(
    evaluation: Mapping[str, Any], set_code: str, scored: Scored, facts: Facts, found: dict[str, UnitResult],
    result: Result,
) -> None:  # fmt: skip
    units, ranking = scored.facts.units, evaluation.get("ranking", {})
    orders = {unit.code: _order(ranking, found[unit.code]) for unit in units}
    places = {}
    for unit in units:
        try:
            places[unit.code] = standing.place(unit, units, orders, ranking.get("ties", "competition"))
        except Refused:
            result.tied.add(unit.code)
    if len(places) < len(units):
        return
    totals = {unit.code: found[unit.code].total for unit in units}

    def may(unit: Unit, grade: Mapping[str, Any]) -> bool:
        return all(_meets(evaluation, one, unit, scored, facts, found) for one in grade.get("only_if", []))

    result.untold |= _untold(evaluation, units, facts)
    if result.untold:
        return
    earned = standing.earned(evaluation, units, totals, places, may)
    names = [grade["name"] for grade in evaluation["grades"]]
    for unit in units:
        one, moves = found[unit.code], [move for move in facts.moves if move.unit == unit.code]
        one.place = places[unit.code]
        one.earned = names[earned[unit.code]]
        one.grade = names[standing.moved(evaluation, earned[unit.code], moves, one.lifts)]
        for use in evaluation.get("use", []):
            if use.get("for", set_code) == set_code:
                gift = standing.gives(use, unit, units, one.grade, places, facts.last_places)
                one.uses[use["code"]] = gift


def _untold(evaluation: Mapping[str, Any], units: list[Unit], facts: Facts) -> set[str]:
    """The units whose grade in another evaluation a condition asks for, and nobody has told; needed or not."""
    conditions = [one for grade in evaluation["grades"] for one in grade.get("only_if", []) if "evaluation" in one]
    named = {one["evaluation"] for one in conditions}
    return {unit.code for unit in units for name in named if (unit.code, name) not in facts.other_grades}


def _meets(
    evaluation: Mapping[str, Any], condition: Any, unit: Unit, scored: Scored, facts: Facts,
    found: Mapping[str, UnitResult],
) -> bool:  # fmt: skip
    """Whether a unit meets a condition; what does not count, or took no part, asks nothing."""
    if condition == "no_veto":
        moves = [move for move in facts.moves if move.unit == unit.code]
        return not standing.vetoed(evaluation, moves)
    if "node" in condition:
        node = next(one for one in scored.nodes() if one.code == condition["node"])
        got = found[unit.code].points[node.code]
        return got is None or got >= marks(condition["at_least"], node.full(unit.category))
    name = condition["evaluation"]
    grade, names = facts.other_grades[unit.code, name], evaluation["special"][name]["grades"]
    return grade == standing.NO_PART or names.index(grade) <= names.index(condition["grade"])


def _order(ranking: Mapping[str, Any], one: UnitResult) -> standing.Order:
    """The total, then the points of what breaks ties; what does not count stands behind everything that does."""
    total = one.total if ranking.get("on", "rounded") == "rounded" else one.exact
    order = [total]
    for code in ranking.get("break_ties_by", []):
        got = one.points[code]
        order += [Fraction(0), Fraction(0)] if got is None else [Fraction(1), got]
    return tuple(order)
