"""Leaves: scored once from their figures, or slot by slot, for every period or assessor, and taken together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from tests.oracle.figures import Refused, Unknown, at_point, marks, number, yes
from tests.oracle.measuring import Sight
from tests.oracle.scoring_rules import asked, may_need, needs, points
from tests.oracle.units import Node, Points, SetFacts, Unit

PERIODS = {
    "month": [f"{month}月" for month in range(1, 13)],
    "quarter": [f"{quarter}季度" for quarter in range(1, 5)],
    "half_year": ["上半年", "下半年"],
}


@dataclass(frozen=True)
class Slot:
    """A period or an assessor: what it counts, and the part of the leaf's marks that is at stake in it."""

    name: str = ""
    share: Fraction = Fraction(1)
    part: Fraction = Fraction(1)


ONCE = Slot()


def slots_of(said: Mapping[str, Any]) -> list[Slot]:
    """The slots of a leaf that is scored several times."""
    if "periods" in said and said["periods"]["take"] != "pooled":
        names = PERIODS[said["periods"]["of"]]
        part = Fraction(1, len(names)) if said["periods"]["take"] == "sum" else Fraction(1)
        return [Slot(name, Fraction(1), part) for name in names]
    if "assessors" in said and "mean" in said["assessors"]:
        return [Slot(name) for name in said["assessors"]["mean"]]
    if "assessors" in said:
        lead = number(said["assessors"]["lead_share"])
        assist = said["assessors"]["assist"]
        return [Slot(said["assessors"]["lead"], lead), *(Slot(name, (1 - lead) / len(assist)) for name in assist)]
    return []


def together(said: Mapping[str, Any], slots: list[Slot], found: list[Points]) -> Points:
    """What the slots that count make; the others are not missed."""
    counting = [(slot, got) for slot, got in zip(slots, found, strict=True) if got is not None]
    if not counting:
        return None
    take = said.get("periods", {}).get("take", "weighted")
    if take == "best":
        return max(got for _, got in counting)
    if take == "last":
        return counting[-1][1]
    if take == "sum":
        return sum((got for _, got in counting), Fraction(0)) * len(slots) / len(counting)
    return sum(slot.share * got for slot, got in counting) / sum(slot.share for slot, _ in counting)


class Leafy(Protocol):
    """What a leaf must know of the set that it belongs to."""

    evaluation: Mapping[str, Any]
    facts: SetFacts
    series: Mapping[str, Fraction]
    others: Mapping[tuple[str, str], Any]

    def has(self, node: Node, category: str) -> bool: ...
    def factor(self, node: Node, unit: Unit) -> Fraction: ...
    def limits(self, node: Node, unit: Unit) -> tuple[Fraction | None, Fraction | None]: ...
    def finished(self, node: Node, unit: Unit, made: Fraction, point: str) -> Fraction: ...


