"""The scoring rules, each for one unit: what it reads, and its points before the leaf's cap, floor and rounding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from tests.oracle.figures import Refused, marks, number, one_of, yes
from tests.oracle.formulas import formula_needs, worked_out
from tests.oracle.measuring import (
    Need,
    Sight,
    best,
    measure_needs,
    measured,
    measured_set,
    reference,
    reference_needs,
    somebody,
)

Keys = Mapping[str, Any]
WHOLE_FACT = {"fact": "actual"}


def needs(rule: Any) -> set[Need]:
    """The columns that must be known before the rule is asked."""
    word, keys = one_of(rule)
    if word in ("judged", "all_or_nothing"):
        return {("actual", "actual")}
    if word in ("deduct", "add"):
        return {(kind, "actual") for kind in keys["each"]}
    if word == "composite":
        return set().union(*(needs(part["rule"]) for part in keys["parts"]))
    if word == "formula":
        return formula_needs(_expression(keys))
    of = keys.get("of", WHOLE_FACT)
    found = measure_needs(of)
    if "to" in keys:
        found |= reference_needs(keys["to"], of)
    return found


def points(rule: Any, sight: Sight) -> Fraction:
    """The points of the rule; raises Refused where the scheme has no answer."""
    word, keys = one_of(rule)
    return RULES[word](keys, sight)


def _judged(keys: Keys, sight: Sight) -> Fraction:
    given = sight.facts["actual", "actual"]
    if given < 0 or given > sight.full:
        raise Refused
    return given


def _all_or_nothing(keys: Keys, sight: Sight) -> Fraction:
    return sight.full if sight.facts["actual", "actual"] == 1 else Fraction(0)


def _occurrences(keys: Keys, sight: Sight) -> Fraction:
    together = Fraction(0)
    for kind, said in keys["each"].items():
        points_of_kind = number(said["points"]) * sight.facts[kind, "actual"]
        if "at_most" in said:
            points_of_kind = min(points_of_kind, number(said["at_most"]))
        together += points_of_kind
    return together


def _deduct(keys: Keys, sight: Sight) -> Fraction:
    if "nothing_from" in keys:
        times = sum(sight.facts[kind, "actual"] for kind in keys["each"])
        if times >= int(keys["nothing_from"]):
            return Fraction(0)
    return sight.full - _occurrences(keys, sight)


def _ratio(keys: Keys, sight: Sight) -> Fraction:
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    own = measured(of, sight)
    held = reference(keys["to"], of, sight, less)
    if less and own <= 0:
        return sight.cap
    if held <= 0:
        if "reference_not_positive" not in keys:
            raise Refused
        return marks(keys["reference_not_positive"], sight.full)
    ratio = held / own if less else own / held
    if "nothing_below" in keys and ratio < number(keys["nothing_below"]):
        return Fraction(0)
    return ratio * sight.full


def looked_at(keys: Keys, sight: Sight) -> Fraction:
    """`on`: the value itself, its ratio to the reference or its difference from it."""
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    own = measured(of, sight)
    if keys.get("on", "value") == "value":
        return own
    held = reference(keys["to"], of, sight, less)
    if keys["on"] == "difference":
        return own - held
    if held <= 0:
        raise Refused
    return own / held


def holds(threshold: Keys, value: Fraction) -> bool:
    if "from" in threshold:
        return value >= number(threshold["from"])
    if "above" in threshold:
        return value > number(threshold["above"])
    if "up_to" in threshold:
        return value <= number(threshold["up_to"])
    return value < number(threshold["below"])


def _step_table(keys: Keys, sight: Sight) -> Fraction:
    value = looked_at(keys, sight)
    for step in keys["steps"]:
        if holds(step, value):
            return marks(step["points"], sight.full)
    return marks(keys["otherwise"], sight.full)


def steps_away(distance: Fraction, keys: Keys) -> Fraction:
    """A distance from the reference, never negative, in steps."""
    steps = distance / number(keys["step"])
    whole = Fraction(steps.numerator // steps.denominator)
    if keys["count"] == "proportional":
        return steps
    if keys["count"] == "completed":
        return whole
    return whole if steps == whole else whole + 1


def _base_steps(keys: Keys, sight: Sight) -> Fraction:
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    own = measured(of, sight)
    held = reference(keys["to"], of, sight, less)
    steps = steps_away(abs(own - held), keys)
    better = own < held if less else own > held
    result = number(keys["base"]) + (steps * number(keys["up"]) if better else -steps * number(keys["down"]))
    return max(number(keys["at_least"]), min(number(keys["at_most"]), result))


def _efficacy(keys: Keys, sight: Sight) -> Fraction:
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    own = measured(of, sight)
    values = somebody(measured_set(of, sight, keys.get("among", "category")))
    high, low = best(values, less), best(values, not less)
    if high == low:
        return marks(keys["all_equal"], sight.full)
    base = number(keys["base"]) * sight.full
    return base + (own - low) / (high - low) * (sight.full - base)


def _share_of_best(keys: Keys, sight: Sight) -> Fraction:
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    own = measured(of, sight)
    high = best(somebody(measured_set(of, sight, keys.get("among", "category"))), less)
    if high <= 0:
        return marks(keys["best_not_positive"], sight.full)
    if less:
        return sight.cap if own <= 0 else high / own * sight.full
    return own / high * sight.full


def place_among(own: Fraction, values: list[Fraction], less: bool) -> int:
    """The competition place: one more than there are better ones."""
    return 1 + sum(1 for value in values if (value < own if less else value > own))


def _rank_table(keys: Keys, sight: Sight) -> Fraction:
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    own = measured(of, sight)
    values = measured_set(of, sight, keys.get("among", "category"))
    place = place_among(own, values, less)
    from_below = max(1, len(values) - place + 1)
    above, below = keys["places"], keys.get("last", [])
    in_above, in_below = place <= len(above), from_below <= len(below)
    if in_above and (not in_below or keys["overlap"] == "from_above"):
        return marks(above[place - 1], sight.full)
    if in_below:
        return marks(below[from_below - 1], sight.full)
    return marks(above[-1], sight.full)


def _composite(keys: Keys, sight: Sight) -> Fraction:
    together = Fraction(0)
    for part in keys["parts"]:
        inner = sight.share(number(part["share"]))
        together += max(inner.floor, min(inner.cap, points(part["rule"], inner)))
    return together


def _expression(keys: Any) -> str:
    return keys if isinstance(keys, str) else keys["points"]


def _formula(keys: Any, sight: Sight) -> Fraction:
    less = not isinstance(keys, str) and yes(keys.get("less_is_better"))
    return worked_out(_expression(keys), less, sight)


RULES: dict[str, Callable[[Keys, Sight], Fraction]] = {
    "judged": _judged,
    "all_or_nothing": _all_or_nothing,
    "deduct": _deduct,
    "add": _occurrences,
    "ratio": _ratio,
    "step_table": _step_table,
    "base_steps": _base_steps,
    "efficacy": _efficacy,
    "share_of_best": _share_of_best,
    "rank_table": _rank_table,
    "composite": _composite,
    "formula": _formula,
}
