"""Signed ballots, one at a time: which are refused, which are void, and what the others say about each unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.figures import number, one_of, rounded_count
from tests.oracle.panels import VOID


@dataclass(frozen=True)
class Ballot:
    """`answers`: unit → one answer, of a questionnaire one per item; `own` is the voter's own unit, if it is judged."""

    voter: str
    answers: Mapping[str, tuple[str, ...]]
    own: str = ""


@dataclass
class Counted:
    """`votes`: unit → answer → how many; who is not there is on nobody's list. `refused`, `void`: whose ballots are."""

    votes: dict[str, dict[str, int]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    void: set[str] = field(default_factory=set)


def count(panel: Mapping[str, Any], units: list[str], ballots: list[Ballot], lists: Mapping[str, list[str]]) -> Counted:
    """`lists`: voter → whom he judges, for panels on units in charge."""
    found = Counted()
    everybody = panel.get("subjects", "all") == "all"
    own = {ballot.voter: ballot.own for ballot in ballots}
    for voter, listed in [("", units)] if everybody else lists.items():
        for unit in listed:
            if everybody or unit != own.get(voter):
                found.votes.setdefault(unit, {})
    for ballot in ballots:
        subjects = [unit for unit in (units if everybody else lists[ballot.voter]) if unit != ballot.own]
        judged = {unit: answers for unit, all_ in ballot.answers.items() if (answers := with_points(panel, all_))}
        ways = _over_limits(panel, judged, len(subjects)) + _all_same(panel, judged, len(subjects))
        if "refuse" in ways:
            found.refused.add(ballot.voter)
        elif "void" in ways:
            found.void.add(ballot.voter)
            for unit in subjects:
                _add(found.votes[unit], VOID)
        else:
            for unit, answers in ballot.answers.items():
                for answer in answers:
                    spread = answer in judged.get(unit, ()) and _spread(panel)
                    _add(found.votes[unit], f"{answer}/{len(judged)}" if spread else answer)
    return found


def with_points(panel: Mapping[str, Any], answers: tuple[str, ...]) -> tuple[str, ...]:
    apart = panel.get("not_counted", [])
    return tuple(answer for answer in answers if answer.rpartition("/")[2] not in apart)


def _spread(panel: Mapping[str, Any]) -> bool:
    word, keys = one_of(panel["method"])
    return word == "ranking" and keys["unequal_lists"] == "spread"


def _add(votes: dict[str, int], answer: str) -> None:
    votes[answer] = votes.get(answer, 0) + 1


def _over_limits(panel: Mapping[str, Any], judged: Mapping[str, tuple[str, ...]], subjects: int) -> list[str]:
    broken = []
    for tier, said in panel.get("limits", {}).items():
        most = number(said)
        if said.endswith("%"):
            most = Fraction(rounded_count(most * subjects, panel["limit_rounding"]))
        if sum(1 for answers in judged.values() if tier in answers) > most:
            broken.append(panel["over_limit"])
    return broken


def _all_same(panel: Mapping[str, Any], judged: Mapping[str, tuple[str, ...]], subjects: int) -> list[str]:
    alike = subjects > 1 and len(judged) == subjects and len(set(judged.values())) == 1
    return [panel["all_same"]] if alike and panel.get("all_same", "allow") != "allow" else []
