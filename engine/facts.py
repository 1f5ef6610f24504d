"""What the engine is given: units, columns of facts, own lists, tallies, claims. No file and no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.calendar import Calendar
from engine.exact import Exact, Mask, Rows


class Status(IntEnum):
    """What is known of a fact, and so of a point."""

    GIVEN = 0
    MISSING = 1
    NOT_APPLICABLE = 2
    NOT_DRAWN = 3
    LEFT_OUT = 4  # the category does not have this indicator


@dataclass(frozen=True, slots=True)
class Column:
    """One value per row, scaled integers, and its status; the value counts only where the status is GIVEN."""

    values: Exact
    status: NDArray[np.int8]


class Key(NamedTuple):
    """Names a column: the leaf, its fact, and which value of it (`actual`, `target`, `last_year` …).

    `slot` is the period or the assessor where the leaf has several; empty for what holds in all of them.
    """

    indicator: str
    fact: str
    source: str
    slot: str = ""


@dataclass(frozen=True, slots=True)
class EvaluatedUnit:
    """A unit taking part, in one category.

    `groups` are the codes of the named groups that the roster puts it into; `parent` is the name of the department that
    supervises it.
    """

    code: str
    name: str
    category: str
    leader: str = ""
    listed_separately: bool = False
    groups: frozenset[str] = frozenset()
    headcount: int | None = None
    parent: str = ""


@dataclass(frozen=True, slots=True)
class OwnRows:
    """The own indicators of one node: ragged rows, ordered by unit and code. `unit[i]` is the unit index of row i."""

    unit: Rows
    code: tuple[str, ...]
    name: tuple[str, ...]
    full: Exact
    rule: tuple[str, ...]
    role: tuple[str, ...]
    measure: tuple[str, ...]
    columns: Mapping[str, Column]  # by source


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes of one panel: `counts[i, j]` ballots gave unit i the answer j; `listed[i]`: i was on somebody's list."""

    answers: tuple[str, ...]
    counts: NDArray[np.int64]
    listed: Mask

    @classmethod
    def of(cls, answers: tuple[str, ...], votes: Sequence[Mapping[str, int] | None]) -> Tally:
        """From the votes of each unit by answer; None for a unit on nobody's list."""
        table = np.array([[(one or {}).get(answer, 0) for answer in answers] for one in votes], dtype=np.int64)
        listed = np.array([one is not None for one in votes], dtype=bool)
        return cls(answers, table.reshape(len(votes), len(answers)), listed)


def in_one_order(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """All answers of lists of which each may leave some out, in an order that is that of every list.

    Lists that contradict each other have none: their answers come as they first appear.
    """
    lists = list(lists)
    before: dict[str, set[str]] = {}
    for answers in lists:
        for place, answer in enumerate(answers):
            before.setdefault(answer, set()).update(answers[max(place - 1, 0) : place])
    try:
        return tuple(TopologicalSorter(before).static_order())
    except CycleError:
        return tuple(dict.fromkeys(answer for answers in lists for answer in answers))


@dataclass(frozen=True, slots=True)
class SetFacts:
    """The facts of one indicator set; every column has one row per unit, units ordered by code."""

    units: tuple[EvaluatedUnit, ...]
    columns: Mapping[Key, Column]
    own: Mapping[str, OwnRows]
    tallies: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class Delay:
    """When something was due and when it came (a date stands for 24:00); `excused`: an explanation was accepted."""

    due: datetime
    done: datetime
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A bonus or deduction on a standard, for a matter, resting on a document and perhaps a decision.

    What it is worth comes from its `level`, from the points lost `above` (at the upper level), or from a `delay`,
    as the standard says; `role` is the unit's part in the matter, nothing where it stands alone.
    """

    unit: str
    standard: str
    level: str
    matter: str
    document: str = ""
    day: date | None = None
    body: str = ""
    decision: str = ""
    role: Literal["", "lead", "assist"] = ""
    above: Decimal | None = None
    delay: Delay | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """By unit, then by what makes it the only one of its unit."""
        return self.unit, self.standard, self.level, self.matter, self.document


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """A veto or promotion on a ground; in force once a body has decided."""

    unit: str
    ground: str
    body: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class LastResult:
    """A unit's total, place and grade of last year; `members` is how many were ranked in its category then."""

    total: Decimal | None
    place: int | None
    grade: str = ""
    members: int | None = None


@dataclass(frozen=True, slots=True)
class OtherResult:
    """A unit's result in another evaluation; without anything in it the unit took no part there."""

    total: Decimal | None = None
    full: Decimal | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a unit, and the coefficient by which the unit's amount is shared out."""

    code: str
    name: str
    coefficient: Decimal


@dataclass(frozen=True, slots=True)
class Source:
    """What a reading rests on: its document, and why points were lost, in the collector's words."""

    document: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a run reads besides the scheme."""

    sets: Mapping[str, SetFacts]
    series: Mapping[str, Fraction] = field(default_factory=dict)
    bonuses: tuple[Claim, ...] = ()
    deductions: tuple[Claim, ...] = ()
    moves: tuple[Move, ...] = ()
    last_results: Mapping[str, LastResult] = field(default_factory=dict)
    other_results: Mapping[tuple[str, str], OtherResult] = field(default_factory=dict)  # (unit, evaluation)
    factors: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)  # (unit, factor)
    calendar: Calendar = field(default_factory=Calendar)
    pools: Mapping[str, Decimal] = field(default_factory=dict)
    persons: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)  # by unit
    sources: Mapping[tuple[str, str, str], Source] = field(default_factory=dict)  # (unit, indicator, fact)


def status_of(statuses: list[NDArray[Any]], rows: int) -> NDArray[np.int8]:
    """Of rows that need all of these columns: one that is not applicable or not drawn decides, else one missing."""
    absent = [status for status in statuses if status.any()]
    if len(absent) == 1:
        return absent[0].astype(np.int8)
    result = np.zeros(rows, dtype=np.int8)
    for which in (Status.MISSING, Status.NOT_DRAWN, Status.NOT_APPLICABLE):
        for status in absent:
            result[status == which] = which
    return result
