"""Rules made of rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.exact import Exact
from engine.facts import status_of
from engine.grammar.fields import Part, Share
from engine.rules.base import RULES, Row, Rule
from engine.rules.inputs import Inputs, Need
from engine.rules.wording import Words, bracketed, joined, limit_said
from engine.show import percent, show
from engine.text import Text

if TYPE_CHECKING:
    from engine.rules import RuleChoice


class Component(Part):
    """A sub-rule and its share of the full marks."""

    name: str
    share: Share
    rule: RuleChoice  # the registry brings it in when every rule is known


_HEAD = Text("【{name}，占 {share}】", "[{name}, {share}] ")


def _gives(raw: Fraction, kept: Fraction) -> Text:
    text = Text("得 {points} 分", "{points} points")
    return limit_said(raw, kept) if raw != kept else text.format(points=show(kept))


@RULES.add
class Composite(Rule):
    """The sum of sub-rules (增量 40% + 增速 60%), each between 0 and its share of what the leaf can earn."""

    word: ClassVar[str] = "composite"
    parts: Annotated[tuple[Component, ...], Field(min_length=2, strict=False)]

    def score(self, x: Inputs) -> Exact:
        total = x.same(0)
        for number, component in enumerate(self.parts):
            part = x.part(Fraction(component.share))
            points = x.note(f"raw {number}", component.rule.chosen.score(part)).at_least(part.floor).at_most(part.cap)
            total = total + x.note(f"part {number}", points)
        return x.note("total", total)

    def explain(self, row: Row) -> list[Text]:
        lines: list[Text] = []
        for number, (component, part) in enumerate(zip(self.parts, row.parts(), strict=True)):
            head = _HEAD.format(name=component.name, share=percent(component.share))
            said = [*component.rule.chosen.explain(part), _gives(row[f"raw {number}"], row[f"part {number}"])]
            lines += [Text(head.zh + line.zh, head.en + line.en) for line in said]
        points = " + ".join(bracketed(row.show(f"part {number}")) for number in range(len(self.parts)))
        return [*lines, Text("{points} = {total}", "{points} = {total}").format(points=points, total=row.show("total"))]

    def in_words(self, words: Words) -> Text:
        text = Text("{name}（占 {share}）：{rule}", "{name} ({share}): {rule}")
        return joined(
            text.format(name=one.name, share=percent(one.share), rule=one.rule.chosen.in_words(words))
            for one in self.parts
        )

    def needs(self) -> set[Need]:
        return set().union(*(component.rule.chosen.needs() for component in self.parts))

    def may_need(self) -> set[Need]:
        return set().union(*(component.rule.chosen.may_need() for component in self.parts))

    def asked(self, statuses: Mapping[Need, NDArray[np.int8]], x: Inputs) -> NDArray[np.int8]:
        return status_of([component.rule.chosen.asked(statuses, x) for component in self.parts], len(x))

    def bound(self, full: Fraction) -> Fraction | None:
        return full

    def gated(self) -> Iterator[Rule]:
        for component in self.parts:
            yield from component.rule.chosen.gated()

    def comparative(self) -> bool:
        return any(component.rule.chosen.comparative() for component in self.parts)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        total = sum((component.share for component in self.parts), Decimal(0))
        if total != 1:
            text = Text("各部分合计 {total}，应为 100%", "the parts add to {total}, not 100%")
            yield "parts", text.format(total=percent(total))
        for component in self.parts:
            if component.share == 0:
                text = Text(
                    "“{name}”占 0%，不起作用；请改比例或删去", '"{name}" has a share of 0%; change or remove it'
                )
                yield "parts", text.format(name=component.name)
