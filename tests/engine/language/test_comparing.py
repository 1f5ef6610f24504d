"""How far a change can be felt: exactly as far as somebody is compared with the unit that it concerns."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from engine.exact import Exact
from engine.facts import Column, Facts, Status
from engine.language.comparing import dependents, part_of, read_together
from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan
from engine.score import score
from engine.text import Problems
from scoring.freezing import sheets_of
from scoring.freezing.parts import join, split
from tests.oracle.bridge import engine_facts, planned
from tests.oracle.drawing import draw

HEAD = """
language: 1
scheme: felt
title: 试
source: 试
evaluations:
- code: annual
  title: 试
  full_marks: 100
  rounding: {leaf: 2, node: 2, panel: 2, total: 2}
  missing: zero
  not_applicable: renormalise
  collectors: [统计局]
  sets:
    counties: {name: 县, categories: {east: 东部, west: 西部}}
    offices: {name: 部门, categories: {party: 党群, economy: 经济}}
  groups: {busy: {name: 重点, categories: [east, party]}}
  grades: [{name: 优秀, from: 90%}, {name: 合格}]
"""
TREE = """
  indicators:
  - {code: alone, name: 甲, full_marks: 20, collector: 统计局, rule: judged}
  - {code: inside, name: 乙, full_marks: 20, collector: 统计局, fact: {measure: 件}, rule: {efficacy: {base: 60%}}}
  - {code: wide, name: 丙, full_marks: 20, collector: 统计局, fact: {measure: 件},
     rule: {efficacy: {base: 60%, among: all}}}
  - {code: grouped, name: 丁, full_marks: 20, collector: 统计局, fact: {measure: 件},
     rule: {efficacy: {base: 60%, among: {group: busy}}}}
  - {code: judged_all, name: 戊, full_marks: 10, panel: {voters: 领导, secrecy: anonymous, scaled_to_best: all,
     method: {tiers: {好: 100, 差: 50}}}}
  - {code: judged_own, name: 己, full_marks: 10, panel: {voters: 代表, secrecy: anonymous, scaled_to_best: category,
     method: {tiers: {好: 100, 差: 50}}}}
"""
POOL = "  use: [{code: money, name: 奖金, %sdistribute: {pool: annual, by: total}}]\n"
COUNTIES, OFFICES = {"east", "west"}, {"party", "economy"}


def plan(pool: str = "") -> EvaluationPlan:
    return read_scheme(HEAD + pool + TREE, "felt").evaluations[0]


@pytest.mark.parametrize(
    ("node", "felt"),
    [
        ("alone", {"east"}),
        ("inside", {"east"}),
        ("wide", COUNTIES),
        ("grouped", COUNTIES),
        ("judged_all", COUNTIES),
        ("judged_own", {"east"}),
    ],
)
def test_a_figure_is_felt_as_far_as_it_is_compared(node: str, felt: set[str]):
    assert dependents(plan(), "east", [node]) == felt


def test_what_is_no_figure_is_felt_in_the_category_alone_and_a_unit_everywhere_in_its_set():
    assert dependents(plan(), "east", []) == {"east"}
    assert dependents(plan(), "east") == COUNTIES
    assert read_together(plan(), ["economy"]) == OFFICES


def test_who_shares_a_pool_feels_every_change():
    assert dependents(plan(POOL % ""), "east", ["alone"]) == COUNTIES | OFFICES
    assert dependents(plan(POOL % "for: offices, "), "east", ["alone"]) == {"east"}
    assert dependents(plan(POOL % "for: offices, "), "party", ["alone"]) == OFFICES


def test_the_plan_for_some_categories_has_nothing_of_the_others():
    mine = plan(POOL % "for: offices, ")
    part = part_of(mine, ["east"])
    assert part.written.use == ()
    assert [(one.code, list(one.categories)) for one in part.sets] == [("counties", ["east"])]
    assert part_of(mine, ["economy", "east"]).written.use == mine.written.use
    assert part_of(mine, [*COUNTIES, *OFFICES]) == mine


# Drawn schemes: what does not depend stays, and what is scored apart comes out the same.


def drawn(seed: int) -> tuple[EvaluationPlan, Facts] | None:
    case = draw(seed, times=1)
    try:
        found = planned(case.text)
        facts = engine_facts(case.facts[0], found).facts
        score(found, facts)
    except Problems:
        return None
    return found, facts


def changed(facts: Facts, rng: Random) -> tuple[Facts, str, str]:
    """One figure of one unit made another; the category and the leaf that it belongs to."""
    set_code = rng.choice([code for code, known in facts.sets.items() if known.columns])
    known = facts.sets[set_code]
    key = rng.choice(sorted(known.columns))
    row = rng.randrange(len(known.units))
    column = known.columns[key]
    values, status = column.values.num.copy(), column.status.copy()
    values[row], status[row] = values[row] + 1 if status[row] == Status.GIVEN else 1, Status.GIVEN
    other = replace(known, columns={**known.columns, key: Column(Exact(values, column.values.den), status)})
    return replace(facts, sets={**facts.sets, set_code: other}), known.units[row].category, key.indicator


def sheets(found: EvaluationPlan, facts: Facts) -> dict[str, str]:
    return {f"{one.category}/{one.unit_code}": one.hash for one in sheets_of(score(found, facts))}


def test_in_drawn_schemes_only_dependents_change_and_they_can_be_scored_apart():
    tried = narrow = 0
    for seed in range(400):
        case = drawn(seed)
        if case is None or not any(known.columns for known in case[1].sets.values()):
            continue
        found, facts = case
        now, category, leaf = changed(facts, Random(seed))
        try:
            before, after = sheets(found, facts), sheets(found, now)
        except Problems:
            continue
        felt = dependents(found, category, [leaf])
        moved = {key.partition("/")[0] for key in after if before[key] != after[key]}
        assert moved <= felt, f"seed {seed}: {leaf} of {category} is felt in {moved}"
        common, parts = split(now)
        together = read_together(found, felt) & parts.keys()
        apart = sheets(part_of(found, together), join(common, [parts[one] for one in sorted(together)]))
        assert {key: value for key, value in apart.items() if key.partition("/")[0] in felt} == {
            key: value for key, value in after.items() if key.partition("/")[0] in felt
        }, f"seed {seed}"
        tried, narrow = tried + 1, narrow + (felt != parts.keys())
    assert tried > 150
    assert narrow > 40
