"""A gate: one rule for those who meet a condition, another for those who do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.exact import Exact, Mask, Rows
from engine.facts import Status, status_of
from engine.grammar.walk import inside
from engine.rules.base import RULES, Row, Rule
from engine.rules.inputs import Inputs, Need, taken
from engine.rules.looked_at import (
    LookedAt,
    Threshold,
    both_without_ratio,
    looked_at_in_words,
    pair_mistakes,
    without_ratio,
)
from engine.rules.measures import Measure
from engine.rules.wording import Words, in_brackets, joined, tight
from engine.text import Text

if TYPE_CHECKING:
    from engine.rules import RuleChoice

Statuses = Mapping[Need, NDArray[np.int8]]


class Condition(LookedAt[Literal["met", "not_met"]], Threshold):
    """A figure and one threshold on it."""

    def met(self, x: Inputs) -> Mask:
        """The rows that meet it; where there is no ratio, as stated."""
        holds = self.holds(self.looked_at(x))
        if self.reference_not_positive is None:
            return holds
        return np.where(without_ratio(self, x), self.reference_not_positive == "met", holds)

    def comparative(self) -> bool:
        """Whether it compares units."""
        return self.to is not None and self.to.chosen.comparative()

    def in_words(self, words: Words) -> Text:
        """The condition, as the head of a unit would read it."""
        said = joined([looked_at_in_words(self, words), self.condition(self.shown)], " ", " ")
        if self.to is None or self.reference_not_positive is None:
            return said
        without = _WITHOUT_IN_WORDS[self.reference_not_positive].format(to=self.to.chosen.name())
        return joined([said, in_brackets(without)], "", "")

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        """What is wrong with it, at the key that holds it."""
        if self.threshold() is None:
            yield "if", _ONE_THRESHOLD
        yield from (("if", text) for _, text in pair_mistakes(self))
        if threshold := self.threshold():
            yield from self.figure_mistakes(threshold[1], "if")


_MET = Text("{figure}，{condition}，达到条件", "{figure}, {condition}: the condition is met")
_NOT_MET = Text("{figure}，未达到条件“{condition}”", '{figure}: the condition "{condition}" is not met')
_AS_STATED = {
    "met": Text("参照值不大于 0，按方案算达到条件", "the reference is not above 0: the condition is met, as stated"),
    "not_met": Text(
        "参照值不大于 0，按方案算未达到条件", "the reference is not above 0: the condition is not met, as stated"
    ),
}
_WITHOUT_IN_WORDS = {
    "met": Text("{to}不大于 0 的算达到", "met where the {to} is not above 0"),
    "not_met": Text("{to}不大于 0 的算未达到", "not met where the {to} is not above 0"),
}
_IN_WORDS = Text("{condition} 的：{then}；其余的：{otherwise}", "{condition}: {then}; else: {otherwise}")
_ONE_THRESHOLD = Text("要写且只写 from、above、up_to、below 之一", "state exactly one of from, above, up_to, below")
_ALIKE = Text("then 和 else 一样，条件不起作用", "then and else are alike: the condition changes nothing")


@RULES.add
class Gate(Rule):
    """One rule where a condition holds, another where it does not; only the columns of the branch taken must be given.

    A condition that compares units asks for the columns of both branches, so that it is the same whoever is scored.
    """

    word: ClassVar[str] = "gate"
    if_: Condition = Field(alias="if")
    then: RuleChoice  # the registry brings it in when every rule is known
    else_: RuleChoice = Field(alias="else")

    def branches(self) -> tuple[Rule, Rule]:
        return self.then.chosen, self.else_.chosen

    def needs(self) -> set[Need]:
        both = self.branches() if self.if_.comparative() else ()
        return self.if_.columns().union(*(branch.needs() for branch in both))

    def may_need(self) -> set[Need]:
        return set().union(*(branch.reads() for branch in self.branches())) - self.needs()

    def asked(self, statuses: Statuses, x: Inputs) -> NDArray[np.int8]:
        return _asked(self, statuses, x)

    def score(self, x: Inputs) -> Exact:
        holds = self.if_.met(x)
        x.note("holds", Exact(holds.astype(np.int64)))
        then = _branch(self.then.chosen, x, holds, passed=holds)
        return then.where(holds, _branch(self.else_.chosen, x, ~holds, passed=None))

    def explain(self, row: Row) -> list[Text]:
        return _explained(self, row)

    def in_words(self, words: Words) -> Text:
        return _gate_in_words(self, words)

    def highest(self, full: Fraction) -> Fraction | None:
        return max((most for branch in self.branches() if (most := branch.highest(full)) is not None), default=None)

    def bound(self, full: Fraction) -> Fraction | None:
        return _outermost([branch.bound(full) for branch in self.branches()])

    def gated(self) -> Iterator[Rule]:
        yield self.then.chosen
        yield from self.else_.chosen.gated()

    def comparative(self) -> bool:
        return self.if_.comparative() or any(branch.comparative() for branch in self.branches())

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from self.if_.mistakes()
        if self.then == self.else_:
            yield "else", _ALIKE


def _asked(rule: Gate, statuses: Statuses, x: Inputs) -> NDArray[np.int8]:
    must = status_of([statuses[need] for need in rule.needs()], len(x))
    then, otherwise = (branch.asked(statuses, x) for branch in rule.branches())
    if rule.if_.comparative():
        return status_of([must, then, otherwise], len(x))
    known = np.flatnonzero(must == Status.GIVEN)
    looked = replace(taken(x, known), positions=None)
    holds = rule.if_.met(looked)
    must[known] = np.where(holds, then[known], otherwise[known])
    must[known[[row for row, _ in looked.refusals]]] = Status.GIVEN  # to be refused when it is scored
    return must


def _outermost(bounds: Sequence[Fraction | None]) -> Fraction | None:
    """The bound of several: None where one of them has none."""
    known = [bound for bound in bounds if bound is not None]
    return max(known) if len(known) == len(bounds) else None


def _gate_in_words(rule: Gate, words: Words) -> Text:
    then, otherwise = (branch.in_words(words) for branch in rule.branches())
    return tight(_IN_WORDS.format(condition=rule.if_.in_words(words), then=then, otherwise=otherwise))


def _branch(rule: Rule, x: Inputs, takers: Mask, passed: Mask | None) -> Exact:
    """The points of a branch. Whoever has a value in it can be compared with; only its takers can be refused by it."""
    statuses = {need: np.where(x.given(*need), np.int8(Status.GIVEN), np.int8(Status.MISSING)) for need in rule.reads()}
    rows = np.flatnonzero(rule.asked(statuses, x) == Status.GIVEN)
    rows = rows[takers[rows] | ~np.isin(rows, _without_value(rule, x, rows))]
    before = len(x.refusals)
    points = rule.score(x.of_rows(rows, None if passed is None else passed[rows]))
    mine = {x.position(int(row)) for row in np.flatnonzero(takers)}
    x.refusals[before:] = [refusal for refusal in x.refusals[before:] if refusal[0] in mine]
    return points.placed(rows, len(x))


def _without_value(rule: Rule, x: Inputs, rows: Rows) -> Rows:
    """Those of the rows for which a measure of the rule has no value, or none of last year where that is read."""
    found = [np.empty(0, dtype=np.intp)]
    for measure in inside(rule, Measure, outside=Gate):
        last_year = measure.needs_for("last_year")
        sources = ("actual", "last_year") if last_year and last_year <= rule.may_need() else ("actual",)
        for source in sources:
            known = rows[np.all([x.given(*need)[rows] for need in measure.needs_for(source)], axis=0)]
            one = replace(taken(x, known), positions=None)
            measure.value(one, source)
            found.append(known[sorted({row for row, _ in one.refusals})])
    return np.concatenate(found)


def _explained(rule: Gate, row: Row) -> list[Text]:
    holds = row["holds"] == 1
    then, otherwise = row.inputs.parts
    inside = row.inside(then if holds else otherwise)
    branch = rule.then if holds else rule.else_
    return [*_condition_said(rule.if_, holds, row), *(branch.chosen.explain(inside) if inside is not None else ())]


def _condition_said(condition: Condition, holds: bool, row: Row) -> list[Text]:
    if both := both_without_ratio(condition, row):
        return [*both, _AS_STATED["met" if holds else "not_met"]]
    first, figure = condition.looked_at_said(row)
    said = (_MET if holds else _NOT_MET).format(figure=figure, condition=condition.condition(condition.shown))
    return [*first, said]
