"""Bonuses and deductions explained: each claim and why it counts or not, then every cap that changes something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from engine.explain.derivation import Derivation
from engine.language.extras import Bonus, Deductions
from engine.score.result import Counted, Extras, Why
from engine.show import show
from engine.text import Text

LIFTS = {"up_one": Text("提高一个等次", "one grade up"), "top": Text("定为最高等次", "the best grade")}
_CLAIM = Text("{what}{matter}：{said}；依据：{document}{decision}", "{what} {matter}: {said}; {document}{decision}")
_WHAT = Text("{name}（{level}）", "{name} ({level})")
_DECIDED = Text("，{body}{decision}", ", {body} {decision}")
_POINTS = Text("{points} 分", "{points}")
_LATE = Text("{day} 晚于截止日期 {cut_off}，不计", "{day} is after the cut-off date {cut_off}, does not count")
_REASONS = {
    Why.DUPLICATE: Text("同一事项已按更高的计，不重复", "counted already at its highest"),
    Why.UNDECIDED: Text("尚未决定，不计", "not decided, does not count"),
}
_OF_A_MATTER = Text(
    "事项“{name}”合计 {raw} 分，一个事项最多 {points} 分", '"{name}": {raw} in all, at most {points} for one matter'
)
_OF_A_KIND = Text("{name}合计 {raw} 分，本项最多 {points} 分", "{name}: {raw} in all, at most {points}")
_OF_A_PART = Text("{name}合计 {raw} 分，本部分最多 {points} 分", "{name}: {raw} in all, at most {points} for the part")
_OF_ALL = Text("合计 {raw} 分，最多 {points} 分", "{raw} in all, at most {points}")


def extras_of(code: str, name: Text, extras: Extras, rules: Bonus | Deductions | None) -> Iterator[Derivation]:
    """The bonuses or the deductions of a unit, if it has any."""
    if rules is None or not extras.claims:
        return
    lines = [claim_said(counted, rules) for counted in extras.claims]
    lines += _caps_said(extras, rules)
    sign = -1 if isinstance(rules, Deductions) else 1
    yield Derivation(code, name.zh, None, extras.total, extras.total, sign * extras.total, tuple(lines))


def claim_said(counted: Counted, rules: Bonus | Deductions) -> Text:
    """A claim, the points or the grade that it brings, or why it brings nothing."""
    claim = counted.claim
    [name] = [standard.name for standard in rules.standards if standard.code == claim.standard]
    what = _WHAT.format(name=name, level=claim.level)
    decision = _DECIDED.format(body=claim.body, decision=claim.decision) if claim.decision else Text("", "")
    said = why_said(counted, rules) if counted.why is not Why.COUNTS else _worth_said(counted)
    return _CLAIM.format(what=what, matter=claim.matter, said=said, document=claim.document, decision=decision)


def _worth_said(counted: Counted) -> Text:
    return LIFTS[counted.lifts] if counted.lifts else _POINTS.format(points=show(counted.points))


def why_said(counted: Counted, rules: Bonus | Deductions) -> Text:
    """Why a claim brings nothing; nothing is said of one that counts."""
    if counted.why is Why.TOO_LATE:
        return _LATE.format(day=counted.claim.day, cut_off=rules.cut_off)
    return _REASONS.get(counted.why, Text("", ""))


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
    yield from _cap(_OF_ALL, "", sum(extras.parts.values(), parts[""]), extras.total)


def _cap(text: Text, name: str, raw: Fraction, points: Fraction) -> Iterator[Text]:
    if raw != points:
        yield text.format(name=name, raw=show(raw), points=show(points))
