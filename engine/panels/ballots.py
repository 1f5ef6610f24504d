"""Ballots → a tally: the one place where a ballot is checked, for workbooks and for voting alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.facts import Tally
from engine.panels.panel import Panel
from engine.text import Text

_UNKNOWN = Text("没有“{answer}”这种评价；有：{known}", 'there is no answer "{answer}"; there are: {known}')
_NOT_LISTED = Text("不在这位投票人的对象名单里", "is not on this voter's list")
_UNANSWERED = Text("这张票没有评这个单位", "the ballot says nothing about this unit")


@dataclass(slots=True)
class Ballot:
    """One voter's answers by unit row; `own` is the row of the voter's own unit, on which he has no vote."""

    voter: str
    answers: dict[int, str]
    own: int | None = None


def tally_ballots(
    panel: Panel, units: int, ballots: list[Ballot], lists: Mapping[str, set[int]]
) -> tuple[Tally, list[tuple[str, int, Text]]]:
    """Count ballots.

    Args:
        panel: how votes are cast and on whom.
        units: number of units of the set; subjects are rows 0…units-1.
        ballots: one per voter.
        lists: voter → the rows on his list, for panels on units in charge.

    Returns:
        The tally of the proper ballots, and what is wrong with the others: (voter, unit row, what). A ballot with
        anything wrong is not counted at all.
    """
    answers = panel.answers()
    counts = np.zeros((units, len(answers)), dtype=np.int64)
    listed = np.full(units, panel.subjects == "all")
    own = {ballot.voter: ballot.own for ballot in ballots}
    for voter, mine in lists.items():
        listed[[unit for unit in mine if unit != own.get(voter)]] = True
    wrong: list[tuple[str, int, Text]] = []
    for ballot in ballots:
        mine = set(range(units)) if panel.subjects == "all" else lists.get(ballot.voter, set())
        subjects = {unit for unit in mine if unit != ballot.own}
        found = list(_wrong_with(panel, ballot, subjects, answers))
        wrong += [(ballot.voter, unit, text) for unit, text in found]
        for unit, answer in ballot.answers.items() if not found else ():
            counts[unit, answers.index(_plain(answer, answers))] += 1
    return Tally(answers, counts, listed), wrong


def _plain(answer: str, answers: tuple[str, ...]) -> str:
    """The answer in the spelling of the method: `01` and `1` are not the same, but `90.0` is `90`."""
    if answer in answers:
        return answer
    return answer.rstrip("0").rstrip(".") if "." in answer else answer


def _wrong_with(panel: Panel, ballot: Ballot, subjects: set[int], answers: tuple[str, ...]) -> list[tuple[int, Text]]:
    known = "、".join(answers[:12])
    found = [
        (unit, _UNKNOWN.format(answer=answer, known=known))
        for unit, answer in ballot.answers.items()
        if _plain(answer, answers) not in answers
    ]
    found += [(unit, _NOT_LISTED) for unit in sorted(ballot.answers.keys() - subjects)]
    found += [(unit, _UNANSWERED) for unit in sorted(subjects - ballot.answers.keys())]
    if found:
        return found
    plain = {unit: _plain(answer, answers) for unit, answer in ballot.answers.items()}
    cast = {str(unit): answer for unit, answer in plain.items() if answer not in panel.not_counted}
    return [(int(unit), text) for unit, text in panel.method.chosen.wrong_with(cast)]
