"""Own lists: every unit brings indicators of its own, of differing number, whose marks add up to the node's."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from demo.dice import dice, written
from demo.draw import draw
from demo.facts import NOT_APPLICABLE, add_readings, add_targets, source_of
from demo.looks import Look, look
from demo.names import KEY_WORK
from demo.sheets import Sheets
from demo.units import Unit
from engine.language.scheme import Indicator, OwnList
from engine.rules.base import FactSpec, Rule
from engine.rules.inputs import ACTUAL


def add_own(sheets: Sheets, unit: Unit) -> None:
    """The unit's own indicators with their targets and data."""
    for node in unit.part_of.leaves():
        if node.own is not None:
            _add_list(sheets, unit, node, node.own)


def _add_list(sheets: Sheets, unit: Unit, node: Indicator, own: OwnList) -> None:
    chance = dice(unit.luck, unit.part_of.code, node.code)
    full = int(node.full[unit.category] * 100)
    topics = chance.sample(KEY_WORK, k=chance.randint(3, 7))
    shares = _split(full, len(topics), chance)
    for number, ((topic, measure), marks) in enumerate(zip(topics, shares, strict=True), start=1):
        name, rule = chance.choice(_fitting(own, measure))
        code = f"{node.code}/{number}"
        seen = _look(code, topic, rule, own.facts[name], measure)
        sheets.add(
            "自定指标",
            单位代码=unit.code,
            所属指标=node.code,
            代码=str(number),
            名称=topic,
            分值=written(marks, 2),
            计分方法=name,
            承担方式="协调指导服务" if chance.randint(1, 4) == 1 else "独立承担",
            计量单位=seen.facts[ACTUAL].measure,
        )
        figures = draw(unit, seen, marks, chance)
        word = NOT_APPLICABLE if node.reports_on_itself(unit.name, unit.category) else ""
        if not word:
            add_targets(sheets, unit, code, seen, figures)
        add_readings(sheets, unit, code, seen, figures, source_of(unit, node), word, marks)


def _fitting(own: OwnList, measure: str) -> list[tuple[str, Rule]]:
    """The rules for work that is counted, or for work that is done or not; all of them if the list has no such rule."""
    rules = list(own.rules.items())
    return [(name, rule) for name, rule in rules if bool(rule.default_facts()) != bool(measure)] or rules


def _look(code: str, topic: str, rule: Rule, fact: FactSpec, measure: str) -> Look:
    """A rule that says itself what it needs (是/否, 分) is asked that; another one the list's fact, in some measure."""
    spec = rule.default_facts().get(ACTUAL)
    if spec is None:
        decimals = fact.decimals if measure.endswith("元") else 0
        spec = fact.model_copy(update={"measure": fact.measure or measure, "decimals": decimals})
    return replace(look(code, topic, rule, {ACTUAL: spec}, None), target_may_be_zero=False)


def _split(full: int, parts: int, chance: Random) -> list[int]:
    """Marks in whole points that add up to full (in hundredths); what is not a whole point goes to the last."""
    whole, rest = divmod(full, 100)
    cuts = sorted(chance.sample(range(1, whole), k=parts - 1))
    marks = [100 * (end - start) for start, end in zip([0, *cuts], [*cuts, whole], strict=True)]
    marks[-1] += rest
    return marks
