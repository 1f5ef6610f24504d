"""What a total brings: the place, the grade line by line, the moves, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.explain.grades import grade_lines
from engine.explain.ties import tie_lines
from engine.language.uses import Use
from engine.rules.wording import NOTHING, ROUNDED, joined
from engine.score.awards import Given
from engine.score.result import Outcome, SetResult
from engine.text import Text

_PLACE = Text("{category}，{count} 个单位中第 {place} 名{level}", "place {place} of {count} in {category}{level}")
_LEVEL = Text("（{n} 个单位并列）", " ({n} units level)")


_GIVES = Text("{name}：{gift}", "{name}: {gift}")
_TO_THE_CENT = Text("按最大余数法取到分", "to the cent by largest remainder")
_ROSE_PLACES = Text("名次比上年 {rise}", "{rise} places against last year")
_ROSE_POINTS = Text("总分比上年 {rise}", "{rise} points against last year")


def standing_lines(outcome: Outcome, result: SetResult, row: int) -> Iterator[Text]:
    """Place, grade, moves and uses of a unit."""
    evaluation = outcome.plan.written
    yield _place(result, row)
    yield from tie_lines(result, evaluation.ranking, row)
    yield from grade_lines(result.main, result, row, evaluation.rounding.total.digits or 0)
    for scale in evaluation.also_graded:
        named = Text("{name}：{said}", "{name}: {said}")
        for said in grade_lines(result.also[scale.code], result, row, 0):
            yield named.format(name=scale.name, said=said)
    for use in evaluation.use:
        given = result.given[use.code][row] if use.code in result.given else None
        if given is not None:
            how = _how_said(use, given)
            said = Text("{name}：{gift}（{how}）", "{name}: {gift}; {how}") if how.zh else _GIVES
            yield said.format(name=use.name, gift=given.gift, how=how)


def _how_said(use: Use, given: Given) -> Text:
    """What a gift goes by, and the sum that made it."""
    if given.how and use.by_rise is not None:
        return (_ROSE_PLACES if use.by_rise.on == "place" else _ROSE_POINTS).format(rise=given.how)
    sum_ = Text(given.how, given.how)
    if given.how and use.distribute is not None:
        sum_ = joined([sum_, _TO_THE_CENT], "，", ", ")
    elif given.how and use.rounding and not given.how.endswith(f" = {given.gift}"):
        text = Text("{sum}，{how} {gift} 个", "{sum}, {how} to {gift}")
        sum_ = text.format(sum=sum_, how=ROUNDED[use.rounding], gift=given.gift)
    return joined([given.by, sum_])


def _place(result: SetResult, row: int) -> Text:
    category, place = result.plan.categories[result.units[row].category], int(result.place[row])
    if not place:
        return Text("单列，不参加排名", "listed separately, outside the ranking")
    places = result.place[(result.category == result.category[row]) & (result.place > 0)]
    level = int(np.count_nonzero(places == place))
    ties = _LEVEL.format(n=level) if level > 1 else NOTHING
    return _PLACE.format(category=category, count=len(places), place=place, level=ties)
