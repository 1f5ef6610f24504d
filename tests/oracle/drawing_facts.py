"""Facts for a drawn scheme: awkward figures, absent ones, votes, claims, moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle.ballots import Ballot
from tests.oracle.drawing_ballots import can_ballot, draw_ballots
from tests.oracle.drawing_rules import Drawn, part_into
from tests.oracle.extras import Claim
from tests.oracle.grading import blocks
from tests.oracle.leaves import PERIODS, slots_of
from tests.oracle.standing import NO_PART, Move
from tests.oracle.units import Node, OwnRow, SetFacts, Unit, tree
from tests.oracle.uses import LastYear, Person
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
    panel: Mapping[str, Any] = field(default_factory=dict)


def draw_facts(rng: Random, evaluation: Mapping[str, Any], asked: list[Asked]) -> Facts:
    sets, all_units = {}, []
    absent = rng.choice([0.0, 0.0, 0.05, 0.2])
    for code, said in evaluation["sets"].items():
        units = _units(rng, code, list(said["categories"]))
        all_units += units
        sets[code] = _set_facts(rng, units, tree(evaluation, code), asked, absent)
    others = ["优", "合格", "合格", "不合格", NO_PART]
    codes = [unit.code for unit in all_units]
    other_grades = {
        (code, name): rng.choice(others)
        for code in codes
        for name in evaluation.get("special", {})
        if rng.random() < 0.99
    }
    return Facts(
        sets=sets,
        series={"outside": rng.choice([Fraction(5), Fraction(52, 10), Fraction(-3), Fraction(0), Fraction(10**15)])},
        bonuses=_claims(rng, evaluation.get("bonus"), codes),
        deductions=_claims(rng, evaluation.get("deductions"), codes),
        moves=_moves(rng, evaluation, codes),
        factors={
            (code, name): Fraction(rng.choice([1, 2, Fraction(11, 10), Fraction(17, 20), Fraction(1, 3)]))
            for code in codes
            for name, said in evaluation.get("factors", {}).items()
            if "by_category" not in said and rng.random() < 0.99
        },
        calendar=_calendar(rng),
        other_totals={
            key: "not_applicable" if grade == NO_PART else _other_total(rng) for key, grade in other_grades.items()
        },
        other_grades=other_grades,
        last={code: _last_year(rng, evaluation) for code in codes if rng.random() < 0.8},
        pools={
            pool: Fraction(rng.choice([100, 1000, 99999, 1, 0, 12345]), rng.choice([1, 100]))
            for pool in _pools(rng, evaluation)
        },
        persons={code: _persons(rng) for code in codes if rng.random() < 0.97},
    )


def _units(rng: Random, set_code: str, categories: list[str]) -> list[Unit]:
    alone = rng.choice([0.0, 0.0, 0.0, 0.25])
    return [
        Unit(
            f"{set_code}{number}",
            rng.choice(categories),
            rng.random() < alone,
            ("east",) * (rng.random() < 0.5),
            _heads(rng),
        )
        for number in range(rng.choice([1, 2, 3, 4, 5, 6]))
    ]


def _heads(rng: Random) -> int | None:
    return rng.choice([1, 7, 10, 38, 50, 125]) if rng.random() < 0.995 else None


def _set_facts(rng: Random, units: list[Unit], parts: list[Node], asked: list[Asked], absent: float) -> SetFacts:
    nodes = {node.code: node for part in parts for node in part.walk()}
    asked = [one for one in asked if one.code in nodes]
    figures: dict[tuple[str, str, str, str, str], Any] = {}
    own: dict[tuple[str, str], list[OwnRow]] = {}
    votes: dict[tuple[str, str], dict[str, int]] = {}
    ballots: dict[str, list[Ballot]] = {}
    lists: dict[str, dict[str, list[str]]] = {}
    alike = rng.random() < 0.12  # so that totals are equal
    for one in asked:
        codes = [unit.code for unit in units]
        if one.panel and can_ballot(one.panel, codes) and rng.random() < 0.7:
            ballots[one.code], lists[one.code] = draw_ballots(rng, one.panel, codes)
            continue
        style = (
            "same"
            if alike
            else rng.choice(["small", "small", "small", "halves", "halves", "halves", "huge", "same", "wild"])
        )
        for unit in units:
            full = nodes[one.code].full(unit.category)
            if one.drawn is not None:
                for key, value in _in_slots(rng, nodes[one.code].said, one.drawn, full, style, absent).items():
                    figures[(unit.code, one.code, *key)] = value
            elif one.own:
                full = full if any(one.code in node.here(unit.category) for node in parts) else Fraction(0)
                own[unit.code, one.code] = _own(rng, one.own, full, style, absent)
            elif rng.random() < 0.95:
                votes[one.code, unit.code] = _votes(rng, one.answers)
    return SetFacts(units, figures, own, votes, ballots, lists)


def _in_slots(
    rng: Random, said: Mapping[str, Any], drawn: Drawn, full: Fraction, style: str, absent: float
) -> dict[tuple[str, str, str], Any]:
    """The figures of every period or assessor; what is known before the year may be said for all of them."""
    names = [slot.name for slot in slots_of(said)]
    pooled = "periods" in said and not names
    names = PERIODS[said["periods"]["of"]] if pooled else names
    once = _figures(rng, drawn, full, style, absent)
    if not names:
        return {(*need, ""): value for need, value in once.items()}
    before = rng.random() < 0.5
    found = {(*need, ""): value for need, value in once.items() if need[1] != "actual" and before}
    part = full / len(names) if said.get("periods", {}).get("take") == "sum" else full
    for name in names:
        for need, value in _figures(rng, drawn, part, style, absent / 2).items():
            if need[1] == "actual" or not before or (not pooled and rng.random() < 0.3):
                found[(*need, name)] = value
    return found


def _figures(rng: Random, drawn: Drawn, full: Fraction, style: str, absent: float) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for fact, kind in drawn.facts.items():
        found[fact, "actual"] = _value(rng, kind, full, style)
        if kind in ("number", "count"):
            for source in SOURCES:
                found[fact, source] = _known_before(rng, style)
                if rng.random() < max(absent, 0) / 8:
                    found[fact, source] = "missing"
    if {"done", "due"} <= drawn.facts.keys() and rng.random() < 0.8:
        part, whole = sorted(abs(found[fact, "actual"]) for fact in ("done", "due"))
        found["done", "actual"], found["due", "actual"] = part, whole
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
        if rng.random() < 0.005:
            return full + Fraction(1, 100)
        thousandths = rng.randint(0, max(int(full * 1000), 0))
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
        one += Fraction(1, 10) if rng.random() < 0.003 else 0
        known = _figures(rng, rules[name], one, style, absent)
        rows.append(OwnRow(str(number), one, name, {source: value for (_, source), value in known.items()}))
    return rows


def _votes(rng: Random, answers: list[str]) -> dict[str, int]:
    few = rng.choice([1, 2, 3, 8])
    if rng.random() < 0.015:
        return dict.fromkeys(answers, 0)
    return {answer: rng.randint(0, few) for answer in answers}


def _other_total(rng: Random) -> tuple[Fraction, Fraction]:
    return Fraction(rng.randint(0, 3300), 10), Fraction(rng.choice([100, 120, 300]))


def _last_year(rng: Random, evaluation: Mapping[str, Any]) -> LastYear:
    members = rng.choice([3, 5, 9])
    total = rng.choice([None, Fraction(rng.randint(0, 200), 2)])
    grade = rng.choice(["", *(grade["name"] for grade in evaluation["grades"])])
    return LastYear(total, rng.choice([1, 2, 3, members, members, None]), grade, rng.choice([members, members, None]))


def _pools(rng: Random, evaluation: Mapping[str, Any]) -> list[str]:
    named = [use["distribute"]["pool"] for use in evaluation.get("use", []) if "distribute" in use]
    return [pool for pool in named if rng.random() < 0.97]


def _persons(rng: Random) -> list[Person]:
    return [(f"p{number}", Fraction(rng.randint(1, 30), 10)) for number in range(rng.choice([1, 2, 3, 7]))]


def _claims(rng: Random, part: Mapping[str, Any] | None, units: list[str]) -> list[Claim]:
    if part is None:
        return []
    found = []
    for number in range(rng.choice([0, 1, 2, 4, 7])):
        standard = rng.choice(part["standards"])
        level = rng.choice(list(standard.get("levels", [""])))
        matter = rng.choice(["甲事", "乙事", "丙事"])
        day = rng.choice(["2024-06-29", "2024-06-30", "2024-07-01"])
        decided = rng.choice([("会", "1号"), ("会", "1号"), ("", ""), ("会", "")])
        unit = rng.choice(units)
        claim = Claim(unit, standard["code"], level, matter, f"文{number}", day, *decided)
        if "lead_share" in part:
            claim = replace(claim, role=rng.choice(["lead", "assist", "assist", ""]))
        if "passed_on" in standard:
            claim = replace(claim, above=Fraction(rng.choice([0, 1, 3, Fraction(5, 2), Fraction(1, 8)])))
        if "lateness" in standard:
            due = datetime(2024, 9, rng.choice([20, 27, 28, 30]), rng.choice([0, 12, 17]))  # noqa: DTZ001
            done = due + timedelta(hours=rng.choice([-30, 0, 1, 24, 25, 48, 90, 24 * 9, 24 * 11 + 5]))
            claim = replace(claim, due=due, done=done, excused=rng.random() < 0.15)
        found.append(claim)
    return found


def _calendar(rng: Random) -> dict[str, str]:
    if rng.random() < 0.05:
        return {"2023-10-01": "off"}
    holidays = {f"2024-10-0{day}": "off" for day in range(1, 8)}
    return rng.choice([holidays | {"2024-09-29": "on", "2024-10-12": "on"}, {"2024-01-01": "off"}])


def _moves(rng: Random, evaluation: Mapping[str, Any], units: list[str]) -> list[Move]:
    scales = [evaluation, *evaluation.get("also_graded", [])]
    said = [block for scale in scales for key in ("veto", "promotion") for block in blocks(scale, key)]
    grounds = sorted({ground for block in said for ground in block.get("grounds", [])})
    if not grounds:
        return []
    decided = [("会", "1号"), ("会", "1号"), ("", ""), ("会", "")]
    return [Move(rng.choice(units), rng.choice(grounds), *rng.choice(decided)) for _ in range(rng.choice([0, 1, 2, 3]))]
