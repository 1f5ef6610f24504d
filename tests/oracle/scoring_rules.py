"""The scoring rules, each for one unit: what it reads, and its points before the leaf's cap, floor and rounding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.oracle.figures import Refused, Unknown, marks, number, one_of, yes
from tests.oracle.formulas import formula_needs, worked_out
from tests.oracle.measuring import (
    Need,
    Sight,
    best,
    last_years,
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
    if word == "fixed":
        return set()
    if word == "gate":
        return needs({"step_table": keys["if"]}) | needs(keys["then"]) | needs(keys["else"])
    of = keys.get("of", WHOLE_FACT)
    found = measure_needs(of)
    for to in keys["to"] if isinstance(keys.get("to"), list) else [keys["to"]] if "to" in keys else []:
        found |= reference_needs(to, of)
    return found


def asked(rule: Any, sight: Sight) -> set[Need]:
    """The columns that must be known of this unit: of a gate those of its condition and of the branch that it takes."""
    word, keys = one_of(rule)
    if word == "composite":
        return set().union(*(asked(part["rule"], sight) for part in keys["parts"]))
    if word != "gate":
        return needs(rule)
    condition = needs({"step_table": keys["if"]})
    if not condition <= sight.facts.keys():
        return condition
    if _compares(keys["if"]):
        return needs(rule)
    return condition | asked(keys["then" if passes(keys, sight) else "else"], sight)


def _compares(condition: Keys) -> bool:
    to = condition.get("to", "")
    return (to if isinstance(to, str) else next(iter(to))) in ("mean", "median", "best", "worst")


def passes(gate: Keys, sight: Sight) -> bool:
    try:
        return holds(gate["if"], looked_at(gate["if"], sight))
    except NoRatio:
        if "reference_not_positive" not in gate["if"]:
            raise Refused from None
        return gate["if"]["reference_not_positive"] == "met"  # type: ignore[no-any-return]


def may_need(rule: Any) -> set[Need]:
    """The columns that are read where they are known."""
    word, keys = one_of(rule)
    if word == "gate":
        return may_need(keys["then"]) | may_need(keys["else"])
    if word == "composite":
        return set().union(*(may_need(part["rule"]) for part in keys["parts"]))
    if word == "rank_change":
        return {(fact, "last_year") for fact, _ in measure_needs(keys.get("of", WHOLE_FACT))}
    return set()


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
    times = {kind: sight.facts[kind, "actual"] for kind in keys["each"]}
    if "nothing_from" in keys and sum(times.values()) >= int(keys["nothing_from"]):
        return Fraction(0)
    for kind, said in keys["each"].items():
        if "nothing_from" in said and times[kind] >= int(said["nothing_from"]):
            return Fraction(0)
    return sight.full - _occurrences(keys, sight)


def _ratio(keys: Keys, sight: Sight) -> Fraction:
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    own = measured(of, sight)
    held = reference(keys["to"], of, sight, less)
    if less and own <= 0:
        return sight.endless
    if held <= 0:
        if "reference_not_positive" not in keys:
            raise Refused
        return marks(keys["reference_not_positive"], sight.full)
    ratio = held / own if less else own / held
    if "nothing_below" in keys and ratio < number(keys["nothing_below"]):
        return Fraction(0)
    return ratio * sight.full


class NoRatio(Exception):
    """The reference is not above 0."""


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
        raise NoRatio
    return own / held


def holds(threshold: Keys, value: Fraction) -> bool:
    if "from" in threshold:
        return value >= number(threshold["from"])
    if "above" in threshold:
        return value > number(threshold["above"])
    if "up_to" in threshold:
        return value <= number(threshold["up_to"])
    return value < number(threshold["below"])


def _without_ratio(keys: Keys, sight: Sight) -> Fraction:
    if "reference_not_positive" not in keys:
        raise Refused
    return marks(keys["reference_not_positive"], sight.full)


def _step_table(keys: Keys, sight: Sight) -> Fraction:
    try:
        value = looked_at(keys, sight)
    except NoRatio:
        return _without_ratio(keys, sight)
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
        return marks(keys.get("all_equal", "100%"), sight.full)
    base = number(keys["base"]) * sight.full
    return base + (own - low) / (high - low) * (sight.full - base)


def _share_of_best(keys: Keys, sight: Sight) -> Fraction:
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    own = measured(of, sight)
    high = best(somebody(measured_set(of, sight, keys.get("among", "category"))), less)
    if high <= 0:
        return marks(keys["best_not_positive"], sight.full)
    if less:
        return sight.endless if own <= 0 else high / own * sight.full
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


def measurable(rule: Any, sight: Sight) -> bool:
    """Whether every measure of a rule has a value for the unit, last year's too where that is looked at."""
    word, keys = one_of(rule)
    if word == "composite":
        return all(measurable(part["rule"], sight) for part in keys["parts"])
    if word in ("fixed", "formula", "gate"):
        return True
    try:
        measured(keys.get("of", WHOLE_FACT), sight)
        if word == "rank_change":
            last_years(keys.get("of", WHOLE_FACT), sight)
    except Refused:
        return False
    return True


