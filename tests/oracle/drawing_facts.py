"""Facts for a drawn scheme: awkward figures, absent ones, votes, claims, moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle.drawing_rules import Drawn, part_into
from tests.oracle.extras import Claim
from tests.oracle.indicators import Node, OwnRow, SetFacts, Unit, tree
from tests.oracle.standing import NO_PART, Move
from tests.oracle.whole import Facts

SOURCES = ["target", "stretch", "baseline", "last_year", "two_years_ago", "three_years_ago"]
ROUND = [4, 8, 16, 20, 40, 80, 200, 400, 800, 3, 7, 10]  # what makes halves when something is divided by it
HUGE = [2**62, 2**63 - 1, 2**63, -(2**63), 10**19, 5_237_480_000_000, 13_900_000_000_001, 10**18 + 1]


@dataclass
class Asked:
    """What facts a leaf wants: of a `rule`, an `own` list or a `panel`."""

    code: str
    body: str
    full: Fraction
    drawn: Drawn | None = None
    own: dict[str, Drawn] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)


def draw_facts(rng: Random, evaluation: Mapping[str, Any], asked: list[Asked]) -> Facts:
    sets, all_units = {}, []
    absent = rng.choice([0.0, 0.0, 0.05, 0.2])
    for code, said in evaluation["sets"].items():
        units = _units(rng, code, list(said["categories"]))
        all_units += units
        nodes = {node.code: node for part in tree(evaluation, code) for node in part.walk()}
        here = [one for one in asked if one.code in nodes]
        sets[code] = _set_facts(rng, units, nodes, here, absent)
    others = ["优", "合格", "合格", "不合格", NO_PART]
    codes = [unit.code for unit in all_units]
    return Facts(
        sets=sets,
        series={"outside": rng.choice([Fraction(5), Fraction(52, 10), Fraction(-3), Fraction(0), Fraction(10**15)])},
        bonuses=_claims(rng, evaluation.get("bonus"), codes),
        deductions=_claims(rng, evaluation.get("deductions"), codes),
        moves=_moves(rng, evaluation, codes),
        other_grades={
            (code, name): rng.choice(others)
            for code in codes
            for name in evaluation.get("special", {})
            if rng.random() < 0.96
        },
        last_places={code: rng.choice([1, 2, 3, 5, 9, None]) for code in codes if rng.random() < 0.8},
    )


def _units(rng: Random, set_code: str, categories: list[str]) -> list[Unit]:
    alone = rng.choice([0.0, 0.0, 0.0, 0.25])
    return [
        Unit(f"{set_code}{number}", rng.choice(categories), rng.random() < alone)
        for number in range(rng.choice([1, 2, 3, 4, 5, 6]))
    ]


def _set_facts(
    rng: Random, units: list[Unit], nodes: Mapping[str, Node], asked: list[Asked], absent: float
) -> SetFacts:
    figures: dict[tuple[str, str, str, str], Any] = {}
    own: dict[tuple[str, str], list[OwnRow]] = {}
    votes: dict[tuple[str, str], dict[str, int]] = {}
    for one in asked:
        style = rng.choice(["small", "small", "small", "halves", "halves", "halves", "huge", "same", "wild"])
        for unit in units:
            full = nodes[one.code].full(unit.category)
            if one.drawn is not None:
                for (fact, source), value in _figures(rng, one.drawn, full, style, absent).items():
                    figures[unit.code, one.code, fact, source] = value
            elif one.own:
                own[unit.code, one.code] = _own(rng, one.own, full, style, absent)
            elif rng.random() < 0.95:
                votes[one.code, unit.code] = _votes(rng, one.answers)
    return SetFacts(units, figures, own, votes)


def _figures(rng: Random, drawn: Drawn, full: Fraction, style: str, absent: float) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for fact, kind in drawn.facts.items():
        found[fact, "actual"] = _value(rng, kind, full, style)
        if kind in ("number", "count"):
            for source in SOURCES:
                found[fact, source] = _known_before(rng, style)
                if rng.random() < absent / 8:
                    found[fact, source] = "missing"
    if rng.random() < absent:
        why = rng.choice(["missing", "not_applicable", "not_applicable", "not_drawn"])
        facts = rng.choice([list(drawn.facts), [rng.choice(list(drawn.facts))]])
        for fact in facts:
            found[fact, "actual"] = why
    return found


def _value(rng: Random, kind: str, full: Fraction, style: str) -> Fraction:
    if kind == "yes_no":
        return Fraction(rng.choice([0, 1]))
    if kind == "count":
        return Fraction(rng.choice([0, 0, 1, 1, 2, 3, 5, 9]))
    if kind == "points":
        if rng.random() < 0.02:
            return full + Fraction(1, 100)
        thousandths = rng.randint(0, int(full * 1000))
        if style == "halves":
            thousandths = min(thousandths - thousandths % 10 + 5, int(full * 1000))
        return Fraction(thousandths if style != "same" else int(full * 500), 1000)
    return _figure(rng, style)


def _figure(rng: Random, style: str) -> Fraction:
    if style == "huge":
        return Fraction(rng.choice(HUGE) + rng.randint(-3, 3))
    if style == "same":
        return Fraction(rng.choice([5, 5, 5, 5, 5, 0]))
    if style == "wild":
        return rng.choice(
            [
                Fraction(rng.randint(-(10**20), 10**20), rng.choice([1, 100, 10**9])),
                Fraction(0),
                Fraction(-5),
                Fraction(7, 3),
            ]
        )
    if style == "halves":
        return Fraction(rng.randint(0, 90))
    return rng.choice([Fraction(rng.randint(-3, 12)), Fraction(rng.randint(0, 1500), 100)])


def _known_before(rng: Random, style: str) -> Fraction:
    if style == "halves":
        return Fraction(rng.choice(ROUND))
    return _figure(rng, style)


def _own(rng: Random, rules: Mapping[str, Drawn], full: Fraction, style: str, absent: float) -> list[OwnRow]:
    if full == 0:
        return []
    count = rng.choice([1, 2, 3]) if full > 3 else 1
    marks = [Fraction(one, 10) for one in part_into(rng, int(full * 10), count)] if (full * 10).denominator == 1 else []
    rows = []
    for number, one in enumerate(marks or [full]):
        name = rng.choice(list(rules))
        known = _figures(rng, rules[name], one, style, absent)
        rows.append(OwnRow(str(number), one, name, {source: value for (_, source), value in known.items()}))
    return rows


def _votes(rng: Random, answers: list[str]) -> dict[str, int]:
    few = rng.choice([1, 2, 3, 8])
    if rng.random() < 0.03:
        return dict.fromkeys(answers, 0)
    return {answer: rng.randint(0, few) for answer in answers}


def _claims(rng: Random, part: Mapping[str, Any] | None, units: list[str]) -> list[Claim]:
    if part is None:
        return []
    found = []
    for number in range(rng.choice([0, 1, 2, 4, 7])):
        standard = rng.choice(part["standards"])
        level, matter = rng.choice(list(standard["levels"])), rng.choice(["甲事", "乙事", "丙事"])
        day = rng.choice(["2024-06-29", "2024-06-30", "2024-07-01"])
        decided = rng.choice([("会", "1号"), ("会", "1号"), ("", ""), ("会", "")])
        found.append(Claim(rng.choice(units), standard["code"], level, matter, f"文{number}", day, *decided))
    return found


def _moves(rng: Random, evaluation: Mapping[str, Any], units: list[str]) -> list[Move]:
    grounds = [ground for key in ("veto", "promotion") for ground in evaluation.get(key, {}).get("grounds", [])]
    if not grounds:
        return []
    decided = [("会", "1号"), ("会", "1号"), ("", ""), ("会", "")]
    return [Move(rng.choice(units), rng.choice(grounds), *rng.choice(decided)) for _ in range(rng.choice([0, 1, 2, 3]))]
