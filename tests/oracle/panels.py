"""What the votes on one unit are worth."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.oracle.figures import Refused, number, one_of

Votes = Mapping[tuple[str, str], Mapping[str, int]]


def points(panel: Mapping[str, Any], code: str, unit: str, all_votes: Votes) -> Fraction | None:
    """The mean of the votes that have points; None where the panel is left out."""
    voted = any(panel_code == code for panel_code, _ in all_votes)
    votes = all_votes.get((code, unit))
    if votes is None and voted:
        return None
    votes = votes or {}
    worths: list[Fraction] = []
    for answer, times in votes.items():
        if answer not in panel.get("not_counted", []):
            worths += [worth(panel["method"], answer)] * times
    if len(worths) < int(panel.get("minimum_ballots", "1")):
        if panel.get("below_minimum", "block") == "block":
            raise Refused
        return None
    return sum(worths, Fraction(0)) / len(worths)


def worth(method: Any, answer: str) -> Fraction:
    """The points of one answer."""
    word, keys = one_of(method)
    if word == "score":
        return number(answer)
    if word == "ranking":
        return number(keys["points"][int(answer) - 1])
    return number(keys.get("points", keys)[answer] if isinstance(keys.get("points"), dict) else keys[answer])
