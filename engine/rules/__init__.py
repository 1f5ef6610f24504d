"""The scoring rules: one small class each, in one registry."""

from engine.grammar.registry import Choice
from engine.rules import (  # noqa: F401  (registers the rules)
    above_both,
    against,
    bands,
    base_steps,
    compared,
    composite,
    direct,
    formula,
    gate,
    interpolated,
    occurrences,
    placed,
    rank_change,
    rank_table,
    step_table,
)
from engine.rules.base import RULES, Rule


@RULES.choice
class RuleChoice(Choice[Rule]):
    """How a leaf is scored."""
