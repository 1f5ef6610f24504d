"""Ballots: signed ones voter by voter, anonymous ones as a count of answers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from demo.dice import dice
from demo.names import PEOPLE
from demo.sheets import Sheets
from demo.units import Unit
from engine.language.scheme import Indicator, IndicatorSetPlan
from engine.panels.methods import VOID, Method, Score
from engine.panels.panel import Panel
from engine.panels.ranking import Ranking

ANONYMOUS = 120  # ballots handed out for every unit
NOTE = "依据平时工作情况"  # beside points outside the usual range


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


def voters(panel: Panel) -> list[str]:
    """The people behind a panel's description: one mayor, several deputies, as many as must vote. Titles only."""
    people: list[str] = []
    title = panel.voters
    for post in title.split("、"):
        people += [f"{post}{mark}" for mark in PEOPLE] if "副" in post else [post]
    return people if len(people) >= panel.minimum_ballots else [f"{title}{mark}" for mark in PEOPLE]


def in_charge(node: Indicator, units: list[Unit]) -> dict[str, list[Unit]]:
    """Voter → the units in his charge: the first two have half as many again as the others."""
    people = voters(node.panel) if node.panel else []
    turns = [*people, *people, *people[:2]]
    return {person: [unit for n, unit in enumerate(units) if turns[n % len(turns)] == person] for person in people}


def _signed(sheets: Sheets, node: Indicator, units: list[Unit]) -> None:
    panel = node.panel
    if panel is None:
        return
    lists = in_charge(node, units) if panel.subjects == "in_charge" else dict.fromkeys(voters(panel), units)
    for person, subjects in lists.items():
        if panel.subjects == "in_charge":
            for unit in subjects:
                sheets.add("投票对象", 投票=node.code, 投票人=person, 单位代码=unit.code)
        answers = _ballot(node, panel, person, subjects)
        for unit in subjects:
            for answer in answers[unit.code]:
                note = _note(panel.method.chosen, answer)
                sheets.add("测评票", 投票=node.code, 投票人=person, 单位代码=unit.code, 评价=answer, 说明=note)


def _ballot(node: Indicator, panel: Panel, person: str, subjects: list[Unit]) -> dict[str, list[str]]:
    """Unit code → its answers, one for each question of the panel."""
    method = panel.method.chosen
    liking = {unit.code: _liking(node, person, unit) for unit in subjects}
    order = sorted(liking, key=lambda code: (-liking[code], code))
    if isinstance(method, Ranking):
        return {code: [str(order.index(code) + 1)] for code in order}
    found: dict[str, list[str]] = {code: [] for code in order}
    for question in method.questions():
        answers = _best_first(method, question.code)
        for code in order:
            place = min(max(130 - liking[code], 0) * len(answers) // 100, len(answers) - 1)
            found[code].append(answers[place])
    _keep_limits(panel, order, found)
    if panel.all_same != "allow" and len(order) > 1 and len({tuple(given) for given in found.values()}) == 1:
        answers = _best_first(method, method.questions()[0].code)
        found[order[-1]][0] = next(answer for answer in reversed(answers) if answer != found[order[0]][0])
    return found


def _keep_limits(panel: Panel, order: list[str], found: dict[str, list[str]]) -> None:
    """From the best unit on, whoever finds no more room in a tier goes into the next one with room."""
    tiers = _best_first(panel.method.chosen)
    left = {tier: panel.limit_of(tier, len(order)) for tier in panel.limits or ()}
    for code in order if left else ():
        wanted = tiers.index(found[code][0])
        found[code] = [next(tier for tier in (*tiers[wanted:], *tiers) if left.get(tier, 1) > 0)]
        if found[code][0] in left:
            left[found[code][0]] -= 1


def _note(method: Method, answer: str) -> str:
    usual = method.note_outside if isinstance(method, Score) else None
    return NOTE if usual and not usual.from_ <= Decimal(answer) <= usual.to else ""


def _best_first(method: Method, question: str = "") -> list[str]:
    mine = [answer for answer in method.answers() if method.question_of(answer) == question]
    return sorted(mine, key=lambda answer: method.worth(answer) or 0, reverse=True)


def _liking(node: Indicator, person: str, unit: Unit) -> int:
    """From about 40 to 140: mostly the unit's skill."""
    return unit.skill + dice(unit.luck, node.code, person).randint(5, 40)


def _counts(sheets: Sheets, node: Indicator, units: list[Unit]) -> None:
    panel = node.panel
    if panel is None:
        return
    for unit in units:
        chance = dice(unit.luck, unit.part_of.code, node.code)
        void = chance.randint(0, 6)
        for question in panel.method.chosen.questions():
            for answer, count in _counted(panel, question.code, unit, chance, ANONYMOUS - void):
                sheets.add("测评汇总", 投票=node.code, 单位代码=unit.code, 评价=answer, 票数=str(count))
        sheets.add("测评汇总", 投票=node.code, 单位代码=unit.code, 评价=VOID, 票数=str(void))


def _counted(panel: Panel, question: str, unit: Unit, chance: Random, left: int) -> Iterator[tuple[str, int]]:
    """The counts of one question's answers, together as many as there are ballots left."""
    method = panel.method.chosen
    apart = [one for one in method.uncounted(panel.not_counted) if method.question_of(one) == question]
    unknown = {answer: chance.randint(0, 6) for answer in apart}
    left -= sum(unknown.values())
    order = _best_first(method, question)
    for answer in order[:-1]:
        count = min(left, left * (50 + unit.skill // 3 + chance.randint(-8, 8)) // 100)
        left -= count
        yield answer, count
    yield order[-1], left
    yield from unknown.items()
