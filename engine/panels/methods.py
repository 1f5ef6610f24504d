"""How a panel votes: tiers, ranking, score. A method says what an answer is worth and what a proper ballot is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from engine.grammar.fields import Name, NotNegative, Plain, Positive
from engine.grammar.registry import Family, Kind
from engine.grammar.source import Keyed, keyed
from engine.rules.wording import listed
from engine.show import show
from engine.text import Text

VOID = "无效"  # the answer under which void ballots are counted


class Method(Kind):
    """One way of voting."""

    says_worth: ClassVar[bool] = False  # whether an answer is itself the points that it is worth

    def worth(self, answer: str) -> Fraction | None:
        """Points of an answer; None where there is no such answer."""
        raise NotImplementedError

    def answers(self) -> tuple[str, ...]:
        """The possible answers, for a drop-down."""
        raise NotImplementedError

    def wording(self, answer: str) -> Text:
        """An answer for people."""
        return Text(answer, answer)

    def in_words(self) -> Text:
        """The method and what each answer is worth, in one sentence."""
        raise NotImplementedError

    def most(self) -> Fraction:
        """The points of the best answer."""
        return max(worth for answer in self.answers() if (worth := self.worth(answer)) is not None)

    def least(self) -> Fraction:
        """The points of the worst answer."""
        return min(worth for answer in self.answers() if (worth := self.worth(answer)) is not None)

    def wrong_with(self, ballot: Mapping[str, str]) -> Iterator[tuple[str, Text]]:
        """What is wrong with a whole ballot (subject → answer), beyond its single answers: (subject, what)."""
        yield from ()


MOST_STEPS = 1000  # of a score; every one of them is an answer in a drop-down

_PLACE = Text("第 {place} 名", "place {place}")

METHODS: Family[Method] = Family("投票方法", "method of voting")


@METHODS.add
class Tiers(Method):
    """Each subject is put in a tier; a tier has points."""

    word: ClassVar[str] = "tiers"
    alone: ClassVar[str] = "points"
    points: Annotated[Mapping[Name, NotNegative], Field(min_length=2)]

    @model_validator(mode="before")
    @classmethod
    def _write_tiers_directly(cls, data: Any) -> Any:
        """`tiers: {好: 100, 一般: 80}`."""
        return keyed({"points": data}, data.line) if isinstance(data, Keyed) and "points" not in data else data

    def worth(self, answer: str) -> Fraction | None:
        return Fraction(self.points[answer]) if answer in self.points else None

    def answers(self) -> tuple[str, ...]:
        return tuple(self.points)

    def in_words(self) -> Text:
        gives = Text("{tier} {points} 分", "{tier} {points}")
        tiers = listed(gives.format(tier=tier, points=show(points)) for tier, points in self.points.items())
        return Text("分档评价：{tiers}", "put in a tier: {tiers}").format(tiers=tiers)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        if len(set(self.points.values())) == 1:
            zh, en = "各档分值都一样，投票分不出高低", "every tier has the same points: a vote makes no difference"
            yield "points", Text(zh, en)


@METHODS.add
class Ranking(Method):
    """The voter ranks his subjects 1, 2, 3 …; a place has points, set once by the office.

    Voters with unequally long lists: `same_points` gives a place its points whatever the length of the list.
    """

    word: ClassVar[str] = "ranking"
    points: Annotated[tuple[NotNegative, ...], Field(min_length=1, strict=False)]
    unequal_lists: Literal["same_points"]

    def worth(self, answer: str) -> Fraction | None:
        if not answer.isascii() or not answer.isdigit() or not 1 <= int(answer) <= len(self.points):
            return None
        return Fraction(self.points[int(answer) - 1])

    def answers(self) -> tuple[str, ...]:
        return tuple(str(place) for place in range(1, len(self.points) + 1))

    def wording(self, answer: str) -> Text:
        return _PLACE.format(place=answer) if self.worth(answer) is not None else super().wording(answer)

    def in_words(self) -> Text:
        gives = Text("{place} {points} 分", "{place} {points}")
        numbered = enumerate(self.points, 1)
        places = listed(gives.format(place=_PLACE.format(place=n), points=show(points)) for n, points in numbered)
        text = Text(
            "排名：{places}；名单长短不同的，同一名次分值相同",
            "ranked: {places}; a place has the same points however long the list",
        )
        return text.format(places=places)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        for place, (better, worse) in enumerate(pairwise(self.points), 1):
            if worse > better:
                text = Text(
                    "第 {place} 名 {worse} 分，比第 {before} 名的 {better} 分还多；名次分值应由高到低写",
                    "place {place} has {worse} points, more than the {better} of place {before}; points must not rise",
                )
                yield "points", text.format(place=place + 1, before=place, better=show(better), worse=show(worse))
        if len(self.points) > 1 and len(set(self.points)) == 1:
            zh, en = "各名次分值都一样，投票分不出高低", "every place has the same points: a vote makes no difference"
            yield "points", Text(zh, en)

    def wrong_with(self, ballot: Mapping[str, str]) -> Iterator[tuple[str, Text]]:
        places = sorted(int(answer) for answer in ballot.values())
        for subject, answer in ballot.items():
            if places.count(int(answer)) > 1:
                text = Text("同一张票上名次 {place} 用了两次", "place {place} is used twice on this ballot")
                yield subject, text.format(place=answer)
            elif int(answer) > len(ballot):
                text = Text("只有 {n} 个对象，没有第 {place} 名", "there are {n} subjects and no place {place}")
                yield subject, text.format(place=answer, n=len(ballot))


@METHODS.add
class Score(Method):
    """The voter gives points within a range, in steps."""

    word: ClassVar[str] = "score"
    says_worth: ClassVar[bool] = True
    from_: Plain = Field(alias="from")
    to: Plain
    step: Positive

    def worth(self, answer: str) -> Fraction | None:
        try:
            points = Decimal(answer)
        except InvalidOperation:
            return None
        if not points.is_finite() or not self.from_ <= points <= self.to or (points - self.from_) % self.step:
            return None
        return Fraction(points)

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        values = {"low": show(self.from_), "high": show(self.to), "step": show(self.step)}
        steps = Fraction(self.to - self.from_) / Fraction(self.step)
        if steps <= 0:
            text = Text(
                "分值从 {low} 到 {high}，没有范围；to 应大于 from",
                "from {low} to {high} is no range; `to` must be above `from`",
            )
            yield "to", text.format(**values)
        elif steps.denominator != 1:
            text = Text(
                "从 {low} 起每次 {step}，到不了 {high}；请改 step",
                "steps of {step} from {low} do not reach {high}; change the step",
            )
            yield "step", text.format(**values)
        elif steps > MOST_STEPS:
            text = Text(
                "从 {low} 到 {high} 每次 {step} 共 {n} 档，最多 {most} 档；请把 step 写大些",
                "from {low} to {high} by {step} makes {n} steps, at most {most}; make the step larger",
            )
            yield "step", text.format(n=show(steps), most=MOST_STEPS, **values)

    def wording(self, answer: str) -> Text:
        known = self.worth(answer) is not None
        return Text("{answer} 分", "{answer}").format(answer=answer) if known else super().wording(answer)

    def in_words(self) -> Text:
        text = Text("打分：{low} 至 {high} 分，每 {step} 分一档", "points from {low} to {high} by steps of {step}")
        return text.format(low=show(self.from_), high=show(self.to), step=show(self.step))

    def answers(self) -> tuple[str, ...]:
        steps = int((self.to - self.from_) // self.step)
        return tuple(show(self.from_ + self.step * number) for number in range(steps + 1))
