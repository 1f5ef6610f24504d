"""What a scoring rule is, how it speaks of one row, and the registry of rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.exact import Exact
from engine.facts import status_of
from engine.grammar.fields import Part
from engine.grammar.registry import Family, Kind
from engine.rules.among import Among
from engine.rules.inputs import Inputs, Need
from engine.rules.wording import Peers, Words, named, tight
from engine.show import show
from engine.text import Text


class FactSpec(Part):
    """One named fact of a leaf: what is asked for, in which measure unit, with how many decimals."""

    name: str = ""
    measure: str = ""
    decimals: Annotated[int, Field(ge=0, le=9)] = 0
    kind: Literal["number", "count", "yes_no"] = "number"


@dataclass(frozen=True)
class Row:
    """One row of a rule's notes, for its sentences; `by_self`: the unit reports on itself; `series`: names by code."""

    inputs: Inputs
    index: int
    facts: Mapping[str, FactSpec]
    peers: Peers = field(default_factory=Peers)
    by_self: bool = False
    series: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Words:
        """The names that its sentences use."""
        return Words({code: spec.name for code, spec in self.facts.items()}, self.series, self.by_self)

    def __getitem__(self, name: str) -> Fraction:
        return self.inputs.notes[name][self.index]

    def show(self, name: str) -> str:
        return show(self[name])

    def full(self) -> str:
        return show(self.inputs.full[self.index])

    def parts(self) -> Iterator[Row]:
        """The row as each sub-rule saw it; a sub-rule that was not asked for this row is left out."""
        return (row for part in self.inputs.parts if (row := self.inside(part)) is not None)

    def inside(self, part: Inputs) -> Row | None:
        """The row as one sub-rule saw it, if it was asked for it."""
        at = here = self.inputs.position(self.index)
        if part.positions is not None:
            at = int(np.searchsorted(part.positions, here))
            if at == len(part) or part.positions[at] != here:
                return None
        return replace(self, inputs=part, index=at)

    def compared(self, among: Among) -> Text:
        """Who this row is compared with: `县（区）10 个单位`."""
        group = self.inputs.groups[among.group].name if among.group else ""
        return tight(among.counted(len(self._members(among)), self.peers.category, group))

    def holders(self, among: Among, amount: Fraction) -> Text:
        """The names of the compared units whose measure is this."""
        equal = self.inputs.notes["value"].equals(amount)
        members = (self.inputs.position(row) for row in self._members(among) if equal[row])
        return named(sorted(self.peers.name(row) for row in members))

    def ranked(self) -> bool:
        """Whether the unit takes part in rankings at all."""
        return bool(self.inputs.ranked[self.index])

    def is_member(self, among: Among) -> bool:
        """Whether the unit belongs to the set it is compared with."""
        return bool(self.inputs.set_of(among).members[self.index])

    def _members(self, among: Among) -> list[int]:
        return self.inputs.set_of(among).members_beside(self.index)


class Rule(Kind):
    """How readings become points: parameters, validated; `score` for whole columns; `explain` for one row."""

    compares: ClassVar[bool] = False  # whether a row's points depend on other units
    restates: ClassVar[bool] = False  # whether `explain` tells the facts themselves
    own_words: ClassVar[frozenset[str]] = frozenset()  # names it knows besides the facts

    def highest(self, full: Fraction) -> Fraction | None:
        """The highest points that the parameters state; None where they state none. No bound: see `bound`."""
        return None

    def bound(self, full: Fraction) -> Fraction | None:
        """What the rule never goes beyond, whatever is reported; None where nothing bounds it."""
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
        return _inside(self, "needs")

    def may_need(self) -> set[Need]:
        """Further columns that are read where they are given (`x.given`)."""
        return _inside(self, "may_need")

    def reads(self) -> set[Need]:
        """Every column that the rule reads."""
        return self.needs() | self.may_need()

    def asked(self, statuses: Mapping[Need, NDArray[np.int8]], x: Inputs) -> NDArray[np.int8]:
        """What is known of each row, before it is scored: it is only if this is `Status.GIVEN`.

        Args:
            statuses: of every column that the rule reads, one `Status` per row.
            x: all rows; the value of a column that is not given is 0.
        """
        return status_of([statuses[need] for need in self.needs()], len(x))

    def gated(self) -> Iterator[Rule]:
        """The sub-rules in which `among: passed` has a meaning."""
        yield from ()

    def comparative(self) -> bool:
        """Whether this rule or anything inside it compares units."""
        return self.compares or any(_compares(value) for value in self.__dict__.values())

    def default_facts(self) -> dict[str, FactSpec]:
        """The facts of a leaf that declares none; empty where the leaf must say what is measured."""
        return {}


def _inside(value: Any, columns: str) -> set[Need]:
    """What the parameters of a rule say that they need."""
    found: set[Need] = set()
    for item in value.__dict__.values() if isinstance(value, Rule) else value:
        chosen = getattr(item, "chosen", item)
        if isinstance(item, tuple | list):
            found |= _inside(item, columns)
        elif hasattr(chosen, columns):
            found |= getattr(chosen, columns)()
    return found


def _compares(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return any(_compares(item) for item in value)
    chosen = getattr(value, "chosen", value)
    return bool(hasattr(chosen, "comparative") and chosen.comparative())


RULES: Family[Rule] = Family("计分方法", "scoring rule")
