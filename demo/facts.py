"""Targets and collected data: one row for every unit, leaf and fact, whoever has to bring it."""

from __future__ import annotations

from demo.dice import dice, written
from demo.draw import Figures, draw
from demo.looks import Look, look_at
from demo.names import LOSSES
from demo.sheets import Sheets
from demo.units import Unit
from engine.language.scheme import Indicator, IndicatorSetPlan

NOT_APPLICABLE, NOT_DRAWN, NOTHING = "不涉及", "未抽中", "无"
TITLE_OF = {
    "target": "目标值",
    "stretch": "挑战值",
    "baseline": "基数",
    "last_year": "上年值",
    "two_years_ago": "前年值",
    "three_years_ago": "大前年值",
}


def looks_of(part_of: IndicatorSetPlan) -> list[tuple[Indicator, Look]]:
    """The leaves of a set that are scored by a rule, each with what its rule looks like."""
    seen = ((leaf, look_at(leaf)) for leaf in part_of.leaves())
    return [(leaf, look) for leaf, look in seen if look is not None]


def add_facts(sheets: Sheets, unit: Unit, looks: list[tuple[Indicator, Look]]) -> None:
    """All leaves of a unit that are scored by a rule."""
    for leaf, look in looks:
        if leaf.full[unit.category]:
            _add_leaf(sheets, unit, leaf, look)


def _add_leaf(sheets: Sheets, unit: Unit, leaf: Indicator, look: Look) -> None:
    full = int(leaf.full[unit.category] * 100)
    word = _word(unit, leaf, look)
    figures = draw(unit, look, full, dice(unit.luck, unit.part_of.code, leaf.code))
    if word != NOT_APPLICABLE:
        add_targets(sheets, unit, leaf.code, look, figures)
    if leaf.slots is None:
        add_readings(sheets, unit, leaf.code, look, figures, source_of(unit, leaf), word, full)
        return
    for slot in leaf.slots.names:
        source, cell = (slot, "评分单位") if leaf.slots.by_assessor else (source_of(unit, leaf), "期次")
        stake = int(full * leaf.slots.part)
        figures = draw(unit, look, stake, dice(unit.luck, unit.part_of.code, leaf.code, slot))
        add_readings(sheets, unit, leaf.code, look, figures, source, word, stake, **{cell: slot})


def _word(unit: Unit, leaf: Indicator, look: Look) -> str:
    """The word that stands instead of all numbers of a leaf, if any."""
    chance = dice(unit.luck, unit.part_of.code, leaf.code, "word")
    if _nobody(unit, leaf):
        return NOT_APPLICABLE
    if leaf.not_drawn is not None and chance.randint(1, 4) == 1 and not unit.code.endswith("1"):  # some are drawn
        return NOT_DRAWN
    lacks = look.may_lack and look.task_like() and (unit.idle or chance.randint(1, 9) == 1)
    return NOT_APPLICABLE if lacks else ""


def _nobody(unit: Unit, leaf: Indicator) -> bool:
    """A collector's own row that no substitute fills."""
    return leaf.reports_on_itself(unit.name, unit.category)


def source_of(unit: Unit, leaf: Indicator) -> str:
    """Who brings the unit's facts of a leaf: its collector, or for the collector itself the substitute."""
    if leaf.self_scored:
        return unit.name
    collector = leaf.collector[unit.category]
    return leaf.substitute or collector if collector == unit.name else collector


def add_targets(sheets: Sheets, unit: Unit, code: str, look: Look, figures: Figures) -> None:
    """The values known before the year, for each fact whose rule reads any."""
    for fact, values in figures.items():
        decimals = look.facts[fact].decimals
        known = {TITLE_OF[source]: written(value, decimals) for source, value in values.items() if source in TITLE_OF}
        if known:
            sheets.add("目标与基数", 单位代码=unit.code, 指标代码=code, 数据项=fact, **known)


def add_readings(
    sheets: Sheets, unit: Unit, code: str, look: Look, figures: Figures, source: str, word: str, full: int, **slot: str
) -> None:
    """The actual values, each with the document it rests on; `full` is the full marks in hundredths.

    `slot` is the cell that says which period, or whose judgement, it is.
    """
    number = dice(unit.luck, unit.part_of.code, code, "document").randint(1, 99)
    for fact, values in figures.items():
        if "actual" not in values:
            continue
        cells = {"单位代码": unit.code, "指标代码": code, "数据项": fact, **slot}
        sheets.add(
            "采集数据",
            **cells,
            数值=word or _said(look, fact, values["actual"], number),
            失分原因="" if word else _loss(look, fact, values["actual"], full, number),
            依据=f"{source}《{look.name}{'报告' if source == unit.name else '核查表'}》第 {number} 号",
        )


def _said(look: Look, fact: str, value: int, number: int) -> str:
    spec = look.facts[fact]
    if spec.kind == "yes_no":
        return "是" if value else "否"
    if spec.kind == "count" and value == 0 and number % 2:
        return NOTHING
    return written(value, spec.decimals)


def _loss(look: Look, fact: str, value: int, full: int, number: int) -> str:
    """Why points were lost, where that shows from the single fact."""
    spec = look.facts[fact]
    lost = {"yes_no": value == 0, "count": value > 0}.get(spec.kind, False)
    if look.judged:
        lost = value * 100 < full * 10**spec.decimals
    return LOSSES[number % len(LOSSES)] if lost else ""
