"""Panels: what a vote can bring, that every answer makes a difference, that a ballot can keep what is asked of it."""

from __future__ import annotations

from decimal import Decimal

from engine.grammar.fields import damaged
from engine.language.checks.report import Report
from engine.language.scheme import Indicator, IndicatorSetPlan
from engine.panels.methods import VOID
from engine.panels.panel import Panel
from engine.show import show
from engine.text import Text

_NO_TIER = Text("没有等次“{name}”，limits 里只能写 tiers 的等次", 'there is no tier "{name}"; limits are for tiers')


def check(part_of: IndicatorSetPlan, report: Report) -> None:
    """Check one indicator set."""
    for node in part_of.walk():
        if node.panel is not None:
            _panel(node, node.panel, report)


def _panel(node: Indicator, panel: Panel, report: Report) -> None:
    written = node.written
    if written.collector is not None:
        zh = "“{name}”由投票产生，不写采集单位（collector）"
        report.add(written.line("collector"), zh, '"{name}" is voted on and has no collector', name=node.name)
    named = [(answer, panel.line("not_counted", place)) for place, answer in enumerate(panel.not_counted)]
    zh = "不计票的答案“{name}”写了两次（第 {first} 行已有）"
    report.repeated(named, zh, 'the uncounted answer "{name}" is there twice (first in line {first})')
    if damaged(panel):
        return
    if _mistaken(panel, report):
        return
    _answers(panel, report)
    _aggregate(panel, report)
    _limits(panel, report)
    _all_same(panel, report)
    _scaling(node, panel, report)
    if not written.lost("full_marks", "for", "cap", "floor") and panel.scaled_to_best is None:
        _full_marks(node, panel, report)
        _idle_limits(node, panel, report)


def _mistaken(panel: Panel, report: Report) -> bool:
    """Whether the method or the aggregate is wrong in itself, which is told."""
    mistaken = False
    for key, part in (("method", panel.method.chosen), ("aggregate", panel.aggregate.chosen)):
        for parameter, text in part.mistakes():
            report.add(part.line(parameter) or panel.line(key), "{said}", "{said}", said=text)
            mistaken = True
    return mistaken


def _answers(panel: Panel, report: Report) -> None:
    method = panel.method.chosen
    for place, answer in enumerate(panel.not_counted):
        if any(method.worth(written) is not None for written in method.uncounted((answer,))):
            zh = "“{answer}”既有分值又列在不计票的答案（not_counted）里；请删去一处"
            en = '"{answer}" has points and is also not_counted; remove one'
            report.add(panel.line("not_counted", place), zh, en, answer=answer)
        elif answer == VOID:
            _void(panel.line("not_counted", place), report)
    if VOID in {method.level(answer).zh for answer in method.answers()}:
        _void(panel.line("method"), report)


def _void(line: int, report: Report) -> None:
    zh = "“{void}”是废票的记法，不能作一种答案；请换一个词"
    report.add(line, zh, '"{void}" is how void ballots are written and no answer; use another word', void=VOID)


def _aggregate(panel: Panel, report: Report) -> None:
    if panel.method.chosen.word == "questionnaire" and panel.aggregate.chosen.word != "mean":
        zh = "问卷每题取平均再按权重合计，aggregate 只能是 mean"
        en = "the items of a questionnaire are averaged and go together by weight: aggregate can only be mean"
        report.add(panel.line("aggregate"), zh, en)


def _limits(panel: Panel, report: Report) -> None:
    if panel.limits is None:
        for key in ("limit_rounding", "over_limit"):
            if key in panel.model_fields_set:
                zh = "没有写限额（limits），{key} 不起作用；请删去"
                report.add(panel.line(key), zh, "there are no limits, so {key} has no effect; remove it", key=key)
        return
    if panel.method.chosen.word != "tiers":
        zh = "限额（limits）只用于 tiers（分档评价）；请删去"
        report.add(panel.line("limits"), zh, "limits are for tiers only; remove them")
        return
    if panel.over_limit is None:
        zh = "写了限额（limits），要写明超限的票怎么办：over_limit: refuse（退回）或 void（作废）"
        en = "limits need over_limit: refuse (the ballot comes back) or void (it does not count)"
        report.add(panel.line("limits"), zh, en)
    _limit_rounding(panel, report)
    for tier in panel.limits:
        _limit(panel, tier, report)
    _keepable(panel, report)


