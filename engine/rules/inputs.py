"""What every scoring rule is given, and what it leaves behind for the derivation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from engine.exact import Exact, Mask, Rows
from engine.grammar.fields import Marks
from engine.rules.among import Among, Comparison, Group
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


@dataclass
class Given:
    """The columns one rule sees: only rows whose needed facts are given, one row per unit or own indicator.

    `full` is the points at stake per row, `cap` and `floor` the most and the least it can earn; `category[i]`, below
    `categories`, numbers the category of row i. `ranked` is false for units listed separately; `compared` are the rows
    that are members of comparison sets; `passed` those that passed the gate around the rule, if there is one. `absent`
    has, for a column that may be missing, the rows where it is; their value there is 0. `endless` is what a quotient
    without end earns: `cap`, and what is beyond it as far as it goes to the bonus.
    """

    full: Exact
    cap: Exact
    floor: Exact
    endless: Exact
    category: Rows
    categories: int
    ranked: Mask
    compared: Mask
    columns: Mapping[Need, Exact]
    series: Mapping[str, Fraction]
    absent: Mapping[Need, Mask] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    passed: Mask | None = None
    names: Mapping[str, str] = field(default_factory=dict)  # of the facts

    def __len__(self) -> int:
        return len(self.full)

    def read(self, fact: str, source: str) -> Exact:
        """A fact's actual value, target, last year …; 0 where one that may be missing is."""
        return self.columns[Need(fact, source)]

    def given(self, fact: str, source: str) -> Mask:
        """Where a column that may be missing is there."""
        absent = self.absent.get(Need(fact, source))
        return np.ones(len(self), dtype=bool) if absent is None else ~absent

    def column(self, fact: str, source: str) -> Exact:
        """What `read` gives, or the mean of the last n years (`mean_of_years_3`)."""
        if source.startswith(MEAN_OF_YEARS):
            years = [self.read(fact, past) for past in PAST[: int(source.removeprefix(MEAN_OF_YEARS))]]
            return sum(years[1:], start=years[0]) / len(years)
        return self.read(fact, source)

    def set_of(self, among: Among) -> Comparison:
        """The comparison set of each row."""
        if among.word in ("all", "group"):
            members = self.compared & self.groups[among.group].rows if among.group else self.compared
            return Comparison(np.zeros(len(self), dtype=np.intp), 1, members)
        members = self.compared
        if among.word == "passed" and self.passed is not None:
            members = members & self.passed
        return Comparison(self.category, self.categories, members)


@dataclass
class Inputs(Given):
    """What one rule sees, and what it leaves behind: notes, refusals, and the same of its sub-rules.

    `positions` are the places of these rows in the leaf's own inputs, None where they are the same.
    """

    positions: Rows | None = None
    refusals: list[tuple[int, Text]] = field(default_factory=list)
    notes: dict[str, Exact] = field(default_factory=dict)
    parts: list[Inputs] = field(default_factory=list)

    def note(self, name: str, column: Exact) -> Exact:
        """Keep an intermediate column for the derivation."""
        self.notes[name] = column
        return column

    def refuse(self, rows: Mask, why: Text, **figures: Exact | Text) -> None:
        """Rows that the rule has no written answer for: they stop the run, named; a column is said row by row."""
        for row in map(int, np.flatnonzero(rows)):
            said = {name: show(at[row]) if isinstance(at, Exact) else at for name, at in figures.items()}
            self.refusals.append((self.position(row), why.format(**said) if said else why))

    def position(self, row: int) -> int:
        """Where a row stands in the leaf's own inputs."""
        return row if self.positions is None else int(self.positions[row])

    def part(self, share: Fraction) -> Inputs:
        """The same rows for a sub-rule that has this share of the points at stake, with notes of its own."""
        of_share = {name: getattr(self, name) * share for name in ("full", "cap", "floor", "endless")}
        self.parts.append(replace(self, **of_share, notes={}, parts=[]))
        return self.parts[-1]

    def of_rows(self, rows: Rows, passed: Mask | None = None) -> Inputs:
        """Some of the rows for a sub-rule, with notes of its own and refusals in common.

        Args:
            rows: by index, ascending; only these are in the comparison sets of the sub-rule.
            passed: of these, the rows that `among: passed` compares; what was known before, if left out.
        """
        one = taken(self, rows)
        one.positions = rows if self.positions is None else self.positions[rows]
        one.refusals = self.refusals
        one.passed = one.passed if passed is None else passed
        self.parts.append(one)
        return one

    def same(self, value: Any) -> Exact:
        """One value on every row."""
        return Exact.same(value, len(self))

    def worth(self, marks: Marks) -> Exact:
        """Points, or a share of the points at stake, on every row."""
        return self.full * marks.amount if marks.relative else self.same(marks.amount)


def taken(x: Inputs, rows: Rows) -> Inputs:
    """Some of the rows (by index, ascending), with notes and refusals of their own; where it is all, nothing moves."""
    if len(rows) == len(x):
        return replace(x, refusals=[], notes={}, parts=[])
    return replace(
        x,
        full=x.full.take(rows),
        cap=x.cap.take(rows),
        floor=x.floor.take(rows),
        endless=x.endless.take(rows),
        category=x.category.take(rows),
        ranked=x.ranked.take(rows),
        compared=x.compared.take(rows),
        columns={need: column.take(rows) for need, column in x.columns.items()},
        absent={need: mask[rows] for need, mask in x.absent.items()},
        groups={code: Group(group.name, group.rows[rows]) for code, group in x.groups.items()},
        passed=None if x.passed is None else x.passed[rows],
        refusals=[],
        notes={},
        parts=[],
    )


def looked_up(index: Rows, table: Sequence[Marks], x: Inputs) -> Exact:
    """Per row the marks that stand at this index of a table."""
    stated = Exact.of(0 if marks.relative else marks.amount for marks in table).take(index)
    shares = Exact.of(marks.amount if marks.relative else 0 for marks in table).take(index)
    return stated + x.full * shares
