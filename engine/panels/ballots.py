"""Ballots → a tally: the one place where a ballot is checked, for workbooks and for voting alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from engine.exact import Mask
from engine.facts import Tally
from engine.panels.methods import VOID, Answers
from engine.panels.panel import Panel
from engine.rules.wording import listed
from engine.text import Text

_NOT_LISTED = Text("不在这位投票人的对象名单里", "is not on this voter's list")
_UNANSWERED = Text("这张票没有评这个单位", "the ballot says nothing about this unit")
_UNANSWERED_ITEM = Text("这张票没有答“{item}”", 'the ballot does not answer "{item}"')
_TWICE = Text("同一张票上评了两次", "the ballot judges this unit twice")
_TWICE_AN_ITEM = Text("同一张票上“{item}”答了两次", 'the ballot answers "{item}" twice')
_OVER_LIMIT = Text(
    "“{tier}”给了 {found} 个，{subjects} 个对象最多给 {most} 个",
    '"{tier}" is given to {found} of {subjects} subjects, at most {most} are allowed',
)
_ALL_SAME = Text("{n} 个对象都是“{answer}”", 'all {n} subjects have "{answer}"')


@dataclass(slots=True)
class Ballot:
    """One voter's answers by unit row, one per question of the panel.

    `own` is the row of the voter's own unit, on which he has no vote; `noted` the rows with a note.
    """

    voter: str
    answers: dict[int, tuple[str, ...]]
    own: int | None = None
    noted: set[int] = field(default_factory=set)


class Fault(NamedTuple):
    """What is wrong with a ballot: the row of the unit, what, and the answer that it is about if it is about one."""

    voter: str
    unit: int
    what: Text
    answer: str = ""


class Ballots(NamedTuple):
    """The tally of the proper ballots; the faults of those that are refused; (voter, why) of those that are void."""

    tally: Tally
    wrong: list[Fault]
    void: list[tuple[str, Text]]


def tally_ballots(panel: Panel, units: int, ballots: list[Ballot], lists: Mapping[str, set[int]]) -> Ballots:
    """Count ballots.

    Args:
        panel: how votes are cast and on whom.
        units: number of units of the set; subjects are rows 0…units-1.
        ballots: one per voter.
        lists: voter → the rows on his list, for panels on units in charge.

    Returns:
        What is counted, refused and void. A ballot with anything wrong is not counted at all; a void one counts as
        such for each of its subjects.
    """
    listed = np.full(units, panel.subjects == "all")
    own = {ballot.voter: ballot.own for ballot in ballots}
    for voter, mine in lists.items():
        listed[[unit for unit in mine if unit != own.get(voter)]] = True
    known = panel.ballot_answers(units)
    votes: Counter[tuple[int, str]] = Counter()
    result = Ballots(Tally((), np.zeros((units, 0), dtype=np.int64), listed), [], [])
    for ballot in ballots:
        mine = set(range(units)) if panel.subjects == "all" else lists.get(ballot.voter, set())
        subjects = {unit for unit in mine if unit != ballot.own}
        checked = _Checked(panel, ballot, subjects, known)
        result.wrong.extend(checked.faults)
        result.void.extend((ballot.voter, why) for why in checked.void)
        votes.update(checked.votes())
    return result._replace(tally=_tally(panel, votes, listed))


def spelt(answer: str, known: Collection[str]) -> str | None:
    """An answer in the spelling of the method: `01` and `1` are not the same, but `90.0` is `90`; None if unknown."""
    if answer in known:
        return answer
    shorter = answer.rstrip("0").rstrip(".") if "." in answer else answer
    return shorter if shorter in known else None


def _tally(panel: Panel, votes: Counter[tuple[int, str]], listed: Mask) -> Tally:
    usual = panel.tallied()
    answers = (*usual, *sorted({answer for _, answer in votes} - set(usual)))
    counts = np.zeros((len(listed), len(answers)), dtype=np.int64)
    columns = {answer: place for place, answer in enumerate(answers)}
    for (unit, answer), count in votes.items():
        counts[unit, columns[answer]] = count
    return Tally(answers, counts, listed)


class _Checked:
    """One ballot looked at: `faults` refuse it; without them `void` says why it is void."""

    def __init__(self, panel: Panel, ballot: Ballot, subjects: set[int], known: tuple[str, ...]) -> None:
        self.panel, self.ballot, self.subjects, self.known = panel, ballot, subjects, known
        self.void: list[Text] = []
        self.faults = [*self._unknown(), *self._incomplete()]
        if self.faults:
            return
        self.answers = {
            unit: tuple(found for answer in answers if (found := spelt(answer, known)))
            for unit, answers in ballot.answers.items()
        }
        self.counted = self._with_points()
        wrong = panel.method.chosen.wrong_with(self.counted, ballot.noted)
        self.faults = [Fault(ballot.voter, unit, what) for unit, what in wrong]
        for consequence, unit, why in (*self._over_limits(), *self._all_same()):
            if consequence == "refuse":
                self.faults.append(Fault(ballot.voter, unit, why))
            else:
                self.void.append(why)

    def votes(self) -> Iterator[tuple[int, str]]:
        """What the ballot adds to the tally: (unit row, answer)."""
        if self.void and not self.faults:
            yield from ((unit, VOID) for unit in self.subjects)
        elif not self.faults:
            method = self.panel.method.chosen
            for unit, answers in self.answers.items():
                with_points = self.counted.get(unit, ())
                for answer in answers:
                    yield unit, method.counted_as(answer, len(self.counted)) if answer in with_points else answer

    def _unknown(self) -> Iterator[Fault]:
        method = self.panel.method.chosen
        for unit, answers in self.ballot.answers.items():
            for answer in answers:
                if spelt(answer, self.known) is None:
                    yield Fault(self.ballot.voter, unit, method.unknown(answer, self.known), answer)
        for unit in sorted(self.ballot.answers.keys() - self.subjects):
            yield Fault(self.ballot.voter, unit, _NOT_LISTED)

    def _incomplete(self) -> Iterator[Fault]:
        """Subjects without an answer to a question, or with two."""
        for unit in sorted(self.subjects - self.ballot.answers.keys()):
            yield Fault(self.ballot.voter, unit, _UNANSWERED)
        method = self.panel.method.chosen
        for unit, answers in self.ballot.answers.items():
            asked = Counter(method.question_of(answer) for answer in answers)
            for question in method.questions():
                if asked[question.code] > 1:
                    again = [answer for answer in answers if method.question_of(answer) == question.code]
                    text = _TWICE_AN_ITEM.format(item=question.name) if question.name else _TWICE
                    yield Fault(self.ballot.voter, unit, text, again[1])
                elif not asked[question.code]:
                    yield Fault(self.ballot.voter, unit, _UNANSWERED_ITEM.format(item=question.name))

    def _with_points(self) -> Answers:
        uncounted = self.panel.method.chosen.uncounted(self.panel.not_counted)
        counted = {
            unit: tuple(answer for answer in answers if answer not in uncounted)
            for unit, answers in self.answers.items()
        }
        return {unit: answers for unit, answers in counted.items() if answers}

    def _over_limits(self) -> Iterator[tuple[str, int, Text]]:
        given = Counter(answer for answers in self.counted.values() for answer in answers)
        for tier in self.panel.limits or ():
            most = self.panel.limit_of(tier, len(self.subjects))
            if given[tier] > most:
                why = _OVER_LIMIT.format(tier=tier, found=given[tier], subjects=len(self.subjects), most=most)
                first = min(unit for unit, answers in self.counted.items() if tier in answers)
                yield self.panel.over_limit or "refuse", first, why

    def _all_same(self) -> Iterator[tuple[str, int, Text]]:
        """A ballot on several subjects that judges all of them, and all alike."""
        alike = len(set(self.counted.values())) == 1 and len(self.counted) == len(self.subjects) > 1
        if alike and self.panel.all_same != "allow":
            answers = next(iter(self.counted.values()))
            said = listed(self.panel.method.chosen.wording(answer) for answer in answers)
            yield self.panel.all_same, min(self.counted), _ALL_SAME.format(n=len(self.subjects), answer=said)
