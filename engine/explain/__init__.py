"""Why a number is what it is: from the total down to the fact and its document."""

from engine.explain.derivation import Derivation
from engine.explain.tree import Explainer

__all__ = ["Derivation", "Explainer"]
