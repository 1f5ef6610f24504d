"""The scoring rules: one small class each, in one registry."""

from engine.rules import against, compared, composite, direct  # noqa: F401  (registers the rules)
from engine.rules.base import RULES

RuleChoice = RULES.choice("RuleChoice")
