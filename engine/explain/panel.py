"""A panel explained: the votes, what each is worth, which of them count, and what they make."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from engine.explain.absent import mean_lines
from engine.explain.derivation import limit_lines
from engine.facts import Status, Tally
from engine.panels.counting import Votes
from engine.panels.methods import VOID, Method
from engine.panels.panel import Panel
from engine.rules.among import NAMES
from engine.rules.wording import in_brackets, listed, named, tight
from engine.score.panel import unvoted
from engine.score.result import NodeResult, Outcome, PanelResult, SetResult
from engine.show import show
from engine.text import Text

_VOTES = Text("{answer} {count} 票（每票 {worth} 分）", "{answer}: {count} ({worth} points each)")
_PLAIN_VOTES = Text("{answer} {count} 票", "{answer}: {count}")
_OF_ITEM = Text("{voters}，“{item}”（权重 {weight}）：{votes}", '{voters}, "{item}" (weight {weight}): {votes}')
_NO_ANSWERS = Text("没有人回答，不计", "no answers, left out")
_TOO_FEW = Text("有效票 {total} 张，少于规定的 {least} 张", "{total} valid ballots, fewer than the {least} required")
_MEAN_INSTEAD = Text("按同类单位得分的平均计 {points} 分", "the mean of the category's points counts: {points}")
_SCALED = Text(
    "{among}最高 {best}{who}，折为满分 {full} 分：{points} × {full} ÷ {best} = {scaled}",
    "the highest of {among}, {best}{who}, becomes the full {full} points: {points} × {full} ÷ {best} = {scaled}",
)
_SCALED_ALONE = Text("{among}最高 0 分，不折算", "the highest of {among} is 0 points, so nothing is scaled")


def panel_lines(result: NodeResult, panel: Panel, row: int, whole: SetResult, outcome: Outcome) -> Iterator[Text]:
    """What the panel said of one unit, and what it makes."""
    judged = result.judged
    assert judged is not None
    if not judged.tally.listed[row]:
        yield Text("没有人负责评这个单位", "on nobody's list")
    elif unvoted(judged.tally)[row]:
        yield Text("没有测评票", "there are no ballots")
    else:
        yield from _vote_lines(judged, panel, row)
        if result.asked[row] == Status.GIVEN:
            yield from _figure_lines(judged, panel, row)
            yield from _scaled_lines(result, judged, panel, row, whole)
        else:
            yield _TOO_FEW.format(total=judged.poll.number[row], least=panel.minimum_ballots)
            if result.status[row] == Status.GIVEN:
                yield _MEAN_INSTEAD.format(points=show(result.points[row]))
                yield from mean_lines(result, row, whole, outcome)


def _vote_lines(judged: PanelResult, panel: Panel, row: int) -> Iterator[Text]:
    tally, method = judged.tally, panel.method.chosen
    for votes in judged.poll.votes:
        given = {answer: int(count) for answer, count in zip(votes.answers, votes.counts[row], strict=True) if count}
        worths = dict(zip(votes.answers, votes.worths, strict=True))
        counted = [_vote(method, answer, given[answer], worths[answer]) for answer in tally.answers if answer in given]
        text = Text("{voters}：{votes}", "{voters}: {votes}") if not votes.question.name else _OF_ITEM
        about = {"item": votes.question.name, "weight": show(votes.question.weight), "voters": panel.voters}
        nothing = Text("0", "0") if not votes.question.name else _NO_ANSWERS
        yield text.format(votes=listed(counted) if counted else nothing, **about)
    yield from _not_counted(tally, method, row)


def _vote(method: Method, answer: str, count: int, worth: Fraction) -> Text:
    text = _PLAIN_VOTES if method.says_worth else _VOTES
    return tight(text.format(answer=method.level(answer), count=count, worth=show(worth)))


def _not_counted(tally: Tally, method: Method, row: int) -> Iterator[Text]:
    votes = [(answer, int(count)) for answer, count in zip(tally.answers, tally.counts[row], strict=True) if count]
    text = Text("{answer} {count}", "{answer} {count}")
    apart = [
        text.format(answer=method.wording(answer), count=count)
        for answer, count in votes
        if method.worth(answer) is None and answer != VOID
    ]
    void = sum(count for answer, count in votes if answer == VOID)
    if apart:
        yield Text("不计入：{apart}", "not counted: {apart}").format(apart=listed(apart))
    if void:
        yield Text("废票 {void} 张", "void ballots: {void}").format(void=void)


def _figure_lines(judged: PanelResult, panel: Panel, row: int) -> Iterator[Text]:
    """What was done with the votes on each question, and how the questions go together."""
    answered = [votes for votes in judged.poll.votes if votes.number[row]]
    for votes in answered:
        yield from _figure_of(votes, judged.tally, panel, row)
    if len(answered) > 1:
        above = " + ".join(f"{show(votes.points[row])} × {show(votes.question.weight)}" for votes in answered)
        weights = sum((votes.question.weight for votes in answered), Fraction(0))
        equation = f"({above}) ÷ {show(weights)} = {show(judged.poll.points[row])}"
        yield Text("按权重合计：{equation}", "by weight: {equation}").format(equation=equation)


def _figure_of(votes: Votes, tally: Tally, panel: Panel, row: int) -> Iterator[Text]:
    """What was done with the votes on one question, and their mean where they differ."""
    kept = {answer: int(count) for answer, count in zip(votes.answers, votes.kept[row], strict=True) if count}
    worths = dict(zip(votes.answers, votes.worths, strict=True))
    head = panel.aggregate.chosen.said(int(votes.number[row]))
    if votes.question.name:
        head = Text(f"“{votes.question.name}”", f'"{votes.question.name}"')
    above = " + ".join(f"{show(worths[one])} × {kept[one]}" for one in tally.answers if one in kept)
    figure = show(votes.points[row])
    equation = f"({above}) ÷ {sum(kept.values())} = {figure}" if len(kept) > 1 else figure
    if head:
        yield Text("{head}：{equation}", "{head}: {equation}").format(head=head, equation=equation)
    elif len(kept) > 1:
        yield Text(equation, equation)


def _scaled_lines(result: NodeResult, judged: PanelResult, panel: Panel, row: int, whole: SetResult) -> Iterator[Text]:
    assert result.raw is not None
    if judged.best is not None and panel.scaled_to_best is not None:
        category = whole.plan.categories[whole.units[row].category]
        among = Text(category, category) if panel.scaled_to_best == "category" else NAMES["all"]
        points, best = judged.poll.points[row], judged.best[row]
        values = {"best": show(best), "full": show(result.full[row]), "points": show(points)}
        who, scaled = _holders(result, judged, panel, row, whole), show(result.raw[row])
        yield (_SCALED if best > 0 else _SCALED_ALONE).format(among=among, who=who, scaled=scaled, **values)
    yield from limit_lines(result.raw[row], result.exact[row])


def _holders(result: NodeResult, judged: PanelResult, panel: Panel, row: int, whole: SetResult) -> Text:
    """The units that have the best points, in brackets."""
    assert judged.best is not None
    best = judged.poll.points.equals(judged.best[row]) & (result.asked == Status.GIVEN)
    if panel.scaled_to_best == "category":
        best &= whole.category == whole.category[row]
    rows = [int(one) for one in np.flatnonzero(best) if not whole.units[int(one)].listed_separately]
    return in_brackets(named(sorted(whole.units[one].name for one in rows)))
