"""Rules that count occurrences: so many points less, or more, for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from engine.exact import Exact
from engine.grammar.fields import Code, Name, NotNegative, Part
from engine.rules.base import RULES, FactSpec, Row, Rule
from engine.rules.inputs import Inputs, Need
from engine.rules.wording import NOTHING, Words, joined
from engine.show import show
from engine.text import Text


class Occurrence(Part):
    """What one occurrence of a kind costs or brings, and the most that this kind may cost or bring."""

    name: Name
    points: NotNegative
    at_most: NotNegative | None = None


class Offence(Occurrence):
    """A kind of occurrence that costs; from the n-th of this kind on, nothing is left."""

    nothing_from: Annotated[int, Field(ge=1)] | None = None


_ABOVE_ITS_CAP = Text(
    "“{name}”一次 {points} 分，超过此项最多的 {most} 分（at_most）",
    '"{name}": {points} points at once, above its cap (at_most) of {most}',
)
_WORTH_NOTHING = Text("“{name}”每次 0 分，不起作用；请改分值或删去", '"{name}" is worth 0 points; change or remove it')


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
                yield "each", _ABOVE_ITS_CAP.format(**values)
            elif kind.points == 0 and not self.counts_otherwise(kind):
                yield "each", _WORTH_NOTHING.format(**values)

    def counts_otherwise(self, kind: Occurrence) -> bool:
        """Whether a kind that is worth no points has an effect all the same."""
        return False

    def default_facts(self) -> dict[str, FactSpec]:
        return {code: FactSpec(name=kind.name, measure="次", kind="count") for code, kind in self.each.items()}

    def lines(self, row: Row, verb: Text) -> list[Text]:
        """One sentence per kind that occurred."""
        return [_kind_said(row, code, kind, verb) for code, kind in self.each.items() if row[f"count {code}"]]


def _kinds_in_words(kinds: Iterable[Occurrence], capped: Text) -> Text:
    """What each kind is worth, and the most that it is worth."""
    text = Text("{name} {points} 分{most}", "{name} {points}{most}")
    said = []
    for kind in kinds:
        most = NOTHING if kind.at_most is None else capped.format(most=show(kind.at_most))
        said.append(text.format(name=kind.name, points=show(kind.points), most=most))
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


_FULL_MARKS = Text("没有扣分情形，得满分 {full} 分", "nothing occurred: full marks, {full}")
_NOTHING_LEFT = Text("{of} {n} 次，达到 {limit} 次即不得分", "{of}: {n}; from {limit} on, no points")
_COSTS = Text("每发生一次扣：{kinds}{until}", "each occurrence costs: {kinds}{until}")
_NOTHING_FROM = Text("{of}达到 {limit} 次即不得分", "{of}: from {limit} on, no points")
_OF_ALL = Text("合计", "all kinds together")
_NEVER_FIRST = Text(
    "“{name}”达到 {own} 次即不得分（nothing_from），而合计 {all} 次已不得分，不起作用；请改小或删去",
    '"{name}" leaves nothing from {own} on (nothing_from), but {all} of all kinds already do: change or remove it',
)


@RULES.add
class Deduct(_PerOccurrence):
    """Full marks less so many points for each occurrence; from the n-th of a kind or of anything, nothing is left."""

    word: ClassVar[str] = "deduct"
    each: Annotated[Mapping[Code, Offence], Field(min_length=1)]
    nothing_from: Annotated[int, Field(ge=1)] | None = None

    def score(self, x: Inputs) -> Exact:
        left = x.full - self.total(x)
        if self.nothing_from is not None:
            x.note("counts", sum((x.notes[f"count {code}"] for code in self.each), x.same(0)))
        for count, _, limit in self.limits():
            left = left.where(x.notes[count] < limit, 0)
        return left

    def limits(self) -> Iterator[tuple[str, Text, int]]:
        """From where nothing is left: the note of a count, what it counts, and the limit."""
        for code, kind in self.each.items():
            if kind.nothing_from is not None:
                yield f"count {code}", Text(kind.name, kind.name), kind.nothing_from
        if self.nothing_from is not None:
            yield "counts", _OF_ALL, self.nothing_from

    def counts_otherwise(self, kind: Occurrence) -> bool:
        return self.nothing_from is not None or (isinstance(kind, Offence) and kind.nothing_from is not None)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        yield from super().mistakes()
        most = self.nothing_from
        for kind in self.each.values():
            if most is not None and kind.nothing_from is not None and kind.nothing_from >= most:
                yield "each", _NEVER_FIRST.format(name=kind.name, own=kind.nothing_from, all=most)

    def bound(self, full: Fraction) -> Fraction | None:
        return full

    def explain(self, row: Row) -> list[Text]:
        reached = [(of, row.show(count), limit) for count, of, limit in self.limits() if row[count] >= limit]
        if reached:
            return [_NOTHING_LEFT.format(of=of, n=n, limit=limit) for of, n, limit in reached]
        lines = self.lines(row, Text("扣", "less"))
        if not lines:
            return [_FULL_MARKS.format(full=row.full())]
        lost = [show(row[code]) for code in self.each if row[code]] or ["0"]
        left = show(row.inputs.full[row.index] - sum((row[code] for code in self.each), Fraction(0)))
        text = Text("{full} − {lost} = {left}", "{full} − {lost} = {left}")
        return [*lines, text.format(full=row.full(), lost=" − ".join(lost), left=left)]

    def in_words(self, words: Words) -> Text:
        costing = [kind for kind in self.each.values() if kind.points or kind.nothing_from is None]
        kinds = _kinds_in_words(costing, Text("（最多扣 {most} 分）", " (at most {most})"))
        until = Text("，扣完为止", ", until nothing is left") if words.to_zero else NOTHING
        costs = [_COSTS.format(kinds=kinds, until=until)] if costing else []
        return joined([*costs, *(_NOTHING_FROM.format(of=of, limit=limit) for _, of, limit in self.limits())])


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
        return text.format(kinds=_kinds_in_words(self.each.values(), Text("（最多 {most} 分）", " (at most {most})")))
