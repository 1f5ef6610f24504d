"""Mean, median and trimmed mean of counted votes, against the votes written out one by one."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.panels.counting import count_votes
from engine.panels.panel import AggregateChoice, Panel
from tests.engine.making import tally, yaml

WORTHS = {"好": Fraction(10), "中": Fraction(7), "下": Fraction(5, 2), "差": Fraction(0)}
PANEL = "{voters: 人, secrecy: signed, aggregate: %s, method: {tiers: {好: 10, 中: 7, 差: 0, 下: 2.5}}}"


def panel(aggregate: str) -> Panel:
    return Panel.model_validate(yaml(PANEL % aggregate))


def figure(aggregate: str, counts: list[int]) -> Fraction:
    return count_votes(panel(aggregate), tally("好 中 下 差 无效", [*counts, 3])).points[0]


def written_out(counts: list[int]) -> list[Fraction]:
    return sorted(worth for worth, count in zip(WORTHS.values(), counts, strict=True) for _ in range(count))


VOTES = st.lists(st.integers(0, 6), min_size=4, max_size=4).filter(any)


@given(VOTES)
def test_the_median_is_that_of_the_votes_in_order(counts):
    assert figure("median", counts) == median(written_out(counts))


@given(VOTES, st.integers(1, 3), st.integers(0, 8))
def test_a_trimmed_mean_is_that_of_the_votes_without_the_ends(counts, drop, more):
    votes, least = written_out(counts), 2 * drop + more
    left = votes[drop : len(votes) - drop] if len(votes) > least else votes
    expected = sum(left, Fraction(0)) / len(left)
    assert figure(f"{{trimmed: {{drop: {drop}, when_more_than: {least}}}}}", counts) == expected


@given(VOTES)
def test_a_mean_is_that_of_all_votes(counts):
    votes = written_out(counts)
    assert figure("mean", counts) == sum(votes, Fraction(0)) / len(votes)


@given(st.lists(VOTES, min_size=1, max_size=4), st.sampled_from(["median", "{trimmed: {drop: 2, when_more_than: 5}}"]))
def test_units_do_not_mix(units, aggregate):
    together = count_votes(panel(aggregate), tally("好 中 下 差 无效", *([*one, 0] for one in units))).points
    assert together.fractions() == [figure(aggregate, one) for one in units]


@pytest.mark.parametrize("aggregate", ["mean", "median", "{trimmed: {drop: 1, when_more_than: 3}}"])
def test_of_no_votes_nothing_counts(aggregate):
    way = AggregateChoice.model_validate(yaml(aggregate)).chosen
    assert way.kept(np.zeros((2, 3), dtype=np.int64)).tolist() == [[0, 0, 0]] * 2
