"""What a total brings: the place, the grade line by line, the moves, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from engine.explain.conditions import unmet_said
from engine.integers import whole
from engine.language.grades import Grade, Quota
from engine.language.model import Evaluation
from engine.rules.wording import NOTHING, joined
from engine.score.grading import Cut, cut
from engine.score.result import Outcome, SetResult
from engine.show import percent, show
from engine.text import Text

_PLACE = Text("{category}，{count} 个单位中第 {place} 名{level}", "place {place} of {count} in {category}{level}")
_LEVEL = Text("（{n} 个单位并列）", " ({n} units level)")
_ROUNDED = {
    "half_up": Text("四舍五入", "rounded half up"),
    "down": Text("只舍不入", "rounded down"),
    "up": Text("只入不舍", "rounded up"),
}
_SEATS = Text(
    "“{grade}”名额 {share} × {members} = {exact}{counted}", '"{grade}" has {share} × {members} = {exact}{counted}'
)
_INSIDE = Text(
    "本单位在够条件的单位中第 {place} 名 → “{grade}”", 'the unit is number {place} of those that qualify → "{grade}"'
)
_FULL = Text("前 {room} 名已满", "the first {room} have them")
_ALL_IN = Text("末位 {level} 个单位并列，都算 → “{grade}”", 'the {level} units level at the cut are all in → "{grade}"')
_ALL_OUT = Text("末位 {level} 个单位并列超出名额，都不算", "the {level} units level at the cut are all out")


def standing_lines(outcome: Outcome, result: SetResult, row: int) -> Iterator[Text]:
    """Place, grade, moves and uses of a unit."""
    evaluation = outcome.plan.written
    yield _place(result, row)
    yield grade_line(result, evaluation, row)
    yield from _moves(result, evaluation, row)
    for use in evaluation.use:
        gift = result.uses[use.code][row] if use.code in result.uses else None
        if gift is not None:
            yield Text("{name}：{gift}", "{name}: {gift}").format(name=use.name, gift=gift)


def _place(result: SetResult, row: int) -> Text:
    category, place = result.plan.categories[result.units[row].category], int(result.place[row])
    if not place:
        return Text("单列，不参加排名", "listed separately, outside the ranking")
    places = result.place[(result.category == result.category[row]) & (result.place > 0)]
    level = int(np.count_nonzero(places == place))
    ties = _LEVEL.format(n=level) if level > 1 else NOTHING
    return _PLACE.format(category=category, count=len(places), place=place, level=ties)


def _moves(result: SetResult, evaluation: Evaluation, row: int) -> Iterator[Text]:
    for move in result.moves[row]:
        if move.decision:
            text = Text("{ground}；{body}{decision}", "{ground}; {body} {decision}")
        else:
            text = Text("{ground}：尚未决定，不影响等次", "{ground}: not decided, changes nothing")
        yield text.format(ground=move.ground, body=move.body, decision=move.decision)
    names = [grade.name for grade in evaluation.grades]
    earned, final = names[int(result.earned[row])], names[int(result.grade[row])]
    if final != earned:
        text = Text("等次由“{earned}”调整为“{final}”", 'the grade moves from "{earned}" to "{final}"')
        yield text.format(earned=earned, final=final)


def grade_line(result: SetResult, evaluation: Evaluation, row: int) -> Text:
    """The grade that total and place earn: every line from the best grade down to it."""
    said: list[Text] = []
    total = show(result.total[row], evaluation.rounding.total.digits or 0)
    for number in range(int(result.earned[row]) + 1):
        grade = evaluation.grades[number]
        if number == len(evaluation.grades) - 1:
            said.append(Text("其余 → “{grade}”", 'the rest → "{grade}"').format(grade=grade.name))
        else:
            said.append(_step(grade, number, total, result, evaluation, row))
            total = "" if grade.from_ else total  # said once
    return Text("等次：{said}", "grade: {said}").format(said=joined(said))


def _step(grade: Grade, number: int, total: str, result: SetResult, evaluation: Evaluation, row: int) -> Text:
    line = grade.from_.of(evaluation.full_marks) if grade.from_ else None
    reached = line is None or result.total[row] >= line
    held = NOTHING
    failed = unmet_said(grade.only_if, result.basis, row)
    if line is not None:
        sign = f"{total} {'≥' if reached else '<'} {show(line)}".strip()
        held = Text(sign, sign)
    if not reached:
        return joined([held, _said("未达到“{grade}”线", 'short of "{grade}"', grade)], "，", ", ")
    if failed.zh:
        text = _said("不符合“{grade}”的条件", 'fails a condition of "{grade}"', grade)
        return joined([held, joined([text, failed], "：", ": ")], "，", ", ")
    if grade.quota is None:
        return joined([held, _said("→ “{grade}”", '→ "{grade}"', grade)], " ", " ")
    line_said = _said("达到“{grade}”线", 'enough for "{grade}"', grade) if line is not None else NOTHING
    return joined([joined([held, line_said], "，", ", "), _quota(grade, grade.quota, number, result, evaluation, row)])


def _said(zh: str, en: str, grade: Grade) -> Text:
    return Text(zh, en).format(grade=grade.name)


def _quota(grade: Grade, quota: Quota, number: int, result: SetResult, evaluation: Evaluation, row: int) -> Text:
    earned = int(result.earned[row]) == number
    if not result.place[row]:
        if earned:
            return _said("单列单位不占名额 → “{grade}”", 'outside the quota, listed separately → "{grade}"', grade)
        return _said("“{grade}”按名额评定，单列单位不参加", '"{grade}" goes by quota, closed to units apart', grade)
    found = cut(quota, number, result, evaluation, row)
    values = {"grade": grade.name, "room": found.room, "level": found.level, "place": found.before + 1}
    if earned:
        text = _INSIDE if found.before + found.level <= found.room else _ALL_IN
    else:
        text = _FULL if found.before >= found.room else _ALL_OUT
    return joined([_seats(grade, quota, found), text.format(**values)], "，", ", ")


def _seats(grade: Grade, quota: Quota, found: Cut) -> Text:
    exact = Fraction(quota.share) * found.members
    counted = Text(" 个", " seats")
    if exact != found.room:
        how = _ROUNDED[quota.rounding] if found.room == whole(exact, quota.rounding) else Text("至少", "at least")
        counted = Text("，{how} {room} 个", ", {how} {room} seats").format(how=how, room=found.room)
    values = {"share": percent(quota.share), "members": found.members, "exact": show(exact)}
    return _SEATS.format(grade=grade.name, counted=counted, **values)