class Leaf:
    """One leaf of one set."""

    def __init__(self, node: Node, scored: Leafy) -> None:
        self.node, self.scored, self.said = node, scored, node.said

    def points(self, unit: Unit) -> Points:
        slots = slots_of(self.said)
        if not slots:
            return self._filled(unit, ONCE)
        found: list[Points] = []
        stopped: set[type[Exception]] = set()
        for slot in slots:
            try:
                found.append(self._filled(unit, slot))
            except (Refused, Unknown) as stop:
                stopped.add(type(stop))
        if stopped:
            raise Refused if Refused in stopped else Unknown
        made = together(self.said, slots, found)
        return None if made is None else self.scored.finished(self.node, unit, made, "leaf")

    def over(self, unit: Unit) -> Fraction:
        """What the leaf earns beyond its full marks, at its rate, inside its cap: in points of its own."""
        if self._why_absent(unit, ONCE) is not None:
            return Fraction(0)
        said, full = self.said["over_fulfilment"], self.node.full(unit.category)
        made = points(self.said["rule"], self._sight(unit, ONCE)) * self.scored.factor(self.node, unit)
        beyond = max(made - full, Fraction(0)) * number(said.get("rate", "100%"))
        return min(beyond, marks(said["at_most"], full))

    # One slot, or the leaf that has none.

    def _filled(self, unit: Unit, slot: Slot) -> Points:
        why = self._why_absent(unit, slot)
        if why is None:
            return self._given(unit, slot)
        full = self.node.full(unit.category) * slot.part
        return absent(self.said, why, full, lambda: self._mean(unit, slot))

    def _given(self, unit: Unit, slot: Slot) -> Fraction:
        if "evaluation" in self.said:
            total, out_of = self.scored.others[unit.code, self.said["evaluation"]]
            return self.scored.finished(self.node, unit, total / out_of * self.node.full(unit.category), "leaf")
        sight = self._sight(unit, slot)
        made = points(self.said["rule"], sight)
        if slot == ONCE:
            return self.scored.finished(self.node, unit, made, "leaf")
        return max(sight.floor, min(sight.cap, made))

    def _why_absent(self, unit: Unit, slot: Slot) -> str | None:
        if "evaluation" in self.said:
            told = self.scored.others.get((unit.code, self.said["evaluation"]), "missing")
            return told if isinstance(told, str) else None
        wanted = asked(self.said["rule"], self._sight(unit, slot))
        return why_absent([self._figure(unit, slot, *need) for need in wanted])

    def _figure(self, unit: Unit, slot: Slot, fact: str, source: str) -> Any:
        if "periods" in self.said and self.said["periods"]["take"] == "pooled":
            return self._pooled(unit, fact, source)
        return self._told(unit, slot.name, fact, source)

    def _told(self, unit: Unit, slot: str, fact: str, source: str) -> Any:
        """In a slot what is known before the year may be said for all of them."""
        figures, key = self.scored.facts.figures, (unit.code, self.node.code, fact, source)
        if slot and figures.get((*key, slot), "missing") != "missing":
            return figures[(*key, slot)]
        return "missing" if slot and source == "actual" else figures.get((*key, ""), "missing")

    def _pooled(self, unit: Unit, fact: str, source: str) -> Any:
        """The sum over the periods; one missing period makes it missing, one that does not apply adds nothing."""
        figures, key = self.scored.facts.figures, (unit.code, self.node.code, fact, source)
        if source != "actual" and figures.get((*key, ""), "missing") != "missing":
            return figures[(*key, "")]
        found = []
        for period in PERIODS[self.said["periods"]["of"]]:
            reported = [self._told(unit, period, *need) for need in needs(self.said["rule"]) if need[1] == "actual"]
            found.append(why_absent(reported) or figures.get((*key, period), "missing"))
        given = [one for one in found if isinstance(one, Fraction)]
        if given and "missing" not in found:
            return sum(given, Fraction(0))
        return next(why for why in ("missing", "not_drawn", "not_applicable") if why in found)

    def _sight(self, unit: Unit, slot: Slot) -> Sight:
        low, high = self.scored.limits(self.node, unit)
        assert low is not None
        assert high is not None
        full = self.node.full(unit.category) * slot.part
        rule = self.said["rule"]
        read = needs(rule) | may_need(rule)
        return Sight(
            unit=unit.code,
            full=full,
            cap=high * slot.part,
            floor=low * slot.part,
            endless=self._endless(full, high * slot.part),
            facts={need: got for need in read if isinstance(got := self._figure(unit, slot, *need), Fraction)},
            series=self.scored.series,
            peers=lambda among: [self._sight(other, slot) for other in self._peers(unit, slot, among)],
        )

    def _endless(self, full: Fraction, cap: Fraction) -> Fraction:
        over = self.said.get("over_fulfilment")
        if over is None or number(over.get("rate", "100%")) == 0:
            return cap
        return full + marks(over["at_most"], full) / number(over.get("rate", "100%"))

    def _peers(self, unit: Unit, slot: Slot, among: Any) -> list[Unit]:
        """The comparison set: who has the leaf with all that its rule needs; those listed separately if it is said."""
        found = []
        for other in self.scored.facts.units:
            member = compared(other, self.scored.evaluation) and self._together(unit, other, among)
            if member and self.scored.has(self.node, other.category):
                try:
                    absent_here = self._why_absent(other, slot)
                except Refused:
                    raise Unknown from None
                found += [] if absent_here else [other]
        return found

    def _together(self, unit: Unit, other: Unit, among: Any) -> bool:
        if among == "all":
            return True
        if among == "category":
            return other.category == unit.category
        group = self.scored.evaluation["groups"][among["group"]]
        if "categories" in group:
            return other.category in group["categories"]
        return among["group"] in other.groups

    def _mean(self, unit: Unit, slot: Slot) -> Fraction:
        """The mean of the points of the units of its category that have them, rounded as the leaf."""
        found = []
        for other in self._peers(unit, slot, "category"):
            try:
                found.append(self._given(other, slot))
            except Refused:
                raise Unknown from None
        if not found:
            raise Refused
        mean = sum(found, Fraction(0)) / len(found)
        places = self.said.get("rounding", self.scored.evaluation["rounding"]["leaf"])
        return at_point(mean, places) if slot == ONCE else mean


def compared(unit: Unit, evaluation: Mapping[str, Any]) -> bool:
    """Whether others are measured against the unit."""
    return not unit.alone or yes(evaluation.get("compare_listed_separately"))


def why_absent(figures: list[Any]) -> str | None:
    """Of the figures that a leaf needs: one that does not apply decides, then one not drawn, then one missing."""
    for why in ("not_applicable", "not_drawn", "missing"):
        if any(figure == why for figure in figures):
            return why
    return None


def absent(said: Mapping[str, Any], why: str, full: Fraction, mean: Callable[[], Fraction]) -> Points:
    """What a leaf brings without a figure."""
    way = said.get(why, "block" if why == "missing" else "refuse")
    if way in ("block", "refuse"):
        raise Refused
    if way == "renormalise":
        return None
    if way == "zero":
        return Fraction(0)
    return full if way == "full" else mean()
