"""Questionnaire: the voter answers several questions about each subject on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from engine.grammar.fields import Code, Name, NotNegative, Part, Positive
from engine.panels.methods import METHODS, MOST_ANSWERS, Method, Question
from engine.rules.wording import listed
from engine.show import show
from engine.text import Text


class Item(Part):
    """One question of a questionnaire, and its weight in percent."""

    code: Code
    name: Name
    weight: Positive


@METHODS.add
class Questionnaire(Method):
    """Several questions with weights, answered on one scale; an answer is written `item/answer`.

    The mean of each item is taken without those who do not know, then the items by their weights; one that nobody
    answered drops out.
    """

    word: ClassVar[str] = "questionnaire"
    items: Annotated[tuple[Item, ...], Field(min_length=1, strict=False)]
    scale: Annotated[Mapping[Name, NotNegative], Field(min_length=2)]

    def questions(self) -> tuple[Question, ...]:
        return tuple(Question(item.code, item.name, Fraction(item.weight)) for item in self.items)

    def question_of(self, answer: str) -> str:
        return answer.partition("/")[0]

    def worth(self, answer: str) -> Fraction | None:
        item, _, level = answer.partition("/")
        if level not in self.scale or item not in {one.code for one in self.items}:
            return None
        return Fraction(self.scale[level])

    def answers(self) -> tuple[str, ...]:
        return tuple(f"{item.code}/{level}" for item in self.items for level in self.scale)

    def uncounted(self, answers: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{item.code}/{answer}" for item in self.items for answer in answers)

    def wording(self, answer: str) -> Text:
        code, _, level = answer.partition("/")
        name = next((item.name for item in self.items if item.code == code), None)
        return super().wording(answer) if name is None else Text(f"{name}{level}", f"{name} {level}")

    def level(self, answer: str) -> Text:
        return Text(answer.partition("/")[2], answer.partition("/")[2])

    def in_words(self) -> Text:
        weighs = Text("{name}（权重 {weight}）", "{name} (weight {weight})")
        gives = Text("{level} {points} 分", "{level} {points}")
        items = listed(weighs.format(name=item.name, weight=show(item.weight)) for item in self.items)
        scale = listed(gives.format(level=level, points=show(points)) for level, points in self.scale.items())
        text = Text(
            "问卷：{items}；{scale}；每题先平均，再按权重合计，没有人回答的题不计",
            "questionnaire: {items}; {scale}; the mean of each item, then by weight; an item without answers drops out",
        )
        return text.format(items=items, scale=scale)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        total = sum((item.weight for item in self.items), start=type(self.items[0].weight)(0))
        if total != 100:
            text = Text(
                "各题权重合计 {total}，应为 100", "the weights of the items add up to {total}; they must be 100"
            )
            yield "items", text.format(total=show(total))
        for what in ("code", "name"):
            values = [getattr(item, what) for item in self.items]
            for value in dict.fromkeys(value for value in values if values.count(value) > 1):
                text = Text("有两道题都叫“{value}”", 'two items are called "{value}"')
                yield "items", text.format(value=value)
        if len(set(self.scale.values())) == 1:
            zh = "各种回答分值都一样，投票分不出高低"
            yield "scale", Text(zh, "every answer has the same points: a vote makes no difference")
        if len(self.answers()) > MOST_ANSWERS:
            text = Text(
                "{items} 道题、{levels} 种回答，共 {n} 种答案，最多 {most} 种；请分成几个测评",
                "{items} items with {levels} answers make {n}, at most {most}; make several panels of them",
            )
            n = len(self.answers())
            yield "items", text.format(items=len(self.items), levels=len(self.scale), n=n, most=MOST_ANSWERS)
