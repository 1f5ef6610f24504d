"""The sheet that lists every indicator with the codes that the other sheets ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.show import show
from engine.text import Text

TITLE = Text("指标一览", "Indicators")
COLUMNS = (
    (Text("指标集", "Set"), Text("单位所在的指标集", "the set to which a unit belongs")),
    (Text("代码", "Code"), Text("各表“指标代码”“投票”“所属指标”填这个", "for the columns Indicator, Panel and Node")),
    (Text("名称", "Name"), Text("指标的名称", "the name of the indicator")),
    (Text("满分", "Full marks"), Text("各类别不同的，逐类写明", "said by category where they differ")),
    (
        Text("数据项", "Fact"),
        Text("数据项的代码和名称；投票和自定指标没有", "its code and name; panels and own lists have none"),
    ),
    (Text("计量单位", "Measure"), Text("数值的单位", "the unit of the value")),
    (Text("小数位", "Decimals"), Text("数值最多几位小数", "how many decimals a value may have")),
    (Text("采集单位", "Collector"), Text("谁报数；投票写谁投票", "who reports; for panels, who votes")),
)
_BY_ITSELF = Text("各单位自评", "each unit itself")


def overview(plan: EvaluationPlan, language: str) -> Iterator[list[str]]:
    """A row for every fact of every indicator, every panel and every own list."""
    for one in plan.sets:
        for leaf in one.leaves():
            first = [one.name, leaf.code, leaf.name, _marks(one, leaf)]
            who = _who(one, leaf, language)
            for fact in _facts(leaf):
                yield [*first, *fact, who]


def _facts(leaf: Indicator) -> Iterable[tuple[str, str, str]]:
    if leaf.rule is None:
        return [("", "", "")]
    return [(f"{code} {spec.name}".strip(), spec.measure, str(spec.decimals)) for code, spec in leaf.facts.items()]


def _marks(one: IndicatorSetPlan, leaf: Indicator) -> str:
    return _by_category(one, {code: _shown(leaf.full[code]) for code in one.categories})


def _who(one: IndicatorSetPlan, leaf: Indicator, language: str) -> str:
    if leaf.panel:
        return leaf.panel.voters
    if leaf.slots and leaf.slots.by_assessor:
        return "、".join(leaf.slots.names)
    if leaf.self_scored:
        return _BY_ITSELF.to(language)
    return _by_category(one, leaf.collector)


def _by_category(one: IndicatorSetPlan, values: Mapping[str, str]) -> str:
    if len(set(values.values())) == 1:
        return next(iter(values.values()))
    return "；".join(f"{one.categories[code]} {value}" for code, value in values.items())


def _shown(marks: Decimal) -> str:
    return show(Fraction(marks))
