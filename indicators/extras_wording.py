"""The bonuses and deductions of a scheme in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from engine.explain.extras import LIFTS
from engine.language.extras import Bonus, Deductions, DeductionStandard, Level, Lift, Standard
from engine.language.scheme import EvaluationPlan
from engine.rules.wording import NOTHING, joined, listed
from engine.show import percent, show
from engine.text import Text
from indicators.wording import conditions_said

_COUNT = {"started": Text("不足一天按一天计，", "started"), "full": Text("只计满一天的，", "full")}
_DAYS = {"calendar": Text("按自然日", "calendar"), "working": Text("按工作日", "working")}


def extras_said(rules: Bonus | Deductions, plan: EvaluationPlan) -> Text:
    """What counts, and what bounds all bonuses or deductions of a unit."""
    return joined([*_extras_said(rules), conditions_said(rules.only_if, plan)])


def _extras_said(rules: Bonus | Deductions) -> Iterator[Text]:
    if rules.at_most is None:
        yield Text("合计不设上限", "no limit in all")
    else:
        yield _most("合计最多 {most} 分", "at most {most} in all", rules.at_most)
    if rules.item_at_most is not None:
        yield _most("一个事项最多 {most} 分", "at most {most} for one matter", rules.item_at_most)
    for part in rules.parts.values():
        yield _most("{name}最多 {most} 分", "{name}: at most {most}", part.at_most, name=part.name)
    if isinstance(rules, Bonus) and rules.over_fulfilment is not None:
        yield _most("超额完成最多 {most} 分", "over-fulfilment: at most {most}", rules.over_fulfilment.at_most)
    if rules.highest_only:
        yield Text("同一事项就高计一次，不重复", "a matter counts once, at its highest")
    else:
        yield Text("同一事项可以重复计", "a matter may count several times")
    if rules.cut_off is not None:
        yield Text("{day} 以后的不计", "nothing after {day} counts").format(day=rules.cut_off)
    if rules.by is not None:
        yield Text("经决定的才计", "only what has been decided counts")
    if isinstance(rules, Deductions) and rules.lead_share is not None:
        text = Text("牵头单位分担 {lead}，协办单位均担其余", "the lead bears {lead}, those who assist share the rest")
        yield text.format(lead=percent(rules.lead_share))
    if isinstance(rules, Bonus) and rules.consents:
        yield Text("加分程序：{steps}", "consents: {steps}").format(steps=listed(rules.consents))


def standard_said(standard: Standard, plan: EvaluationPlan) -> Text:
    """What each level of a standard is worth, and for whom."""
    levels = listed(_level_said(name, level) for name, level in standard.levels.items())
    if isinstance(standard, DeductionStandard):
        levels = joined([levels, *_computed_said(standard)])
    most = NOTHING if standard.at_most is None else _most("本项最多 {most} 分", "at most {most}", standard.at_most)
    own = standard.says or ""
    return joined([levels, most, conditions_said(standard.only_if, plan), Text(own, own)])


def _computed_said(standard: DeductionStandard) -> Iterator[Text]:
    if standard.passed_on is not None:
        text = Text("上级所扣分数 × {times}", "what was lost above × {times}")
        yield text.format(times=show(standard.passed_on))
    if late := standard.lateness:
        text = Text(
            "{count}{days}迟一天 {each} 分，最多 {most} 分", "{each} per {count} {days} day late, at most {most}"
        )
        count, days = _COUNT[late.count], _DAYS[late.days]
        yield text.format(count=count, days=days, each=show(late.each), most=show(late.at_most))


def _level_said(name: str, level: Level) -> Text:
    if isinstance(level, Lift):
        return joined([Text(name, name), LIFTS[level.effect]], "", ": ")
    return Text("{name} {points} 分", "{name} {points}").format(name=name, points=show(level))


def _most(zh: str, en: str, most: Decimal, **values: str) -> Text:
    return Text(zh, en).format(most=show(most), **values)
