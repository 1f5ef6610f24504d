"""What every scoring rule is given, what it leaves behind for the derivation, and the registry of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from engine.exact import Exact, Mask, Rows
from engine.grammar.fields import Marks, Part
from engine.grammar.registry import Family, Kind
from engine.rules.wording import Peers, Words, named, tight
from engine.show import show
from engine.text import Text

ACTUAL = "actual"  # the code of the only fact of a leaf that names none
MEAN_OF_YEARS = "mean_of_years_"
PAST = ("last_year", "two_years_ago", "three_years_ago")
SOURCES = ("actual", "target", "stretch", "baseline", *PAST)


class Need(NamedTuple):
    """One column a rule reads: a fact of the leaf, and which of its values (one of `SOURCES`)."""

    fact: str
    source: str


class FactSpec(Part):
    """One named fact of a leaf: what is asked for, in which measure unit, with how many decimals."""

    name: str = ""
    measure: str = ""
    decimals: Annotated[int, Field(ge=0, le=9)] = 0
    kind: Literal["number", "count", "yes_no"] = "number"


@dataclass
class Inputs:
    """The columns one rule sees: only rows whose facts are all given, one row per unit or own indicator.

    `full` is the points at stake per row, `cap` and `floor` the most and the least it can earn; `category[i]`, below
    `categories`, numbers the category of row i; `ranked` is false for units listed separately, which nobody compares.
    """

    full: Exact
    cap: Exact
    floor: Exact
    category: Rows
    categories: int
    ranked: Mask
    read: Callable[[str, str], Exact]
    series: Mapping[str, Fraction]
    refusals: list[tuple[int, Text]] = field(default_factory=list)
    notes: dict[str, Exact] = field(default_factory=dict)
    parts: list[Inputs] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)  # of the facts

    def __len__(self) -> int:
        return len(self.full)

    def column(self, fact: str, source: str) -> Exact:
        """A fact's actual value, target, last year …, or the mean of the last n years (`mean_of_years_3`)."""
        if source.startswith(MEAN_OF_YEARS):
            years = [self.read(fact, past) for past in PAST[: int(source.removeprefix(MEAN_OF_YEARS))]]
            return sum(years[1:], start=years[0]) / len(years)
        return self.read(fact, source)

    def note(self, name: str, column: Exact) -> Exact:
        """Keep an intermediate column for the derivation."""
        self.notes[name] = column
        return column

    def refuse(self, rows: Mask, why: Text, **figures: Exact | Text) -> None:
        """Rows that the rule has no written answer for: they stop the run, named; a column is said row by row."""
        for row in map(int, np.flatnonzero(rows)):
            said = {name: show(at[row]) if isinstance(at, Exact) else at for name, at in figures.items()}
            self.refusals.append((row, why.format(**said) if said else why))

    def part(self, share: Fraction) -> Inputs:
        """The same rows for a sub-rule that has this share of the points at stake, with notes of its own."""
        of_share = {name: getattr(self, name) * share for name in ("full", "cap", "floor")}
        self.parts.append(replace(self, **of_share, notes={}, parts=[]))
        return self.parts[-1]

    def same(self, value: Any) -> Exact:
        """One value on every row."""
        return Exact.same(value, len(self))

    def worth(self, marks: Marks) -> Exact:
        """Points, or a share of the points at stake, on every row."""
        return self.full * marks.amount if marks.relative else self.same(marks.amount)

    def groups(self, among: str) -> tuple[Rows, int]:
        """The comparison set of each row: its category, or everybody."""
        if among == "all":
            return np.zeros(len(self), dtype=np.intp), 1
        return self.category, self.categories


class Row:
    """One row of a rule's notes, for its sentences; `by_self` says that the unit reports on itself."""

    def __init__(
        self,
        inputs: Inputs,
        index: int,
        facts: Mapping[str, FactSpec],
        peers: Peers | None = None,
        by_self: bool = False,
    ) -> None:
        self.inputs, self.index, self.facts = inputs, index, facts
        self.peers, self.by_self = peers or Peers(), by_self

    def __getitem__(self, name: str) -> Fraction:
        return self.inputs.notes[name][self.index]

    def __contains__(self, name: str) -> bool:
        return name in self.inputs.notes

    def show(self, name: str) -> str:
        return show(self[name])

    def full(self) -> str:
        return show(self.inputs.full[self.index])

    def parts(self) -> Iterator[Row]:
        return (Row(part, self.index, self.facts, self.peers, self.by_self) for part in self.inputs.parts)

    def compared(self, among: str) -> Text:
        """Who this row is compared with: `县（区）10 个单位`."""
        if among == "all":
            text = Text("全部 {n} 个单位", "all {n} units")
        else:
            text = Text("{category} {n} 个单位", "the {n} units of {category}")
        return tight(text.format(n=len(self._members(among)), category=self.peers.category))

    def holders(self, among: str, amount: Fraction) -> Text:
        """The names of the compared units whose measure is this."""
        equal = self.inputs.notes["value"].equals(amount)
        return named(sorted(self.peers.name(row) for row in self._members(among) if equal[row]))

    def _members(self, among: str) -> list[int]:
        groups, _ = self.inputs.groups(among)
        return [int(row) for row in np.flatnonzero((groups == groups[self.index]) & self.inputs.ranked)]


class Rule(Kind):
    """How readings become points: parameters, validated; `score` for whole columns; `explain` for one row."""

    compares: ClassVar[bool] = False  # whether a row's points depend on other units
    restates: ClassVar[bool] = False  # whether `explain` tells the facts themselves
    own_words: ClassVar[frozenset[str]] = frozenset()  # names it knows besides the facts

    def highest(self, full: Fraction) -> Fraction | None:
        """The most points that the parameters can give by themselves; None where full marks bound them."""
        return None

    def score(self, x: Inputs) -> Exact:
        """Points per row, before factor, cap, floor and rounding."""
        raise NotImplementedError

    def explain(self, row: Row) -> list[Text]:
        """How the points of this row came about, one sentence a step."""
        raise NotImplementedError

    def in_words(self, words: Words) -> Text:
        """The rule and its parameters in one sentence, as the head of a unit would read them."""
        raise NotImplementedError

    def needs(self) -> set[Need]:
        """The columns that must be given before a row can be scored."""
        found: set[Need] = set()
        for value in self.__dict__.values():
            found |= _needs_of(value)
        return found

    def comparative(self) -> bool:
        """Whether this rule or anything inside it compares units."""
        return self.compares or any(_compares(value) for value in self.__dict__.values())

    def default_facts(self) -> dict[str, FactSpec]:
        """The facts of a leaf that declares none; empty where the leaf must say what is measured."""
        return {}


def _needs_of(value: Any) -> set[Need]:
    if isinstance(value, tuple | list):
        return set().union(*(_needs_of(item) for item in value))
    chosen = getattr(value, "chosen", value)
    return set(chosen.needs()) if hasattr(chosen, "needs") else set()


def _compares(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return any(_compares(item) for item in value)
    chosen = getattr(value, "chosen", value)
    return bool(hasattr(chosen, "comparative") and chosen.comparative())


RULES: Family[Rule] = Family("计分方法", "scoring rule")
