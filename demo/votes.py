"""Ballots: signed ones voter by voter, anonymous ones as a count of answers."""

from __future__ import annotations

from demo.dice import dice
from demo.names import PEOPLE
from demo.sheets import Sheets
from demo.units import Unit
from engine.language.scheme import Indicator, IndicatorSetPlan
from engine.panels.methods import VOID, Method, Ranking

ANONYMOUS = 120  # ballots handed out for every unit


def add_votes(sheets: Sheets, units: list[Unit], plan: IndicatorSetPlan) -> None:
    """The ballots of every panel of one indicator set."""
    members = [unit for unit in units if unit.part_of is plan]
    for node in plan.leaves():
        if node.panel is None:
            continue
        if node.panel.secrecy == "anonymous":
            _counts(sheets, node, members)
        else:
            _signed(sheets, node, members)


def voters(title: str) -> list[str]:
    """The people behind a panel's description: one mayor, several deputies. Titles only, no names."""
    people: list[str] = []
    for post in title.split("、"):
        people += [f"{post}{mark}" for mark in PEOPLE[:4]] if "副" in post else [post]
    return people


def in_charge(node: Indicator, units: list[Unit]) -> dict[str, list[Unit]]:
    """Voter → the units in his charge: the first two have twice as many as the others."""
    people = voters(node.panel.voters) if node.panel else []
    turns = [*people, *people[:2]]
    return {person: [unit for n, unit in enumerate(units) if turns[n % len(turns)] == person] for person in people}


def _signed(sheets: Sheets, node: Indicator, units: list[Unit]) -> None:
    panel = node.panel
    if panel is None:
        return
    lists = in_charge(node, units) if panel.subjects == "in_charge" else dict.fromkeys(voters(panel.voters), units)
    for person, subjects in lists.items():
        if panel.subjects == "in_charge":
            for unit in subjects:
                sheets.add("投票对象", 投票=node.code, 投票人=person, 单位代码=unit.code)
        for unit, answer in zip(subjects, _ballot(node, panel.method.chosen, person, subjects), strict=True):
            sheets.add("测评票", 投票=node.code, 投票人=person, 单位代码=unit.code, 评价=answer)


def _ballot(node: Indicator, method: Method, person: str, subjects: list[Unit]) -> list[str]:
    """One answer for each subject, in their order."""
    liking = {unit.code: _liking(node, person, unit) for unit in subjects}
    if isinstance(method, Ranking):
        order = sorted(liking, key=lambda code: (-liking[code], code))
        return [str(order.index(unit.code) + 1) for unit in subjects]
    answers = _best_first(method)
    places = [max(130 - liking[unit.code], 0) * len(answers) // 100 for unit in subjects]
    return [answers[min(place, len(answers) - 1)] for place in places]


def _best_first(method: Method) -> list[str]:
    return sorted(method.answers(), key=lambda answer: method.worth(answer) or 0, reverse=True)


def _liking(node: Indicator, person: str, unit: Unit) -> int:
    """From about 40 to 140: mostly the unit's skill."""
    return unit.skill + dice(unit.luck, node.code, person).randint(5, 40)


def _counts(sheets: Sheets, node: Indicator, units: list[Unit]) -> None:
    panel = node.panel
    if panel is None:
        return
    order = _best_first(panel.method.chosen)
    for unit in units:
        chance = dice(unit.luck, unit.part_of.code, node.code)
        left = ANONYMOUS
        counted: dict[str, int] = {}
        for answer in (VOID, *panel.not_counted):
            counted[answer] = chance.randint(0, 6)
            left -= counted[answer]
        for answer in order[:-1]:
            counted[answer] = min(left, left * (50 + unit.skill // 3 + chance.randint(-8, 8)) // 100)
            left -= counted[answer]
        counted[order[-1]] = left
        for answer in (*order, *panel.not_counted, VOID):
            sheets.add("测评汇总", 投票=node.code, 单位代码=unit.code, 评价=answer, 票数=str(counted[answer]))
