"""R1, R5, R8 for every rule: any facts give points or a refusal; others matter only where the rule compares."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rules.base import RULES, FactSpec, Row
from engine.rules.inputs import SOURCES
from tests.engine.making import MISSING, Applied, apply, rule_of

TEXTS = [
    "judged",
    "all_or_nothing",
    "deduct: {nothing_from: 3, each: {late: {name: 迟报, points: 0.5, at_most: 2}, wrong: {name: 错报, points: 2}}}",
    "add: {each: {late: {name: 市级, points: 1.25, at_most: 2}, wrong: {name: 省级, points: 3}}}",
    "ratio: {to: target}",
    "ratio: {to: target, less_is_better: true, nothing_below: 50%}",
    "ratio: {to: target, reference_not_positive: 20%, nothing_below: 50%}",
    "ratio: {of: growth, to: target}",
    "ratio: {of: {growth: {from_zero: 5%}}, to: target, reference_not_positive: 0%}",
    "ratio: {of: increment, to: {constant: 3}}",
    "ratio: {of: {share: {part: done, whole: due}}, to: 95.5%}",
    "ratio: {of: {share: {part: done, whole: due, of_nothing: 100%}}, to: {series: national}}",
    "ratio: {to: {mean_of_years: 3}, less_is_better: true}",
    "ratio: {to: median}",
    "step_table: {steps: [{from: 90, points: 100%}, {above: 60, points: 5}], otherwise: 0}",
    "step_table: {on: ratio, to: target, steps: [{from: 90%, points: 8}], otherwise: 1}",
    "step_table: {on: ratio, to: target, reference_not_positive: 6, steps: [{from: 90%, points: 8}], otherwise: 1}",
    "step_table: {on: difference, to: mean, steps: [{up_to: 0, points: 8}, {below: 9, points: 3}], otherwise: 1}",
    "base_steps: {to: mean, base: 8, step: 0.3, up: 0.5, down: 0.7, count: proportional, at_least: 5, at_most: 9}",
    "base_steps: {of: growth, to: best, base: 8, step: 1%, up: 1, down: 1, count: started, at_least: 5, at_most: 9}",
    "base_steps: {to: target, less_is_better: true, base: 8, step: 3, up: 1, down: 2, count: completed,"
    " at_least: 0, at_most: 9}",
    "efficacy: {base: 60%, all_equal: 100%}",
    "efficacy: {of: growth, among: all, less_is_better: true, base: 0%, all_equal: 7}",
    "share_of_best: {best_not_positive: 0}",
    "share_of_best: {less_is_better: true, best_not_positive: 50%}",
    "rank_table: {places: [10, 80%, 6]}",
    "rank_table: {of: growth, less_is_better: true, places: [10, 9], last: [0, 1], overlap: from_below}",
    "formula: {points: 'min(full, done ÷ due × 60% × full) + round(actual.target / 3, 2)'}",
    "formula: {points: 'if(actual > mean(actual), ln(actual, 3), power(abs(done - worst(done)), 0.5, 4))'}",
    "formula: {points: 'max(sqrt(actual, 2), power(done, 2), -series.national)'}",
    "fixed: 4",
    "interpolated: {knots: [{at: 2, points: 0}, {at: 5, points: 50%}, {at: 9, points: 9}], below: hold, above: extend}",
    "interpolated: {on: ratio, to: target, knots: [{at: 50%, points: 9}, {at: 100%, points: 1}], below: 3, above: 0}",
    "interpolated: {on: ratio, to: mean, reference_not_positive: 40%,"
    " knots: [{at: 50%, points: 1}, {at: 100%, points: 9}], below: extend, above: 5}",
    "interpolated: {on: difference, to: mean, knots: [{at: -3, points: 0}, {at: 3, points: 9}],"
    " below: extend, above: hold}",
    "marginal_bands: {to: target, base: 60%, step: 0.3, count: completed, up: [{steps: 2, points: 1}, {points: 0.2}],"
    " down: [{steps: 1.5, points: 0.7}]}",
    "marginal_bands: {of: growth, to: best, less_is_better: true, base: 8, step: 1%, count: proportional,"
    " down: [{steps: 2, points: 0.1}, {points: 0.3}]}",
    "rank_steps: {each: 15%, at_least: 1}",
    "rank_steps: {of: growth, among: all, less_is_better: true, each: 0.5, at_least: -2}",
    "rank_linear: {first: 10, last: 20%}",
    "rank_change: {base: 5, up: 1, down: 0.5, no_place: 3}",
    "rank_change: {of: {share: {part: done, whole: due, of_nothing: 0%}}, among: all, less_is_better: true, base: 50%,"
    " up: 0.1, down: 0.5, no_place: 0}",
    "above_both: {to: [target, mean], points: 8, otherwise: 1}",
    "above_both: {to: [target, last_year, 3], less_is_better: true, rate: {step: 0.7, each: 0.3, count: started},"
    " otherwise: 0}",
    "composite: {parts: [{name: 一, share: 40%, rule: {rank_change: {base: 2, up: 1, down: 1, no_place: 0}}},"
    " {name: 二, share: 60%, rule: {fixed: 50%}}]}",
    "gate: {if: {on: ratio, to: target, from: 100%}, then: {rank_table: {among: passed, places: [10, 8]}},"
    " else: {ratio: {of: {fact: done}, to: stretch}}}",
    "gate: {if: {above: 3}, then: {ratio: {to: target}}, else: {formula: done ÷ 2}}",
    "gate: {if: {on: difference, to: mean, below: 0}, then: {ratio: {to: target}}, else: {formula: done ÷ 2}}",
    "composite: {parts: [{name: 一, share: 40%, rule: {efficacy: {of: growth, base: 0%, all_equal: 100%}}},"
    " {name: 二, share: 60%, rule: {ratio: {to: target, less_is_better: true}}}]}",
]
APART = ("category", "separately", "full")
ALONE = [text for text in TEXTS if not rule_of(text).comparative()]

awkward = st.one_of(
    st.integers(-3, 12),
    st.sampled_from([0, 2**31, 2**62 - 1, 2**62, -(2**63), 2**63 - 1, 10**18]),
    st.builds(Fraction, st.integers(-(10**20), 10**20), st.sampled_from([1, 100, 10**4, 10**9])),
)


def test_every_rule_is_tried():
    assert {type(rule_of(text)) for text in TEXTS} == set(RULES.kinds.values())


@st.composite
def cases(draw: st.DrawFn, text: str) -> dict[str, object]:
    """Columns for a rule, with categories and units listed separately."""
    rows = draw(st.integers(1, 4))
    rule = rule_of(text)
    names = {need.source if need.fact == "actual" else need.fact for need in rule.needs()} or {"actual"}
    may = {need.source for need in rule.may_need() if need.fact == "actual"}
    values = st.lists(awkward, min_size=rows, max_size=rows)
    or_none = st.lists(st.one_of(awkward, st.just(MISSING)), min_size=rows, max_size=rows)
    return {
        **{name: draw(values) for name in sorted(names)},
        **{name: draw(or_none) for name in sorted(may - names)},
        "category": draw(st.text("ab", min_size=rows, max_size=rows)),
        "separately": draw(st.lists(st.integers(0, rows - 1), max_size=1)),
        "full": draw(st.sampled_from([1, 10, Fraction("12.5"), 1000])),
    }


def answer(text: str, given_columns: dict[str, object]) -> Applied:
    return apply(text, series={"national": Fraction("6.6")}, **given_columns)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", TEXTS)
@settings(max_examples=25)
@given(data=st.data())
def test_r5_any_facts_give_points_or_a_refusal_and_every_answer_explains_itself(text, data):
    applied = answer(text, data.draw(cases(text)))
    assert len(applied.raw) == len(applied.inputs)
    facts = {need.fact: FactSpec() for need in applied.rule.reads()}
    for row in set(range(len(applied.raw))) - set(applied.refused):
        said = applied.rule.explain(Row(applied.inputs, row, facts))
        assert said
        assert all(line.zh and line.en for line in said)


@pytest.mark.parametrize("text", ALONE)
@settings(max_examples=25)
@given(data=st.data())
def test_r8_a_unit_alone_has_the_points_it_has_among_others(text, data):
    columns = data.draw(cases(text))
    together = answer(text, columns)
    names = [name for name in columns if name not in APART]
    for row in range(len(together.raw)):
        alone = answer(text, {**{name: [columns[name][row]] for name in names}, "full": columns["full"]})
        assert bool(alone.refused) == (row in together.refused)
        if not alone.refused:
            assert alone.raw[0] == together.raw[row]


@pytest.mark.parametrize("text", TEXTS)
@settings(max_examples=25)
@given(data=st.data())
def test_r1_the_order_of_the_rows_does_not_matter(text, data):
    columns = data.draw(cases(text))
    rows = len(str(columns["category"]))
    order = data.draw(st.permutations(range(rows)))
    turned = {name: [c[row] for row in order] for name, c in columns.items() if name not in APART}
    turned["category"] = "".join(str(columns["category"])[row] for row in order)
    turned["separately"] = [order.index(row) for row in columns["separately"]]  # type: ignore[attr-defined]
    first, second = answer(text, columns), answer(text, {**turned, "full": columns["full"]})
    assert sorted(order[row] for row in second.refused) == first.refused
    kept = [row for row in range(rows) if order[row] not in first.refused]
    assert [second.raw[row] for row in kept] == [first.raw[order[row]] for row in kept]


def test_r8_rules_know_whether_they_compare():
    compared = ("mean", "median", "best", "efficacy", "share_of_best", "rank_")
    assert [text for text in TEXTS if any(word in text.replace("mean_of_years", "") for word in compared)] == [
        text for text in TEXTS if text not in ALONE
    ]


def test_the_columns_a_rule_names_are_known():
    for text in TEXTS:
        for need in rule_of(text).reads():
            assert need.source in SOURCES
