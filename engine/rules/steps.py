"""Steps away from a reference, in the three ways that rule books count them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, TypeAlias

from engine.exact import Exact
from engine.grammar.fields import Figure
from engine.rules.measures import Measure
from engine.text import Text

Count: TypeAlias = Literal["proportional", "completed", "started"]
COUNTED = {
    "proportional": Text("按比例", "in proportion"),
    "completed": Text("只计满步", "whole steps only"),
    "started": Text("不足一步按一步计", "a step begun counts whole"),
}
_TAKEN = Text("每 {step} 为一步（{counted}）共 {steps} 步", "steps of {step} ({counted}): {steps}")


def steps_in(distance: Exact, step: Figure, count: Count) -> Exact:
    """How many steps there are in a distance ≥ 0, counted from its beginning."""
    steps = distance / step.amount
    if count == "proportional":
        return steps
    return steps.floor() if count == "completed" else steps.ceiling()


def steps_said(of: Measure, step: Figure, count: Count, steps: str) -> Text:
    """`每 0.5 为一步（按比例）共 1.8 步`."""
    return _TAKEN.format(step=of.show(Fraction(step.amount)), counted=COUNTED[count], steps=steps)


def wrong_step(of: Measure, step: Figure) -> Iterator[tuple[str, Text]]:
    """A step that is none, or not written as its measure is."""
    yield from of.misfit(step, "step")
    if step.amount <= 0:
        yield "step", Text("一步（step）应大于 0", "a step must be above 0")
