"""A scheme of ten rules in turn, comparison and rank among them, and a panel; some facts missing or not applicable."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from benchmarks.province import LEAF, head, holes, members
from engine.exact import Exact
from engine.facts import Column, Facts, Key, SetFacts, Tally

_TIERS = ("好", "较好", "一般")
_PANEL = (
    "  - {code: leaders, name: 领导评价, full_marks: 100, panel: {voters: 市领导, secrecy: anonymous,"
    " method: {tiers: {好: 100, 较好: 90, 一般: 80}}}}\n"
)


class _Kind(NamedTuple):
    rule: str
    target: bool = False
    judged: bool = False


_KINDS = (
    _Kind("judged", judged=True),
    _Kind("{ratio: {to: target}}", target=True),
    _Kind("{ratio: {to: target, less_is_better: true, reference_not_positive: 0%}}", target=True),
    _Kind(
        "{step_table: {on: ratio, to: target, steps: [{from: 100%, points: 10}, {from: 90%, points: 8}],"
        " otherwise: 0}}",
        target=True,
    ),
    _Kind(
        "{base_steps: {to: mean, base: 8, step: 100, up: 0.1, down: 0.1, count: completed, at_least: 5, at_most: 10}}"
    ),
    _Kind("{efficacy: {base: 60%}}"),
    _Kind("{share_of_best: {best_not_positive: 0%}}"),
    _Kind("{rank_table: {places: [10, 9, 8, 7, 6, 5]}}"),
    _Kind("{rank_linear: {first: 100%, last: 60%}}"),
    _Kind("{interpolated: {knots: [{at: 0, points: 0}, {at: 50000, points: 10}], below: hold, above: hold}}"),
)
_FACT = "fact: {measure: 万元, decimals: 2}, "


def text(leaves: int, categories: int = 4) -> str:
    """The scheme file."""
    found = head(10 * leaves + 100, categories)
    for number in range(leaves):
        kind = _KINDS[number % len(_KINDS)]
        found += LEAF.format(n=number, rule=kind.rule, fact="" if kind.judged else _FACT)
    return found + _PANEL


def facts(units: int, leaves: int, seed: int = 1, categories: int = 4) -> Facts:
    """Amounts with two decimals, targets where a rule reads them, votes for everybody."""
    random = np.random.default_rng(seed)
    columns: dict[Key, Column] = {}
    given = np.zeros(units, dtype=np.int8)
    for number in range(leaves):
        kind = _KINDS[number % len(_KINDS)]
        status = holes(units, random)
        values = np.where(status == 0, random.integers(0, 1001 if kind.judged else 10_000_000, units), 0)
        columns[Key(f"l{number}", "actual", "actual")] = Column(Exact(values, [100]), status)
        if kind.target:
            targets = Exact(random.integers(1, 10_000_000, units), [100])
            columns[Key(f"l{number}", "actual", "target")] = Column(targets, given)
    votes = Tally(_TIERS, random.integers(1, 20, (units, len(_TIERS))), np.ones(units, dtype=bool))
    return Facts({"all": SetFacts(members(units, categories), columns, {}, {"leaders": votes})})
