"""How a panel votes: what an answer is worth and what a proper ballot is. Tiers and scores; the others beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any, ClassVar, NamedTuple, TypeAlias

from pydantic import Field, model_validator

from engine.grammar.fields import Name, NotNegative, Part, Plain, Positive
from engine.grammar.registry import Family, Kind
from engine.grammar.source import Keyed, keyed
from engine.rules.wording import joined, listed
from engine.show import show
from engine.text import Text

VOID = "无效"  # the answer under which void ballots are counted
MOST_ANSWERS = 1000  # of a method; every one of them stands in a drop-down

Answers: TypeAlias = Mapping[int, tuple[str, ...]]  # of one ballot: the row of a subject → one answer per question


class Question(NamedTuple):
    """One of the things that a ballot says about each subject, and its weight among them."""

    code: str
    name: str
    weight: Fraction


_UNKNOWN = Text("没有“{answer}”这种评价；有：{known}", 'there is no answer "{answer}"; there are: {known}')
_MOST_SHOWN = 12
_THE_ONE = Question("", "", Fraction(1))


class Method(Kind):
    """One way of voting."""

    says_worth: ClassVar[bool] = False  # whether an answer is itself the points that it is worth

    def questions(self) -> tuple[Question, ...]:
        """What is asked about each subject."""
        return (_THE_ONE,)

    def question_of(self, answer: str) -> str:
        """The code of the question that an answer belongs to."""
        return _THE_ONE.code

    def worth(self, answer: str) -> Fraction | None:
        """Points of an answer; None where there is no such answer."""
        raise NotImplementedError

    def answers(self) -> tuple[str, ...]:
        """The possible answers, as they are counted."""
        raise NotImplementedError

    def is_counted(self, answer: str) -> bool:
        """Whether a tally may count such an answer; there may be more of them than a drop-down has."""
        return answer in self.answers()

    def ballot_answers(self, units: int) -> tuple[str, ...]:
        """The possible answers as a voter writes them, in a set of so many units."""
        return self.answers()

    def uncounted(self, answers: tuple[str, ...]) -> tuple[str, ...]:
        """Answers that bring no points, as they are written on a ballot."""
        return answers

    def unknown(self, answer: str, known: tuple[str, ...]) -> Text:
        """What is said of an answer that is none of those known."""
        return _UNKNOWN.format(answer=answer, known="、".join(known[:_MOST_SHOWN]))

    def counted_as(self, answer: str, ranked: int) -> str:
        """How a tally counts an answer from a ballot that gives so many subjects an answer with points."""
        return answer

    def wording(self, answer: str) -> Text:
        """An answer for people."""
        return Text(answer, answer)

    def level(self, answer: str) -> Text:
        """An answer for people, beside its question."""
        return self.wording(answer)

    def in_words(self) -> Text:
        """The method and what each answer is worth, in one sentence."""
        raise NotImplementedError

    def most(self) -> Fraction:
        """The points of the best answer."""
        return max(worth for answer in self.answers() if (worth := self.worth(answer)) is not None)

    def least(self) -> Fraction:
        """The points of the worst answer."""
        return min(worth for answer in self.answers() if (worth := self.worth(answer)) is not None)

    def wrong_with(self, ballot: Answers, noted: Collection[int]) -> Iterator[tuple[int, Text]]:
        """What is wrong with a ballot beyond its single answers: (row of the subject, what).

        Args:
            ballot: its answers with points.
            noted: the rows of the subjects with a note beside the answer.
        """
        yield from ()


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


class Range(Part):
    """From one number of points to another, both included."""

    from_: Plain = Field(alias="from")
    to: Plain


@METHODS.add
class Score(Method):
    """The voter gives points within a range, in steps; outside a narrower range he adds a note."""

    word: ClassVar[str] = "score"
    says_worth: ClassVar[bool] = True
    from_: Plain = Field(alias="from")
    to: Plain
    step: Positive
    note_outside: Range | None = None

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
        elif steps > MOST_ANSWERS:
            text = Text(
                "从 {low} 到 {high} 每次 {step} 共 {n} 档，最多 {most} 档；请把 step 写大些",
                "from {low} to {high} by {step} makes {n} steps, at most {most}; make the step larger",
            )
            yield "step", text.format(n=show(steps), most=MOST_ANSWERS, **values)

        yield from self._mistakes_of_notes()

    def _mistakes_of_notes(self) -> Iterator[tuple[str, Text]]:
        noted = self.note_outside
        if noted is None:
            return
        values = {"low": show(noted.from_), "high": show(noted.to)}
        if not self.from_ <= noted.from_ <= noted.to <= self.to:
            text = Text(
                "不用说明的范围 {low} 至 {high} 应在 {least} 至 {most} 以内，且不颠倒",
                "the range without a note, {low} to {high}, must lie within {least} to {most}, the lower end first",
            )
            yield "note_outside", text.format(least=show(self.from_), most=show(self.to), **values)
        elif (noted.from_, noted.to) == (self.from_, self.to):
            text = Text(
                "{low} 至 {high} 就是全部分值，永远不用说明；请改范围或删去 note_outside",
                "{low} to {high} is the whole range and no note is ever needed; narrow it or remove note_outside",
            )
            yield "note_outside", text.format(**values)

    def wrong_with(self, ballot: Answers, noted: Collection[int]) -> Iterator[tuple[int, Text]]:
        usual = self.note_outside
        if usual is None:
            return
        text = Text(
            "{answer} 分不在 {low} 至 {high} 分之间，要写明理由（说明）",
            "{answer} is not between {low} and {high}: say why (Note)",
        )
        for subject, [answer] in ballot.items():
            if subject not in noted and not usual.from_ <= Decimal(answer) <= usual.to:
                yield subject, text.format(answer=answer, low=show(usual.from_), high=show(usual.to))

    def wording(self, answer: str) -> Text:
        known = self.worth(answer) is not None
        return Text("{answer} 分", "{answer}").format(answer=answer) if known else super().wording(answer)

    def in_words(self) -> Text:
        text = Text("打分：{low} 至 {high} 分，每 {step} 分一档", "points from {low} to {high} by steps of {step}")
        said = text.format(low=show(self.from_), high=show(self.to), step=show(self.step))
        if self.note_outside is None:
            return said
        note = Text("{low} 至 {high} 分以外的要写明理由", "with a reason outside {low} to {high}")
        return joined([said, note.format(low=show(self.note_outside.from_), high=show(self.note_outside.to))])

    def answers(self) -> tuple[str, ...]:
        steps = int((self.to - self.from_) // self.step)
        return tuple(show(self.from_ + self.step * number) for number in range(steps + 1))
