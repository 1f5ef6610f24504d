"""People's judgement: methods of voting, ballots into tallies, tallies into points."""

from engine.language.registry import Choice
from engine.panels import methods  # noqa: F401  (registers the methods)
from engine.panels.methods import METHODS, Method


@METHODS.choice
class MethodChoice(Choice[Method]):
    """How a panel votes."""
