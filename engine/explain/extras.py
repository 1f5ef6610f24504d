"""Bonuses and deductions explained: each claim and why it counts or not, then every cap that changes something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from engine.calendar import moment_said
from engine.explain.derivation import Derivation
from engine.facts import Claim
from engine.language.extras import Bonus, Deductions, DeductionStandard, Lateness, Standard
from engine.rules.wording import NOTHING, joined
from engine.score.counted import Beyond, Counted, Extras, Why, together
from engine.show import percent, show
from engine.text import Text

LIFTS = {"up_one": Text("提高一个等次", "one grade up"), "top": Text("定为最高等次", "the best grade")}
_CLAIM = Text("{what}{matter}：{said}；依据：{document}{decision}", "{what} {matter}: {said}; {document}{decision}")
_WHAT = Text("{name}（{level}）", "{name} ({level})")
_NAMED = Text("{name}，", "{name},")
_DECIDED = Text("，{body}{decision}", ", {body} {decision}")
_POINTS = Text("{points} 分", "{points}")
_LATE = Text("{day} 晚于截止日期 {cut_off}，不计", "{day} is after the cut-off date {cut_off}, does not count")
_REASONS = {
    Why.DUPLICATE: Text("同一事项已按更高的计，不重复", "counted already at its highest"),
    Why.UNDECIDED: Text("尚未决定，不计", "not decided, does not count"),
    Why.CONDITION: Text("不符合条件，不计", "a condition is not met, does not count"),
    Why.EXCUSED: Text("{delay}，说明被采纳，不计", "{delay}, excused, does not count"),
    Why.IN_TIME: Text("{delay}，没有迟，不计", "{delay}, in time, does not count"),
    Why.NOT_A_DAY: Text("{delay}，迟不满一天，不计", "{delay}, less than one day late, does not count"),
}
_UNMET = Text("不符合条件：{unmet}", "a condition is not met: {unmet}")
_UNMET_BY_KIND = Text("{name}不符合条件：{unmet}", "{name}: a condition is not met: {unmet}")
_DELAY = Text("应报 {due}，实报 {done}", "due {due}, came {done}")
_DAYS = {
    "calendar": Text("，迟 {days} 天", ", {days} days late"),
    "working": Text("，迟 {days} 个工作日", ", {days} working days late"),
}
_HOW = {
    "started": Text("（不足一天按一天计）", " (a day begun counts whole)"),
    "full": Text("（只计满一天的）", " (full days)"),
}
_AT_MOST = Text("，最多 {points} 分", ", at most {points}")
_ABOVE = Text("上级扣 {above} 分：{above} × {times} = {points} 分", "{above} lost above: {above} × {times} = {points}")
_LEAD = Text(
    "；牵头分担 {lead}：{whole} × {lead} = {points} 分", "; the lead bears {lead}: {whole} × {lead} = {points}"
)
_ASSIST = Text(
    "；协办 {count} 家均担 {rest}：{whole} × {rest} ÷ {count} = {points} 分",
    "; {count} that assist bear {rest}: {whole} × {rest} ÷ {count} = {points}",
)
_OF_A_MATTER = Text(
    "事项“{name}”合计 {raw} 分，一个事项最多 {points} 分", '"{name}": {raw} in all, at most {points} for one matter'
)
_OF_A_KIND = Text("{name}合计 {raw} 分，本项最多 {points} 分", "{name}: {raw} in all, at most {points}")
_OF_A_PART = Text("{name}合计 {raw} 分，本部分最多 {points} 分", "{name}: {raw} in all, at most {points} for the part")
_OVER = Text("超额完成“{name}”：{sum}{points} 分", 'over-fulfilment of "{name}": {sum}{points}')
_OVER_CAP = Text("超额完成合计 {raw} 分，最多 {points} 分", "over-fulfilment: {raw} in all, at most {points}")
_OF_ALL = Text("合计 {raw} 分，最多 {points} 分", "{raw} in all, at most {points}")


def extras_of(
    code: str,
    name: Text,
    extras: Extras,
    rules: Bonus | Deductions | None,
    unmet: Mapping[str, Text],
    names: Mapping[str, str],
) -> Iterator[Derivation]:
    """The bonuses or the deductions of a unit, if it has any.

    `unmet` are the conditions that it fails, by code of the standard that has them ("" those of all), `names` those of
    the leaves by code.
    """
    if rules is None or not (extras.claims or extras.over):
        return
    lines = [claim_said(counted, rules) for counted in extras.claims]
    lines += [_over_said(names[leaf], beyond) for leaf, beyond in extras.over.items()]
    lines += [_UNMET.format(unmet=unmet[""])] if unmet[""].zh else []
    claimed = {counted.claim.standard for counted in extras.claims}
    for standard in rules.standards:
        if standard.code in claimed and unmet[standard.code].zh:
            lines.append(_UNMET_BY_KIND.format(name=standard.name, unmet=unmet[standard.code]))
    lines += _caps_said(extras, rules)
    sign = -1 if isinstance(rules, Deductions) else 1
    yield Derivation(code, name.zh, None, extras.total, extras.total, sign * extras.total, tuple(lines))


def _over_said(name: str, beyond: Beyond) -> Text:
    """What an over-fulfilled leaf brings, its points converted like those of the leaf where that changes them."""
    sum_ = f"{show(beyond.kept)} × {show(beyond.worth)} = " if beyond.worth != 1 else ""
    exact = beyond.kept * beyond.worth
    if exact != beyond.points:
        sum_ = f"{sum_ or ''}{show(exact)} → "
    return _OVER.format(name=name, sum=sum_, points=show(beyond.points))


def claim_said(counted: Counted, rules: Bonus | Deductions) -> Text:
    """A claim, the points or the grade that it brings, or why it brings nothing."""
    claim = counted.claim
    what = (_WHAT if claim.level else _NAMED).format(name=_standard(counted, rules).name, level=claim.level)
    decision = _DECIDED.format(body=claim.body, decision=claim.decision) if claim.decision else NOTHING
    said = why_said(counted, rules) if counted.why is not Why.COUNTS else worth_said(counted, rules)
    return _CLAIM.format(what=what, matter=claim.matter, said=said, document=claim.document, decision=decision)


def _standard(counted: Counted, rules: Bonus | Deductions) -> Standard:
    return next(standard for standard in rules.standards if standard.code == counted.claim.standard)


def worth_said(counted: Counted, rules: Bonus | Deductions) -> Text:
    """What a claim that counts is worth, and how that is found."""
    if counted.lifts:
        return LIFTS[counted.lifts]
    claim, standard, whole = counted.claim, _standard(counted, rules), counted.points / counted.share
    said = _POINTS.format(points=show(whole))
    if isinstance(standard, DeductionStandard) and standard.lateness is not None:
        said = _late_said(counted, standard.lateness, whole)
    elif isinstance(standard, DeductionStandard) and standard.passed_on is not None:
        said = _ABOVE.format(above=show(claim.above or 0), times=show(standard.passed_on), points=show(whole))
    return joined([said, _share_said(counted, rules, whole)], "", "")


def _late_said(counted: Counted, lateness: Lateness, whole: Fraction) -> Text:
    days, each = counted.days, Fraction(lateness.each)
    sum_of = Text("：{each} × {days} = {points} 分", ": {each} × {days} = {points}")
    parts = [
        _delay_said(counted.claim),
        _DAYS[lateness.days].format(days=days),
        _HOW[lateness.count],
        sum_of.format(each=show(each), days=days, points=show(each * days)),
        _AT_MOST.format(points=show(whole)) if whole < each * days else NOTHING,
    ]
    return joined(parts, "", "")


def _delay_said(claim: Claim) -> Text:
    if claim.delay is None:
        return NOTHING
    return _DELAY.format(due=moment_said(claim.delay.due), done=moment_said(claim.delay.done))


def _share_said(counted: Counted, rules: Bonus | Deductions, whole: Fraction) -> Text:
    if not isinstance(rules, Deductions) or rules.lead_share is None or not counted.claim.role:
        return NOTHING
    rest = 1 - Fraction(rules.lead_share)
    values = {"whole": show(whole), "points": show(counted.points), "lead": percent(rules.lead_share)}
    if counted.claim.role == "lead":
        return _LEAD.format(**values)
    return _ASSIST.format(count=rest / counted.share, rest=percent(rest), **values)


def why_said(counted: Counted, rules: Bonus | Deductions) -> Text:
    """Why a claim brings nothing; nothing is said of one that counts."""
    if counted.why is Why.TOO_LATE:
        return _LATE.format(day=counted.claim.day, cut_off=rules.cut_off)
    return _REASONS.get(counted.why, NOTHING).format(delay=_delay_said(counted.claim))


def _caps_said(extras: Extras, rules: Bonus | Deductions) -> Iterator[Text]:
    worth, matters, raw = (defaultdict[str, Fraction](Fraction) for _ in range(3))
    for one in extras.claims:
        worth[one.claim.matter] += one.points if one.why is Why.COUNTS else 0
        matters[one.claim.matter] += one.counted
        raw[one.claim.standard] += one.counted
    for matter, points in matters.items():
        yield from _cap(_OF_A_MATTER, matter, worth[matter], points)
    parts: dict[str, Fraction] = defaultdict(Fraction)
    for standard in rules.standards:
        points = extras.kinds.get(standard.code, Fraction(0))
        yield from _cap(_OF_A_KIND, standard.name, raw[standard.code], points)
        parts[standard.part or ""] += points
    for code, points in extras.parts.items():
        yield from _cap(_OF_A_PART, rules.parts[code].name, parts[code], points)
    if extras.over_total:
        yield from _cap(_OVER_CAP, "", together(extras.over), extras.over_total)
    yield from _cap(_OF_ALL, "", sum(extras.parts.values(), parts[""]) + extras.over_total, extras.total)


def _cap(text: Text, name: str, raw: Fraction, points: Fraction) -> Iterator[Text]:
    if raw != points:
        yield text.format(name=name, raw=show(raw), points=show(points))
