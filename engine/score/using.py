"""What a result brings: by grade, by band of the ranking, by a rise, by what repeats, by score."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import numpy as np

from engine.facts import LastResult
from engine.integers import whole
from engine.language.model import Evaluation
from engine.language.uses import Band, Repeat, Rise, Use
from engine.rules.wording import NOTHING, ROUNDED, joined
from engine.score.awards import Given
from engine.score.context import Context
from engine.score.result import SetResult
from engine.show import percent, show
from engine.text import Place, Problem, Text

OTHERS = Text("其余单位", "the others")
_BY_GRADE = Text("等次“{grade}”", 'grade "{grade}"')
_ENDS = {False: Text("第", ""), True: Text("倒数第", " from below")}
_ONE = Text("{end} {first} 名", "number {first}{end}")
_SEVERAL = Text("{end} {first}—{last} 名", "numbers {first} to {last}{end}")
_COUNTED = Text("{how} {n} 个", "{how} to {n}")
_SAME_GRADE = Text("上年和今年等次都是“{grade}”", 'the grade "{grade}" both last year and this year')
_AMONG_LAST = Text(
    "上年 {of} 个单位中第 {was} 名，今年 {members} 个单位中第 {place} 名，连续两年在末 {most} 名",
    "place {was} of {of} last year, {place} of {members} this year: among the last {most} two years running",
)
_NO_HEADCOUNT = Text(
    "单位“{unit}”没有人数（单位表的“人数”），“{use}”无法计算",
    'the unit "{unit}" has no headcount (sheet Units), which "{use}" needs',
)

_BELOW_ZERO = Text("总分低于 0", "the total is below 0")


def uses(
    result: SetResult, evaluation: Evaluation, last: Mapping[str, LastResult], context: Context
) -> dict[str, list[Given | None]]:
    """Per use and unit what it brings; None where it brings nothing. Distributions come later.

    Where both count, a grade goes before a place. What goes by rank does not reach units listed separately.
    """
    found: dict[str, list[Given | None]] = {}
    for use in evaluation.use:
        if not use.concerns(result.plan.code):
            continue
        _refuse_unknown_heads(use, result, context)
        if use.distribute is None:
            given = [*_given(use, result, last)]
            by_place = use.by_rank or use.by_rise or (use.by_repeat and use.by_repeat.last)
            for row, one in enumerate(given):
                if one is None and use.otherwise is not None and (result.place[row] or not by_place):
                    given[row] = Given(use.otherwise, by=OTHERS)
            found[use.code] = [_of_heads(use, one, result, row) for row, one in enumerate(given)]
    return found


def _refuse_unknown_heads(use: Use, result: SetResult, context: Context) -> None:
    """Stop the run for units whose number of persons a use needs and nobody has told."""
    for unit in result.units:
        if use.counts_heads and unit.headcount is None:
            said = _NO_HEADCOUNT.format(unit=f"{unit.code} {unit.name}", use=use.name)
            context.problems.append(Problem(Place(), said))


def _given(use: Use, result: SetResult, last: Mapping[str, LastResult]) -> list[Given | None]:
    rows = range(len(result.units))
    if use.by_rise is not None:
        return _by_rise(use.by_rise, result, last)
    if use.by_repeat is not None:
        return [_by_repeat(use.by_repeat, result, row, last) for row in rows]
    if use.by_score is not None:
        return [_by_score(use, result, row) for row in rows]
    found = by_rank(use.by_rank or (), result)
    for row in rows:
        grade = result.main.final(row)
        if grade.zh in (use.by_grade or {}):
            found[row] = Given((use.by_grade or {})[grade.zh], by=of_grade(grade))
    return found


def _by_score(use: Use, result: SetResult, row: int) -> Given:
    assert use.by_score is not None
    total, each = result.total[row], Fraction(use.by_score.each)
    if total < 0:
        return Given("0", by=_BELOW_ZERO)
    factors = [show(total), show(each)]
    worth = total * each
    if use.by_score.times:
        worth *= result.units[row].headcount or 0
        factors.append(str(result.units[row].headcount))
    return Given(show(worth), f"{' × '.join(factors)} = {show(worth)}")


def _of_heads(use: Use, given: Given | None, result: SetResult, row: int) -> Given | None:
    """A share of the persons of a unit, as whole persons."""
    if given is None or use.of is None:
        return given
    share = Fraction(Decimal(given.gift.removesuffix("%"))) / 100
    exact = share * (result.units[row].headcount or 0)
    sum_ = f"{given.gift} × {result.units[row].headcount} = {show(exact)}"
    return Given(str(whole(exact, use.rounding or "down")), sum_, given.by)


def extent(band: Band, members: int) -> int:
    """How many units a band has of so many: a number, or a share rounded as the band says."""
    size = band.first or band.last
    return 0 if size is None else whole(size.of(Fraction(members)), band.rounding or "down")


def of_grade(grade: Text) -> Text:
    """That something goes by a grade."""
    return _BY_GRADE.format(grade=grade)


def _band_said(band: Band, start: int, members: int) -> Text:
    """Which units of the ranking a band has: those from one to another, counted from its end."""
    size = extent(band, members)
    text = _ONE if size == 1 else _SEVERAL
    said = text.format(end=_ENDS[band.first is None], first=start + 1, last=start + size)
    share = band.first or band.last
    if share is None or not share.relative:
        return said
    exact = share.of(Fraction(members))
    sum_ = f"{percent(share.amount)} × {members} = {show(exact)}"
    counted = _COUNTED.format(how=ROUNDED[band.rounding or "down"], n=size) if exact != size else NOTHING
    return joined([said, joined([Text(sum_, sum_), counted], "，", ", ")], "：", ": ")


def by_rank(bands: tuple[Band, ...], result: SetResult) -> list[Given | None]:
    """What the bands give by place, and which band it is.

    They are counted inwards from both ends, in the order written; the first that holds a place counts.
    """
    found: list[Given | None] = [None] * len(result.units)
    for category in range(len(result.plan.categories)):
        rows = np.flatnonzero((result.category == category) & (result.place > 0))
        places = result.place[rows]
        ordered = np.sort(places)
        better = np.searchsorted(ordered, places, side="left")
        worse = len(rows) - np.searchsorted(ordered, places, side="right")
        taken_above = taken_below = 0
        for band in bands:
            size = extent(band, len(rows))
            ahead, start = (better, taken_above) if band.first else (worse, taken_below)
            given = Given(band.gives, by=_band_said(band, start, len(rows))) if size else None
            for row in rows[(start <= ahead) & (ahead < start + size)]:
                found[row] = given if found[row] is None else found[row]
            if band.first:
                taken_above += size
            else:
                taken_below += size
    return found


def _by_rise(rise: Rise, result: SetResult, last: Mapping[str, LastResult]) -> list[Given | None]:
    """The units that rose most inside their category, all of an equal rise together; no rise, no award."""
    found: list[Given | None] = [None] * len(result.units)
    gain = {"place": _places_gained, "total": _points_gained}[rise.on]
    for category in range(len(result.plan.categories)):
        rows = np.flatnonzero((result.category == category) & (result.place > 0))
        gains = {int(row): one for row in rows if (one := gain(int(row), result, last)) > 0}
        rising = sorted(gains.values())
        for row, one in gains.items():
            if len(rising) - bisect_right(rising, one) < extent(rise, len(rows)):
                found[row] = Given(rise.gives, f"+{show(one)}")
    return found


def _places_gained(row: int, result: SetResult, last: Mapping[str, LastResult]) -> Fraction:
    before = last.get(result.units[row].code)
    return Fraction(before.place - int(result.place[row])) if before and before.place else Fraction(0)


def _points_gained(row: int, result: SetResult, last: Mapping[str, LastResult]) -> Fraction:
    before = last.get(result.units[row].code)
    return result.total[row] - Fraction(before.total) if before and before.total is not None else Fraction(0)


def _by_repeat(repeat: Repeat, result: SetResult, row: int, last: Mapping[str, LastResult]) -> Given | None:
    """What comes of the same grade, or of a place among the last, this year and last."""
    before = last.get(result.units[row].code)
    if before is None:
        return None
    if repeat.grade is not None:
        repeats = result.main.final(row).zh == repeat.grade == before.grade
        return Given(repeat.gives, by=_SAME_GRADE.format(grade=repeat.grade)) if repeats else None
    most, place = repeat.last or 0, int(result.place[row])
    rivals = result.place[(result.category == result.category[row]) & (result.place > 0)]
    among_last = bool(place) and int((rivals > place).sum()) < most
    if not among_last or not (before.place and before.members and before.place > before.members - most):
        return None
    values = {"was": before.place, "of": before.members, "place": place, "members": len(rivals)}
    return Given(repeat.gives, by=_AMONG_LAST.format(most=most, **values))
