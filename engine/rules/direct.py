"""Rules that look at one unit alone and need no reference: judged, all or nothing, stated points."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from engine.exact import Exact
from engine.grammar.fields import MarksField
from engine.rules.base import RULES, FactSpec, Row, Rule
from engine.rules.inputs import ACTUAL, Inputs, Need
from engine.rules.wording import Words, marks_said, tight
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
