"""Signed ballots for a drawn panel; proper ones, some of them over a limit or all alike."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from tests.oracle.ballots import Ballot
from tests.oracle.figures import number, one_of


def can_ballot(panel: Mapping[str, Any], units: list[str]) -> bool:
    """Whether a signed ballot on all of these units finds a place for each."""
    word, keys = one_of(panel["method"])
    limited = word == "ranking" and keys["unequal_lists"] == "same_points"
    return panel["secrecy"] == "signed" and (not limited or len(units) <= len(keys["points"]))


def draw_ballots(rng: Random, panel: Mapping[str, Any], units: list[str]) -> tuple[list[Ballot], dict[str, list[str]]]:
    """Some voters with their ballots, and whom each of them judges where that is said."""
    ballots, lists = [], {}
    in_charge = panel.get("subjects") == "in_charge"
    for one in range(rng.choice([0, 1, 2, 3, 5, 7])):
        voter, own = f"v{one}", rng.choice(["", "", rng.choice(units)])
        subjects = rng.sample(units, rng.randint(1, len(units))) if in_charge else list(units)
        if in_charge:
            lists[voter] = subjects
        judged = [unit for unit in subjects if unit != own]
        ballots.append(Ballot(voter, _answers(rng, panel, judged), own))
    return ballots, lists


def _answers(rng: Random, panel: Mapping[str, Any], judged: list[str]) -> dict[str, tuple[str, ...]]:
    word, keys = one_of(panel["method"])
    apart = panel.get("not_counted", [])
    unknown = {unit for unit in judged if apart and rng.random() < 0.15}
    known = [unit for unit in judged if unit not in unknown]
    found: dict[str, tuple[str, ...]] = {}
    alike = rng.random() < 0.3
    if word == "ranking":
        places = rng.sample(range(1, len(known) + 1), len(known))
        found = {unit: (str(place),) for unit, place in zip(known, places, strict=True)}
        return found | {unit: (rng.choice(apart),) for unit in unknown}
    same = _one(rng, word, keys, [])
    for unit in judged:
        if unit in unknown and word != "questionnaire":
            found[unit] = (rng.choice(apart),)
        else:
            found[unit] = same if alike else _one(rng, word, keys, apart if word == "questionnaire" else [])
    return found


def _one(rng: Random, word: str, keys: Any, apart: list[str]) -> tuple[str, ...]:
    if word == "questionnaire":
        return tuple(f"{one['code']}/{rng.choice([*keys['scale'], *apart])}" for one in keys["items"])
    if word == "tiers":
        return (rng.choice(list(keys["points"] if isinstance(keys.get("points"), dict) else keys)),)
    steps = (number(keys["to"]) - number(keys["from"])) / number(keys["step"])
    value = number(keys["from"]) + rng.randint(0, int(steps)) * number(keys["step"])
    text = f"{float(value):.6f}".rstrip("0").rstrip(".")
    return (text,)
