"""What ours is measured against: one bare pass over the same columns, and the same rules as a Python Decimal loop."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from engine.facts import Facts, Key, Status

_CENT = Decimal("0.01")
_FULL = Decimal(10)


def floor(facts: Facts, leaves: int) -> int:
    """Read every value once and add them up: what any scoring must at least do."""
    total = np.zeros(len(facts.sets["all"].units), dtype=np.int64)
    for column in facts.sets["all"].columns.values():
        total += np.where(column.status == Status.GIVEN, column.values.num, 0)
    return int(total.sum())


def plain_facts(facts: Facts, leaves: int) -> list[list[tuple[int, Decimal, Decimal]]]:
    """Per unit and leaf: status, value, target — as a program without columns would hold them."""
    columns = facts.sets["all"].columns
    plain: list[list[tuple[int, Decimal, Decimal]]] = [[] for _ in facts.sets["all"].units]
    for number in range(leaves):
        actual = columns[Key(f"l{number}", "actual", "actual")]
        target = columns.get(Key(f"l{number}", "actual", "target"))
        targets = target.values.num if target else np.ones(len(plain), dtype=np.int64)
        for row, (status, value, aim) in enumerate(zip(actual.status, actual.values.num, targets, strict=True)):
            plain[row].append((int(status), Decimal(int(value)).scaleb(-2), Decimal(int(aim)).scaleb(-2)))
    return plain


def decimal_loop(plain: list[list[tuple[int, Decimal, Decimal]]], leaves: int) -> list[Decimal]:
    """Totals, unit by unit and leaf by leaf."""
    full = _FULL * leaves
    totals = []
    for unit in plain:
        points = stake = Decimal(0)
        for number, (status, value, target) in enumerate(unit):
            if status == Status.NOT_APPLICABLE:
                continue
            stake += _FULL
            if status == Status.GIVEN:
                points += _points(number % 4, value, target)
        totals.append((points * full / stake).quantize(_CENT, ROUND_HALF_UP))
    return totals


def _points(rule: int, value: Decimal, target: Decimal) -> Decimal:
    if rule == 0:
        return value
    if rule == 1:
        return min(value * _FULL / target, _FULL).quantize(_CENT, ROUND_HALF_UP)
    if rule == 2:
        return min(target * _FULL / value, _FULL).quantize(_CENT, ROUND_HALF_UP) if value > 0 else _FULL
    share = value / target
    return Decimal(10) if share >= 1 else Decimal(8) if share >= Decimal("0.9") else Decimal(0)
