"""Comparison sets, rows for a sub-rule, and columns that may be missing."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from engine.rules.among import CATEGORY, Among
from engine.rules.inputs import Inputs, Need, taken
from engine.text import Text
from tests.engine.making import apply, points, rule_of

RANKED = "rank_table: {among: %s, places: [10, 8, 6, 4]}"


def test_a_named_group_is_compared_across_categories_and_others_take_nobodys_place():
    # members 30, 20, 10; 25 stands outside and would be second
    text = RANKED % "{group: hills}"
    given = {"actual": [30, 25, 20, 10], "category": "abab", "groups": {"hills": [0, 2, 3]}}
    assert points(text, **given) == ["10", "8", "8", "6"]
    assert apply(text, **given).said(1) == "实际值 25，不在其中，相当于hills 3 个单位中第 2 名，得 8 分"


def test_the_mean_of_a_group_is_that_of_its_members():
    text = "ratio: {to: {mean: {among: {group: hills}}}}"  # (2 + 6) ÷ 2 = 4
    assert points(text, actual=[2, 6, 3], groups={"hills": [0, 1]}) == ["5", "10", "7.5"]


def test_a_member_listed_separately_is_no_measure_in_its_group_either():
    text = "ratio: {to: {best: {among: {group: hills}}}}"
    assert points(text, actual=[2, 4, 8], separately=[2], groups={"hills": [0, 1, 2]}) == ["5", "10", "10"]


def test_a_group_of_nobody_has_nobody_to_compare_with():
    assert apply("ratio: {to: {mean: {among: {group: hills}}}}", actual=[2, 6], groups={"hills": []}).refused == [0, 1]


@pytest.mark.parametrize("among", ["everybody", "{group: 山区}", "{groups: hills}", "{}", "3", "[all]"])
def test_other_words_are_no_comparison_set(among):
    with pytest.raises(ValidationError):
        rule_of(RANKED % among)


def inputs(**given: object) -> Inputs:
    return apply("ratio: {to: target}", target=[1] * len(given["actual"]), **given).inputs  # type: ignore[arg-type]


def test_a_sub_rule_sees_its_rows_only_and_its_refusals_name_the_leafs_rows():
    x = inputs(actual=[5, 6, 7, 8], full=[10, 20, 30, 40], category="abab", separately=[3])
    part = x.of_rows(np.array([1, 3]))
    assert part.read("actual", "actual").fractions() == [6, 8]
    assert part.full.fractions() == [20, 40]
    assert part.set_of(CATEGORY).members.tolist() == [True, False]
    inner = part.of_rows(np.array([1]))
    inner.refuse(np.array([True]), Text("不行", "no"))
    part.refuse(np.array([True, False]), Text("不行", "no"))
    assert [row for row, _ in x.refusals] == [3, 1]


def test_those_who_passed_are_compared_among_each_other():
    x = inputs(actual=[5, 6, 7], category="aaa")
    part = x.of_rows(np.array([0, 1, 2]), np.array([True, False, True]))
    assert part.set_of(Among("passed")).members.tolist() == [True, False, True]
    assert part.set_of(CATEGORY).members.tolist() == [True, True, True]
    assert x.set_of(Among("passed")).members.tolist() == [True, True, True]  # outside a gate nobody has been looked at


def test_all_rows_are_the_same_rows_and_not_copied():
    x = inputs(actual=[5, 6])
    assert taken(x, np.array([0, 1])).columns is x.columns
    assert taken(x, np.array([1])).columns is not x.columns


def test_a_column_that_may_be_missing_says_where_it_is_given():
    x = inputs(actual=[5, 6])
    x.absent = {Need("actual", "last_year"): np.array([True, False])}
    assert x.given("actual", "last_year").tolist() == [False, True]
    assert taken(x, np.array([1])).given("actual", "last_year").tolist() == [True]
    assert x.given("actual", "target").tolist() == [True, True]
