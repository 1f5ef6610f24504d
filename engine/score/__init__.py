"""Facts and scheme → points per node and unit, totals, places, grades, uses."""

from engine.score.run import score

__all__ = ["score"]
