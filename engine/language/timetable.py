"""When the phases of a year are open, as a scheme file plans it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from engine.grammar.dates import YearDay, YearDayField
from engine.grammar.fields import Part

Phase: TypeAlias = Literal[
    "naming",
    "targets",
    "target_changes",
    "collection",
    "self_assessment",
    "claims",
    "judgement",
    "bonus_publicity",
    "publicity",
    "appeals",
]


class TimetableRow(Part):
    """When a phase is open: from a day to a day, or for so many days once it is opened."""

    phase: Phase
    opens: YearDayField | None = None
    closes: YearDayField | None = None
    days: Annotated[int, Field(ge=1, le=240)] | None = None
    count: Literal["working", "calendar"] | None = None


@dataclass(frozen=True, slots=True)
class PlannedWindow:
    """A window that the office is offered. One of `closes` and `days` is there; without `opens` the length alone."""

    phase: Phase
    opens: YearDay | None
    closes: YearDay | None
    days: int | None
    working: bool  # whether `days` are working days

    def opens_on(self, year: int) -> date | None:
        """The first day in a cycle of this year; None where the office opens it when it is time."""
        return None if self.opens is None else self.opens.of(year)

    def closes_on(self, year: int) -> date | None:
        """The last day in a cycle of this year, open to its end; None where `days` say how long it is open."""
        return None if self.closes is None else self.closes.of(year)


def planned(row: TimetableRow) -> PlannedWindow:
    """The window that a row plans."""
    return PlannedWindow(row.phase, row.opens, row.closes, row.days, row.count == "working")
