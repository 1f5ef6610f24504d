"""Who is compared with whom in a checked scheme, and so how far a change of one figure can be felt."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from engine.grammar.registry import Kind
from engine.grammar.walk import inside
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.rules.among import Among
from engine.rules.base import Rule
from engine.rules.formula import Formula


def rules_of(node: Indicator) -> list[Rule]:
    """The rule of a leaf, or those that the rows of an own list may name."""
    return [node.rule] if node.rule else [*node.own.rules.values()] if node.own else []


def compared(rule: Rule) -> list[tuple[Kind, Among]]:
    """Everything inside a rule that names a comparison set, the rule itself included."""
    parts = list(inside(rule, Kind))
    found = [(part, getattr(part, "among", None)) for part in parts]
    found += [(part, Among(name.among)) for part in parts if isinstance(part, Formula) for name in part.names()]
    return [(part, among) for part, among in found if isinstance(among, Among)]


def dependents(plan: EvaluationPlan, category: str, nodes: Collection[str] | None = None) -> frozenset[str]:
    """The categories whose results can change with figures of units of one category.

    Args:
        plan: the evaluation of a checked scheme.
        category: the code of the category in which something changed.
        nodes: the codes of the leaves whose figures changed, none where only bonuses and the like did; None where the
            units themselves did, which every comparison feels.

    Returns:
        Codes of categories, the one itself among them: the whole set where a leaf compares beyond the category, all
        sets that share a pool out where the changed total is one of its weights.
    """
    home = plan.set_of(category)
    if home is None:
        raise ValueError(f"the evaluation has no category {category}")
    wide = any(_compares_beyond(node) for node in home.walk() if nodes is None or node.code in nodes)
    found = {category, *(home.categories if wide else ())}
    for sharing in _sharing(plan):
        if home.code in {one.code for one in sharing}:
            found.update(code for one in sharing for code in one.categories)
    return frozenset(found)


def read_together(plan: EvaluationPlan, categories: Collection[str]) -> frozenset[str]:
    """The categories that must be known to score these: all that they are compared with, or share a pool with."""
    return frozenset(code for category in categories for code in dependents(plan, category))


def part_of(plan: EvaluationPlan, categories: Collection[str]) -> EvaluationPlan:
    """The evaluation as it concerns these categories alone, and the pools of which one of their sets has a share."""
    named = (
        replace(one, categories={code: name for code, name in one.categories.items() if code in categories})
        for one in plan.sets
    )
    sets = tuple(one for one in named if one.categories)
    use = tuple(
        one for one in plan.written.use if one.distribute is None or any(one.concerns(part.code) for part in sets)
    )
    return replace(plan, written=plan.written.model_copy(update={"use": use}), sets=sets)


def _compares_beyond(node: Indicator) -> bool:
    """Whether the points of a unit at this leaf depend on units of other categories."""
    if node.panel is not None:
        return node.panel.scaled_to_best == "all"
    return any(among.word in ("all", "group") for rule in rules_of(node) for _, among in compared(rule))


def _sharing(plan: EvaluationPlan) -> Iterator[list[IndicatorSetPlan]]:
    """For each pool, the sets whose units share it."""
    for use in plan.written.use:
        if use.distribute is not None:
            yield [one for one in plan.sets if use.concerns(one.code)]
