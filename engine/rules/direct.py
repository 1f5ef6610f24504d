"""Rules that look at one unit alone and need no reference: judged, all or nothing, occurrences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from engine.exact import Exact
from engine.grammar.fields import Code, MarksField, Name, NotNegative, Part
from engine.rules.base import RULES, FactSpec, Row, Rule
from engine.rules.inputs import ACTUAL, Inputs, Need
from engine.rules.wording import NOTHING, Words, joined, marks_said, tight
from engine.show import show
from engine.text import Text

_GIVEN = Text("评分人评定 {given} 分（满分 {full} 分）", "the assessor gives {given} of {full} points")
_SELF_GIVEN = Text("自评 {given} 分（满分 {full} 分）", "the unit gives itself {given} of {full} points")


@RULES.add
class Judged(Rule):
    """The assessor gives points from 0 to full marks."""

    word: ClassVar[str] = "judged"
    restates: ClassVar[bool] = True
    decimals: Annotated[int, Field(ge=0, le=6)] = 2

    def score(self, x: Inputs) -> Exact:
        given = x.note("given", x.column(ACTUAL, "actual"))
        outside = (given < 0) | (given > x.full)
        text = Text(
            "评分 {given} 超出 0 至满分 {full}", "the judged points {given} lie outside 0 to full marks, {full}"
        )
        x.refuse(outside, text, given=given, full=x.full)
        return given

    def explain(self, row: Row) -> list[Text]:
        return [(_SELF_GIVEN if row.by_self else _GIVEN).format(given=row.show("given"), full=row.full())]

    def in_words(self, words: Words) -> Text:
        who = (
            Text("自评", "scored by the unit itself") if words.by_self else Text("评分人评定", "judged by the assessor")
        )
        text = Text("{who}，0 分至满分，最多 {n} 位小数", "{who}, from 0 to full marks, at most {n} decimal places")
        return text.format(who=who, n=self.decimals)

    def needs(self) -> set[Need]:
        return {Need(ACTUAL, "actual")}

    def bound(self, full: Fraction) -> Fraction | None:
        return full

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

    def in_words(self, words: Words) -> Text:
        return Text("达到要求得满分，否则得 0 分", "full marks where the condition is met, otherwise 0")

    def needs(self) -> set[Need]:
        return {Need(ACTUAL, "actual")}

    def bound(self, full: Fraction) -> Fraction | None:
        return full

    def default_facts(self) -> dict[str, FactSpec]:
        return {ACTUAL: FactSpec(measure="是/否", kind="yes_no")}


@RULES.add
class Fixed(Rule):
    """Stated points, whatever is reported: a branch of a gate, or a part of a composite."""

    word: ClassVar[str] = "fixed"
    alone: ClassVar[str] = "points"
    points: MarksField

    def score(self, x: Inputs) -> Exact:
        return x.note("points", x.worth(self.points))

    def explain(self, row: Row) -> list[Text]:
        return [Text("按方案得 {points} 分", "{points} points, as stated").format(points=row.show("points"))]

    def in_words(self, words: Words) -> Text:
        return tight(Text("得{points}", "{points}").format(points=marks_said(self.points)))

    def highest(self, full: Fraction) -> Fraction | None:
        return self.points.of(full)

    def bound(self, full: Fraction) -> Fraction | None:
        return self.highest(full)


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

    def lines(self, row: Row, verb: Text) -> list[Text]:
        """One sentence per kind that occurred."""
        return [_kind_said(row, code, kind, verb) for code, kind in self.each.items() if row[f"count {code}"]]

    def kinds_in_words(self, capped: Text) -> Text:
        """What each kind is worth, and the most that it is worth."""
        text = Text("{name} {points} 分{most}", "{name} {points}{most}")
        most = [
            NOTHING if kind.at_most is None else capped.format(most=show(kind.at_most)) for kind in self.each.values()
        ]
        kinds = zip(self.each.values(), most, strict=True)
        said = (text.format(name=kind.name, points=show(kind.points), most=cap) for kind, cap in kinds)
        return joined(said, "，", ", ")


def _kind_said(row: Row, code: str, kind: Occurrence, verb: Text) -> Text:
    all_of_them = row[f"count {code}"] * Fraction(kind.points)
    cap = Text("{all} 分，此项最多 {most} 分，", "{all}, at most {most}, ")
    cap = cap.format(all=show(all_of_them), most=show(kind.at_most or 0)) if row[code] != all_of_them else NOTHING
    equals = Text("，" if cap == NOTHING else " = ", ", " if cap == NOTHING else " = ")
    text = Text(
        "{name} {count} 次 × {points} 分{equals}{cap}{verb} {all} 分",
        "{name}: {count} × {points}{equals}{cap}{verb} {all}",
    )
    values = {"name": kind.name, "count": row.show(f"count {code}"), "points": show(kind.points), "all": row.show(code)}
    return text.format(equals=equals, cap=cap, verb=verb, **values)


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

    def bound(self, full: Fraction) -> Fraction | None:
        return full

    def explain(self, row: Row) -> list[Text]:
        if self.nothing_from is not None and row["counts"] >= self.nothing_from:
            text = Text("共 {n} 次，达到 {limit} 次即不得分", "{n} occurrences: from {limit} on, no points")
            return [text.format(n=row.show("counts"), limit=self.nothing_from)]
        lines = self.lines(row, Text("扣", "less"))
        if not lines:
            return [
                Text("没有扣分情形，得满分 {full} 分", "nothing occurred: full marks, {full}").format(full=row.full())
            ]
        lost = [show(row[code]) for code in self.each if row[code]] or ["0"]
        left = show(row.inputs.full[row.index] - sum((row[code] for code in self.each), Fraction(0)))
        text = Text("{full} − {lost} = {left}", "{full} − {lost} = {left}")
        return [*lines, text.format(full=row.full(), lost=" − ".join(lost), left=left)]

    def in_words(self, words: Words) -> Text:
        text = Text("每发生一次扣：{kinds}{until}", "each occurrence costs: {kinds}{until}")
        until = Text("，扣完为止", ", until nothing is left") if words.to_zero else NOTHING
        said = text.format(kinds=self.kinds_in_words(Text("（最多扣 {most} 分）", " (at most {most})")), until=until)
        nothing = Text("合计达到 {n} 次即不得分", "from {n} occurrences in all, no points").format(n=self.nothing_from)
        return joined([said, nothing if self.nothing_from is not None else NOTHING])


@RULES.add
class Add(_PerOccurrence):
    """So many points for each occurrence, up to the cap."""

    word: ClassVar[str] = "add"

    def score(self, x: Inputs) -> Exact:
        return self.total(x)

    def bound(self, full: Fraction) -> Fraction | None:
        capped = all(kind.at_most is not None or not kind.points for kind in self.each.values())
        return sum((Fraction(kind.at_most or 0) for kind in self.each.values()), Fraction(0)) if capped else None

    def explain(self, row: Row) -> list[Text]:
        lines = self.lines(row, Text("得", "gives"))
        if not lines:
            return [Text("没有加分情形，得 0 分", "nothing occurred: 0 points")]
        earned = [row.show(code) for code in self.each if row[f"count {code}"]]
        if len(earned) > 1:
            total = show(sum((row[code] for code in self.each), Fraction(0)))
            lines.append(Text("{sum} = {total}", "{sum} = {total}").format(sum=" + ".join(earned), total=total))
        return lines

    def in_words(self, words: Words) -> Text:
        text = Text("每发生一次得：{kinds}", "each occurrence brings: {kinds}")
        return text.format(kinds=self.kinds_in_words(Text("（最多 {most} 分）", " (at most {most})")))
