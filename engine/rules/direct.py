"""Rules that look at one unit alone and need no reference: judged, all or nothing, occurrences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from engine.exact import Exact
from engine.language.fields import Code, Name, NotNegative, Part
from engine.rules.base import ACTUAL, RULES, FactSpec, Inputs, Need, Row, Rule
from engine.show import show
from engine.text import Text


@RULES.add
class Judged(Rule):
    """The assessor gives points from 0 to full marks."""

    word: ClassVar[str] = "judged"
    restates: ClassVar[bool] = True
    decimals: Annotated[int, Field(ge=0, le=6)] = 2

    def score(self, x: Inputs) -> Exact:
        given = x.note("given", x.column(ACTUAL, "actual"))
        outside = (given < 0) | (given > x.full)
        x.refuse(outside, Text("评分超出 0 至满分", "the judged points lie outside 0 to full marks"))
        return given

    def explain(self, row: Row) -> list[Text]:
        text = Text("评分人评定 {given} 分（满分 {full} 分）", "the assessor gives {given} of {full} points")
        return [text.format(given=row.show("given"), full=row.full())]

    def needs(self) -> set[Need]:
        return {Need(ACTUAL, "actual")}

    def default_facts(self) -> dict[str, FactSpec]:
        return {ACTUAL: FactSpec(measure="分", decimals=self.decimals)}


@RULES.add
class AllOrNothing(Rule):
    """Condition met: full marks; else nothing."""

    word: ClassVar[str] = "all_or_nothing"
    restates: ClassVar[bool] = True

    def score(self, x: Inputs) -> Exact:
        met = x.note("met", x.column(ACTUAL, "actual"))
        return x.full.where(met.equals(1), 0)

    def explain(self, row: Row) -> list[Text]:
        if row["met"] == 1:
            return [Text("达到要求，得满分 {full} 分", "met: full marks, {full} points").format(full=row.full())]
        return [Text("未达到要求，得 0 分", "not met: 0 points")]

    def needs(self) -> set[Need]:
        return {Need(ACTUAL, "actual")}

    def default_facts(self) -> dict[str, FactSpec]:
        return {ACTUAL: FactSpec(measure="是/否", kind="yes_no")}


class Occurrence(Part):
    """What one occurrence of a kind costs or brings, and the most that this kind may cost or bring."""

    name: Name
    points: NotNegative
    at_most: NotNegative | None = None


class _PerOccurrence(Rule):
    restates: ClassVar[bool] = True
    each: Annotated[Mapping[Code, Occurrence], Field(min_length=1)]

    def total(self, x: Inputs) -> Exact:
        """Σ points × count over the kinds, each within its own cap."""
        total = x.same(0)
        for code, kind in self.each.items():
            count = x.note(f"count {code}", x.column(code, "actual"))
            x.refuse(count < 0, Text("次数是负数", "a negative count"))
            points = count * kind.points
            total = total + x.note(code, points if kind.at_most is None else points.at_most(kind.at_most))
        return total

    def needs(self) -> set[Need]:
        return {Need(code, "actual") for code in self.each}

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        for kind in self.each.values():
            values = {"name": kind.name, "points": show(kind.points), "most": show(kind.at_most or 0)}
            if kind.at_most is not None and kind.at_most < kind.points:
                text = Text(
                    "“{name}”一次 {points} 分，超过此项最多的 {most} 分（at_most）",
                    '"{name}": {points} points at once, above its cap (at_most) of {most}',
                )
                yield "each", text.format(**values)
            elif kind.points == 0 and getattr(self, "nothing_from", None) is None:
                text = Text(
                    "“{name}”每次 0 分，不起作用；请改分值或删去", '"{name}" is worth 0 points; change or remove it'
                )
                yield "each", text.format(**values)

    def default_facts(self) -> dict[str, FactSpec]:
        return {code: FactSpec(name=kind.name, measure="次", kind="count") for code, kind in self.each.items()}

    def lines(self, row: Row, zh: str, en: str) -> list[Text]:
        """One sentence per kind that occurred."""
        said = []
        for code, kind in self.each.items():
            if row[f"count {code}"] == 0:
                continue
            cap = Text("", "")
            if row[code] != row[f"count {code}"] * Fraction(kind.points):
                cap = Text("，此项最多 {most} 分", ", at most {most}").format(most=show(kind.at_most or 0))
            text = Text(
                "{name} {count} 次 × {points} 分，" + zh + " {all} 分{cap}",
                "{name}: {count} × {points}, " + en + " {all}{cap}",
            )
            values = {
                "name": kind.name,
                "count": row.show(f"count {code}"),
                "points": show(kind.points),
                "all": row.show(code),
            }
            said.append(text.format(cap=cap, **values))
        return said


@RULES.add
class Deduct(_PerOccurrence):
    """Full marks less so many points for each occurrence; from the n-th occurrence of anything, nothing is left."""

    word: ClassVar[str] = "deduct"
    nothing_from: Annotated[int, Field(ge=1)] | None = None

    def score(self, x: Inputs) -> Exact:
        left = x.full - self.total(x)
        if self.nothing_from is None:
            return left
        counts = x.same(0)
        for code in self.each:
            counts = counts + x.notes[f"count {code}"]
        return left.where(x.note("counts", counts) < self.nothing_from, 0)

    def explain(self, row: Row) -> list[Text]:
        if self.nothing_from is not None and row["counts"] >= self.nothing_from:
            text = Text("共 {n} 次，达到 {limit} 次即不得分", "{n} occurrences: from {limit} on, no points")
            return [text.format(n=row.show("counts"), limit=self.nothing_from)]
        lines = self.lines(row, "扣", "less")
        if not lines:
            return [
                Text("没有扣分情形，得满分 {full} 分", "nothing occurred: full marks, {full}").format(full=row.full())
            ]
        lost = [show(row[code]) for code in self.each if row[code]] or ["0"]
        left = show(row.inputs.full[row.index] - sum((row[code] for code in self.each), Fraction(0)))
        text = Text("{full} − {lost} = {left}", "{full} − {lost} = {left}")
        return [*lines, text.format(full=row.full(), lost=" − ".join(lost), left=left)]


@RULES.add
class Add(_PerOccurrence):
    """So many points for each occurrence, up to the cap."""

    word: ClassVar[str] = "add"

    def score(self, x: Inputs) -> Exact:
        return self.total(x)

    def explain(self, row: Row) -> list[Text]:
        none = [Text("没有加分情形，得 0 分", "nothing occurred: 0 points")]
        return self.lines(row, "得", "gives") or none
