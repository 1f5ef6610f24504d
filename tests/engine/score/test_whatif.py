"""What-if over weights: the totals are those that scoring by a scheme with these weights gives."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.exact import Exact
from engine.score import score
from engine.score.whatif import what_if
from tests.engine.making import MISSING, NA, Claim, facts_of, outcome_of, plan_of, set_facts

SCHEME = """
missing: mean
not_applicable: renormalise
cap: 100
bonus: {{highest_only: false, standards: [{{code: award, name: 表彰, levels: {{省: 3}}}}]}}
indicators:
  - code: work
    name: 工作
    weight: {work}
    full_marks: 90
    rounding: 1
    indicators:
      - {{code: a, name: 甲, weight: {a}, full_marks: 10, rule: judged}}
      - {{code: b, name: 乙, weight: {b}, full_marks: 7, rule: judged}}
      - {{code: c, name: 丙, weight: {c}, full_marks: 20, rule: judged}}
  - {{code: rest, name: 其他, weight: {rest}, full_marks: 30, rule: judged}}
"""
COLUMNS = {
    "a": [9, "8.55", NA, MISSING],
    "b": [7, "0.01", NA, "3.33"],
    "c": ["12.34", NA, NA, 20],
    "rest": [29, "17.77", 30, NA],
}
UNITS = "u1 u2 u3 u4"
BONUS = {"bonuses": (Claim("u1", "award", "省", "甲"),)}
NODES = ("work", "a", "b", "c", "rest")
weight = st.one_of(st.integers(1, 100), st.builds(Fraction, st.integers(1, 9999), st.just(100)), st.just(999_999))


def totals(drawn: dict[str, list], **text: int) -> list[list[Fraction]]:
    """The totals of every draw."""
    written = dict.fromkeys(NODES, 20) | text
    outcome = outcome_of(SCHEME.format(**written), UNITS, COLUMNS, **BONUS)
    weights = {code: Exact.of(values) for code, values in drawn.items()}
    return [
        [Fraction(int(one), block.den) for one in row]
        for block in what_if(outcome.sets[0], outcome.plan.written, weights)
        for row in block.num
    ]


def test_by_hand():
    """u2, b at 0.01 ÷ 7 and a at 8.55 ÷ 10, c does not apply; 其他 17.77 ÷ 30.

    Weights a 1, b 1: (0.855 + 0.00142…) ÷ 2 × 90 = 38.539… → 38.5; 工作 1, 其他 3:
    (38.5 ÷ 90 × 1 + 17.77 ÷ 30 × 3) ÷ 4 × 100 = (0.42777… + 1.777) ÷ 4 × 100 = 55.119… → 55.12.
    Weights a 3, b 1: (2.565 + 0.00142…) ÷ 4 × 90 = 57.744… → 57.7; 工作 1, 其他 1:
    (57.7 ÷ 90 + 17.77 ÷ 30) ÷ 2 × 100 = (0.64111… + 0.59233…) × 50 = 61.672… → 61.67.
    """
    drawn = {"work": [1, 1], "rest": [3, 1], "a": [1, 3], "b": [1, 1]}
    assert [row[1] for row in totals(drawn)] == [Fraction("55.12"), Fraction("61.67")]


@settings(max_examples=60)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(NODES, weight)), min_size=1, max_size=3))
def test_as_scoring_by_the_changed_scheme(draws):
    found = totals({code: [draw[code] for draw in draws] for code in NODES})
    for draw, row in zip(draws, found, strict=True):
        plan = plan_of(SCHEME.format(**{code: _decimal(value) for code, value in draw.items()}))
        outcome = score(plan, facts_of(set_facts(UNITS, COLUMNS), **BONUS))
        assert outcome.sets[0].total.fractions() == row


def _decimal(value: Fraction | int) -> str:
    return str(Decimal(value.numerator) / value.denominator)


def test_nodes_that_are_not_named_keep_their_weight():
    assert totals({"a": [5]}, a=20) == totals({"a": [5], "b": [20], "rest": [20]}, a=7)


def test_only_the_proportion_of_weights_counts_however_large_they_are():
    drawn = {"work": [3, 1], "a": [1, 7], "b": [2, 5], "c": [9, 9], "rest": [4, 1]}
    huge = {code: [value * 10**18 for value in values] for code, values in drawn.items()}
    assert totals(huge) == totals(drawn)


def test_many_draws_come_in_blocks_and_in_order():
    several = totals({"a": list(range(1, 40_001))})
    assert len(several) == 40_000
    assert several[0] == totals({"a": [1]})[0]
    assert several[-1] == totals({"a": [40_000]})[0]
    assert several[20_000] == totals({"a": [20_001]})[0]


def test_a_weight_of_zero_takes_a_node_out():
    """u1: a alone, 9 ÷ 10 × 90 = 81, and 其他 out: 81 ÷ 90 × 100 = 90, the award of 3 on top."""
    assert totals({"b": [0], "c": [0], "rest": [0]})[0][0] == 93


PLAIN = (
    "indicators: [{code: a, name: 甲, full_marks: 50, rule: judged}, {code: b, name: 乙, full_marks: 50, rule: judged}]"
)
LOWEST = """
indicators:
  - code: lowest
    name: 最低
    full_marks: 100
    roll_up: minimum
    indicators:
      - code: group
        name: 组
        full_marks: 100
        indicators: [{code: a, name: 甲, weight: 100, full_marks: 50, rule: judged}]
      - {code: b, name: 乙, full_marks: 50, rule: judged}
"""


@pytest.mark.parametrize(
    ("scheme", "drawn", "said"),
    [
        (PLAIN, {"a": [1]}, "no weight to change: a"),
        (PLAIN, {"z": [1]}, "no weight to change: z"),
        (LOWEST, {"a": [1]}, "lowest does not go by weights"),
        (LOWEST, {}, "one value per draw"),
    ],
)
def test_what_cannot_be_changed_is_refused(scheme, drawn, said):
    outcome = outcome_of(scheme, "u1", {"a": [9], "b": [7]})
    weights = {code: Exact.of(values) for code, values in drawn.items()}
    with pytest.raises(ValueError, match=said):
        list(what_if(outcome.sets[0], outcome.plan.written, weights))


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="one value per draw"):
        totals({"a": [1, 2], "b": [1]})
