"""R9: every derivation re-adds to its total exactly; R1, R5, R8 for whole random evaluations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.explain import Derivation, Explainer
from engine.grammar.fields import Marks
from engine.grammar.places import Places
from engine.language.scheme import Indicator
from engine.score import score
from engine.score.result import Outcome, SetResult
from engine.text import Problems
from indicators.facts import load_facts
from tests.engine.score.random_schemes import ALONE, Case, cases
from tests.engine.test_exact import cut, half_up
from tests.sample import SCHEMES, plan_of, sample_of

many = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def kept(value: Fraction, full: Fraction, cap: Marks | None, floor: Marks | None) -> Fraction:
    """Cap, then floor."""
    value = value if cap is None else min(value, cap.of(full))
    return value if floor is None else max(value, floor.of(full))


def rounded(value: Fraction, places: Places) -> Fraction:
    if places.digits is None:
        return value
    return half_up(value, places.digits) if places.way == "half_up" else cut(value, places.digits, places.way)


def wrong_sums(derivation: Derivation, node: Indicator, times: Callable[[Indicator], Fraction]) -> Iterator[str]:
    """Every number below a node that does not follow from those below it."""
    if derivation.points is None or derivation.exact is None or derivation.full is None:
        if derivation.brings:
            yield f"{derivation.code} does not count and brings {derivation.brings}"
        return
    if rounded(derivation.exact, node.rounding) != derivation.points:
        yield f"{derivation.code}: {derivation.exact} is not rounded to {derivation.points}"
    below = sum((child.brings for child in derivation.children), Fraction(0)) * times(node)
    limited = kept(below, derivation.full, node.cap, node.floor)
    if (node.own or (node.slots and derivation.children)) and limited != derivation.exact:
        yield f"{derivation.code}: {below} below, {derivation.exact} above"
    if node.children and node.roll_up == "sum" and limited != derivation.exact:
        yield f"{derivation.code}: {below} below, {derivation.exact} above"
    for child, under in zip(derivation.children, node.children, strict=bool(node.children)):
        yield from wrong_sums(child, under, times)
    for item in derivation.children if node.own else ():
        assert node.own
        if item.points is not None and rounded(item.exact or Fraction(0), node.own.rounding) != item.points:
            yield f"{item.code}: {item.exact} is not rounded to {item.points}"


def wrong_totals(outcome: Outcome) -> Iterator[str]:
    """Everything that does not add up in any derivation of an outcome."""
    written = outcome.plan.written
    full = Fraction(written.full_marks)
    for result in outcome.sets:
        explainer = Explainer(outcome, result)
        for row, unit in enumerate(result.units):
            whole = explainer.total(row)
            parts = [child for child in whole.children if child.code not in ("bonus", "deductions")]
            below = sum((child.brings for child in whole.children), Fraction(0))
            if kept(below, full, written.cap, written.floor) != whole.exact:
                yield f"{unit.code}: {below} below, {whole.exact} in all"
            if rounded(whole.exact or Fraction(0), written.rounding.total) != whole.points:
                yield f"{unit.code}: {whole.exact} is not rounded to {whole.points}"
            if whole.points != result.total[row]:
                yield f"{unit.code}: {whole.points} explained, {result.total[row]} scored"
            for part, node in zip(parts, result.plan.parts, strict=True):
                yield from wrong_sums(part, node, partial(factor_of, outcome, result, row))


def factor_of(outcome: Outcome, result: SetResult, row: int, node: Indicator) -> Fraction:
    """What the points of a node are multiplied by for one unit; 1 for nothing."""
    unit, factor = result.units[row], node.factor
    if factor is None:
        return Fraction(1)
    by_category = factor.by_category
    return Fraction(by_category[unit.category]) if by_category else outcome.facts.factors[unit.code, factor.code]


def scored(case: Case, order: list[int] | None = None) -> Outcome:
    """The outcome; a random case that the engine refuses is none."""
    try:
        return score(case.plan, case.facts(order), trace=True)
    except Problems:
        assume(False)
        raise


@many
@given(cases())
def test_r9_every_derivation_of_a_random_evaluation_adds_up(case):
    assert list(wrong_totals(scored(case))) == []


@many
@given(cases())
def test_r5_a_random_evaluation_is_scored_or_refused_by_name(case):
    try:
        outcome = score(case.plan, case.facts())
        assert len(outcome.sets[0].total) == len(case.units)
        return
    except Problems as problems:
        refused = problems
    said = [problem.what for problem in refused.found]
    assert said
    assert len(set(said)) == len(said)
    assert all(any(unit.code in text.zh for unit in case.units) for text in said)


def same(first: SetResult, row: int, second: SetResult, other: int) -> bool:
    """Whether two results say the same of one unit."""
    nodes = zip(first.nodes(), second.nodes(), strict=True)
    return (
        all(a.points[row] == b.points[other] and a.status[row] == b.status[other] for a, b in nodes)
        and first.total[row] == second.total[other]
        and first.exact_total[row] == second.exact_total[other]
    )


@many
@given(cases(), st.data())
def test_r1_the_order_of_units_and_claims_changes_nothing(case, data):
    first = scored(case)
    order = data.draw(st.permutations(range(len(case.units))))
    for kind in ("bonuses", "deductions", "moves"):
        case.rest[kind] = tuple(data.draw(st.permutations(case.rest[kind])))
    second = scored(case, order)
    one, two = first.sets[0], second.sets[0]
    explained = Explainer(first, one), Explainer(second, two)
    for other, row in enumerate(order):
        assert same(one, row, two, other)
        assert one.place[row] == two.place[other]
        assert one.grade[row] == two.grade[other]
        assert [gifts[row] for gifts in one.uses.values()] == [gifts[other] for gifts in two.uses.values()]
        assert explained[0].total(row) == explained[1].total(other)


@many
@given(cases(rules=ALONE, means=False), st.data())
def test_r8_removing_a_unit_changes_no_score_under_rules_without_comparison(case, data):
    first = scored(case)
    stay = data.draw(st.lists(st.sampled_from(range(len(case.units))), unique=True))
    second = scored(case, sorted(stay))
    assert all(same(first.sets[0], row, second.sets[0], other) for other, row in enumerate(sorted(stay)))


@many
@given(cases())
def test_r6_no_number_leaves_its_limits(case):
    outcome = scored(case)
    for node in outcome.sets[0].nodes():
        written = node.node
        for row in np.flatnonzero(node.counts() & (node.asked == 0)):
            exact, full = node.exact[int(row)], node.full[int(row)]
            assert exact == kept(exact, full, written.cap, written.floor)
            assert written.cap is not None or node.children


@many
@given(cases())
def test_r1_a_trace_changes_no_number(case):
    first = scored(case)
    second = score(case.plan, case.facts())
    assert all(same(first.sets[0], row, second.sets[0], row) for row in range(len(case.units)))


# The rule books of the house with the sample city.


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_of(tmp_path_factory)


@pytest.fixture(params=SCHEMES)
def sample(request: pytest.FixtureRequest, city: Path) -> Outcome:
    facts, _ = load_facts(city / request.param, plan_of(request.param))
    return score(plan_of(request.param), facts, trace=True)


def test_r9_every_derivation_of_the_sample_city_adds_up(sample: Outcome):
    assert all(len(result.units) >= 4 for result in sample.sets)
    assert list(wrong_totals(sample)) == []


def test_r9_a_derivation_of_the_sample_city_shows_every_document(sample: Outcome):
    for result in sample.sets:
        explainer = Explainer(sample, result)
        for row, unit in enumerate(result.units):
            whole = explainer.total(row)
            said = "\n".join(line.zh for one in walk(whole) for line in one.lines)
            documents = {source.document for (code, *_), source in sample.facts.sources.items() if code == unit.code}
            assert {document for document in documents if f"依据：{document}" not in said} == set()


def walk(derivation: Derivation) -> Iterator[Derivation]:
    yield derivation
    for child in derivation.children:
        yield from walk(child)


def test_r2_points_of_the_sample_city_are_decimal_numbers_of_the_places_written(sample: Outcome):
    for result in sample.sets:
        for node in result.nodes():
            assert all((value * 100).denominator == 1 for value in node.points.fractions())
