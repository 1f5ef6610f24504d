"""The outcome → one sheet per unit: its nodes packed, the rest as canonical text, a hash over all of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.exact import Mask
from engine.facts import Status
from engine.integers import SAFE
from engine.score.counted import Extras
from engine.score.result import NOT_GRADED, Graded, NodeResult, Outcome, SetResult
from evaluation.services.audit import canonical
from scoring.outputs.document import exact_number, exact_numbers


@dataclass(frozen=True, slots=True)
class Sheet:
    """A unit's outcome, as it is kept. `place` is None outside the ranking; grades are empty where there is none.

    `hash` is the SHA-256 over everything else.
    """

    unit_code: str
    unit_name: str
    set_code: str
    category: str
    total: str
    place: int | None
    grade: str
    grade_earned: str
    said: str
    points: bytes
    statuses: bytes
    hash: str = field(init=False)

    def __post_init__(self) -> None:
        text = [self.unit_code, self.unit_name, self.set_code, self.category, self.total, self.place, self.grade]
        whole = canonical([*text, self.grade_earned, self.said]).encode()
        object.__setattr__(self, "hash", hashlib.sha256(whole + b"\n" + self.points + self.statuses).hexdigest())


def result_of(hashes: Iterable[tuple[str, str]]) -> str:
    """One hash over the hashes of parts, each with its code, in the order of the codes."""
    return hashlib.sha256(canonical(sorted(hashes)).encode()).hexdigest()


def results_of(sheets: Iterable[Sheet]) -> dict[str, str]:
    """The hash of the result of each category, by its code: over its sheets."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for sheet in sheets:
        found[sheet.category].append((sheet.unit_code, sheet.hash))
    return {category: result_of(hashes) for category, hashes in found.items()}


def sheets_of(outcome: Outcome) -> Iterator[Sheet]:
    """The sheets of all units, set by set."""
    for result in outcome.sets:
        yield from _Sheets(outcome, result).all()


class _Sheets:
    """The sheets of one set: its nodes are packed for all units at once."""

    def __init__(self, outcome: Outcome, result: SetResult) -> None:
        self.outcome, self.result = outcome, result
        nodes = list(result.nodes())
        shape = (len(result.units), len(nodes))
        self.points, self.statuses = np.zeros(shape, dtype=">i8"), np.zeros(shape, dtype=np.int8)
        self.unscaled: list[tuple[NodeResult, Mask]] = []
        for at, node in enumerate(nodes):
            self.points[:, at], left = _packed(node)
            self.statuses[:, at] = _status(node)
            if left.any():
                self.unscaled.append((node, left))

    def all(self) -> Iterator[Sheet]:
        result, main = self.result, self.result.main
        totals, bases = exact_numbers(result.total), exact_numbers(result.base)
        places, earned, grades = result.place.tolist(), main.earned.tolist(), main.grade.tolist()
        for row, unit in enumerate(result.units):
            yield Sheet(
                unit.code, unit.name, result.plan.code, unit.category, totals[row], places[row] or None,
                _grade(main, grades[row]), _grade(main, earned[row]), canonical(self._rest(row, bases[row])),
                self.points[row].tobytes(), self.statuses[row].tobytes(),
            )  # fmt: skip

    def _rest(self, row: int, base: str) -> dict[str, Any]:
        result = self.result
        return {
            "base": base,
            "bonus": _points(result.bonuses[row]),
            "deductions": _points(result.deductions[row]),
            "also_graded": {
                code: [_grade(one, int(one.earned[row])), _grade(one, int(one.grade[row]))]
                for code, one in result.also.items()
            },
            "uses": {code: one.gift if (one := given[row]) else None for code, given in result.given.items()},
            "unscaled": {node.node.code: exact_number(node.points[row]) for node, left in self.unscaled if left[row]},
        }


def _points(extras: Extras) -> str | None:
    return exact_number(extras.total) if extras.total else "0"


def _packed(node: NodeResult) -> tuple[NDArray[np.int64], Mask]:
    """The points scaled by the places that the scheme rounds to, and where they have no such scale inside 62 bits."""
    places, counts = node.node.rounding.digits, node.counts()
    nothing = np.zeros(len(node.points), dtype=np.int64)
    if places is None:
        return nothing, counts
    scaled = (node.points * 10**places).round(0).num
    fits = np.abs(scaled) < SAFE
    return np.where(counts & fits, scaled, nothing).astype(np.int64), np.asarray(counts & ~fits, dtype=bool)


def _status(node: NodeResult) -> NDArray[np.int8]:
    """What was known of a node, and (+ 8) that it counts."""
    return np.asarray(node.asked + 8 * (node.status == Status.GIVEN), dtype=np.int8)


def _grade(graded: Graded, position: int) -> str:
    return "" if position == NOT_GRADED else graded.scale.grades[position].name
