"""Pools → units by weight → persons by coefficient; each adds up to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from engine.facts import Facts, Person
from engine.language.model import Evaluation
from engine.language.uses import Use, WeightByGrade, WeightByRank
from engine.score.awards import Distribution, Given, Share
from engine.score.result import SetResult
from engine.score.sharing import shared
from engine.score.using import by_rank
from engine.show import fixed, show
from engine.text import Place, Problem, Text

_NO_POOL = Text("缺少奖金总额“{pool}”", 'the amount of the pool "{pool}" is missing')
_NEGATIVE = Text(
    "单位“{unit}”的总分是 {weight}，不能按总分分配“{use}”",
    'the unit "{unit}" has a total of {weight}; "{use}" cannot be shared out by it',
)
_NOBODY = Text("“{use}”没有一个单位有份额，无法分配", 'no unit has a share of "{use}"; it cannot be distributed')
_NO_PERSONS = Text(
    "单位“{unit}”分得“{use}”{amount}，人员表里没有它的人员",
    'the unit "{unit}" has {amount} of "{use}" but no persons on the sheet Persons',
)

_NO_COEFFICIENT = Text(
    "单位“{unit}”分得“{use}”{amount}，而它的人员系数都是 0，无法分配",
    'unit "{unit}" has {amount} of "{use}" but all coefficients of its persons are 0',
)
_PARTS_OF_A_CENT = Text(
    "奖金总额“{pool}”是 {amount}，应不超过两位小数（分）",
    'the amount {amount} of the pool "{pool}" has parts of a cent',
)


def distribute(
    evaluation: Evaluation, facts: Facts, results: Sequence[SetResult]
) -> tuple[list[Distribution], list[Problem]]:
    """Every distribution of the scheme, and what stops the run; the units' amounts are added to what results bring."""
    found: list[Distribution] = []
    problems: list[Problem] = []
    for use in evaluation.use:
        if use.distribute is not None:
            one = _Distributing(use, facts, [result for result in results if use.concerns(result.plan.code)])
            found += one.distribution()
            problems += one.problems
    return found, problems


def cents(amount: int) -> str:
    """An amount in cents as people write it."""
    return fixed(Fraction(amount, 100), 2)


@dataclass(frozen=True)
class _Seat:
    result: SetResult
    row: int
    weight: Fraction


class _Distributing:
    """One pool being shared out among the units of some sets, in the order of their codes."""

    def __init__(self, use: Use, facts: Facts, results: Sequence[SetResult]) -> None:
        assert use.distribute is not None
        self.use, self.rule, self.facts = use, use.distribute, facts
        self.problems: list[Problem] = []
        seats = [_Seat(result, row, weight) for result in results for row, weight in enumerate(self._weights(result))]
        self.seats = sorted(seats, key=lambda seat: seat.result.units[seat.row].code)

    def _stop(self, text: Text, **values: object) -> None:
        self.problems.append(Problem(Place(), text.format(use=self.use.name, **values)))

    def _weights(self, result: SetResult) -> list[Fraction]:
        by = self.rule.by
        rows = range(len(result.units))
        if isinstance(by, WeightByGrade):
            weights = [Fraction(by.grade.get(result.main.final(row).zh, 0)) for row in rows]
        elif isinstance(by, WeightByRank):
            others = Fraction(by.otherwise or 0)
            gifts = by_rank(by.rank, result)
            weights = [
                Fraction(Decimal(gift)) if gift is not None else others if result.place[row] else Fraction(0)
                for row, gift in enumerate(gifts)
            ]
        else:
            weights = [result.total[row] for row in rows]
        if self.rule.times:
            weights = [weight * (result.units[row].headcount or 0) for row, weight in enumerate(weights)]
        return weights

    def distribution(self) -> list[Distribution]:
        """The distribution; nothing where the run stops."""
        pool = self.facts.pools.get(self.rule.pool)
        weights = [seat.weight for seat in self.seats]
        if pool is None:
            self._stop(_NO_POOL, pool=self.rule.pool)
        for seat in self.seats:
            if seat.weight < 0:
                unit = seat.result.units[seat.row]
                self._stop(_NEGATIVE, unit=f"{unit.code} {unit.name}", weight=show(seat.result.total[seat.row]))
        if not any(weights):
            self._stop(_NOBODY)
        if pool is not None and Fraction(pool) * 100 % 1:
            self._stop(_PARTS_OF_A_CENT, pool=self.rule.pool, amount=pool)
        if pool is None or self.problems:
            return []
        whole = int(Fraction(pool) * 100)
        shares = [self._share(seat, part, whole) for seat, part in zip(self.seats, shared(whole, weights), strict=True)]
        return [Distribution(self.use, whole, tuple(shares))]

    def _share(self, seat: _Seat, amount: int, whole: int) -> Share:
        unit, total = seat.result.units[seat.row], sum((one.weight for one in self.seats), Fraction(0))
        sum_ = f"{cents(whole)} × {show(seat.weight)} ÷ {show(total)}"
        given: dict[str, list[Given | None]] = {**seat.result.given}
        given[self.use.code] = [*given.get(self.use.code, [None] * len(seat.result.units))]
        given[self.use.code][seat.row] = Given(cents(amount), sum_)
        seat.result.given = given
        return Share(unit, seat.weight, amount, self._persons(seat, amount) if self.rule.persons else ())

    def _persons(self, seat: _Seat, amount: int) -> tuple[tuple[Person, int], ...]:
        unit = seat.result.units[seat.row]
        persons = sorted(self.facts.persons.get(unit.code, ()), key=lambda person: person.code)
        if not persons:
            if amount:
                self._stop(_NO_PERSONS, unit=f"{unit.code} {unit.name}", amount=cents(amount))
            return ()
        coefficients = [Fraction(person.coefficient) for person in persons]
        if not any(coefficients):
            self._stop(_NO_COEFFICIENT, unit=f"{unit.code} {unit.name}", amount=cents(amount))
            return ()
        parts = shared(amount, coefficients)
        return tuple(zip(persons, parts, strict=True))
