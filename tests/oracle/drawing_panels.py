"""Panels with every method and everything that a ballot must keep, drawn at random."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle.drawing_rules import part_into
from tests.oracle.figures import text_of
from tests.oracle.panels import VOID

TIERS = ["好", "中", "差"]


def draw_panel(rng: Random, full: Fraction) -> tuple[dict[str, Any], list[str]]:
    """What the scheme says, and the answers that a tally may count."""
    word = rng.choice(["tiers", "ranking", "spread", "score", "questionnaire"])
    method, answers = _method(rng, word, full)
    said: dict[str, Any] = {"voters": "人", "secrecy": rng.choice(["signed", "anonymous"]), "method": method}
    said |= _maybe(rng, 0.3, "subjects", "in_charge", "all") | _maybe(rng, 0.5, "not_counted", ["不了解"])
    said |= _maybe(rng, 0.4, "minimum_ballots", "2", "3")
    said |= _maybe(rng, 0.7, "below_minimum", "drop", "drop", "mean", "block")
    said |= _maybe(rng, 0.5, "no_ballots", "drop", "drop", "block")
    said |= _maybe(rng, 0.2, "scaled_to_best", "category", "all")
    if said["secrecy"] == "signed":
        said |= _kept(rng, word, answers)
    if word != "questionnaire":
        trimmed = {"trimmed": {"drop": rng.choice(["1", "2"]), "when_more_than": rng.choice(["4", "5"])}}
        said |= _maybe(rng, 0.5, "aggregate", "mean", {"mean": {}}, "median", {"median": {}}, trimmed, trimmed)
    apart = said.get("not_counted", [])
    if word == "questionnaire":
        items = method["questionnaire"]["items"]
        apart = [f"{item['code']}/{one}" for item in items for one in apart]
    return said, [*answers, *apart, VOID]


def _maybe(rng: Random, share: float, key: str, *choices: Any) -> dict[str, Any]:
    return {key: rng.choice(choices)} if rng.random() < share else {}


def _method(rng: Random, word: str, full: Fraction) -> tuple[dict[str, Any], list[str]]:
    levels = [text_of(full * share / 100) for share in (100, rng.choice([95, 90, 80]), rng.choice([60, 75]), 12)]
    if word == "tiers":
        tiers = dict(zip(TIERS[: rng.choice([2, 3])], levels, strict=False))
        return {"tiers": rng.choice([tiers, {"points": tiers}])}, list(tiers)
    if word == "spread":
        answers = [f"{place}/{length}" for length in (1, 2, 3, 5) for place in range(1, length + 1)]
        return {"ranking": {"points": levels[: rng.choice([2, 3, 4])], "unequal_lists": "spread"}}, answers
    if word == "ranking":
        points = levels[: rng.choice([2, 4])]
        answers = [str(place + 1) for place in range(len(points))]
        return {"ranking": {"points": points, "unequal_lists": "same_points"}}, answers
    if word == "score":
        answers = [text_of(full * share / 8) for share in range(rng.choice([2, 4]), 9)]
        said = {"from": answers[0], "to": text_of(full), "step": text_of(full / 8)}
        return {"score": said | _maybe(rng, 0.3, "note_outside", {"from": answers[1], "to": answers[-2]})}, answers
    weights = part_into(rng, 100, rng.choice([2, 3]))
    items = [{"code": f"i{n}", "name": f"问{n}", "weight": f"{weight}"} for n, weight in enumerate(weights)]
    answers = [f"{item['code']}/{one}" for item in items for one in TIERS]
    return {"questionnaire": {"items": items, "scale": dict(zip(TIERS, levels, strict=False))}}, answers


def _kept(rng: Random, word: str, answers: list[str]) -> dict[str, Any]:
    """What a signed ballot must keep."""
    said: dict[str, Any] = {}
    if word not in ("ranking", "spread"):
        said |= _maybe(rng, 0.4, "all_same", "allow", "refuse", "void", "void")
    if word == "tiers" and rng.random() < 0.6:
        most = rng.choice(["1", "2", "50%", "50%", "50%", "30%", "30%"])
        said |= {"limits": {answers[0]: most}, "over_limit": rng.choice(["void", "refuse"])}
        if most.endswith("%"):
            said["limit_rounding"] = rng.choice(["half_up", "down", "up"])
    return said
