"""The same plain facts given to the engine, and its result held against the oracle's."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from ruamel.yaml import YAML

import engine.facts as known
import engine.panels.ballots
from engine.calendar import Calendar
from engine.exact import Exact
from engine.facts import Column, Key, OwnRows, Status, Tally
from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan
from engine.panels.ballots import tally_ballots
from engine.score import score
from engine.score.result import Outcome, SetResult
from engine.text import Problems
from tests.oracle.ballots import Ballot
from tests.oracle.drawing import draw
from tests.oracle.extras import Claim
from tests.oracle.standing import NO_PART
from tests.oracle.units import OwnRow, SetFacts, Unit
from tests.oracle.uses import Shared
from tests.oracle.whole import Facts, Result, evaluate

SHOWN = 6
STATUS = {
    "missing": Status.MISSING,
    "not_applicable": Status.NOT_APPLICABLE,
    "not_drawn": Status.NOT_DRAWN,
}


@dataclass(frozen=True)
class Checked:
    """What one seed brought: how many draws of facts were compared, how many stop, and every disagreement in full.

    A scheme that the linter refuses has no cases.
    """

    seed: int
    cases: int
    stopped: int
    found: list[str]


def disagreements(seed: int) -> Checked:
    """Draw a scheme and facts, and hold the engine against the oracle."""
    case = draw(seed)
    try:
        plan = planned(case.text)
    except Problems:
        return Checked(seed, 0, 0, [])
    stopped, found = 0, []
    for number, facts in enumerate(case.facts):
        differences, stops = _tried(plan, case.scheme["evaluations"][0], facts)
        stopped += stops
        if differences:
            said = "\n".join(differences[:SHOWN])
            shown = "\n".join(_shown(facts, said))
            found.append(f"{case.text}\n{shown}\nseed {seed}, facts {number}:\n{said}")
    return Checked(seed, len(case.facts), stopped, found)


def _tried(plan: EvaluationPlan, evaluation: Mapping[str, Any], facts: Facts) -> tuple[list[str], bool]:
    """A failure of the engine, down to a warning of numpy, is a disagreement too."""
    try:
        with np.errstate(all="raise"):
            return compared(plan, evaluation, facts)
    except Exception:
        return [traceback.format_exc()], False


def _shown(facts: Facts, said: str) -> Iterator[str]:
    """The units, and the figures, lists and votes of the nodes that a disagreement names."""
    named = set(re.findall(r"\bn\d+\b", said))
    for one in facts.sets.values():
        yield from map(str, one.units)
        for kind in (one.figures, one.own, one.votes):
            yield from (f"{key}: {value}" for key, value in kind.items() if named & set(key))
        yield from (f"{panel}: {ballots}" for panel, ballots in one.ballots.items() if panel in named)


def plain(text: str) -> Mapping[str, Any]:
    """The first evaluation of a scheme file, every scalar a text."""
    return YAML(typ="base", pure=True).load(text)["evaluations"][0]


def planned(text: str) -> EvaluationPlan:
    """The same as the engine reads it; raises Problems where the linter refuses it."""
    return read_scheme(text, "case.yaml").evaluations[0]


def compared(plan: EvaluationPlan, evaluation: Mapping[str, Any], facts: Facts) -> tuple[list[str], bool]:
    """Every difference between the two, and whether the run stops."""
    expected = evaluate(evaluation, facts)
    given = engine_facts(facts, plan)
    if given.wrong or expected.refused_ballots or given.void != expected.void_ballots:
        return list(_ballots(expected, given)), True
    try:
        outcome = score(plan, given.facts)
    except Problems as problems:
        return list(_refusals(expected, problems)), True
    if stops := [*expected.refused, *expected.tied, *expected.untold, *expected.unshared]:
        return [f"the engine goes on, but the run should stop: {stops}"], True
    return list(_differences(expected, outcome)), False


def _ballots(expected: Result, given: Given) -> Iterator[str]:
    for what, found, should in (
        ("refused", given.wrong, expected.refused_ballots),
        ("void", given.void, expected.void_ballots),
    ):
        if found != should:
            yield f"{what} ballots: {sorted(found)}, they should be {sorted(should)}"


def _gift(found: str | None, wanted: object) -> object:
    """What a use gives; a figure is compared as a figure, one without an end as far as it is shown."""
    if found is None or not isinstance(wanted, Fraction):
        return found
    shown = Fraction(found.rstrip("…"))
    return wanted if found.endswith("…") and 0 < abs(wanted - shown) < Fraction(1, 10**6) else shown


def _pools(expected: Result, outcome: Outcome) -> Iterator[str]:
    found = {}
    for one in outcome.distributions:
        units = {share.unit.code: share.amount for share in one.shares}
        persons = {
            share.unit.code: {person.code: cents for person, cents in share.persons}
            for share in one.shares
            if share.persons
        }
        found[one.use.code] = Shared(units, persons)
    wanted = expected.shared
    for code in sorted(found.keys() | wanted.keys()):
        if found.get(code) != wanted.get(code):
            yield f"pool {code}: the engine says {found.get(code)}, it should be {wanted.get(code)}"


def _refusals(expected: Result, problems: Problems) -> Iterator[str]:
    found = {(one.subject.unit, one.subject.indicator, one.subject.item) for one in problems.found if one.subject}
    ties = "".join(one.to("zh") for one in problems.found if one.subject is None)
    if expected.unshared and not ties:
        yield f"pools of {expected.unshared} cannot be shared out"
    for unit in sorted(expected.tied | expected.untold):
        if unit not in ties:
            yield f"{unit}: a tie or an untold grade should stop the run"
    if ties and not expected.tied and not expected.refused and not expected.untold and not expected.unshared:
        yield f"there is no such tie: {ties}"
    if not expected.refused and not expected.tied and not expected.untold and not expected.unshared:
        yield f"the engine stops, but the run should go on: {problems}"
        return
    for stop in sorted(expected.refused - found):
        yield f"{stop}: should stop the run"
    for stop in sorted(found - expected.refused):
        if stop[0] not in expected.unknown:
            yield f"{stop}: stops the run but should not"


def _differences(expected: Result, outcome: Outcome) -> Iterator[str]:
    seen = set()
    for result in outcome.sets:
        for row, unit in enumerate(result.units):
            seen.add(unit.code)
            yield from _of_unit(expected, result, row)
    yield from _pools(expected, outcome)
    if seen != expected.units.keys():
        yield f"units {sorted(seen)} against {sorted(expected.units)}"


def _of_unit(expected: Result, result: SetResult, row: int) -> Iterator[str]:
    code = result.units[row].code
    should = expected.units[code]
    pairs: list[tuple[str, Any, Any]] = []
    for node in result.nodes():
        got = node.points[row] if node.status[row] == Status.GIVEN else None
        pairs.append((f"points of {node.node.code}", got, should.points[node.node.code]))
    pairs += [
        ("base", result.base[row], should.base),
        ("bonus", result.bonuses[row].total, should.bonus),
        ("deductions", result.deductions[row].total, should.deductions),
        ("unrounded total", result.exact_total[row], should.exact),
        ("total", result.total[row], should.total),
        ("place", int(result.place[row]), should.place),
    ]
    for scale, graded in {"": result.main, **result.also}.items():
        earned, final = (graded.called(int(one[row])).zh for one in (graded.earned, graded.grade))
        pairs += [(f"earned {scale}", earned, should.earned[scale]), (f"grade {scale}", final, should.grades[scale])]
    if set(should.grades) != {"", *result.also}:
        yield f"grades {set(result.also)} against {set(should.grades)}"
    pairs += [
        (f"use {use}", _gift(gifts[row], should.gifts.get(use)), should.gifts.get(use))
        for use, gifts in result.uses.items()
        if use not in expected.shared
    ]
    for what, got, wanted in pairs:
        if got != wanted:
            yield f"{code}, {what}: the engine says {got}, it should be {wanted}"


# Plain facts → the engine's.


class Given(NamedTuple):
    """The engine's facts, and the ballots (panel, voter) that were refused or void."""

    facts: known.Facts
    wrong: set[tuple[str, str]]
    void: set[tuple[str, str]]


