"""One unit's figures for one leaf: actual, target and past values that fit together."""

from __future__ import annotations

from random import Random

from demo.dice import dice, per_mille
from demo.looks import Look
from demo.magnitudes import most_of, usual
from demo.units import Unit
from engine.rules.base import FactSpec
from engine.rules.inputs import ACTUAL

GRAVE = ("重大", "较大", "重处分", "降级以上", "事件", "警示", "群体", "八项规定")  # in the name of a fact

_YEARS_BEFORE = 3  # the years that a rule can look back on

Figures = dict[str, dict[str, int]]  # fact → source → value, as an integer of the fact's last decimal place


def draw(unit: Unit, look: Look, full: int, chance: Random) -> Figures:
    """All figures that the rule reads; `full` is the full marks in hundredths."""
    figures = {code: _figures(unit, look, code, fact, full, chance) for code, fact in look.facts.items()}
    if look.target_may_be_zero and chance.randint(1, 12) == 1:
        figures = {code: dict.fromkeys(sources, 0) for code, sources in figures.items()}
    _fit_shares(unit, look, figures, chance)
    return figures


def _figures(unit: Unit, look: Look, code: str, fact: FactSpec, full: int, chance: Random) -> dict[str, int]:
    sources = look.sources(code)
    if fact.kind == "yes_no":
        return {"actual": int(chance.randint(0, 100) <= 55 + unit.skill * 2 // 5)}
    if fact.kind == "count" and sources == {"actual"}:
        return {"actual": _occurrences(unit, fact, chance)}
    if look.judged:
        return {"actual": _points(unit, fact, full, chance)}
    years = _years(unit, look, code, fact)
    if look.task_like() and not look.shares and chance.randint(1, 16) == 1:
        years["actual"] = 0
    return {source: value for source, value in years.items() if source in sources}


def _points(unit: Unit, fact: FactSpec, full: int, chance: Random) -> int:
    """Judged points, from about three quarters of full marks up to full, in halves where there are five or more."""
    share = min(650 + unit.skill * 7 // 2 + chance.randint(-30, 30), 1000)
    points = per_mille(full, share)
    coarse = points if full < 500 else points // 50 * 50
    return coarse * int(10**fact.decimals) // 100


def _occurrences(unit: Unit, fact: FactSpec, chance: Random) -> int:
    """Mostly nothing happened; what is grave hardly ever happens."""
    grave = any(word in fact.name for word in GRAVE)
    if chance.randint(1, 100) > (4 if grave else 45 - unit.skill // 4):
        return 0
    return 1 if grave else chance.choice((1, 1, 1, 2, 3))


def _years(unit: Unit, look: Look, code: str, fact: FactSpec) -> dict[str, int]:
    """This year's value, the years before it and the targets; last year's value is the one that last year had."""
    way = -1 if look.less_is_better else 1
    calm = 4 if fact.measure == "%" else 1
    known = _levels(unit, look, code, fact)
    last, asked = known[-2], 60 + (100 - unit.size) // 2

    def aim(more: int) -> int:
        return min(max(per_mille(last, 1000 + way * more // calm), 1), most_of(fact))

    return {
        "actual": known[-1],
        "target": aim(asked),
        "stretch": aim(asked + 30),
        "baseline": known[-3],
        "last_year": last,
        "two_years_ago": known[-3],
        "three_years_ago": known[-4],
    }


def _levels(unit: Unit, look: Look, code: str, fact: FactSpec) -> list[int]:
    """Year by year up to this one. Small units grow faster, good units reach their targets; a percentage moves less."""
    way = -1 if look.less_is_better else 1
    calm = 4 if fact.measure == "%" else 1
    sources = look.sources(ACTUAL)  # what is held against past years has ups and downs
    swings = "three_years_ago" in sources or (look.less_is_better and "last_year" in sources)
    known = [usual(fact, unit.size, dice(unit.origin, look.code, code, "level"))]
    for year in range(_YEARS_BEFORE + unit.turn):
        chance = dice(unit.origin, look.code, code, "year", year)
        growth = 40 + (100 - unit.size) // 2 + unit.talent // 3 + chance.randint(-30, 15)
        if swings:
            growth = unit.talent - 65 + chance.randint(-60, 60)
        known.append(min(per_mille(known[-1], 1000 + way * growth // calm), most_of(fact)))
    return known


def _fit_shares(unit: Unit, look: Look, figures: Figures, chance: Random) -> None:
    """A part is never more than its whole; where the scheme has an answer for it, a whole may be nothing."""
    for share in look.shares:
        nothing = share.of_nothing is not None and (unit.idle or chance.randint(1, 14) == 1)
        rate = 1000
        if chance.randint(0, 110) >= unit.skill:
            rate = min(880 + unit.skill + chance.randint(-90, 10), 1000)
        wholes, parts = figures[share.whole], figures[share.part]
        for source in wholes:
            wholes[source] = 0 if nothing else wholes[source]
            if source in parts:
                parts[source] = per_mille(wholes[source], rate)
