"""What a scoring rule looks like from outside: all that the facts drawn for it depend on."""

from __future__ import annotations

from dataclasses import dataclass

from engine.grammar.fields import Part
from engine.grammar.walk import inside
from engine.language.scheme import Indicator
from engine.rules.base import FactSpec, Rule
from engine.rules.inputs import PAST, Need
from engine.rules.measures import PartOfWhole
from engine.rules.references import AnotherFact


@dataclass(frozen=True, slots=True)
class Look:
    """One leaf, or one row of an own list, as something to draw facts for."""

    code: str
    name: str
    facts: dict[str, FactSpec]
    needs: frozenset[Need]
    shares: tuple[PartOfWhole, ...]
    less_is_better: bool
    compares: bool
    judged: bool
    may_lack: bool
    target_may_be_zero: bool
    two_facts: bool

    def sources(self, fact: str) -> set[str]:
        """Which values of a fact the rule reads."""
        return {need.source for need in self.needs if need.fact == fact}

    def task_like(self) -> bool:
        """Work that comes in pieces, of which a unit may have none."""
        pieces = all(fact.kind == "number" and fact.decimals == 0 for fact in self.facts.values())
        money = any(fact.measure.endswith("元") for fact in self.facts.values())
        history = any(need.source in PAST for need in self.needs)
        return pieces and not (self.judged or self.compares or self.two_facts or money or history)


def look(code: str, name: str, rule: Rule, facts: dict[str, FactSpec], not_applicable: str | None) -> Look:
    """The look of a rule with its facts."""
    parts = list(inside(rule, Part))
    shares = tuple(part for part in parts if isinstance(part, PartOfWhole))
    return Look(
        code=code,
        name=name,
        facts=facts,
        needs=frozenset(rule.reads()),
        shares=shares,
        less_is_better=any(getattr(part, "less_is_better", False) for part in parts),
        compares=rule.comparative(),
        judged=rule.word == "judged",
        may_lack=not_applicable is not None and all(share.of_nothing is None for share in shares),
        two_facts=any(isinstance(part, AnotherFact) for part in parts),
        target_may_be_zero=any(getattr(part, "reference_not_positive", None) is not None for part in parts),
    )


def look_at(leaf: Indicator) -> Look | None:
    """The look of a leaf with a rule; None for own lists and panels."""
    if leaf.rule is None:
        return None
    return look(leaf.code, leaf.name, leaf.rule, dict(leaf.facts), leaf.not_applicable)
