"""Bonuses and deductions: codes, parts, and caps that fit inside each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from engine.language.checks.report import Report
from engine.language.extras import Bonus, Deductions, DeductionStandard, Lift, Standard
from engine.language.model import Evaluation
from engine.show import percent, show
from engine.text import Text

_NO_PART = Text("没有部分“{name}”（parts）", 'there is no part "{name}" (parts)')


class _Cap(NamedTuple):
    """One of the caps around something: how it is called, and how much."""

    of: Text
    most: Decimal


def check(evaluation: Evaluation, report: Report) -> None:
    """Check the bonus and the deductions of one evaluation."""
    both = [rules for rules in (evaluation.bonus, evaluation.deductions) if rules is not None]
    named = [(standard.code, standard.line("code")) for rules in both for standard in rules.standards]
    zh = "加减分项代码“{name}”重复，第 {first} 行已用；请改成别的代码"
    report.repeated(named, zh, 'the code of the standard "{name}" is used twice (first in line {first}); change one')
    for rules in both:
        known = [(one.code, one.name, one.line("name")) for one in rules.standards if not one.lost("name", "code")]
        report.confusable(Text("加减分项", "standard"), known)
        _parts(rules, report)
        _item(rules, report)
        for standard in rules.standards:
            _levels(standard, rules, report)
            if isinstance(standard, DeductionStandard):
                _ways(standard, report)
                _lateness(standard, rules, report)
            _kind(standard, rules, report)
            _said_of_all(standard, rules, report)
    if evaluation.bonus is not None:
        _consents(evaluation.bonus, report)
    if evaluation.deductions is not None:
        _lead_share(evaluation.deductions, report)


def _said_of_all(standard: Standard, rules: Bonus | Deductions, report: Report) -> None:
    for number, condition in enumerate(standard.only_if or ()):
        if condition in (rules.only_if or ()):
            zh = "“{name}”的这个条件已经写给全部加减分项，这里不起作用，请删去"
            en = 'this condition of "{name}" is that of all standards already and has no effect here; remove it'
            report.add(standard.line("only_if", number), zh, en, name=standard.name)


def _consents(bonus: Bonus, report: Report) -> None:
    consents = [(name, bonus.line("consents", number)) for number, name in enumerate(bonus.consents)]
    zh, en = (
        "审核环节“{name}”写了两次（第 {first} 行已有）",
        'the consent "{name}" is there twice (first in line {first})',
    )
    report.repeated(consents, zh, en)


def _parts(rules: Bonus | Deductions, report: Report) -> None:
    named = [(part.name, part.line("name")) for part in rules.parts.values() if not part.lost("name")]
    zh = "有两个部分都叫“{name}”（第 {first} 行已有），请改名以便区分"
    report.repeated(named, zh, 'two parts are called "{name}" (first in line {first}); rename one')
    used = {standard.part for standard in rules.standards}
    lost = rules.lost("standards") or any(standard.lost("part") for standard in rules.standards)
    for code, part in rules.parts.items():
        if code not in used and not lost:
            zh = "部分“{name}”里没有加减分项；请在 standards 里写 part: {code}，或删去这个部分"
            en = 'nothing belongs to the part "{name}"; write part: {code} in a standard or remove the part'
            report.add(rules.line("parts", code), zh, en, name=part.name, code=code)
        if rules.at_most is not None and part.at_most > rules.at_most:
            zh = "部分“{name}”的上限 {own} 分高于总上限 {most} 分"
            en = 'the cap {own} of the part "{name}" is above the cap {most} of everything'
            own, most = show(part.at_most), show(rules.at_most)
            report.add(part.line("at_most"), zh, en, name=part.name, own=own, most=most)
    for standard in rules.standards:
        if standard.part is not None and standard.part not in rules.parts and not rules.lost("parts"):
            report.unknown(standard.line("part"), _NO_PART, standard.part, rules.parts)


def _item(rules: Bonus | Deductions, report: Report) -> None:
    most = rules.item_at_most
    if most is None:
        return
    if rules.at_most is not None and most > rules.at_most:
        zh = "一个事项的上限（item_at_most）{own} 分高于总上限 {most} 分"
        en = "the cap (item_at_most) {own} of one matter is above the cap {most} of everything"
        report.add(rules.line("item_at_most"), zh, en, own=show(most), most=show(rules.at_most))
    elif rules.highest_only and _above_every_claim(most, rules):
        zh = "一个事项只就高计一次，而每一次都到不了它的上限（item_at_most）{own} 分，上限不起作用；请改分值或删去"
        en = "a matter counts once, and nothing reaches its cap (item_at_most) {own}: change it or remove it"
        report.add(rules.line("item_at_most"), zh, en, own=show(most))
    if _below_every_level(rules):
        zh = "一个事项的上限（item_at_most）{own} 分低于每个级别的分值，各级别就没有区别了"
        en = "the cap (item_at_most) {own} of one matter is below the points of every level: they would be all the same"
        report.add(rules.line("item_at_most"), zh, en, own=show(most))


def _points(standard: Standard) -> Iterator[tuple[str, Decimal]]:
    return ((level, points) for level, points in standard.levels.items() if not isinstance(points, Lift))


def _above_every_claim(most: Decimal, rules: Bonus | Deductions) -> bool:
    """Whether no single claim can be worth so much; what is passed on from above can be worth anything."""
    known: list[Decimal] = []
    for standard in rules.standards:
        late = standard.lateness if isinstance(standard, DeductionStandard) else None
        if standard.lost("levels", "passed_on", "lateness") or getattr(standard, "passed_on", None):
            return False
        known += [points for _, points in _points(standard)] + ([late.at_most] if late else [])
    return bool(known) and not rules.lost("standards") and most > max(known)


def _below_every_level(rules: Bonus | Deductions) -> bool:
    points = [points for standard in rules.standards for _, points in _points(standard)]
    return rules.item_at_most is not None and bool(points) and rules.item_at_most < min(points)


def _levels(standard: Standard, rules: Bonus | Deductions, report: Report) -> None:
    for level, points in _points(standard):
        line = standard.line("levels", level)
        values = {"name": standard.name, "level": level, "points": show(points)}
        if points == 0:
            zh = "“{name}”的“{level}”是 0 分，加减不了分；请改分值或删去"
            report.add(line, zh, '"{name}", {level}: 0 points change nothing; give points or remove it', **values)
        for cap in _caps(standard, rules):
            if points > cap.most:
                zh = "“{name}”的“{level}”一次 {points} 分，超过{of}{most} 分"
                en = '"{name}", {level}: {points} points at once, above {of} of {most}'
                report.add(line, zh, en, of=cap.of, most=show(cap.most), **values)
                break


def _ways(standard: DeductionStandard, report: Report) -> None:
    """A kind of deduction has levels, passes on what was lost above, or counts days; one of them."""
    ways = {"levels": bool(standard.levels), "passed_on": standard.passed_on, "lateness": standard.lateness}
    written = [key for key, value in ways.items() if value]
    if not written and not standard.lost(*ways):
        zh = "“{name}”没有写怎么扣；请写 levels（按级别）、passed_on（按上级扣分）、lateness（按迟报天数）之一"
        en = '"{name}" does not say what it costs; write levels, passed_on or lateness'
        report.add(standard.line("code"), zh, en, name=standard.name)
    if len(written) > 1:
        zh, en = "“{name}”同时写了 {keys}；只能写其中一样", '"{name}" has {keys}; write only one of them'
        report.add(standard.line(written[-1]), zh, en, name=standard.name, keys=", ".join(written))


def _lateness(standard: DeductionStandard, rules: Bonus | Deductions, report: Report) -> None:
    late = standard.lateness
    if late is None:
        return
    values = {"name": standard.name, "most": show(late.at_most)}
    if late.at_most < late.each:
        zh = "“{name}”迟一天扣 {each} 分，已超过最多扣的 {most} 分"
        en = '"{name}": one day costs {each} points, already above the {most} that all days may cost'
        report.add(late.line("at_most"), zh, en, each=show(late.each), **values)
    for cap in _caps(standard, rules):
        if late.at_most > cap.most:
            zh, en = (
                "“{name}”迟报最多扣 {most} 分，超过{of}{cap} 分",
                '"{name}": {most} points for lateness, above {of} of {cap}',
            )
            report.add(late.line("at_most"), zh, en, of=cap.of, cap=show(cap.most), **values)
            break


def _lead_share(rules: Deductions, report: Report) -> None:
    if rules.lead_share is not None and rules.lead_share in (0, 1):
        zh = "牵头单位的分担（lead_share）是 {share}，牵头和协办就没有分担可言；请改比例或删去"
        en = "the share of the lead (lead_share) is {share}: nothing would be shared; change it or remove it"
        report.add(rules.line("lead_share"), zh, en, share=percent(rules.lead_share))


def _caps(standard: Standard, rules: Bonus | Deductions) -> Iterator[_Cap]:
    """The caps around the levels of a standard, from the inside."""
    if rules.item_at_most is not None and not _below_every_level(rules):
        yield _Cap(Text("一个事项的上限（item_at_most）", "the cap (item_at_most) for one matter"), rules.item_at_most)
    if standard.at_most is not None:
        yield _Cap(Text("本项上限（at_most）", "the cap (at_most) for the kind"), standard.at_most)
    if part := rules.parts.get(standard.part or ""):
        yield _Cap(Text("所属部分的上限（parts）", "the cap of its part (parts)"), part.at_most)
    if rules.at_most is not None:
        yield _Cap(Text("总上限（at_most）", "the cap (at_most) for everything"), rules.at_most)


def _kind(standard: Standard, rules: Bonus | Deductions, report: Report) -> None:
    """The cap of a kind: it must have something to hold, and fit inside those around it."""
    if standard.at_most is None:
        return
    part = rules.parts.get(standard.part or "")
    values = {"name": standard.name, "own": show(standard.at_most)}
    if not any(_points(standard)) and standard.levels:
        zh = "“{name}”只改变等次，不加分，上限（at_most）起不了作用；请删去"
        report.add(
            standard.line("at_most"), zh, '"{name}" only lifts the grade; its cap has no use: remove it', **values
        )
    elif part is not None and standard.at_most > part.at_most:
        zh = "“{name}”的上限 {own} 分高于所属部分“{part}”的上限 {most} 分"
        en = 'the cap {own} of "{name}" is above the cap {most} of its part "{part}"'
        report.add(standard.line("at_most"), zh, en, part=part.name, most=show(part.at_most), **values)
    elif rules.at_most is not None and standard.at_most > rules.at_most:
        zh, en = (
            "“{name}”的上限 {own} 分高于总上限 {most} 分",
            'the cap {own} of "{name}" is above the cap {most} of everything',
        )
        report.add(standard.line("at_most"), zh, en, most=show(rules.at_most), **values)
