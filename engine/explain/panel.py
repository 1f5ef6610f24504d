"""A panel explained: the votes, what each is worth, and their mean."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.explain.derivation import limit_lines
from engine.panels.methods import VOID, Method
from engine.panels.panel import Panel
from engine.rules.wording import listed
from engine.score.result import NodeResult
from engine.show import show
from engine.text import Text

_VOTES = Text("{answer} {count} 票（每票 {worth} 分）", "{answer}: {count} ({worth} points each)")
_PLAIN_VOTES = Text("{answer} {count} 票", "{answer}: {count}")
_TOO_FEW = Text("有效票 {total} 张，少于规定的 {least} 张", "{total} valid ballots, fewer than the {least} required")


def panel_lines(result: NodeResult, panel: Panel, row: int) -> Iterator[Text]:
    """The votes, what each is worth, and their mean."""
    tally, method = result.tally, panel.method.chosen
    if tally is None:
        yield Text("没有测评票", "there are no ballots")
        return
    if not tally.listed[row]:
        yield Text("没有人负责评这个单位", "on nobody's list")
        return
    votes = [(answer, int(count)) for answer, count in zip(tally.answers, tally.counts[row], strict=True) if count]
    counted = [(answer, count, worth) for answer, count in votes if (worth := method.worth(answer)) is not None]
    shown = listed(_vote(method, *vote) for vote in counted) if counted else Text("0", "0")
    yield Text("{voters}：{votes}", "{voters}: {votes}").format(voters=panel.voters, votes=shown)
    yield from _not_counted(votes, method)
    total = sum(count for _, count, _ in counted)
    if total < panel.minimum_ballots:
        yield _TOO_FEW.format(total=total, least=panel.minimum_ballots)
    elif total:
        yield from _mean_lines([(worth, count) for _, count, worth in counted], total, result.exact[row])


def _vote(method: Method, answer: str, count: int, worth: Fraction) -> Text:
    text = _PLAIN_VOTES if method.says_worth else _VOTES
    return text.format(answer=method.wording(answer), count=count, worth=show(worth))


def _not_counted(votes: list[tuple[str, int]], method: Method) -> Iterator[Text]:
    apart = [f"{answer} {count}" for answer, count in votes if method.worth(answer) is None and answer != VOID]
    void = sum(count for answer, count in votes if answer == VOID)
    if apart:
        yield Text("不计入：{apart}", "not counted: {apart}").format(apart=listed(apart))
    if void:
        yield Text("废票 {void} 张", "void ballots: {void}").format(void=void)


def _mean_lines(votes: list[tuple[Fraction, int]], total: int, exact: Fraction) -> Iterator[Text]:
    mean = sum((worth * count for worth, count in votes), Fraction(0)) / total
    if len(votes) > 1:
        above = " + ".join(f"{show(worth)} × {count}" for worth, count in votes)
        text = Text("({above}) ÷ {total} = {mean}", "({above}) ÷ {total} = {mean}")
        yield text.format(above=above, total=total, mean=show(mean))
    yield from limit_lines(mean, exact)
