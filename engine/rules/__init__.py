"""The scoring rules: one small class each, in one registry."""

from engine.language.registry import Choice
from engine.rules import against, compared, composite, direct, step_table  # noqa: F401  (registers the rules)
from engine.rules.base import RULES, Rule


@RULES.choice
class RuleChoice(Choice[Rule]):
    """How a leaf is scored."""
