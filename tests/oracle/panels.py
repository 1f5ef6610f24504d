"""What the votes on one unit are worth."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.oracle.figures import Refused, number, one_of

VOID = "无效"
Votes = Mapping[str, int]
FEW = "few"


def figure(panel: Mapping[str, Any], votes: Votes) -> Fraction | str | None:
    """The figure of a unit that stands on somebody's list; FEW with too few votes, None where the panel is left out."""
    worths = sorted(worth(panel["method"], answer) for answer in valid(panel, votes))
    if not any(votes.values()):
        if panel.get("no_ballots", "block") == "block":
            raise Refused
        return None
    if len(worths) < int(panel.get("minimum_ballots", "1")):
        way = panel.get("below_minimum", "block")
        if way == "block":
            raise Refused
        return None if way == "drop" else FEW
    return aggregated(panel.get("aggregate", "mean"), worths)


def valid(panel: Mapping[str, Any], votes: Votes) -> list[str]:
    """Every vote that has points, one by one."""
    uncounted = [*panel.get("not_counted", []), VOID]
    return [answer for answer, times in votes.items() if answer not in uncounted for _ in range(times)]


def aggregated(way: Any, worths: list[Fraction]) -> Fraction:
    word, keys = one_of(way)
    if word == "median":
        middle = len(worths) // 2
        return worths[middle] if len(worths) % 2 else (worths[middle - 1] + worths[middle]) / 2
    if word == "trimmed" and len(worths) > int(keys["when_more_than"]):
        drop = int(keys["drop"])
        worths = worths[drop : len(worths) - drop]
    return sum(worths, Fraction(0)) / len(worths)


def worth(method: Any, answer: str) -> Fraction:
    """The points of one answer."""
    word, keys = one_of(method)
    if word == "score":
        return number(answer)
    if word == "ranking":
        return number(keys["points"][int(answer) - 1])
    return number(keys.get("points", keys)[answer] if isinstance(keys.get("points"), dict) else keys[answer])
