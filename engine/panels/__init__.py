"""People's judgement: methods of voting, ballots into tallies, tallies into points."""

from engine.panels import methods  # noqa: F401  (registers the methods)
from engine.panels.methods import METHODS

MethodChoice = METHODS.choice("MethodChoice")
