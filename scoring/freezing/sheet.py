"""The outcome → one sheet per unit: its nodes packed, the rest as canonical text, a hash over all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.exact import Exact
from engine.facts import Status
from engine.integers import SAFE, largest
from engine.score.result import NOT_GRADED, Graded, NodeResult, Outcome, SetResult
from evaluation.services.audit import canonical
from scoring.outputs.document import exact_number


@dataclass(frozen=True, slots=True)
class Sheet:
    """A unit's outcome, as it is kept. `place` is None outside the ranking; grades are empty where there is none."""

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

    @property
    def hash(self) -> str:
        """SHA-256 over everything in the sheet."""
        text = [self.unit_code, self.unit_name, self.set_code, self.category, self.total, self.place, self.grade]
        whole = canonical([*text, self.grade_earned, self.said]).encode()
        return hashlib.sha256(whole + b"\n" + self.points + self.statuses).hexdigest()


def result_of(hashes: Iterable[tuple[str, str]]) -> str:
    """The hash of a whole result, over (unit code, hash of its sheet) in the order of the codes."""
    return hashlib.sha256(canonical(sorted(hashes)).encode()).hexdigest()


def sheets_of(outcome: Outcome) -> Iterator[Sheet]:
    """The sheets of all units, set by set."""
    for result in outcome.sets:
        yield from _Sheets(outcome, result).all()


class _Sheets:
    """The sheets of one set: its nodes are packed for all units at once."""

    def __init__(self, outcome: Outcome, result: SetResult) -> None:
        self.outcome, self.result = outcome, result
        nodes = list(result.nodes())
        packed = [_packed(node) for node in nodes]
        self.points = np.stack(packed, axis=1).astype(">i8")
        self.statuses = np.stack([_status(node) for node in nodes], axis=1)
        self.unscaled = [node for node in nodes if not _has_scale(node)]

    def all(self) -> Iterator[Sheet]:
        result, main = self.result, self.result.main
        for row, unit in enumerate(result.units):
            yield Sheet(
                unit.code, unit.name, result.plan.code, unit.category,
                exact_number(result.total[row]) or "", int(result.place[row]) or None,
                _grade(main, int(main.grade[row])), _grade(main, int(main.earned[row])),
                canonical(self._rest(row)), self.points[row].tobytes(), self.statuses[row].tobytes(),
            )  # fmt: skip

    def _rest(self, row: int) -> dict[str, Any]:
        result = self.result
        return {
            "base": exact_number(result.base[row]),
            "bonus": exact_number(result.bonuses[row].total),
            "deductions": exact_number(result.deductions[row].total),
            "also_graded": {
                code: [_grade(one, int(one.earned[row])), _grade(one, int(one.grade[row]))]
                for code, one in result.also.items()
            },
            "uses": {code: values[row] for code, values in result.uses.items()},
            "unscaled": {
                node.node.code: exact_number(node.points[row]) for node in self.unscaled if node.counts()[row]
            },
        }


def _has_scale(node: NodeResult) -> bool:
    """Whether its points are whole numbers of the places that the scheme rounds to, inside 62 bits."""
    places = node.node.rounding.digits
    return places is not None and largest(_scaled(node.points, places)) < SAFE


def _scaled(points: Exact, places: int) -> Any:
    return (points * 10**places).round(0).num


def _packed(node: NodeResult) -> Any:
    if not _has_scale(node):
        return np.zeros(len(node.points), dtype=np.int64)
    scaled = _scaled(node.points, node.node.rounding.digits or 0)
    return np.where(node.counts(), scaled, 0).astype(np.int64)


def _status(node: NodeResult) -> Any:
    """What was known of a node, and (+ 8) that it counts."""
    return (node.asked + 8 * (node.status == Status.GIVEN)).astype(np.int8)


def _grade(graded: Graded, position: int) -> str:
    return "" if position == NOT_GRADED else graded.scale.grades[position].name
