"""Rules made of rules."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import Field

from engine.exact import Exact
from engine.language.fields import Part, Share
from engine.rules.base import RULES, FactSpec, Inputs, Need, Row, Rule
from engine.show import percent, show
from engine.text import Text


class Component(Part):
    """A sub-rule and its share of the full marks."""

    name: str
    share: Share
    rule: RuleChoice  # noqa: F821  (the registry builds it when every rule is known)


@RULES.add
class Composite(Rule):
    """The sum of sub-rules, each with its share of full marks (增量 40% + 增速 60%); each stays between 0 and its share."""

    word: ClassVar[str] = "composite"
    parts: Annotated[tuple[Component, ...], Field(min_length=2, strict=False)]

    def score(self, x: Inputs) -> Exact:
        total = x.same(0)
        for number, component in enumerate(self.parts):
            part = x.part(Fraction(component.share))
            points = component.rule.chosen.score(part).at_least(0).at_most(part.full)
            total = total + x.note(f"part {number}", points)
        return x.note("total", total)

    def explain(self, row: Row) -> list[Text]:
        lines: list[Text] = []
        for number, (component, part) in enumerate(zip(self.parts, row.parts(), strict=True)):
            head = Text("【{name}，占 {share}】", "[{name}, {share}] ").format(name=component.name, share=percent(component.share))
            for line in component.rule.chosen.explain(part):
                lines.append(Text(head.zh + line.zh, head.en + line.en))
            text = Text("{head}得 {points} 分（0 至 {full}）", "{head}{points} points (0 to {full})")
            lines.append(text.format(head=head, points=row.show(f"part {number}"), full=part.full()))
        points = " + ".join(row.show(f"part {number}") for number in range(len(self.parts)))
        return [*lines, Text("{points} = {total}", "{points} = {total}").format(points=points, total=row.show("total"))]

    def needs(self) -> set[Need]:
        return set().union(*(component.rule.chosen.needs() for component in self.parts))

    def comparative(self) -> bool:
        return any(component.rule.chosen.comparative() for component in self.parts)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        total = sum(component.share for component in self.parts)
        if total != 1:
            text = Text("各部分合计 {total}，应为 100%", "the parts add to {total}, not 100%")
            yield "parts", text.format(total=percent(total))
        for component in self.parts:
            yield from component.rule.chosen.mistakes()
