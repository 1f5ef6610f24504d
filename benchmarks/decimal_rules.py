"""The ten rules of `mixed` with Python's Decimal, one unit at a time, for whoever fetches the facts in his own way."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Protocol

FULL = Decimal(10)
_CENT, _ZERO, _EIGHT, _FIVE, _SIX, _FOUR = Decimal("0.01"), Decimal(0), Decimal(8), Decimal(5), Decimal(6), Decimal(4)
_NINE_TENTHS, _TENTH, _HUNDRED, _KNOT = Decimal("0.9"), Decimal("0.1"), Decimal(100), Decimal(50000)
_PLACES = (10, 9, 8, 7, 6, 5)
_TIERS = {"好": 100, "较好": 90, "一般": 80}


class Fact(Protocol):
    """One value that is given, and how to come by what it is held against, in its category where that is others."""

    value: Decimal

    def target(self) -> Decimal:
        """The unit's target."""

    def mean(self) -> Decimal:
        """The mean of the values that are given."""

    def ends(self) -> tuple[Decimal, Decimal]:
        """The worst and the best of them."""

    def place(self) -> int:
        """The place among them."""

    def members(self) -> int:
        """How many they are."""


def cents(number: Decimal) -> Decimal:
    """Rounded half up to two places."""
    return number.quantize(_CENT, ROUND_HALF_UP)


def points(rule: int, fact: Fact) -> Decimal:
    """Between 0 and full marks, rounded."""
    return cents(min(max(_RULES[rule](fact), _ZERO), FULL))


def panel(votes: Mapping[str, int]) -> Decimal:
    """The mean of the tiers."""
    worth = sum(_TIERS[tier] * count for tier, count in votes.items())
    return cents(Decimal(worth) / sum(votes.values()))


def total(earned: Decimal, full: Decimal, stake: Decimal) -> Decimal:
    """What was earned, scaled up from what applies."""
    return cents(earned * full / stake)


def grade(points: Decimal, full: Decimal) -> str:
    """The name of the grade."""
    return "优秀" if points >= full * _NINE_TENTHS else "合格"


def _less(fact: Fact) -> Decimal:
    return fact.target() * FULL / fact.value if fact.value > 0 else FULL


def _steps(fact: Fact) -> Decimal:
    share = fact.value / fact.target()
    return FULL if share >= 1 else _EIGHT if share >= _NINE_TENTHS else _ZERO


def _base_steps(fact: Fact) -> Decimal:
    away = fact.value - fact.mean()
    steps = (abs(away) / _HUNDRED).to_integral_value(ROUND_FLOOR) * _TENTH
    return max(_EIGHT + steps if away >= 0 else _EIGHT - steps, _FIVE)


def _efficacy(fact: Fact) -> Decimal:
    worst, best = fact.ends()
    return FULL if best == worst else _SIX + (fact.value - worst) * _FOUR / (best - worst)


def _share_of_best(fact: Fact) -> Decimal:
    _, best = fact.ends()
    return fact.value * FULL / best if best > 0 else _ZERO


def _rank_table(fact: Fact) -> Decimal:
    return Decimal(_PLACES[min(fact.place(), len(_PLACES)) - 1])


def _rank_linear(fact: Fact) -> Decimal:
    return FULL - (fact.place() - 1) * _FOUR / max(fact.members() - 1, 1)


_RULES = (
    lambda fact: fact.value,
    lambda fact: fact.value * FULL / fact.target(),
    _less,
    _steps,
    _base_steps,
    _efficacy,
    _share_of_best,
    _rank_table,
    _rank_linear,
    lambda fact: fact.value * FULL / _KNOT,
)
