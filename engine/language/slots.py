"""Leaves that are scored several times: period by period, or by several assessors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from engine.grammar.fields import Name, Part, Share
from engine.text import Text

PERIODS = {
    "month": tuple(f"{number}月" for number in range(1, 13)),
    "quarter": tuple(f"{number}季度" for number in range(1, 5)),
    "half_year": ("上半年", "下半年"),
}


class Periods(Part):
    """The leaf is scored for every period of the year, and what the periods make together."""

    of: Literal["month", "quarter", "half_year"]
    take: Literal["mean", "sum", "best", "last", "pooled"]


class Assessors(Part):
    """Several units assess the leaf: one leads and others assist, or all count alike."""

    lead: Name | None = None
    assist: Annotated[tuple[Name, ...], Field(min_length=1, strict=False)] | None = None
    lead_share: Share | None = None
    mean: Annotated[tuple[Name, ...], Field(min_length=2, strict=False)] | None = None

    def names(self) -> Iterator[tuple[str, int]]:
        """Everybody named, with the line."""
        if self.lead is not None:
            yield self.lead, self.line("lead")
        for key, named in (("assist", self.assist), ("mean", self.mean)):
            yield from ((name, self.line(key, place)) for place, name in enumerate(named or ()))


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of a leaf: their names in order, how much each counts, and what they make together.

    `take` is mean, sum, best, last or pooled of periods, and weighted of assessors.
    """

    names: tuple[str, ...]
    take: str
    shares: tuple[Fraction, ...]
    by_assessor: bool

    @property
    def part(self) -> Fraction:
        """The share of the leaf's full marks that is at stake in one slot."""
        return Fraction(1, len(self.names)) if self.take == "sum" else Fraction(1)

    @property
    def title(self) -> Text:
        """What the slots are, as the column of a sheet calls it."""
        return Text("评分单位", "Assessor") if self.by_assessor else Text("期次", "Period")


def slots_of(periods: Periods | None, assessors: Assessors | None) -> Slots | None:
    """The slots that a leaf writes."""
    if periods is not None:
        names = PERIODS[periods.of]
        return Slots(names, periods.take, (Fraction(1, len(names)),) * len(names), by_assessor=False)
    if assessors is None:
        return None
    if assessors.mean:
        number = len(assessors.mean)
        return Slots(assessors.mean, "weighted", (Fraction(1, number),) * number, by_assessor=True)
    lead, assist = Fraction(assessors.lead_share or Decimal(0)), assessors.assist or ()
    shares = (lead, *((1 - lead) / len(assist) for _ in assist))
    return Slots((assessors.lead or "", *assist), "weighted", shares, by_assessor=True)
