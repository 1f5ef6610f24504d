"""The peer without columns: a loop over units and leaves with Python's Decimal, as exact as the engine."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from engine.facts import Facts, Key, Status

_CENT, _FULL, _NONE = Decimal("0.01"), Decimal(10), Decimal(0)
_EIGHT, _NINE_TENTHS = Decimal(8), Decimal("0.9")


class Unit(NamedTuple):
    """A unit with its facts: of each leaf the value (None where there is none), the target, and whether it applies."""

    category: str
    leaves: list[tuple[Decimal | None, Decimal, bool]]


def units_of(facts: Facts, leaves: int) -> list[Unit]:
    """The same facts as a program without columns would hold them."""
    one = facts.sets["all"]
    units = [Unit(unit.category, []) for unit in one.units]
    for number in range(leaves):
        actual = one.columns[Key(f"l{number}", "actual", "actual")]
        target = one.columns.get(Key(f"l{number}", "actual", "target"), actual)
        rows = zip(units, actual.status.tolist(), actual.values.num.tolist(), target.values.num.tolist(), strict=True)
        for unit, status, value, aim in rows:
            given = Decimal(value).scaleb(-2) if status == Status.GIVEN else None
            unit.leaves.append((given, Decimal(aim).scaleb(-2), status != Status.NOT_APPLICABLE))
    return units


def decimal_loop(units: list[Unit]) -> tuple[list[list[Decimal]], list[Decimal], list[int]]:
    """Points leaf by leaf, totals and places."""
    points, totals = [], []
    for unit in units:
        row, stake = [], _NONE
        for number, (value, target, applies) in enumerate(unit.leaves):
            row.append(_NONE if value is None else _points(number % 4, value, target))
            if applies:
                stake += _FULL
        points.append(row)
        totals.append((sum(row, _NONE) * _FULL * len(row) / stake).quantize(_CENT, ROUND_HALF_UP))
    return points, totals, _places(units, totals)


def _points(rule: int, value: Decimal, target: Decimal) -> Decimal:
    if rule == 0:
        if not 0 <= value <= _FULL:
            raise ValueError(value)
        return value
    if rule == 1:
        return min(value * _FULL / target, _FULL).quantize(_CENT, ROUND_HALF_UP)
    if rule == 2:
        return min(target * _FULL / value, _FULL).quantize(_CENT, ROUND_HALF_UP) if value > 0 else _FULL
    share = value / target
    return _FULL if share >= 1 else _EIGHT if share >= _NINE_TENTHS else _NONE


def _places(units: list[Unit], totals: list[Decimal]) -> list[int]:
    """1, 2, 2, 4 in each category."""
    ranked: dict[str, list[Decimal]] = defaultdict(list)
    for unit, total in zip(units, totals, strict=True):
        ranked[unit.category].append(total)
    first: dict[str, dict[Decimal, int]] = {}
    for category, found in ranked.items():
        first[category] = {}
        for place, total in enumerate(sorted(found, reverse=True), 1):
            first[category].setdefault(total, place)
    return [first[unit.category][total] for unit, total in zip(units, totals, strict=True)]
