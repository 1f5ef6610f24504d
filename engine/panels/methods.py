"""How a panel votes: tiers, ranking, score. A method says what an answer is worth and what a proper ballot is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from engine.language.fields import Name, NotNegative, Plain, Positive
from engine.language.registry import Family, Kind
from engine.language.source import Keyed, keyed
from engine.show import show
from engine.text import Text


class Method(Kind):
    """One way of voting."""

    def worth(self, answer: str) -> Fraction | None:
        """Points of an answer; None where there is no such answer."""
        raise NotImplementedError

    def answers(self) -> tuple[str, ...]:
        """The possible answers, for a drop-down."""
        raise NotImplementedError

    def most(self) -> Decimal:
        """The points of the best answer."""
        return max(Decimal(str(worth)) for answer in self.answers() if (worth := self.worth(answer)) is not None)

    def wrong_with(self, ballot: Mapping[str, str]) -> Iterator[tuple[str, Text]]:
        """What is wrong with a whole ballot (subject → answer), beyond its single answers: (subject, what)."""
        yield from ()


METHODS: Family[Method] = Family("投票方法", "method of voting")


@METHODS.add
class Tiers(Method):
    """Each subject is put in a tier; a tier has points."""

    word: ClassVar[str] = "tiers"
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

    def answers(self) -> tuple[str, ...]:
        steps = int((self.to - self.from_) / self.step)
        return tuple(show(self.from_ + self.step * number) for number in range(steps + 1))
