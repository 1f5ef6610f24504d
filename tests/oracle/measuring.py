"""What a rule looks at (`of`), and what it holds that against (`to`), for one unit at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from tests.oracle.figures import Refused, Unknown, is_number, number, one_of

PAST = ["last_year", "two_years_ago", "three_years_ago"]
UNIT_SOURCES = ["target", "stretch", "baseline", "last_year"]
Need = tuple[str, str]


@dataclass(frozen=True)
class Sight:
    """What a rule sees of one unit: its facts, its limits, and the units it may be compared with.

    `endless` is what a ratio without end brings: the cap, or where over-fulfilment is a bonus what brings all of it.
    """

    unit: str
    full: Fraction
    cap: Fraction
    floor: Fraction
    endless: Fraction
    facts: Mapping[Need, Fraction]
    series: Mapping[str, Fraction]
    peers: Callable[[str], Sequence[Sight]]

    def share(self, share: Fraction) -> Sight:
        """The same for a part of a composite."""
        return replace(
            self,
            full=self.full * share,
            cap=self.cap * share,
            floor=self.floor * share,
            endless=self.endless * share,
            peers=lambda among: [peer.share(share) for peer in self.peers(among)],
        )


# `of`


def measure_needs(of: Any) -> set[Need]:
    word, keys = one_of(of)
    if word == "fact":
        return {(_fact(keys), "actual")}
    if word == "share":
        return {(keys["part"], "actual"), (keys["whole"], "actual")}
    return {(keys.get("fact", "actual"), "actual"), (keys.get("fact", "actual"), "last_year")}


def measured(of: Any, sight: Sight) -> Fraction:
    word, keys = one_of(of)
    if word == "share":
        return _part_of_whole(keys, sight)
    return _seen(of, sight.facts[_measured_fact(of), "actual"], sight)


def _measured_fact(of: Any) -> str:
    word, keys = one_of(of)
    return _fact(keys) if word == "fact" else keys.get("fact", "actual")


def _fact(keys: Any) -> str:
    return keys if isinstance(keys, str) else keys.get("code", "actual")


def _seen(of: Any, value: Fraction, sight: Sight) -> Fraction:
    """A value as the measure looks at values: as it stands, as a rise, as a growth."""
    word, keys = one_of(of)
    if word == "fact":
        return value
    last = sight.facts[_measured_fact(of), "last_year"]
    if word == "increment":
        return value - last
    if last == 0:
        if "from_zero" not in keys:
            raise Refused
        return number(keys["from_zero"])
    return (value - last) / abs(last)


def _part_of_whole(keys: Mapping[str, Any], sight: Sight) -> Fraction:
    part, whole = sight.facts[keys["part"], "actual"], sight.facts[keys["whole"], "actual"]
    if part < 0 or part > whole:
        raise Refused
    if whole == 0:
        if "of_nothing" not in keys:
            raise Refused
        return number(keys["of_nothing"])
    return part / whole


# `to`


def _reference(to: Any) -> tuple[str, Any]:
    return ("constant", to) if is_number(to) else one_of(to)


def reference_needs(to: Any, of: Any) -> set[Need]:
    word, keys = _reference(to)
    if word in UNIT_SOURCES:
        return measure_needs(of) | {(_measured_fact(of), word)}
    if word == "mean_of_years":
        years = int(keys if isinstance(keys, str) else keys["years"])
        return measure_needs(of) | {(_measured_fact(of), past) for past in PAST[:years]}
    if word == "fact":
        return measure_needs(of) | {(_fact(keys), "actual")}
    return measure_needs(of)


def reference(to: Any, of: Any, sight: Sight, less_is_better: bool) -> Fraction:
    word, keys = _reference(to)
    if word == "constant":
        return number(keys if isinstance(keys, str) else keys["number"])
    if word == "series":
        return _outside(keys, of, sight)
    if word in ("mean", "median", "best", "worst"):
        among = keys.get("among", "category")
        return of_set(word, somebody(measured_set(of, sight, among)), less_is_better)
    if word == "mean_of_years":
        years = int(keys if isinstance(keys, str) else keys["years"])
        return sum((sight.facts[_measured_fact(of), past] for past in PAST[:years]), Fraction(0)) / years
    value = sight.facts[_fact(keys), "actual"] if word == "fact" else sight.facts[_measured_fact(of), word]
    return _seen(of, value, sight)


def _outside(keys: Any, of: Any, sight: Sight) -> Fraction:
    """Outside figures are published in percent; a computed share or growth is a plain number."""
    value = sight.series[keys if isinstance(keys, str) else keys["code"]]
    return value / 100 if one_of(of)[0] in ("growth", "share") else value


def last_years(of: Any, sight: Sight) -> Fraction | None:
    """The same measure of the values of last year; None where there were none."""
    word, keys = one_of(of)
    if word == "share":
        part = sight.facts.get((keys["part"], "last_year"))
        whole = sight.facts.get((keys["whole"], "last_year"))
        if part is None or whole is None:
            return None
        last = {(keys["part"], "actual"): part, (keys["whole"], "actual"): whole}
        return measured(of, replace(sight, facts=last))
    return sight.facts.get((_measured_fact(of), "last_year"))


def measured_set(of: Any, sight: Sight, among: Any) -> list[Fraction]:
    """The values of the comparison set."""
    values = []
    for peer in sight.peers(among):
        try:
            values.append(measured(of, peer))
        except Refused:
            raise Unknown from None
    return values


def somebody(values: list[Fraction]) -> list[Fraction]:
    """Nobody to compare with stops the run."""
    if not values:
        raise Refused
    return values


def of_set(word: str, values: list[Fraction], less_is_better: bool) -> Fraction:
    if word == "mean":
        return sum(values, Fraction(0)) / len(values)
    if word == "median":
        ordered, middle = sorted(values), len(values) // 2
        return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return best(values, less_is_better) if word == "best" else best(values, not less_is_better)


def best(values: list[Fraction], less_is_better: bool) -> Fraction:
    return min(values) if less_is_better else max(values)
