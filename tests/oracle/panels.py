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
    if not any(votes.values()):
        if panel.get("no_ballots", "block") == "block":
            raise Refused
        return None
    by_item: dict[str, list[Fraction]] = {}
    for answer in valid(panel, votes):
        by_item.setdefault(item(panel["method"], answer), []).append(worth(panel["method"], answer))
    if max(map(len, by_item.values()), default=0) < int(panel.get("minimum_ballots", "1")):
        way = panel.get("below_minimum", "block")
        if way == "block":
            raise Refused
        return None if way == "drop" else FEW
    if one_of(panel["method"])[0] == "questionnaire":
        return _by_weight(panel["method"]["questionnaire"]["items"], by_item)
    return aggregated(panel.get("aggregate", "mean"), sorted(by_item[""]))


def item(method: Any, answer: str) -> str:
    """The question that an answer is to; only a questionnaire has several."""
    return answer.partition("/")[0] if one_of(method)[0] == "questionnaire" else ""


def _by_weight(items: list[Mapping[str, Any]], by_item: Mapping[str, list[Fraction]]) -> Fraction:
    """Items nobody answered drop out."""
    weights = {one["code"]: number(one["weight"]) for one in items if one["code"] in by_item}
    means = {code: sum(by_item[code], Fraction(0)) / len(by_item[code]) for code in weights}
    return sum(means[code] * weights[code] for code in weights) / sum(weights.values())


def valid(panel: Mapping[str, Any], votes: Votes) -> list[str]:
    """Every vote that has points, one by one."""
    uncounted = [VOID]
    for apart in panel.get("not_counted", []):
        word, keys = one_of(panel["method"])
        uncounted += [f"{one['code']}/{apart}" for one in keys["items"]] if word == "questionnaire" else [apart]
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
    if word == "questionnaire":
        return number(keys["scale"][answer.partition("/")[2]])
    if word == "ranking" and keys["unequal_lists"] == "spread":
        return _spread([number(one) for one in keys["points"]], answer)
    if word == "ranking":
        return number(keys["points"][int(answer) - 1])
    return number(keys.get("points", keys)[answer] if isinstance(keys.get("points"), dict) else keys[answer])


def _spread(table: list[Fraction], answer: str) -> Fraction:
    """Place p of n in a table of N stands at 1 + (p − 1) × (N − 1) ÷ (n − 1)."""
    place, _, length = answer.partition("/")
    if int(length) == 1:
        return table[0]
    at = Fraction((int(place) - 1) * (len(table) - 1), int(length) - 1)
    whole = at.numerator // at.denominator
    if at == whole:
        return table[whole]
    return table[whole] + (table[whole + 1] - table[whole]) * (at - whole)
