"""A grade explained line by line: from the best down to the one earned, then what moved it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.explain.conditions import unmet_said
from engine.explain.moves import move_lines
from engine.explain.ties import cut_said
from engine.integers import whole
from engine.language.grades import Grade, Quota
from engine.rules.wording import NOTHING, ROUNDED, joined, listed
from engine.score.cuts import Cut, cut_of
from engine.score.grading import line_of
from engine.score.result import NOT_GRADED, Graded, SetResult
from engine.show import percent, show
from engine.text import Text

_SEATS = Text(
    "“{grade}”名额 {share} × {members} = {exact}{counted}", '"{grade}" has {share} × {members} = {exact}{counted}'
)
_NUMBER = Text("“{grade}”名额 {seats} 个", '"{grade}" has {seats} seats')
_TAKEN = Text("其中 {n} 个由提档的单位占用", "{n} of them taken by promotions")
_BROKEN = Text("同名次的 {n} 个单位比{names}", "the {n} of the same place compared by {names}")
_INSIDE = Text(
    "本单位在够条件的单位中第 {place} 名 → “{grade}”", 'the unit is number {place} of those that qualify → "{grade}"'
)
_FULL = Text("前 {room} 名已满", "the first {room} have them")
_ALL_IN = Text("末位 {level} 个单位并列，都算 → “{grade}”", 'the {level} units level at the cut are all in → "{grade}"')
_ALL_OUT = Text("末位 {level} 个单位并列超出名额，都不算", "the {level} units level at the cut are all out")
_NO_SEATS = Text("没有名额", "no seat is left")
_CONDITION = Text("不符合“{grade}”的条件：{failed}", 'fails a condition of "{grade}": {failed}')


def grade_lines(graded: Graded, result: SetResult, row: int, places: int) -> Iterator[Text]:
    """How the grade of a unit came about; `places` are those that points are shown with."""
    if graded.earned[row] == NOT_GRADED:
        yield Text("等次：这项不计，不定等次", "grade: what it goes by does not count, not graded")
        return
    yield grade_line(graded, result, row, places)
    yield from move_lines(graded, row)


def grade_line(graded: Graded, result: SetResult, row: int, places: int) -> Text:
    """The grade that points and place earn: every line from the best grade down to it."""
    said: list[Text] = []
    points, grades = show(graded.points[row], places), graded.scale.grades
    for number in range(int(graded.earned[row]) + 1):
        grade = grades[number]
        if number == len(grades) - 1:
            said.append(Text("其余 → “{grade}”", 'the rest → "{grade}"').format(grade=grade.name))
        else:
            said.append(_step(grade, number, points, graded, result, row))
            points = "" if grade.from_ else points  # said once
    return Text("等次：{said}", "grade: {said}").format(said=joined(said))


def _step(grade: Grade, number: int, points: str, graded: Graded, result: SetResult, row: int) -> Text:
    line = line_of(grade, graded)[row] if grade.from_ else None
    reached = line is None or graded.points[row] >= line
    held = NOTHING
    if line is not None:
        sign = f"{points} {'≥' if reached else '<'} {show(line)}".strip()
        held = Text(sign, sign)
    if not reached:
        return joined([held, _said("未达到“{grade}”线", 'short of "{grade}"', grade)], "，", ", ")
    failed = unmet_said(grade.only_if, graded.basis, row)
    if failed.zh:
        return joined([held, _CONDITION.format(grade=grade.name, failed=failed)], "，", ", ")
    if grade.quota is None:
        return joined([held, _said("→ “{grade}”", '→ "{grade}"', grade)], " ", " ")
    line_said = _said("达到“{grade}”线", 'enough for "{grade}"', grade) if line is not None else NOTHING
    return joined([joined([held, line_said], "，", ", "), _quota(grade, grade.quota, number, graded, result, row)])


def _said(zh: str, en: str, grade: Grade) -> Text:
    return Text(zh, en).format(grade=grade.name)


def _quota(grade: Grade, quota: Quota, number: int, graded: Graded, result: SetResult, row: int) -> Text:
    earned = int(graded.earned[row]) == number
    if not graded.place[row]:
        if earned:
            return _said("单列单位不占名额 → “{grade}”", 'outside the quota, listed separately → "{grade}"', grade)
        return _said("“{grade}”按名额评定，单列单位不参加", '"{grade}" goes by quota, closed to units apart', grade)
    found = cut_of(graded.cuts[number], row)
    left = found.left
    values = {"grade": grade.name, "room": left, "level": found.level, "place": found.before + 1}
    if earned:
        text = _INSIDE if found.before + found.level <= left else _ALL_IN
    else:
        text = _NO_SEATS if not left else _FULL if found.before >= left else _ALL_OUT
    broken = NOTHING
    if quota.break_by and found.same_place > 1:
        names = listed(_named(code, graded) for code in quota.break_by)
        broken = _BROKEN.format(n=found.same_place, names=names)
    against = cut_said(quota, number, graded, result, row)
    said = [_seats(grade, quota, found, result.units[row].category), broken, against, text.format(**values)]
    return joined(said, "，", ", ")


def _named(code: str, graded: Graded) -> Text:
    name = graded.basis.nodes[code].node.name if code in graded.basis.nodes else code
    return Text(f"“{name}”", f'"{name}"')


def _seats(grade: Grade, quota: Quota, found: Cut, category: str) -> Text:
    share = quota.share_of(category)
    taken = _TAKEN.format(n=found.taken) if found.taken else NOTHING
    if share is None:
        return joined([_NUMBER.format(grade=grade.name, seats=found.seats), taken], "，", ", ")
    exact = Fraction(share) * found.members
    counted = Text(" 个", " seats")
    if exact != found.seats:
        way = quota.rounding or "down"
        how = ROUNDED[way] if found.seats == whole(exact, way) else Text("至少", "at least")
        counted = Text("，{how} {room} 个", ", {how} {room} seats").format(how=how, room=found.seats)
    values = {"share": percent(share), "members": found.members, "exact": show(exact)}
    return joined([_SEATS.format(grade=grade.name, counted=counted, **values), taken], "，", ", ")
