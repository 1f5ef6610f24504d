"""One evaluation of a scheme, from plain facts to places, grades and uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from tests.oracle import extras, grading, standing, uses
from tests.oracle.extras import Claim
from tests.oracle.figures import Refused, Unknown, at_point, marks, number
from tests.oracle.indicators import Scored
from tests.oracle.standing import Move
from tests.oracle.units import Points, SetFacts, Unit

NOT_GRADED = "不定等次"
Stop = tuple[str, str, str]  # unit, node, row of an own list


@dataclass
class Facts:
    """Everything besides the scheme; sets by code, units in any order."""

    sets: Mapping[str, SetFacts]
    series: Mapping[str, Fraction] = field(default_factory=dict)
    factors: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    calendar: Mapping[str, str] = field(default_factory=dict)
    bonuses: list[Claim] = field(default_factory=list)
    deductions: list[Claim] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    other_totals: Mapping[tuple[str, str], Any] = field(default_factory=dict)  # (total, full) or `not_applicable`
    other_grades: Mapping[tuple[str, str], str] = field(default_factory=dict)
    last: Mapping[str, uses.LastYear] = field(default_factory=dict)
    pools: Mapping[str, Fraction] = field(default_factory=dict)
    persons: Mapping[str, list[uses.Person]] = field(default_factory=dict)


@dataclass
class UnitResult:
    points: dict[str, Points]
    base: Fraction
    over: Fraction
    bonus: Fraction = Fraction(0)
    deductions: Fraction = Fraction(0)
    lifts: list[str] = field(default_factory=list)
    exact: Fraction = Fraction(0)
    total: Fraction = Fraction(0)
    place: int = 0
    earned: dict[str, str] = field(default_factory=dict)  # by scale; "" is the first
    grades: dict[str, str] = field(default_factory=dict)
    gifts: dict[str, str | Fraction | None] = field(default_factory=dict)


@dataclass
class Result:
    """`refused`: where the run stops; `unknown`: units of which nothing can be said because of that.

    `tied`: units that share a place although the scheme allows none to. `untold`: a condition asks what nobody told.
    `shared`: pools by use; `unshared`: the names of uses whose pool cannot be shared out.
    """

    units: dict[str, UnitResult] = field(default_factory=dict)
    refused: set[Stop] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    tied: set[str] = field(default_factory=set)
    untold: set[str] = field(default_factory=set)
    sets: dict[str, uses.Result] = field(default_factory=dict)
    shared: dict[str, uses.Shared] = field(default_factory=dict)
    unshared: set[str] = field(default_factory=set)
    refused_ballots: set[tuple[str, str]] = field(default_factory=set)
    void_ballots: set[tuple[str, str]] = field(default_factory=set)


def evaluate(evaluation: Mapping[str, Any], facts: Facts) -> Result:
    """Score one evaluation of a scheme that has been read as plain YAML, every scalar a text."""
    result = Result()
    for set_code in evaluation["sets"]:
        if set_code in facts.sets:
            _set(evaluation, set_code, facts, result)
    if len(result.sets) == len(facts.sets):
        _pools(evaluation, facts, result)
    return result


def _pools(evaluation: Mapping[str, Any], facts: Facts, result: Result) -> None:
    for use in evaluation.get("use", []):
        if "distribute" in use:
            for_set = [one for code, one in result.sets.items() if use.get("for", code) == code]
            try:
                result.shared[use["code"]] = uses.shared(use, for_set, facts.pools, facts.persons)
            except Refused:
                result.unshared.add(use["name"])


def _set(evaluation: Mapping[str, Any], set_code: str, facts: Facts, result: Result) -> None:
    known = facts.sets[set_code]
    scored = Scored(evaluation, set_code, known, facts.series, facts.factors, facts.other_totals)
    found: dict[str, UnitResult] = {}
    for code, counted in scored.counted.items():
        result.refused_ballots |= {(f"{set_code} {code}", voter) for voter in counted.refused}
        result.void_ballots |= {(f"{set_code} {code}", voter) for voter in counted.void}
    for unit in known.units:
        try:
            base = scored.base(unit)
            points = {node.code: _counting(scored, node, unit) for node in scored.nodes()}
            found[unit.code] = UnitResult(points, base, scored.over_fulfilled(unit))
        except Refused:
            result.refused.add((unit.code, scored.parts[0].code, ""))
        except Unknown:
            result.unknown.add(unit.code)
    result.refused |= scored.refused
    result.untold |= _untold(evaluation, known.units, facts)
    if not result.untold:
        _extras(evaluation, scored, facts, found, result)
    if len(found) == len(known.units) and not result.untold:
        _standing(evaluation, set_code, scored, facts, found, result)
    else:
        result.unknown |= {unit.code for unit in known.units}
    result.units |= found


def _extras(
    evaluation: Mapping[str, Any], scored: Scored, facts: Facts, found: dict[str, UnitResult], result: Result
) -> None:
    """Bonus, then deductions, and the total that they leave."""
    basis = _basis(evaluation, None, scored, facts, found, {})
    full = number(evaluation["full_marks"])

    def may(said: Mapping[str, Any], unit: str) -> bool:
        return all(grading.meets(evaluation, one, basis, unit) for one in said.get("only_if", []))

    def barred(part: str, unit: str) -> set[str]:
        return {one["code"] for one in evaluation.get(part, {}).get("standards", []) if not may(one, unit)}

    for unit, one in found.items():
        try:
            if may(evaluation.get("bonus", {}), unit):
                one.bonus, one.lifts = extras.brought(
                    evaluation.get("bonus"), facts.bonuses, unit, facts.calendar, one.over, barred("bonus", unit)
                )
            if may(evaluation.get("deductions", {}), unit):
                one.deductions, _ = extras.brought(
                    evaluation.get("deductions"),
                    facts.deductions,
                    unit,
                    facts.calendar,
                    barred=barred("deductions", unit),
                )
        except Refused:
            result.untold.add(unit)
        one.exact = one.base + one.bonus - one.deductions
        if "cap" in evaluation:
            one.exact = min(one.exact, marks(evaluation["cap"], full))
        if "floor" in evaluation:
            one.exact = max(one.exact, marks(evaluation["floor"], full))
        one.total = at_point(one.exact, evaluation["rounding"]["total"])


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
    main = _basis(evaluation, "total", scored, facts, found, places)
    main = replace(main, lifts={code: one.lifts for code, one in found.items()})
    _grade(evaluation, main, found, "")
    for scale in evaluation.get("also_graded", []):
        _grade(scale, _basis(evaluation, scale["on"], scored, facts, found, places), found, scale["code"])
    for unit in units:
        one = found[unit.code]
        one.place = places[unit.code]
    done = uses.Result(
        units, {code: one.total for code, one in found.items()}, places,
        {code: one.grades[""] for code, one in found.items()}, facts.last,
        {code: one.bonus for code, one in found.items()}, {code: one.points for code, one in found.items()},
    )  # fmt: skip
    for use in evaluation.get("use", []):
        for unit in units if use.get("for", set_code) == set_code and "distribute" not in use else []:
            try:
                found[unit.code].gifts[use["code"]] = uses.gives(use, unit, done)
            except Refused:
                result.untold.add(unit.code)
    result.sets[set_code] = done


def _grade(scale: Mapping[str, Any], basis: grading.Basis, found: Mapping[str, UnitResult], code: str) -> None:
    earned, final = grading.graded(scale, basis)
    names = [*(grade["name"] for grade in scale["grades"]), NOT_GRADED]
    for unit, one in found.items():
        one.earned[code], one.grades[code] = names[earned[unit]], names[final[unit]]


def _basis(
    evaluation: Mapping[str, Any], on: str | None, scored: Scored, facts: Facts, found: Mapping[str, UnitResult],
    places: Mapping[str, int],
) -> grading.Basis:  # fmt: skip
    """What a scale grades: the total, or a node; nothing yet where only conditions are looked at."""
    units = {unit.code: unit for unit in scored.facts.units}
    nodes = {node.code: node for node in scored.nodes()}

    def points(node: str, unit: str) -> Points:
        return found[unit].points.get(node)

    def full(node: str, unit: str) -> Fraction:
        return nodes[node].full(units[unit].category)

    def others(condition: Mapping[str, Any], unit: str) -> bool:
        name = condition["evaluation"]
        grade, names = facts.other_grades[unit, name], evaluation["special"][name]["grades"]
        return grade == standing.NO_PART or names.index(grade) <= names.index(condition["grade"])

    values: dict[str, Fraction] = {}
    fulls: dict[str, Fraction] = {}
    if on == "total":
        values = {code: one.total for code, one in found.items()}
        fulls = dict.fromkeys(units, number(evaluation["full_marks"]))
    elif on is not None:
        values = {code: got for code in units if (got := points(on, code)) is not None}
        fulls = {code: full(on, code) for code in values}
        places = grading.places_by(scored.facts.units, values)
    return grading.Basis(scored.facts.units, values, fulls, places, points, full, others, facts.moves)


def _untold(evaluation: Mapping[str, Any], units: list[Unit], facts: Facts) -> set[str]:
    """The units whose grade in another evaluation a condition asks for, and nobody has told; needed or not."""
    scales = [evaluation, *evaluation.get("also_graded", [])]
    grades = [grade for scale in scales for grade in scale["grades"]]
    both = [evaluation.get("bonus", {}), evaluation.get("deductions", {})]
    asking = [*grades, *both, *(standard for said in both for standard in said.get("standards", []))]
    conditions = [one for said in asking for one in said.get("only_if", []) if "evaluation" in one]
    named = {one["evaluation"] for one in conditions}
    return {unit.code for unit in units for name in named if (unit.code, name) not in facts.other_grades}


def _order(ranking: Mapping[str, Any], one: UnitResult) -> standing.Order:
    """The total, then the points of what breaks ties; what does not count for a unit is 0 here."""
    total = one.total if ranking.get("on", "rounded") == "rounded" else one.exact
    return (total, *(one.points[code] or Fraction(0) for code in ranking.get("break_ties_by", [])))
