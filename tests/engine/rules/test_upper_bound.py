"""What a rule never goes beyond, of 10 points at stake, and which rules nothing bounds."""

from __future__ import annotations

import pytest

from tests.engine.making import rule_of

LINE = "interpolated: {knots: [{at: 0, points: %s}, {at: 9, points: %s}], below: %s, above: %s}"
BANDS = "marginal_bands: {to: target, base: 100%%, step: 1, count: completed, %s}"
GATE = "gate: {if: {above: 3}, then: {%s}, else: {fixed: 4}}"


@pytest.mark.parametrize(
    "text",
    [
        "ratio: {to: target}",
        "formula: done ÷ due × full",
        "efficacy: {base: 60%, all_equal: 100%}",  # a unit outside the set may be better than its best
        "share_of_best: {best_not_positive: 0}",
        LINE % (0, 10, "hold", "extend"),
        LINE % (10, 0, "extend", "hold"),
        BANDS % "up: [{points: 1}]",
        "above_both: {to: [target, mean], rate: {step: 1, each: 1, count: started}, otherwise: 0}",
        "rank_change: {base: 9, up: 1, down: 1, no_place: 0}",
        "add: {each: {a: {name: 市级, points: 1}}}",
        GATE % "ratio: {to: target}",
    ],
)
def test_nothing_bounds(text: str):
    assert rule_of(text).bound(10) is None


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("judged", 10),
        ("all_or_nothing", 10),
        ("deduct: {each: {a: {name: 迟报, points: 1}}}", 10),
        ("fixed: 12", 12),
        (LINE % (0, 10, "hold", "hold"), 10),
        (LINE % (0, 8, "extend", "9"), 9),  # below, the line falls
        (LINE % (8, 0, "hold", "extend"), 8),
        (BANDS % "up: [{steps: 2, points: 1.5}]", 13),  # 10 + 2 × 1.5
        (BANDS % "down: [{points: 1}]", 10),
        ("above_both: {to: [target, mean], points: 8, otherwise: 1}", 8),
        ("rank_change: {base: 9, up: 0, down: 1, no_place: 5}", 9),
        ("rank_steps: {each: 1, at_least: 12}", 12),
        ("rank_steps: {each: 1, at_least: 2}", 10),
        ("rank_linear: {first: 90%, last: 20%}", 9),
        ("rank_table: {places: [10, 8]}", 10),
        ("step_table: {steps: [{from: 90, points: 100%}], otherwise: 11}", 11),
        ("base_steps: {to: mean, base: 8, step: 1, up: 1, down: 1, count: started, at_least: 5, at_most: 9}", 9),
        ("add: {each: {a: {name: 市级, points: 1, at_most: 2}, b: {name: 省级, points: 3, at_most: 6}}}", 8),
        ("composite: {parts: [{name: 一, share: 40%, rule: judged}, {name: 二, share: 60%, rule: judged}]}", 10),
        (GATE % "fixed: 7", 7),
    ],
)
def test_something_bounds(text: str, bound: int):
    assert rule_of(text).bound(10) == bound