def engine_facts(facts: Facts, plan: EvaluationPlan) -> Given:
    sets, wrong, void = {}, set(), set()
    for code, one in facts.sets.items():
        sets[code] = _set(one)
        units = sorted(unit.code for unit in one.units)
        for panel, ballots in one.ballots.items():
            node = next(part.find(panel) for part in plan.sets if part.code == code)
            assert node is not None
            assert node.panel is not None
            result = tally_ballots(node.panel, len(units), [_ballot(ballot, units) for ballot in ballots],
                {voter: {units.index(unit) for unit in mine} for voter, mine in one.lists[panel].items()},
            )  # fmt: skip
            sets[code].tallies[panel] = result.tally  # type: ignore[index]
            wrong |= {(f"{code} {panel}", fault.voter) for fault in result.wrong}
            void |= {(f"{code} {panel}", voter) for voter, _ in result.void}
    return Given(_facts(facts, sets), wrong, void - wrong)


def _ballot(one: Ballot, units: list[str]) -> engine.panels.ballots.Ballot:
    answers = {units.index(unit): answers for unit, answers in one.answers.items()}
    own = units.index(one.own) if one.own in units else None
    return engine.panels.ballots.Ballot(one.voter, answers, own, noted=set(answers))


def _facts(facts: Facts, sets: Mapping[str, known.SetFacts]) -> known.Facts:
    return known.Facts(
        sets=sets,
        series=facts.series,
        factors=facts.factors,
        calendar=_calendar(facts.calendar),
        bonuses=tuple(_claim(one) for one in facts.bonuses),
        deductions=tuple(_claim(one) for one in facts.deductions),
        moves=tuple(known.Move(one.unit, one.ground, one.body, one.decision) for one in facts.moves),
        other_results={key: _other(facts.other_totals[key], grade) for key, grade in facts.other_grades.items()},
        last_results={
            unit: known.LastResult(total=_decimal(one.total), place=one.place, grade=one.grade, members=one.members)
            for unit, one in facts.last.items()
        },
        pools={code: Decimal(amount.numerator) / amount.denominator for code, amount in facts.pools.items()},
        persons={
            unit: tuple(known.Person(code, code, Decimal(one.numerator) / one.denominator) for code, one in persons)
            for unit, persons in facts.persons.items()
        },
    )


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(value.numerator) / value.denominator


