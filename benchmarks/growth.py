"""How the time grows with the number of units: scoring each alone, and against the others of its category."""

from __future__ import annotations

import numpy as np

from benchmarks.province import FACT, LEAF, head, members, plan_of
from engine.exact import Exact
from engine.facts import Column, Facts, Key, SetFacts
from engine.language.scheme import EvaluationPlan

EFFICACY = "{efficacy: {of: growth, base: 60%, all_equal: 100%}}"
AGAINST_MEAN = "{ratio: {of: growth, to: mean, reference_not_positive: 0%}}"


def compared_plan(rule: str) -> EvaluationPlan:
    """A scheme of one leaf that compares units."""
    return plan_of(head(10) + LEAF.format(n=0, rule=rule, fact=FACT))


def grown(units: int, seed: int = 1) -> Facts:
    """This year's value and last year's: no two growths have the same denominator."""
    random = np.random.default_rng(seed)
    given = np.zeros(units, dtype=np.int8)
    columns = {
        Key("l0", "actual", source): Column(Exact(random.integers(1, 10_000_000, units), [100]), given)
        for source in ("actual", "last_year")
    }
    return Facts({"all": SetFacts(members(units), columns, {}, {})})