def _gate(keys: Keys, sight: Sight) -> Fraction:
    """Inside `then`, `passed` are those of the category that met the condition.

    Whom the other branch scores is not compared where he lacks the value; whom the same branch scores stops the run.
    """
    mine = passes(keys, sight)
    branch = keys["then" if mine else "else"]

    def peers(among: Any) -> list[Sight]:
        found = sight.peers("category" if among == "passed" else among)
        found = [peer for peer in found if among != "passed" or passes(keys, peer)]
        known = [peer for peer in found if needs(branch) <= peer.facts.keys()]
        return [peer for peer in known if measurable(branch, peer) or _goes(keys, peer) == mine]

    return points(branch, replace(sight, peers=peers))


def _goes(keys: Keys, sight: Sight) -> bool | None:
    """Which way a unit goes; None for one that stops the run at the condition."""
    try:
        return passes(keys, sight)
    except Refused:
        return None


def _fixed(keys: Any, sight: Sight) -> Fraction:
    return marks(keys if isinstance(keys, str) else keys["points"], sight.full)


def _interpolated(keys: Keys, sight: Sight) -> Fraction:
    try:
        value = looked_at(keys, sight)
    except NoRatio:
        return _without_ratio(keys, sight)
    knots = [(number(knot["at"]), marks(knot["points"], sight.full)) for knot in keys["knots"]]
    if value < knots[0][0] and keys["below"] != "extend":
        return knots[0][1] if keys["below"] == "hold" else marks(keys["below"], sight.full)
    if value > knots[-1][0] and keys["above"] != "extend":
        return knots[-1][1] if keys["above"] == "hold" else marks(keys["above"], sight.full)
    pairs = list(pairwise(knots))
    (x, low), (z, high) = next((pair for pair in pairs if value <= pair[1][0]), pairs[-1])
    return low + (value - x) / (z - x) * (high - low)


def _marginal_bands(keys: Keys, sight: Sight) -> Fraction:
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    own = measured(of, sight)
    held = reference(keys["to"], of, sight, less)
    steps = steps_away(abs(own - held), keys)
    better = own < held if less else own > held
    paid = Fraction(0)
    for band in keys.get("up" if better else "down", []):
        here = min(steps, number(band["steps"])) if "steps" in band else steps
        paid += here * number(band["points"])
        steps -= here
    return marks(keys["base"], sight.full) + (paid if better else -paid)


def _rank_steps(keys: Keys, sight: Sight) -> Fraction:
    place, _ = _place(keys, sight)
    return max(marks(keys["at_least"], sight.full), sight.full - (place - 1) * marks(keys["each"], sight.full))


def _place(keys: Keys, sight: Sight) -> tuple[int, int]:
    """The place, and of how many."""
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    own = measured(of, sight)
    values = measured_set(of, sight, keys.get("among", "category"))
    return place_among(own, values, less), len(values)


def _rank_linear(keys: Keys, sight: Sight) -> Fraction:
    place, members = _place(keys, sight)
    first, last = marks(keys["first"], sight.full), marks(keys["last"], sight.full)
    if members <= 1:
        return first
    return max(last, first - Fraction(place - 1, members - 1) * (first - last))


def _rank_change(keys: Keys, sight: Sight) -> Fraction:
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    place, _ = _place(keys, sight)
    before = last_years(of, sight)
    if before is None:
        return marks(keys["no_place"], sight.full)
    try:
        peers = [last_years(of, peer) for peer in sight.peers(keys.get("among", "category"))]
    except Refused:
        raise Unknown from None
    last = [value for value in peers if value is not None]
    gained = place_among(before, last, less) - place
    each = number(keys["up"]) if gained > 0 else number(keys["down"])
    return marks(keys["base"], sight.full) + gained * each


def _above_both(keys: Keys, sight: Sight) -> Fraction:
    of, less = keys.get("of", WHOLE_FACT), yes(keys.get("less_is_better"))
    own = measured(of, sight)
    hardest = best([reference(to, of, sight, less) for to in keys["to"]], less)
    if not (own < hardest if less else own > hardest):
        return marks(keys["otherwise"], sight.full)
    if "points" in keys:
        return marks(keys["points"], sight.full)
    return steps_away(abs(own - hardest), keys["rate"]) * number(keys["rate"]["each"])


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
    "fixed": _fixed,
    "gate": _gate,
    "interpolated": _interpolated,
    "marginal_bands": _marginal_bands,
    "rank_steps": _rank_steps,
    "rank_linear": _rank_linear,
    "rank_change": _rank_change,
    "above_both": _above_both,
}
