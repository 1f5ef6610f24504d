"""What the file says → what the engine runs: `for` applied per set, inherited keys handed down, defaults filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from engine.grammar.fields import EVERY, FULL_MARKS, Marks
from engine.grammar.places import Places
from engine.language.model import Evaluation, Node
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan, NodeFactor, OwnList
from engine.language.slots import slots_of
from engine.language.timetable import planned
from engine.rules.base import FactSpec
from engine.rules.inputs import ACTUAL

T = TypeVar("T")
_NOTHING = Marks(Decimal(0))
_OWN_FACT = FactSpec(measure="分", decimals=2)


@dataclass(frozen=True)
class _Inherited:
    not_applicable: str | None
    missing: str
    not_drawn: str | None = None
    collector: Mapping[str, str] | None = None
    lead: Mapping[str, str] | None = None
    substitute: str = ""
    self_scored: bool = False

    def then(self, node: Node) -> _Inherited:
        """What the children of a node inherit."""
        return replace(
            self,
            not_applicable=node.not_applicable or self.not_applicable,
            missing=node.missing or self.missing,
            not_drawn=node.not_drawn or self.not_drawn,
            collector=node.collector or self.collector,
            lead=node.lead or self.lead,
            substitute=node.substitute or self.substitute,
            self_scored=node.by == "self" or (self.self_scored and node.collector is None),
        )


def resolve(evaluation: Evaluation) -> EvaluationPlan:
    """The evaluation with one resolved tree per indicator set, and the windows that it plans."""
    sets = tuple(_Tree(evaluation, code).plan() for code in evaluation.sets)
    return EvaluationPlan(evaluation, sets, tuple(map(planned, evaluation.timetable)))


class _Tree:
    def __init__(self, evaluation: Evaluation, code: str) -> None:
        self.evaluation, self.code, self.set = evaluation, code, evaluation.sets[code]

    def plan(self) -> IndicatorSetPlan:
        above = _Inherited(self.evaluation.not_applicable, self.evaluation.missing)
        parts = self.nodes(self.evaluation.indicators, above, ())
        return IndicatorSetPlan(self.code, self.set.name, self.set.categories, parts, self.evaluation.groups)

    def nodes(self, nodes: tuple[Node, ...], above: _Inherited, path: tuple[str, ...]) -> tuple[Indicator, ...]:
        merged = (self.for_this_set(node) for node in nodes)
        return tuple(self.node(node, above, path) for node in merged if node is not None)

    def for_this_set(self, node: Node) -> Node | None:
        if node.for_ is None:
            return node
        body = node.for_.get(self.code)
        if body is None:
            return None
        return node.overlaid(body)

    def node(self, node: Node, above: _Inherited, path: tuple[str, ...]) -> Indicator:
        handed = above.then(node)
        mine = replace(handed, collector=None, substitute="", self_scored=False) if node.assessors else handed
        here = (*path, node.code)
        children = self.nodes(node.indicators or (), handed, here)
        return Indicator(
            code=node.code,
            name=node.name,
            path=here,
            full=self.full(node, children),
            weight=None if node.weight is None else self.by_category(node.weight, Decimal(0)),
            children=children,
            rule=node.rule.chosen if node.rule else None,
            own=self.own(node),
            panel=node.panel,
            special=node.evaluation or "",
            facts=_facts(node),
            collector=self.by_category(mine.collector or {}, ""),
            substitute=mine.substitute,
            self_scored=mine.self_scored,
            lead=self.by_category(handed.lead or {}, ""),
            roll_up=node.roll_up or "sum",
            rounding=node.rounding or self.rounding(node),
            slots=slots_of(node.periods, node.assessors),
            factor=self.factor(node),
            over=node.over_fulfilment,
            cap=node.cap or (None if children else FULL_MARKS),
            floor=node.floor or (None if children else _NOTHING),
            not_applicable=handed.not_applicable,
            missing=handed.missing,
            not_drawn=handed.not_drawn,
            says=(node.says or "").strip(),
            written=node,
        )

    def full(self, node: Node, children: tuple[Indicator, ...]) -> Mapping[str, Decimal]:
        """Full marks as written, or the sum of the children's where they simply add up."""
        if node.full_marks is not None or not children or children[0].weight is not None:
            return self.by_category(node.full_marks or {}, Decimal(0))
        return {
            category: sum((child.full[category] for child in children), Decimal(0)) for category in self.set.categories
        }

    def by_category(self, written: Mapping[str, T], default: T) -> Mapping[str, T]:
        return {category: written.get(category, written.get(EVERY, default)) for category in self.set.categories}

    def rounding(self, node: Node) -> Places:
        rounding = self.evaluation.rounding
        return rounding.panel if node.panel else rounding.leaf if node.rule or node.evaluation else rounding.node

    def factor(self, node: Node) -> NodeFactor | None:
        stated = self.evaluation.factors.get(node.factor or "")
        return NodeFactor(node.factor, stated.name, stated.by_category) if node.factor and stated else None

    def own(self, node: Node) -> OwnList | None:
        if node.own is None:
            return None
        rules = {name: rule.chosen for name, rule in node.own.rules.items()}
        stated = node.own.fact or _OWN_FACT
        facts = {name: rule.default_facts().get(ACTUAL, stated) for name, rule in rules.items()}
        return OwnList(rules, facts, self.evaluation.rounding.leaf)


def _facts(node: Node) -> Mapping[str, FactSpec]:
    if node.facts is not None:
        return {
            code: fact if fact.name else fact.model_copy(update={"name": code}) for code, fact in node.facts.items()
        }
    if node.fact is not None:
        return {ACTUAL: node.fact}
    return node.rule.chosen.default_facts() if node.rule else {}