def _limit_rounding(panel: Panel, report: Report) -> None:
    assert panel.limits is not None
    shares = any(limit.relative for limit in panel.limits.values())
    if shares and panel.limit_rounding is None:
        zh = "限额按比例的，要写明怎么取整：limit_rounding: half_up（四舍五入）、down（舍去）或 up（进位）"
        report.add(panel.line("limits"), zh, "a limit by share needs limit_rounding: half_up, down or up")
    elif not shares and panel.limit_rounding is not None:
        zh = "限额都是个数，不用取整，请删去 limit_rounding"
        en = "limits in numbers need no rounding; remove limit_rounding"
        report.add(panel.line("limit_rounding"), zh, en)


def _limit(panel: Panel, tier: str, report: Report) -> None:
    assert panel.limits is not None
    limit, line = panel.limits[tier], panel.line("limits", tier)
    if tier not in panel.method.chosen.answers():
        report.unknown(line, _NO_TIER, tier, panel.method.chosen.answers())
    elif limit.amount <= 0 or (not limit.relative and limit.amount % 1):
        zh = "“{tier}”的限额应是正整数（几个）或百分比，如 3 或 30%"
        report.add(line, zh, 'the limit of "{tier}" is a whole number or a percentage, such as 3 or 30%', tier=tier)
    elif limit.relative and limit.amount >= 1:
        zh = "“{tier}”的限额是全部对象，限制不了什么；请删去"
        report.add(line, zh, 'the limit of "{tier}" is all subjects and limits nothing; remove it', tier=tier)


def _keepable(panel: Panel, report: Report) -> None:
    """Where every tier has a limit, there must be room for every subject however many there are."""
    assert panel.limits is not None
    shares = [limit.amount for limit in panel.limits.values() if limit.relative]
    room = len(shares) == len(panel.limits) and sum(shares, Decimal(0)) >= 1 and panel.limit_rounding in (None, "up")
    if set(panel.limits) == set(panel.method.chosen.answers()) and not room:
        text = Text(
            "每一档都有限额，对象一多就没有一张票能守住；请留一档不限，"
            "或各档比例合计不低于 100% 并写 limit_rounding: up",
            "every tier has a limit, so that with enough subjects no ballot can keep them; leave one without, "
            "or let the shares add up to 100% with limit_rounding: up",
        )
        report.add(panel.line("limits"), "{said}", "{said}", said=text)


def _all_same(panel: Panel, report: Report) -> None:
    if panel.method.chosen.word == "ranking" and "all_same" in panel.model_fields_set:
        zh = "排名各不相同，all_same 不起作用；请删去"
        report.add(panel.line("all_same"), zh, "places differ anyway, so all_same has no effect; remove it")


def _scaling(node: Indicator, panel: Panel, report: Report) -> None:
    least = panel.method.chosen.least()
    if panel.scaled_to_best is not None and least < 0:
        zh = "“{name}”的分值可低到 {least} 分，最高分可能不大于 0，不能以它为满分折算；请删去 scaled_to_best"
        en = '"{name}" goes down to {least}, so that the best may not be above 0; remove scaled_to_best'
        report.add(panel.line("scaled_to_best"), zh, en, name=node.name, least=show(least))


def _full_marks(node: Indicator, panel: Panel, report: Report) -> None:
    most = panel.method.chosen.most()
    for full in sorted({full for full in node.full.values() if full}):
        if most > full and node.written.cap is None:
            zh = "“{name}”的满分是 {full}，投票最高可得 {most} 分，超过满分；请改分值或满分，或写明 cap"
            en = 'the full marks of "{name}" are {full} but a vote can bring {most}; change one of them, or state a cap'
            report.add(panel.line("method"), zh, en, name=node.name, full=show(full), most=show(most))


def _idle_limits(node: Indicator, panel: Panel, report: Report) -> None:
    """A cap that no vote reaches, a floor that none goes below."""
    fulls = [full for full in node.full.values() if full]
    most, least = panel.method.chosen.most(), panel.method.chosen.least()
    if node.written.cap is not None and node.cap and all(node.cap.of(full) >= most for full in fulls):
        zh = "“{name}”投票最高 {most} 分，到不了上限（cap）；请删去"
        en = 'a vote on "{name}" brings {most} at most and never meets the cap; remove it'
        report.add(node.written.line("cap"), zh, en, name=node.name, most=show(most))
    if node.written.floor is not None and node.floor and all(node.floor.of(full) <= least for full in fulls):
        zh = "“{name}”投票最低 {least} 分，到不了下限（floor）；请删去"
        en = 'a vote on "{name}" brings {least} at least and never meets the floor; remove it'
        report.add(node.written.line("floor"), zh, en, name=node.name, least=show(least))
