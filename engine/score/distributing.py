"""Pools → units by weight → persons by coefficient; each adds up to the cent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from engine.facts import Facts, Person
from engine.language.model import Evaluation
from engine.language.uses import Use, WeightByGrade, WeightByNode, WeightByRank
from engine.score.awards import Distribution, Given, Share
from engine.score.result import SetResult
from engine.score.sharing import shared
from engine.score.using import OTHERS, by_rank, of_grade
from engine.show import fixed, show
from engine.text import Place, Problem, Text

_NO_POOL = Text("缺少奖金总额“{pool}”", 'the amount of the pool "{pool}" is missing')
_NEGATIVE = Text(
    "单位“{unit}”的{by}是 {weight}，不能按{by}分配“{use}”",
    'the unit "{unit}" has a {by} of {weight}; "{use}" cannot be shared out by it',
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
_WEIGHT = Text("{by}，权重 {weight}", "{by}, a weight of {weight}")
_OF_POINTS = Text("权重为{by} {points}", "the {by} of {points} is the weight")
_TOTAL, _BONUS = Text("总分", "total"), Text("加分", "bonus")
_AT_NODE = Text("“{name}”得分", 'score in "{name}"')
_NOT_THERE = Text("“{name}”不计，没有权重", '"{name}" does not count: no weight')
_TIMES_HEADS = Text("{by}，乘人数：{sum}", "{by}, times the headcount: {sum}")
_APART = Text("单列，没有权重", "listed separately, without a weight")


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
    by: Text
    each: Fraction  # the weight before the persons of the unit


def _stated(weight: Decimal, by: Text) -> tuple[Fraction, Text]:
    """A weight of the scheme, and what it goes by."""
    return Fraction(weight), _WEIGHT.format(by=by, weight=show(weight))


class _Distributing:
    """One pool being shared out among the units of some sets, in the order of their codes."""

    def __init__(self, use: Use, facts: Facts, results: Sequence[SetResult]) -> None:
        assert use.distribute is not None
        self.use, self.rule, self.facts, self.results = use, use.distribute, facts, results
        self.problems: list[Problem] = []
        seats = [seat for result in results for seat in self._seats(result)]
        self.seats = sorted(seats, key=lambda seat: seat.result.units[seat.row].code)

    def _stop(self, text: Text, **values: object) -> None:
        self.problems.append(Problem(Place(), text.format(use=self.use.name, **values)))

    def _seats(self, result: SetResult) -> Iterator[_Seat]:
        for row, (weight, by) in enumerate(self._weights(result)):
            if not self.rule.times:
                yield _Seat(result, row, weight, by, weight)
                continue
            heads = result.units[row].headcount or 0
            sum_ = f"{show(weight)} × {heads} = {show(weight * heads)}"
            yield _Seat(result, row, weight * heads, _TIMES_HEADS.format(by=by, sum=sum_), weight)

    def _weights(self, result: SetResult) -> list[tuple[Fraction, Text]]:
        """The weight of every unit, and where it comes from."""
        by, rows = self.rule.by, range(len(result.units))
        if isinstance(by, WeightByGrade):
            grades = [result.main.final(row) for row in rows]
            return [_stated(by.grade.get(grade.zh, Decimal(0)), of_grade(grade)) for grade in grades]
        if isinstance(by, WeightByRank):
            others = _stated(by.otherwise or Decimal(0), OTHERS)
            apart = Fraction(0), _APART
            return [
                _stated(Decimal(given.gift), given.by) if given else others if result.place[row] else apart
                for row, given in enumerate(by_rank(by.rank, result))
            ]
        if isinstance(by, WeightByNode):
            return [self._at_node(result, row, by.node) for row in rows]
        worth = result.total if by == "total" else [one.total for one in result.bonuses]
        return [(worth[row], _OF_POINTS.format(by=self._called(), points=show(worth[row]))) for row in rows]

    def _at_node(self, result: SetResult, row: int, code: str) -> tuple[Fraction, Text]:
        node = result.basis.nodes.get(code)
        if node is None or not node.counts()[row]:
            return Fraction(0), _NOT_THERE.format(name=self._name(code))
        return node.points[row], _OF_POINTS.format(by=self._called(), points=show(node.points[row]))

    def _name(self, code: str) -> str:
        """The name of a node, which not every set has."""
        nodes = (result.basis.nodes.get(code) for result in self.results)
        return next((node.node.name for node in nodes if node is not None), code)

    def _called(self) -> Text:
        """The points that are weights."""
        by = self.rule.by
        if isinstance(by, WeightByNode):
            return _AT_NODE.format(name=self._name(by.node))
        return _BONUS if by == "bonus" else _TOTAL

    def distribution(self) -> list[Distribution]:
        """The distribution; nothing where the run stops."""
        pool = self.facts.pools.get(self.rule.pool)
        weights = [seat.weight for seat in self.seats]
        if pool is None:
            self._stop(_NO_POOL, pool=self.rule.pool)
        for seat in self.seats:
            if seat.weight < 0:
                unit = seat.result.units[seat.row]
                self._stop(_NEGATIVE, unit=f"{unit.code} {unit.name}", by=self._called(), weight=show(seat.each))
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
        exact = Fraction(whole, 100) * seat.weight / total
        sum_ = f"{cents(whole)} × {show(seat.weight)} ÷ {show(total)} = {show(exact)}"
        given: dict[str, list[Given | None]] = {**seat.result.given}
        given[self.use.code] = [*given.get(self.use.code, [None] * len(seat.result.units))]
        given[self.use.code][seat.row] = Given(cents(amount), sum_, seat.by)
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
