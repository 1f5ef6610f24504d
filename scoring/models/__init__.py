"""The columns: judgement and results."""

from scoring.models.judgement import Bonus, BonusPool, Deduction, GradeMove, PanelTally, Recipient
from scoring.models.run import Run, ScoredCategory, ScoreSheet, Snapshot

__all__ = [
    "Bonus",
    "BonusPool",
    "Deduction",
    "GradeMove",
    "PanelTally",
    "Recipient",
    "Run",
    "ScoreSheet",
    "ScoredCategory",
    "Snapshot",
]
