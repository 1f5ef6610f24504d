"""What-if over weights: thousands of draws, and the same as a loop over draws, units and leaves in plain Python."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmarks.province import head, holes, members, plan_of
from engine.exact import Exact
from engine.facts import Column, Facts, Key, SetFacts
from engine.score import score
from engine.score.result import Outcome
from engine.score.whatif import what_if

GROUPS, LEAVES = 12, 10  # in each group

_GROUP = """  - code: g{g}
    name: 组{g}
    weight: {weight}
    full_marks: 100
    indicators:
"""
_LEAF = "      - {{code: g{g}l{n}, name: 指标{g}-{n}, weight: 10, full_marks: 10, collector: 统计局, rule: judged}}\n"

Weights = Mapping[str, Exact]


def city(units: int, seed: int = 1) -> Outcome:
    """A scored city of two levels of weights."""
    random, text, columns = np.random.default_rng(seed), head(100), {}
    for g in range(GROUPS):
        text += _GROUP.format(g=g, weight=9 if g < 4 else 8)
        for n in range(LEAVES):
            text += _LEAF.format(g=g, n=n)
            points = Exact(random.integers(0, 1001, units), [100])
            columns[Key(f"g{g}l{n}", "actual", "actual")] = Column(points, holes(units, random))
    return score(plan_of(text), Facts({"all": SetFacts(members(units), columns, {}, {})}))


def drawn(draws: int, seed: int = 2) -> Weights:
    """A weight for every node and draw."""
    random = np.random.default_rng(seed)
    codes = [f"g{g}" for g in range(GROUPS)] + [f"g{g}l{n}" for g in range(GROUPS) for n in range(LEAVES)]
    return {code: Exact(random.integers(1, 1000, draws)) for code in codes}


def totals(outcome: Outcome, weights: Weights) -> np.ndarray:
    """Hundredths of totals, one row per draw: ours."""
    return np.concatenate([block.num for block in what_if(outcome.sets[0], outcome.plan.written, weights)])


Plain = tuple[list[list[list[int | None]]], list[tuple[list[int], list[list[int]]]]]


def plain(outcome: Outcome, weights: Weights) -> Plain:
    """The same as lists: per unit and group the hundredths of each leaf; per draw the weights of groups and leaves."""
    groups = [[leaf.points.where(leaf.counts(), -1).num.tolist() for leaf in group.children]
              for group in outcome.sets[0].parts]  # fmt: skip
    units = [
        [[None if leaf[row] < 0 else leaf[row] for leaf in leaves] for leaves in groups]
        for row in range(len(outcome.sets[0].units))
    ]
    lists = {code: column.num.tolist() for code, column in weights.items()}
    draws = [
        ([lists[f"g{g}"][d] for g in range(GROUPS)],
         [[lists[f"g{g}l{n}"][d] for n in range(LEAVES)] for g in range(GROUPS)])
        for d in range(len(lists["g0"]))
    ]  # fmt: skip
    return units, draws


def loop(given: Plain) -> list[list[int]]:
    """Whole hundredths throughout, each group and the total rounded half up: what `totals` does, one by one."""
    units, draws = given
    found = []
    for of_groups, of_leaves in draws:
        row = []
        for unit in units:
            total = stake = 0
            for share, weights, leaves in zip(of_groups, of_leaves, unit, strict=True):
                points = weight = 0
                for own, leaf in zip(weights, leaves, strict=True):
                    if leaf is not None:
                        points += own * leaf
                        weight += own
                if weight:
                    total += share * ((20 * points + weight) // (2 * weight))
                    stake += share
            row.append((2 * total + stake) // (2 * stake))
        found.append(row)
    return found