def _other(told: Any, grade: str) -> known.OtherResult:
    if grade == NO_PART:
        return known.OtherResult()
    total, full = (Decimal(one.numerator) / one.denominator for one in told)
    return known.OtherResult(total, full, grade)


def _claim(one: Claim) -> known.Claim:
    day = date.fromisoformat(one.day) if one.day else None
    delay = known.Delay(one.due, one.done, one.excused) if one.due and one.done else None
    return known.Claim(
        one.unit, one.standard, one.level, one.matter, one.document, day, one.body, one.decision,
        role=one.role, above=Decimal(one.above.numerator) / one.above.denominator, delay=delay,
    )  # fmt: skip


def _calendar(said: Mapping[str, str]) -> Calendar:
    days = {way: frozenset(date.fromisoformat(day) for day, one in said.items() if one == way) for way in ("off", "on")}
    return Calendar(off=days["off"], working=days["on"])


def _set(facts: SetFacts) -> known.SetFacts:
    units = sorted(facts.units, key=lambda unit: unit.code)
    return known.SetFacts(
        units=tuple(
            known.EvaluatedUnit(
                unit.code,
                unit.code,
                unit.category,
                listed_separately=unit.alone,
                groups=frozenset(unit.groups),
                headcount=unit.headcount,
            )
            for unit in units
        ),
        columns=_columns(facts, units),
        own=_own_lists(facts, units),
        tallies=_tallies(facts, units),
    )


def _column(values: list[Any]) -> Column:
    return Column(
        Exact.of([value if isinstance(value, Fraction) else 0 for value in values]),
        np.array([STATUS.get(value, Status.GIVEN) if isinstance(value, str) else 0 for value in values], dtype=np.int8),
    )


def _columns(facts: SetFacts, units: list[Unit]) -> dict[Key, Column]:
    keys = {Key(*key[1:]) for key in facts.figures}
    return {key: _column([facts.figures.get((unit.code, *key), "missing") for unit in units]) for key in sorted(keys)}


def _own_lists(facts: SetFacts, units: list[Unit]) -> dict[str, OwnRows]:
    lists = {}
    for node in sorted({node for _, node in facts.own}):
        rows: list[tuple[int, OwnRow]] = [
            (number, row)
            for number, unit in enumerate(units)
            for row in sorted(facts.own.get((unit.code, node), []), key=lambda row: row.code)
        ]
        sources = sorted({source for _, row in rows for source in row.facts} | {"actual"})
        lists[node] = OwnRows(
            unit=np.array([number for number, _ in rows], dtype=np.intp),
            code=tuple(row.code for _, row in rows),
            name=tuple(row.code for _, row in rows),
            full=Exact.of([row.full for _, row in rows]),
            rule=tuple(row.rule for _, row in rows),
            role=("",) * len(rows),
            measure=("",) * len(rows),
            columns={source: _column([row.facts.get(source, "missing") for _, row in rows]) for source in sources},
        )
    return lists


def _tallies(facts: SetFacts, units: list[Unit]) -> dict[str, Tally]:
    tallies = {}
    for panel in sorted({panel for panel, _ in facts.votes}):
        votes = [facts.votes.get((panel, unit.code)) for unit in units]
        answers = tuple(sorted({answer for one in votes if one for answer in one}))
        counts = [[one.get(answer, 0) if one else 0 for answer in answers] for one in votes]
        tallies[panel] = Tally(
            answers,
            np.array(counts, dtype=np.int64).reshape(len(units), len(answers)),
            np.array([one is not None for one in votes], dtype=bool),
        )
    return tallies
